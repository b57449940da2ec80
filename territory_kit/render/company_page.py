"""The page over the whole company: regions rolled up, the answer first.

Only regions with current results count; the others are named, and stand in no sum.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from territory_kit import __version__
from territory_kit.plan import COMPANY, Plan
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.shipped import shipped_folder
from territory_kit.plan.writing import plain_write_errors
from territory_kit.render.outcome import COMPANY_FILE, INDEX_FILE, REPORTS_FOLDER
from territory_kit.render.region_facts import RegionFacts, read_facts
from territory_kit.render.roll_up import Sums, sum_all
from territory_kit.report.plots_company import plot_company
from territory_kit.wording import MISSING, agree, amount, counted, number, percent


@dataclass(frozen=True)
class CompanyTable:
    """One table of the page: a row for each region, and one for all.

    Parameters
    ----------
    question
        Heading of its section.
    why
        One sentence on why it matters, or how it is read.
    headings
        Heading of each column beside the region, with its unit.
    rows
        Name of the region and its cells as text.
    total
        The same of all regions together.
    """

    question: str
    why: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


# Heading of a column, and the figure of a region as text; the company is given for comparison.
_Columns = Mapping[str, Callable[[Sums, Sums], str]]


def write_company_page(plan: Plan, *, facts: Sequence[RegionFacts] | None = None) -> Path:
    """Write the page over the whole company: balance, headcount, cost, changes and quotas.

    Parameters
    ----------
    plan
        The plan; regions without current results are named as missing.
    facts
        From `read_facts`; read here when not given.

    Returns
    -------
    Path
        The file, ``reports/company.html``.

    Raises
    ------
    TerritoryKitError
        When the folder or the file cannot be written.
    """
    found = read_facts(plan) if facts is None else facts
    regions = [each.sums for each in found if each.sums is not None]
    missing = [(each.region, each.fault) for each in found if each.sums is None]
    options = plan.options(COMPANY)
    folder = plan.folder / REPORTS_FOLDER
    environment = Environment(
        loader=FileSystemLoader(shipped_folder("templates") / "report"), autoescape=True
    )
    day = f", data as of {options.as_of_date}" if options.as_of_date else ""
    named = counted(len(regions), "region")
    source = f"Source: results of steps territories and review, {named}{day}."
    page = environment.get_template("company.html.j2").render(
        plan_name=plan.name,
        as_of_date=options.as_of_date,
        answer=_answer(regions, options.currency),
        missing=missing,
        figure=Markup(_figure(regions, source)),  # noqa: S704 - the figure escapes its words
        tables=_tables(regions, options.currency),
        source=source,
        index=INDEX_FILE,
        version=__version__,
    )
    with plain_write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / COMPANY_FILE, page)
    return folder / COMPANY_FILE


def _answer(regions: Sequence[Sums], currency: str) -> tuple[str, ...]:
    """Give the answer in two sentences; in one where nothing can be summed."""
    if not regions:
        return ("No region has current results, so there is nothing to sum.",)
    whole = sum_all(regions)
    count = whole.territories_count
    vacant = (
        f"{counted(whole.vacant_count, 'territory', 'has')} no rep"
        if whole.vacant_count
        else "none is without a rep"
    )
    first = (
        f"{counted(count, 'territory')} in {counted(len(regions), 'region')} "
        f"{agree('serves', count)} {counted(whole.accounts_count, 'account')} with "
        f"{counted(len(whole.rep_ids), 'rep')}; {vacant}{_year_words(whole, currency)}."
    )
    return (first, f"{_spread_words(regions, whole)}{_change_words(whole, currency)}.")


def _year_words(whole: Sums, currency: str) -> str:
    cost, today = whole.cost_amount_per_year, whole.today_cost_amount_per_year
    before = f" (today {amount(today, currency)})" if math.isfinite(today) else ""
    parts = [
        f"costs {amount(cost, currency)}{before}" if math.isfinite(cost) else "",
        f"takes {number(whole.travel_km_per_year)} km"
        if math.isfinite(whole.travel_km_per_year)
        else "",
    ]
    told = " and ".join(filter(None, parts))
    return f", and a year {told}" if told else ""


def _spread_words(regions: Sequence[Sums], whole: Sums) -> str:
    mean = f"A full territory is {number(whole.mean_hours_per_year)} h of work a year"
    ends = _ends(regions, whole)
    if not ends:
        return mean
    return f"{mean} on average, from {' to '.join(f'{off} in {name}' for name, off in ends)}"


def _ends(regions: Sequence[Sums], whole: Sums) -> list[tuple[str, str]]:
    """Name the regions with least and most work in a territory, and how far they are off."""
    known = [region for region in regions if math.isfinite(region.mean_hours_per_year)]
    if len(known) < 2:  # noqa: PLR2004 - one region has nothing to be compared with
        return []
    low = min(known, key=lambda region: region.mean_hours_per_year)
    high = max(known, key=lambda region: region.mean_hours_per_year)
    return [(region.region, _off(region, whole)) for region in (low, high)]


def _change_words(whole: Sums, currency: str) -> str:
    if whole.changed_count == 0:
        return "; no account changes hands"
    money = whole.changed_amount_per_year
    revenue = f" with {amount(money, currency)} of revenue" if math.isfinite(money) else ""
    return (
        f"; {counted(whole.changed_count, 'account')}{revenue} "
        f"{agree('changes', whole.changed_count)} hands, {number(whole.forced_count)} forced and "
        f"{number(whole.chosen_count)} chosen"
    )


def _off(region: Sums, whole: Sums) -> str:
    """Say how far the load of a region lies from that of all."""
    if not whole.mean_hours_per_year > 0:
        return MISSING
    share = region.mean_hours_per_year / whole.mean_hours_per_year - 1
    text = percent(abs(share))
    return text if text == percent(0.0) else f"{'−' if share < 0 else '+'}{text}"


def _figure(regions: Sequence[Sums], source: str) -> str:
    rows = [
        (region.region, region.mean_hours_per_year, hours)
        for region in regions
        for hours in region.hours_of_each
    ]
    whole = sum_all(regions) if regions else None
    if not rows or whole is None or not whole.mean_hours_per_year > 0:
        return ""
    columns = ["region", "region_mean_hours_per_year", "full_hours_per_year"]
    ends = [f"{name} {off}" for name, off in _ends(regions, whole)]
    figure = plot_company(
        pd.DataFrame(rows, columns=columns),
        mean_hours=whole.mean_hours_per_year,
        title=f"Work of a territory against the mean of all regions: {', '.join(ends)}."
        if ends
        else f"{_spread_words(regions, whole)}.",
        source=source,
    )
    return figure._repr_html_()


def _tables(regions: Sequence[Sums], currency: str) -> list[CompanyTable]:
    if not regions:
        return []
    per_year, whole = f"({currency or 'money'} per year)", sum_all(regions)
    return [
        _table(
            "Is there a rep for the work of each region?",
            "Work is shared fairly when a full territory is the same year of work everywhere. A "
            "territory of half the wanted size counts with twice its hours.",
            {
                "Territories": lambda r, _: number(r.territories_count),
                "Reps": lambda r, _: number(len(r.rep_ids)),
                "Without a rep": lambda r, _: number(r.vacant_count),
                "Workload (h per year)": lambda r, _: number(r.workload_hours_per_year),
                "Full territory (h per year)": lambda r, _: number(r.mean_hours_per_year),
                "Against all regions (%)": _off,
                "Lowest (h per year)": lambda r, _: number(min(r.hours_of_each, default=math.nan)),
                "Highest (h per year)": lambda r, _: number(max(r.hours_of_each, default=math.nan)),
            },
            (regions, whole),
        ),
        _table(
            "What does a year cost, and how far is it driven?",
            "Cost is that of people, driving and calls; km are estimates without routing.",
            {
                "Accounts": lambda r, _: number(r.accounts_count),
                f"Cost today {per_year}": lambda r, _: number(r.today_cost_amount_per_year),
                f"Cost proposed {per_year}": lambda r, _: number(r.cost_amount_per_year),
                f"Cost of a territory {per_year}": lambda r, _: number(
                    _over(r.cost_amount_per_year, r.territories_count)
                ),
                "Driving (km per year)": lambda r, _: number(r.travel_km_per_year),
                "For each wanted visit (km)": lambda r, _: number(
                    _over(r.travel_km_per_year, r.ideal_visits_per_year), decimals=1
                ),
            },
            (regions, whole),
        ),
        *_money_tables(regions, whole, currency),
    ]


def _money_tables(regions: Sequence[Sums], whole: Sums, currency: str) -> list[CompanyTable]:
    per_year, once = f"({currency or 'money'} per year)", f"({currency or 'money'})"
    return [
        _table(
            "What changes hands?",
            "Forced: the rep leaves or an override asks for it; chosen: the plan is better with "
            "it. The price is the margin at risk.",
            {
                "Accounts": lambda r, _: number(r.changed_count),
                "of which forced": lambda r, _: number(r.forced_count),
                "of which chosen": lambda r, _: number(r.chosen_count),
                "Of all accounts (%)": lambda r, _: percent(
                    _over(r.changed_count, r.accounts_count)
                ),
                f"Revenue {per_year}": lambda r, _: number(r.changed_amount_per_year),
                f"of which forced {per_year}": lambda r, _: number(r.forced_amount_per_year),
                f"of which chosen {per_year}": lambda r, _: number(r.chosen_amount_per_year),
                f"Price {once}": lambda r, _: number(r.price_amount),
            },
            (regions, whole),
        ),
        _table(
            "What is each region asked to sell?",
            "Given quotas are those of the reps who take a territory; one without a rep has none. "
            "Proposed quotas are those of all territories.",
            {
                f"Revenue {per_year}": lambda r, _: number(r.revenue_amount_per_year),
                f"Quotas given {per_year}": lambda r, _: number(r.given_quota_amount_per_year),
                f"Quotas proposed {per_year}": lambda r, _: number(
                    r.proposed_quota_amount_per_year
                ),
                "Proposed against revenue (%)": lambda r, _: percent(
                    _over(r.proposed_quota_amount_per_year, r.revenue_amount_per_year)
                ),
            },
            (regions, whole),
        ),
    ]


def _table(
    question: str, why: str, columns: _Columns, summed: tuple[Sequence[Sums], Sums]
) -> CompanyTable:
    regions, whole = summed

    def row(of: Sums) -> tuple[str, ...]:
        return (of.region, *(cell(of, whole) for cell in columns.values()))

    return CompanyTable(question, why, tuple(columns), tuple(map(row, regions)), row(whole))


def _over(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan
