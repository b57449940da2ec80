"""How the proposal was found: what was made least, how far it may be from the best, how it ended.

What the engine makes least is money of one year: driving to the centres and, where moves are not
free, their weighed price. A *bound* is an amount below which no plan within the limits can be; the
*gap* is how much dearer than the bound the proposal is.
"""

import math
from collections.abc import Mapping

import pandas as pd

from territory_kit.options import Options
from territory_kit.steps._territories.division import Division, Part
from territory_kit.wording import amount, counted, percent_at_most

# From the surest end to the least sure.
_ENDINGS = {
    "converged": "nothing improved any more",
    "max_iterations": "the rounds of improvement that the options allow were used up",
    "time_limit": "time was up, so that another run may give another plan",
}
_DRIVING = "a year of driving to the centres"
_WEIGHED = f"{_DRIVING} and the weighed price of moves"
# A difference below this is rounding.
_LEAST_GAP_SHARE = 1e-6


def list_searches(division: Division) -> pd.DataFrame:
    """List how the engine found the territories of each team.

    Parameters
    ----------
    division
        The proposal.

    Returns
    -------
    pandas.DataFrame
        ``searches``. A bound is given only where the limits are kept: it says nothing about plans
        that break them.
    """
    return pd.DataFrame([_search(team, part) for team, part in division.parts.items()])


def search_figures(searches: pd.DataFrame) -> dict[str, float | str]:
    """Sum up the searches of all teams.

    Parameters
    ----------
    searches
        From `list_searches`.

    Returns
    -------
    dict
        ``objective_amount``, ``made_least`` (in words), ``stop_reason`` (the least sure one),
        ``iterations_count`` and ``reproducible``; where all bounds are known,
        ``lower_bound_amount`` and ``gap_share`` too.
    """
    total = float(searches["objective_amount"].sum())
    bound = float(searches["lower_bound_amount"].sum(skipna=False))
    gap = gap_share(total, bound)
    reasons = set(searches["stop_reason"])
    figures: dict[str, float | str] = {
        "objective_amount": total,
        "made_least": _WEIGHED if searches["weighed_moves_amount"].notna().any() else _DRIVING,
        "stop_reason": [reason for reason in _ENDINGS if reason in reasons][-1],
        "iterations_count": float(searches["iterations_count"].sum()),
        "reproducible": "yes" if searches["is_reproducible"].all() else "no",
    }
    return figures if math.isnan(gap) else figures | {"lower_bound_amount": bound, "gap_share": gap}


def describe_search(figures: Mapping[str, float | str], options: Options) -> tuple[str, ...]:
    """Say what was made least, how far it may be from the best, and why the search ended.

    Parameters
    ----------
    figures
        From `search_figures`.
    options
        Options of the region.

    Returns
    -------
    tuple of str
        A sentence or two for each.
    """
    total = amount(float(figures["objective_amount"]), options.currency)
    goal = f"What is made least within the limits is {figures['made_least']}: {total} in this plan."
    rounds = counted(float(figures["iterations_count"]), "round")
    end = f"The search ended after {rounds}: {_ENDINGS[str(figures['stop_reason'])]}."
    again = " The same inputs and seed give the same plan." * (figures["reproducible"] == "yes")
    return (goal, _gap_words(figures, options.currency), end + again)


def gap_share(total: float, bound: float) -> float:
    """Say how much dearer a plan is at most than the cheapest one.

    Parameters
    ----------
    total
        What the plan costs, at least 0.
    bound
        What no plan costs less than; nan where it is not known.

    Returns
    -------
    float
        Share of the bound, at least 0; nan where nothing is known.
    """
    if total - bound <= _LEAST_GAP_SHARE * total:
        return 0.0
    return total / bound - 1 if bound > 0 else math.nan


def _search(team: str, part: Part) -> dict[str, object]:
    design = part.design
    total = design.objective["total"]
    bound = design.lower_bound if design.is_feasible else None
    bound = math.nan if bound is None else bound
    prices = part.problem.move_prices
    has_price = prices is not None and bool(prices.any())
    return {
        "team": team,
        "accounts_count": len(design.labels),
        "territories_count": len(design.loads),
        "driving_amount": design.objective["distance"],
        "weighed_moves_amount": design.objective["moves"] if has_price else math.nan,
        "objective_amount": total,
        "lower_bound_amount": bound,
        "gap_share": gap_share(total, bound),
        "iterations_count": design.iterations,
        "stop_reason": design.stop_reason,
        "is_reproducible": design.is_reproducible,
    }


def _gap_words(figures: Mapping[str, float | str], currency: str) -> str:
    if "gap_share" not in figures:
        return "How far it is from the cheapest plan within the limits is not known."
    gap, bound = float(figures["gap_share"]), float(figures["lower_bound_amount"])
    if gap == 0:
        return "No plan within the limits has less of it: that is proven."
    return (
        f"No plan within the limits can have less than {amount(bound, currency)}, so that this one "
        f"is at most {percent_at_most(gap)} dearer than the cheapest."
    )
