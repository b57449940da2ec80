"""Other proposals beside the chosen one: number, tolerance, price of moves, from nothing."""

from collections.abc import Iterator, Mapping

import pandas as pd

from territory_kit.options import TerritoriesOptions
from territory_kit.steps._territories.division import Division, Setup, divide
from territory_kit.steps._territories.measure import balance_row
from territory_kit.steps._territories.problem import WORKLOAD

# Tolerances are at most the whole target.
_WIDEST_SHARE = 1.0
# Enough to compare; the proposal itself is searched for longer.
_ITERATIONS = 15
ONE_LESS = "one territory less"
ONE_MORE = "one territory more"


def list_alternatives(
    division: Division, today: pd.DataFrame, tried: Mapping[str, Division] | None = None
) -> pd.DataFrame:
    """List the fixed set of other proposals.

    Parameters
    ----------
    division
        The proposal.
    today
        Today's territories, measured.
    tried
        From `try_variants`; computed when not given.

    Returns
    -------
    pandas.DataFrame
        ``alternatives``: keep today, the proposal, one territory less or more, half and double
        tolerance, free moves, a redesign; those that make no sense are left out.
    """
    others = try_variants(division) if tried is None else tried
    rows = [keep_today(today, division.settings)] if len(today) else []
    rows.append(sum_up(division, option="proposal") | {"is_chosen": True})
    rows += [sum_up(other, option=option) for option, other in others.items()]
    return pd.DataFrame(rows)


def try_variants(division: Division) -> dict[str, Division]:
    """Compute the fixed set of other proposals.

    Parameters
    ----------
    division
        The proposal.

    Returns
    -------
    dict
        Other divisions by what is varied, from a few rounds of search each.
    """
    setup = division.setup
    return {
        option: divide(setup, settings, counts, is_bounded=False)
        for option, settings, counts in _variants(division)
    }


def sum_up(division: Division, *, option: str) -> dict[str, object]:
    """Sum up a proposal in one row.

    Parameters
    ----------
    division
        The proposal.
    option
        Its name.

    Returns
    -------
    dict
        A row of ``alternatives``, not chosen.
    """
    units, before = division.units, division.units["today_territory_id"]
    moved = before.notna() & (before != units["territory_id"])
    owned = int(before.notna().sum())
    return _row(option, division.measured, division.settings) | {
        "moved_count": int(moved.sum()),
        "moved_share": float(moved.sum()) / owned if owned else 0.0,
        "move_price_amount": float(units["move_price_amount"][moved].sum()),
    }


def change_count(
    setup: Setup, change: int, counts: Mapping[str, int] | None = None
) -> dict[str, int] | None:
    """Open or close one territory where it changes least.

    Parameters
    ----------
    setup
        What is known of the region.
    change
        1 to open, -1 to close.
    counts
        Number by team to start from; none: as wanted.

    Returns
    -------
    dict or None
        Number by team: the team with most hours per territory gains one, the one with fewest
        loses one. None where no team can.
    """
    placed, counts = setup.placed, dict(counts or setup.counts)
    hours = placed.groupby("team")["workload_hours_per_year"].sum()
    pieces = placed["together_id"].fillna(placed["account_id"]).groupby(placed["team"]).nunique()
    able = [team for team, count in sorted(counts.items()) if 1 <= count + change <= pieces[team]]
    if not able:
        return None
    team = max(able, key=lambda name: change * hours[name] / counts[name])
    return counts | {team: counts[team] + change}


def _variants(
    division: Division,
) -> Iterator[tuple[str, TerritoriesOptions, Mapping[str, int]]]:
    setup, settings = division.setup, search_less(division.settings)
    for option, change in ((ONE_LESS, -1), (ONE_MORE, 1)):
        changed = change_count(setup, change)
        if changed is not None:
            yield option, settings, changed
    if len(division.slots) > 1:
        for option, factor in (("half the tolerance", 0.5), ("double tolerance", 2.0)):
            yield option, widen(settings, factor), setup.counts
    if setup.mode == "rebalance" and setup.placed["today_territory_id"].notna().any():
        free = {
            "move_price_factor": 0.0,
            "most_moved_share": None,
            "most_moved_revenue_share": None,
            "most_moved_revenue_share_per_rep": None,
        }
        yield "moves are free", settings.model_copy(update=free), setup.counts
        yield "redesign", settings.model_copy(update={"mode": "redesign"}), setup.counts


def widen(settings: TerritoriesOptions, factor: float) -> TerritoriesOptions:
    """Make all tolerances wider or narrower.

    Parameters
    ----------
    settings
        Options of step 3.
    factor
        Above 1 for wider.

    Returns
    -------
    TerritoriesOptions
        The same options with other tolerances.
    """
    potential = settings.potential_tolerance_share
    return settings.model_copy(
        update={
            "tolerance_share": min(settings.tolerance_share * factor, _WIDEST_SHARE),
            "potential_tolerance_share": None if potential is None else potential * factor,
        }
    )


def search_less(settings: TerritoriesOptions, iterations: int = _ITERATIONS) -> TerritoriesOptions:
    """Search for fewer rounds: enough to compare, and the same rounds every time.

    Parameters
    ----------
    settings
        Options of step 3.
    iterations
        Most rounds.

    Returns
    -------
    TerritoriesOptions
        The same options with at most so many rounds.
    """
    iterations = min(settings.max_iterations, iterations)
    return settings.model_copy(update={"max_iterations": iterations})


def keep_today(today: pd.DataFrame, settings: TerritoriesOptions) -> dict[str, object]:
    """Sum up today's territories in one row.

    Parameters
    ----------
    today
        Today's territories, measured; at least one.
    settings
        Options of step 3.

    Returns
    -------
    dict
        A row of ``alternatives`` in which nothing moves.
    """
    return _row("keep today", today, settings) | {
        "moved_count": 0,
        "moved_share": 0.0,
        "move_price_amount": 0.0,
    }


def _row(option: str, plan: pd.DataFrame, settings: TerritoriesOptions) -> dict[str, object]:
    return {
        "option": option,
        "is_chosen": False,
        "territories_count": len(plan),
        "tolerance_share": settings.tolerance_share,
        "deviation_share": balance_row(plan, WORKLOAD, "proposal")["deviation_share"],
        "travel_km_per_year": float(plan["travel_km_per_year"].sum()),
    }
