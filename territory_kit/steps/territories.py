"""Step 3: how to divide the region fairly, and how good each territory is.

Every account of the region is in one territory or listed with the reason why not. Today's
territories keep their identifiers; the balance counts hours that do not depend on who drives.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.options import Options, TerritoriesOptions
from territory_kit.steps._territories.alternatives import list_alternatives, sum_up, try_variants
from territory_kit.steps._territories.division import Division, Setup, divide, prepare
from territory_kit.steps._territories.findings import list_assumptions, list_findings
from territory_kit.steps._territories.funnel import list_funnels
from territory_kit.steps._territories.measure import balance_rows, to_centre_km
from territory_kit.steps._territories.naming import propose_names
from territory_kit.steps._territories.present import measure_today, units_today
from territory_kit.steps._territories.problem import WORKLOAD, balanced_measures
from territory_kit.steps._territories.rating import (
    agreement,
    ask_field,
    find_dependence,
    rate_plan,
)
from territory_kit.steps._territories.reason_words import write_reasons
from territory_kit.steps._territories.reasons import Moves, find_reasons
from territory_kit.steps._territories.search import describe_search, list_searches, search_figures
from territory_kit.steps._territories.segments import share_segments
from territory_kit.steps._territories.shape import list_shapes
from territory_kit.steps._territories.sizing import list_sizes
from territory_kit.steps._territories.sizing_rules import list_rules
from territory_kit.steps._territories.split_cities import list_split_cities
from territory_kit.steps._territories.stability import describe_kept, tell_need
from territory_kit.steps._territories.trade_offs import list_trade_offs
from territory_kit.steps.dates import start_day
from territory_kit.steps.left_out import sum_by_reason
from territory_kit.steps.money import has_money
from territory_kit.steps.result import StepResult
from territory_kit.steps.roster import list_owners
from territory_kit.wording import percent

# An account without a territory takes no hours and has no price.
_OF_PLACED = (
    "visits_per_year",
    "call_hours_per_year",
    "travel_hours_per_year",
    WORKLOAD,
    "move_price_amount",
)


def divide_region(
    tables: Mapping[str, pd.DataFrame], *, region: str, options: Options
) -> StepResult:
    """Divide a region into territories with even workload and short ways.

    Parameters
    ----------
    tables
        ``accounts``, ``market_accounts`` and ``account_quality`` of the region; optional ``reps``,
        ``territories``, ``overrides``, ``headcount``, ``visits`` and ``deals`` (for the day the
        plan looks from) and ``previous_assignment`` (for identifiers that stay).
    region
        Name of the region.
    options
        Options of the region.

    Returns
    -------
    StepResult
        ``assignment``, ``move_reasons``, ``not_placed``, ``territory_plan``, ``territory_today``,
        ``territory_shape``, ``split_cities``, ``territory_segments``, ``field_opinion``,
        ``balance``, ``searches``, ``alternatives``, ``trade_offs``, ``sizing`` and
        ``sizing_rules``.
        An infeasible region is a finding: the plan that misses the limits least is returned.

    Notes
    -----
    Price of driving and of moves are both in money, so that a move must pay within a year. Only
    accounts of one team share a territory.
    """
    setup = prepare(tables, region=region, options=options)
    if setup.placed.empty:
        return _nothing_to_divide(setup)
    division = divide(setup, options.territories)
    today = measure_today(setup, is_whole=len(division.slots) == 1)
    plan = _name(division, today)
    moves = find_reasons(division, today)
    currency = options.currency if has_money(tables) else ""
    units = _tell(moves, plan, today, currency)
    balance, searches = _balance(division, plan, today), list_searches(division)
    found, opinion = search_figures(searches), ask_field(today, tables.get("territories"))
    assignment = _assignment(setup, units)
    result = {
        "assignment": assignment,
        "move_reasons": moves.reasons,
        "not_placed": sum_by_reason(assignment),
        "territory_plan": plan,
        "territory_today": today,
        **_look_closer(setup, units, plan, today, tables.get("deals")),
        "field_opinion": opinion,
        "balance": balance,
        "searches": searches,
        **_compare(tables, division, today),
    }
    return StepResult(
        step="territories",
        region=region,
        tables=result,
        figures=_figures(division, units, balance) | found | agreement(opinion),
        assumptions=(
            *list_assumptions(setup),
            *describe_kept(setup.placed),
            *describe_search(found, options),
        ),
        findings=(
            *list_findings(division, plan, currency=currency or "accounts"),
            *find_dependence(plan),
            *tell_need(today, plan),
        ),
    )


def try_option(
    tables: Mapping[str, pd.DataFrame],
    *,
    region: str,
    options: Options,
    territories_count: int | None = None,
    tolerance_share: float | None = None,
    move_price_factor: float | None = None,
) -> dict[str, object]:
    """Try another setting without keeping it.

    Parameters
    ----------
    tables
        As for `divide_region`.
    region
        Name of the region.
    options
        Options of the region.
    territories_count
        Number of territories; none: as in the proposal.
    tolerance_share
        Allowed deviation of workload from target; none: as in the options.
    move_price_factor
        Weight of the price of moves; none: as in the options.

    Returns
    -------
    dict
        A row of ``alternatives``, named after the settings: what `divide_region` would propose
        under these options.
    """
    given = {
        "territories_count": territories_count,
        "tolerance_share": tolerance_share,
        "move_price_factor": move_price_factor,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    settings = TerritoriesOptions(**(options.territories.model_dump() | changes))
    changed = options.model_copy(update={"territories": settings})
    division = divide(prepare(tables, region=region, options=changed), settings)
    option = (
        f"{len(division.slots)} territories, ±{percent(settings.tolerance_share)}, "
        f"price of moves × {settings.move_price_factor:g}"
    )
    return sum_up(division, option=option)


def _look_closer(
    setup: Setup,
    units: pd.DataFrame,
    plan: pd.DataFrame,
    today: pd.DataFrame,
    deals: pd.DataFrame | None,
) -> dict[str, pd.DataFrame]:
    """Look at what balance and driving do not tell: where accounts lie, what is split and open."""
    return {
        "territory_shape": list_shapes(units, plan, units_today(setup), today),
        "split_cities": list_split_cities(units, plan, setup.options),
        "territory_segments": share_segments(units, plan),
        "territory_funnel": list_funnels(units, plan, deals, setup.options),
    }


def _compare(
    tables: Mapping[str, pd.DataFrame], division: Division, today: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Set the proposal beside others: other settings, other numbers of territories."""
    setup, tried = division.setup, try_variants(division)
    owners = list_owners(tables.get("reps"), region=setup.region, start=start_day(setup.options))
    money = has_money(tables)
    sizes = list_sizes(division, tried, owners, has_money=money)
    return {
        "alternatives": list_alternatives(division, today, tried),
        "trade_offs": list_trade_offs(division, today, tried),
        "sizing": sizes,
        "sizing_rules": list_rules(division, owners, sizes, has_money=money),
    }


