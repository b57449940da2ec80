"""Write the case on public data: `python -m tools.make_case_iowa FOLDER`.

FOLDER holds iowa_accounts.csv and iowa_orders.csv: liquor sales of the State of Iowa by city,
2012 to mid-2016. An account is a city; its potential is the whole market of 2015, its revenue
one whiskey brand's.
"""

import shutil
import sys
import tempfile
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from territory_kit import report
from territory_kit.methods.geo import haversine_km
from territory_kit.methods.market import herfindahl
from territory_kit.options import Travel
from territory_kit.report.figures import Figure
from territory_kit.walk import STEPS, open_task
from territory_kit.wording import amount, counted, number, percent
from tools.case_iowa_sentences import (
    CURRENCY,
    enclave_sentences,
    penetration_sentence,
    price_sentence,
)

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "case-iowa.md"
SEED = 7
TERRITORIES_COUNT = 6
WHITESPACE_SHOWN = 5
FIGURES: dict[str, Callable[..., Figure]] = {
    "classes": report.plot_classes,
    "map": report.map_before_after,
}
_YEAR = 2015
_PLAN = f"""\
name: Whiskey in Iowa
currency: {CURRENCY}
country: US
seed: {SEED}
as_of_date: {_YEAR + 1}-01-01
plan_start_date: {_YEAR + 1}-01-01
inputs:
  accounts:
    file: inputs/iowa_accounts.csv
    columns:
      account_name: city
      region: state
      lat_deg: lat
      lon_deg: lon
      potential_amount_per_year: market_usd_{_YEAR}
      revenue_amount_per_year: revenue_usd_{_YEAR}
regions:
  IA: {{territories: {{territories_count: {TERRITORIES_COUNT}}}}}
"""
_LIMITS = """\
{connected}

No visits: how often reps came is unknown, so calls follow from the classes alone.

No costs or margin: money for kilometres and people are the plan's defaults, not this brand's.

No reps or homes: kilometres are counted from the centre of a territory, at {circuity} times the
straight distance. Who should take which territory, and what changes hands, stays open.

A city is not a shop. Many shops in one city count as one account, so large cities have too few
calls. The market is all liquor, of which whiskey is a part: the share of wallet is low by
definition, and compares cities rather than judging the brand.

Monthly orders are not deals: they have no stage and were never lost, so no win rate follows."""


@dataclass(frozen=True)
class Case:
    """What the five steps found.

    Parameters
    ----------
    tables
        All result tables by name.
    figures
        Pictures by name.
    """

    tables: Mapping[str, pd.DataFrame]
    figures: Mapping[str, Figure]


def run_case(source: Path) -> Case:
    """Walk the five steps in a folder that is thrown away.

    Parameters
    ----------
    source
        Folder of the two files.

    Returns
    -------
    Case
        Tables and figures.
    """
    tables: dict[str, pd.DataFrame] = {}
    with tempfile.TemporaryDirectory() as name:
        plan = Path(name)
        (plan / "inputs").mkdir()
        shutil.copyfile(source / "iowa_accounts.csv", plan / "inputs" / "iowa_accounts.csv")
        (plan / "plan.yaml").write_text(_PLAN, encoding="utf-8")
        figures = {}
        for step in STEPS:
            task = open_task(step, plan_dir=plan, region="IA")
            result = task.run()
            task.save(result)
            tables |= result.tables
            for figure, of_step in (("classes", "accounts"), ("map", "territories")):
                if step == of_step:
                    figures[figure] = FIGURES[figure](result, task)
    return Case(tables, figures)


def case_markdown(case: Case, orders: pd.DataFrame) -> str:
    """Write the page.

    Parameters
    ----------
    case
        What the steps found.
    orders
        Has month and revenue_usd, one row per city and month.

    Returns
    -------
    str
        Markdown; sentences that read the numbers follow the numbers.
    """
    parts = [
        _introduction(orders),
        _market(case.tables["market_accounts"], orders),
        _classes(case.tables["class_summary"]),
        _picture(case, "classes"),
        _territories(case.tables),
        _picture(case, "map"),
        _limits(case.tables),
    ]
    return "\n".join(parts)


