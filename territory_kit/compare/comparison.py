"""Put plans side by side: one row per plan, and what must be known to read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from territory_kit.compare.differences import input_words, option_words, require_comparable
from territory_kit.compare.gain import Constant, list_constants, spread, yearly_gain
from territory_kit.compare.request import Request
from territory_kit.compare.scenario import (
    Scenario,
    choose_regions,
    name_plans,
    read_scenario,
    require_results,
)
from territory_kit.compare.words import gain_words, uncertainty_words
from territory_kit.methods.scenarios import Direction, dominated_flags
from territory_kit.plan import open_plan
from territory_kit.wording import counted, listed

_FOLDER = Path("reports") / "_compare"
# What makes a plan better, with the decimals that are shown.
_JUDGED: dict[str, tuple[str, Direction, int]] = {
    "workload_deviation_share": ("deviation of workload", "lower", 3),
    "potential_deviation_share": ("deviation of potential", "lower", 3),
    "travel_km_per_year": ("km", "lower", 0),
    "coverage_share": ("coverage", "higher", 3),
    "cost_amount_per_year": ("cost", "lower", 0),
    "changed_count": ("accounts that change hands", "lower", 0),
}
_SHOWN = [
    "territories_count",
    "reps_count",
    "workload_deviation_share",
    "potential_deviation_share",
    "travel_km_per_year",
    "coverage_share",
    "cost_amount_per_year",
    "changed_count",
    "changed_revenue_amount_per_year",
    "move_price_amount",
]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Plans side by side.

    Parameters
    ----------
    table
        One row per plan, as `tabulate` returns it.
    currency
        Currency of all plans.
    has_money
        Whether potential is money, and not a number of accounts.
    notes
        What must be known to read the table, one sentence each.
    folder
        Where the files belong when no other place is named.
    """

    table: pd.DataFrame
    currency: str
    has_money: bool
    notes: tuple[str, ...]
    folder: Path


def compare_plans(request: Request) -> Comparison:
    """Compare plans on the same inputs.

    Parameters
    ----------
    request
        What is asked.

    Returns
    -------
    Comparison
        The first plan is what the others are measured against.

    Raises
    ------
    ParameterError
        When settings of a plan are not right, a region is missing or currencies differ.
    TableError
        When faults of the inputs block a plan, or the inputs differ.
    StaleResultError
        When a plan has no current results; says of which region and step.
    """
    plans = [open_plan(folder) for folder in request.folders]
    names = name_plans(plans)
    regions = choose_regions(plans, names, request.regions)
    require_results(plans, names, regions)
    scenarios = [
        read_scenario(plan, name, regions) for plan, name in zip(plans, names, strict=True)
    ]
    require_comparable(scenarios, may_differ=request.may_differ)
    first = scenarios[0]
    constants = list_constants(first.option, request.ranges)
    horizon_years = float(first.option("review.horizon_years"))
    table = tabulate(scenarios, constants, horizon_years=horizon_years)
    return Comparison(
        table=table,
        currency=str(first.option("currency")),
        has_money=all(one.figures.has_money for one in scenarios),
        notes=(
            _region_words(regions),
            input_words(scenarios),
            *option_words(scenarios),
            gain_words(first.name, horizon_years),
            uncertainty_words(first.name, constants),
            _beaten_words(table),
        ),
        folder=plans[0].folder / _FOLDER,
    )


def tabulate(
    scenarios: Sequence[Scenario], constants: Sequence[Constant], *, horizon_years: float
) -> pd.DataFrame:
    """Put the figures of plans into a table.

    Parameters
    ----------
    scenarios
        The plans; the others are measured against the first one.
    constants
        Uncertain constants.
    horizon_years
        Years over which the price of moves is spread, above 0.

    Returns
    -------
    pandas.DataFrame
        One row per plan in the order given: ``plan``, its figures, its gain with interval and
        chance (missing for the first), and ``beaten_by``.
    """
    first = scenarios[0].figures
    rows: list[dict[str, object]] = []
    for place, one in enumerate(scenarios):
        gain = yearly_gain(
            first,
            one.figures,
            horizon_years=horizon_years,
            circuity=1.0,
            loss_share=1.0,
            margin_share=1.0,
        )
        row = {"plan": one.name, **{name: getattr(one.figures, name) for name in _SHOWN}}
        row |= dict.fromkeys(("gain_low_amount_per_year", "gain_high_amount_per_year"), np.nan)
        row |= {"gain_amount_per_year": gain if place else np.nan, "gain_chance_share": np.nan}
        if place:
            drawn = spread(first, one.figures, constants, horizon_years=horizon_years)
            row["gain_low_amount_per_year"] = drawn.low
            row["gain_high_amount_per_year"] = drawn.high
            row["gain_chance_share"] = drawn.positive_share
        rows.append(row)
    table = pd.DataFrame(rows)
    order = ["gain_amount_per_year", "gain_low_amount_per_year", "gain_high_amount_per_year"]
    shown = table[["plan", *_SHOWN, *order, "gain_chance_share"]]
    return shown.assign(beaten_by=beaten_by(shown))


def beaten_by(table: pd.DataFrame) -> list[str]:
    """Name for each plan those that are as good on all figures, as shown, and better on one.

    Parameters
    ----------
    table
        ``plan`` and the figures that are judged.

    Returns
    -------
    list of str
        Names with commas; empty where no plan beats it. A figure that a plan lacks is not judged.
    """
    judged = _known(table)
    rounded = {name: table[name].to_numpy(dtype=float).round(_JUDGED[name][2]) for name in judged}
    directions = {name: _JUDGED[name][1] for name in judged}
    names = table["plan"].tolist()
    if not judged:
        return ["" for _ in names]

    def beats(better: int, worse: int) -> bool:
        pair = {name: values[[better, worse]] for name, values in rounded.items()}
        return bool(dominated_flags(pair, directions)[1])

    places = range(len(names))
    return [", ".join(names[other] for other in places if beats(other, one)) for one in places]


def _known(table: pd.DataFrame) -> list[str]:
    return [name for name in _JUDGED if table[name].notna().all()]


def _region_words(regions: Sequence[str]) -> str:
    count = counted(len(regions), "region")
    return f"Sums over {count}: {', '.join(regions)}; of deviations the largest."


def _beaten_words(table: pd.DataFrame) -> str:
    judged = _known(table)
    words = [_JUDGED[name][0] for name in judged]
    missing = [_JUDGED[name][0] for name in _JUDGED if name not in judged]
    left_out = f" Not known for every plan, and left out: {listed(missing)}." if missing else ""
    return (
        f"A plan is beaten by another that, in the figures as shown, is at least as good in "
        f"{listed(words)}, and better in one of them.{left_out}"
    )