def _name(division: Division, today: pd.DataFrame) -> pd.DataFrame:
    """Measure the proposal and name its new territories; today's names stay."""
    plan, region = division.measured, division.setup.region
    known = plan["territory_id"].map(today.set_index("territory_id")["territory_name"])
    plan = plan.assign(territory_name=known.astype("str"))
    names = propose_names(plan, division.units, region=region, is_whole=len(plan) == 1)
    return rate_plan(plan.assign(territory_name=names.to_numpy()), division.units)


def _tell(moves: Moves, plan: pd.DataFrame, today: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Add what each move costs and why it is made, and the way to the new centre."""
    names = {
        str(name): str(label)
        for frame in (plan, today)
        for name, label in zip(frame["territory_id"], frame["territory_name"], strict=True)
    }
    return moves.units.assign(
        centre_km=to_centre_km(moves.units, plan),
        move_reason=write_reasons(moves.units, moves.reasons, names, currency=currency),
        move_price_amount=moves.units["move_price_amount"].where(moves.units["is_moved"], 0.0),
    )


def _assignment(setup: Setup, units: pd.DataFrame) -> pd.DataFrame:
    """Put placed accounts and those left out into one table."""
    left_out = setup.units["left_out_reason"].notna()
    others = setup.units.loc[left_out].assign(
        **dict.fromkeys(_OF_PLACED, np.nan), is_moved=False, is_forced=False
    )
    rows = pd.concat([units, others])
    names = columns.get_table("assignment").columns
    return rows.assign(current_territory_id=rows["today_territory_id"]).reindex(columns=names)


def _balance(division: Division, plan: pd.DataFrame, today: pd.DataFrame) -> pd.DataFrame:
    tolerances = balanced_measures(division.units, division.settings)
    rows = balance_rows(today, tolerances, state="today") if len(today) else []
    rows += balance_rows(plan, tolerances, state="proposal")
    return pd.DataFrame(rows).sort_values("measure", ascending=False, kind="stable")


def _figures(
    division: Division, units: pd.DataFrame, balance: pd.DataFrame
) -> dict[str, float | str]:
    workload = balance.loc[balance["measure"] == WORKLOAD].set_index("state")["deviation_share"]
    owned = int(units["today_territory_id"].notna().sum())
    moved = units["is_moved"]
    figures: dict[str, float | str] = {
        "accounts_count": len(division.setup.units),
        "placed_count": len(units),
        "left_out_count": len(division.setup.units) - len(units),
        "territories_count": len(division.slots),
        "deviation_share": float(workload["proposal"]),
        "moved_count": int(moved.sum()),
        "moved_share": float(moved.sum()) / owned if owned else 0.0,
        "forced_count": int(units["is_forced"].sum()),
        "move_price_amount": float(units["move_price_amount"].sum()),
        "limits": "kept" if division.is_feasible else "broken",
        "mode": division.setup.mode,
    }
    if "today" in workload:
        figures["deviation_today_share"] = float(workload["today"])
    return figures


def _nothing_to_divide(setup: Setup) -> StepResult:
    empty = (
        "move_reasons",
        "territory_plan",
        "territory_today",
        "territory_shape",
        "split_cities",
        "territory_segments",
        "territory_funnel",
        "field_opinion",
        "balance",
        "searches",
        "alternatives",
        "trade_offs",
        "sizing",
        "sizing_rules",
    )
    finding = (
        f"No account of {setup.region} is placed: all {len(setup.units)} are left out. "
        "Widen the market of step 1, or leave the region out of the plan."
    )
    assignment = _assignment(setup, setup.placed)
    return StepResult(
        step="territories",
        region=setup.region,
        tables={
            "assignment": assignment,
            "not_placed": sum_by_reason(assignment),
            **{name: columns.empty_frame(name) for name in empty},
        },
        figures={
            "accounts_count": len(setup.units),
            "placed_count": 0,
            "left_out_count": len(setup.units),
            "territories_count": 0,
        },
        findings=(finding, *setup.findings),
    )