def _introduction(orders: pd.DataFrame) -> str:
    text = (
        "The State of Iowa publishes its liquor sales (Iowa Liquor Sales, public; here "
        f"{orders['month'].min()[:7]} to {orders['month'].max()[:7]}, summed by city). An account "
        f"is a city, its potential the whole market of {_YEAR}, its revenue what one whiskey brand "
        "sold there. Nothing in this data is invented; the question is: how would "
        f"{counted(TERRITORIES_COUNT, 'rep')} divide the state? Text, numbers and pictures are "
        "made by `python -m tools.make_case_iowa FOLDER`."
    )
    return f"# A case on public data: one whiskey brand in Iowa\n\n{_wrap(text)}\n"


def _market(accounts: pd.DataFrame, orders: pd.DataFrame) -> str:
    revenue, potential = accounts["revenue_amount_per_year"], accounts["potential_amount_per_year"]
    effective = 1 / herfindahl(revenue[revenue > 0].to_numpy(dtype=float))
    by_year = orders.groupby(orders["month"].str[:4])["revenue_usd"].sum()
    growth = by_year[str(_YEAR)] / by_year[str(_YEAR - 2)] - 1
    order = ["whitespace_amount_per_year", "account_id"]
    first = accounts.sort_values(order, ascending=[False, True]).head(WHITESPACE_SHOWN)
    largest = first["whitespace_amount_per_year"].sum() / potential.sum()
    text = (
        f"{penetration_sentence(int((revenue > 0).sum()), len(accounts))} The share of wallet is "
        f"{percent(revenue.sum() / potential.sum(), decimals=1)}: "
        f"{amount(revenue.sum(), CURRENCY)} of {amount(potential.sum(), CURRENCY)} a year. "
        f"From {_YEAR - 2} to {_YEAR} the brand's revenue changed by {percent(growth)}. It is as "
        f"concentrated as that of {counted(round(effective), 'equal customer')}. The "
        f"{counted(len(first), 'city')} with most whitespace hold {percent(largest)} of the whole "
        "market as whitespace:"
    )
    rows = [
        f"| {row.account_name.title()} | {amount(row.potential_amount_per_year, CURRENCY)} "
        f"| {percent(row.wallet_share, decimals=1)} "
        f"| {amount(row.whitespace_amount_per_year, CURRENCY)} |"
        for row in _records(first)
    ]
    head = [
        "| city | potential a year | share of wallet | whitespace a year |",
        "|---|---|---|---|",
    ]
    return _section("How large is the market?", text, [*head, *rows])


def _classes(classes: pd.DataFrame) -> str:
    rows = [
        f"| {row.account_class} | {number(row.accounts_count)} | {percent(row.potential_share)} "
        f"| {amount(row.revenue_amount_per_year, CURRENCY)} | {number(row.visits_per_year)} |"
        for row in _records(classes)
    ]
    head = [
        "| class | accounts | share of potential | revenue a year | calls a year |",
        "|---|---|---|---|---|",
    ]
    return _section("What is each account worth?", _class_text(classes), [*head, *rows])


def _class_text(classes: pd.DataFrame) -> str:
    of_class = {row.account_class: row for row in _records(classes)}
    top, low = of_class["A"], of_class["C"]
    calls = low.visits_per_year / classes["visits_per_year"].sum()
    text = (
        f"{counted(top.accounts_count, 'city', 'is')} of class A, with "
        f"{percent(top.potential_share)} of the potential. "
        f"{counted(low.accounts_count, 'city', 'is')} of class C, with "
        f"{percent(low.potential_share)} of the potential and {percent(calls)} of the calls."
    )
    if calls > low.potential_share:
        return f"{text} Serving some of C remotely is the first thing to try."
    return text


def _territories(tables: Mapping[str, pd.DataFrame]) -> str:
    assignment = tables["assignment"].sort_values("account_id").dropna(subset=["territory_id"])
    plan = _figures_of(assignment, assignment["territory_id"].to_numpy())
    plain = _figures_of(assignment, _k_means(assignment))
    text = (
        f"Beside the plan stands plain k-means: {counted(TERRITORIES_COUNT, 'cluster')} of the "
        "coordinates, which see neither work nor money."
    )
    title = f"How do {counted(TERRITORIES_COUNT, 'rep')} divide the state?"
    beside = _section(title, text, _beside(plan, plain))
    explained = (
        "Quality is potential for each hour of workload, against the other territories. Where one "
        "customer brings much of the revenue, the territory hangs on one city."
    )
    paid = f"{price_sentence(plan['km'], plain['km'])} {_tours(tables['territory_plan'])}"
    each = "\n".join(_each(tables["territory_plan"]))
    return f"{beside}\n{_wrap(paid)}\n\n{each}\n\n{_wrap(explained)}\n"


def _beside(plan: Mapping[str, float], plain: Mapping[str, float]) -> list[str]:
    rows = [
        f"| largest deviation of {key} | {percent(plan[key])} | {percent(plain[key])} |"
        for key in ("workload", "potential")
    ]
    ways = (f"{number(found['km'], decimals=1)} km" for found in (plan, plain))
    rows.append(f"| mean straight way from the centre to a call | {' | '.join(ways)} |")
    return ["| | plan | plain k-means |", "|---|---|---|", *rows]


def _tours(territories: pd.DataFrame) -> str:
    return f"Its tours take {number(territories['travel_km_per_year'].sum())} km a year."


def _each(territories: pd.DataFrame) -> list[str]:
    rows = [
        f"| {row.territory_name} | {number(row.accounts_count)} "
        f"| {amount(row.potential_amount_per_year, CURRENCY)} "
        f"| {number(row.workload_hours_per_year)} | {number(row.travel_km_per_year)} "
        f"| {row.quality} | {percent(row.largest_customer_share)} |"
        for row in _records(territories)
    ]
    head = (
        "| territory | accounts | potential a year | workload, hours a year | km a year "
        "| quality | largest customer's share of revenue |"
    )
    return [head, "|---|---|---|---|---|---|---|", *rows]


def _limits(tables: Mapping[str, pd.DataFrame]) -> str:
    names = tables["market_accounts"][["account_id", "account_name"]]
    placed = tables["assignment"].merge(names, on="account_id")
    alone = enclave_sentences(placed, tables["territory_plan"])
    text = _LIMITS.format(
        connected=" ".join(["Territories need not be connected.", *alone]),
        circuity=number(Travel().circuity, decimals=1),
    )
    items = "\n".join(_wrap(f"- {line}", indent="  ") for line in text.split("\n\n"))
    return f"## What the plan cannot know\n\n{items}\n"


def _section(title: str, text: str, table: Sequence[str]) -> str:
    return "\n".join([f"## {title}", "", _wrap(text), "", *table, ""])


def _wrap(text: str, *, indent: str = "") -> str:
    lines = textwrap.wrap(
        text, 100, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines)


def _figures_of(assignment: pd.DataFrame, labels: NDArray[Any]) -> dict[str, float]:
    visits = assignment["visits_per_year"]
    groups = assignment.groupby(labels)
    ways = []
    for _, rows in groups:
        weight = rows["visits_per_year"].to_numpy()
        lat, lon = (np.average(rows[name], weights=weight) for name in ("lat_deg", "lon_deg"))
        ways.append((weight * haversine_km(lat, lon, rows["lat_deg"], rows["lon_deg"])).sum())
    found = {"km": float(sum(ways) / visits.sum())}
    for key in ("workload_hours_per_year", "potential_amount_per_year"):
        sums = groups[key].sum()
        found[key.partition("_")[0]] = float((sums / sums.mean() - 1).abs().max())
    return found


def _records(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples())


def _k_means(assignment: pd.DataFrame) -> NDArray[Any]:
    """Cluster in kilometres on a flat map, good enough for a state."""
    lat, lon = assignment["lat_deg"].to_numpy(), assignment["lon_deg"].to_numpy()
    flat = np.column_stack([lat, lon * np.cos(np.radians(lat.mean()))])
    labels: NDArray[Any] = KMeans(TERRITORIES_COUNT, n_init=20, random_state=SEED).fit_predict(flat)
    return labels


def _picture(case: Case, name: str) -> str:
    figure = case.figures[name]
    caption = _wrap(f"**{figure.title}.** {figure.caption}")
    return f"![{figure.alt}](images/case-iowa-{name}.png)\n\n{caption}\n"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    made = run_case(folder)
    page = case_markdown(made, pd.read_csv(folder / "iowa_orders.csv"))
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    for label, picture in made.figures.items():
        (DOCS / "images" / f"case-iowa-{label}.png").write_bytes(picture.png)
    print(f"Written: {PAGE}")
