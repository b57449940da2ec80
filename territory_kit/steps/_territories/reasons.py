"""Why each moved account moves, read from the final plan."""

import pandas as pd

from territory_kit.methods.geo import haversine_km
from territory_kit.options import Options
from territory_kit.steps._territories.problem import WORKLOAD
from territory_kit.steps.cases import first_case

# Smaller effects are no reason.
_LEAST_KM, _LEAST_HOURS = 1.0, 0.5


def explain_moves(
    units: pd.DataFrame, plan: pd.DataFrame, today: pd.DataFrame, options: Options
) -> pd.DataFrame:
    """Add where each account stands and, where it moves, why.

    Parameters
    ----------
    units
        Placed accounts with ``territory_id``, costs and rules.
    plan, today
        Territories of the proposal and of today, from `measure.measure_territories`.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        With ``centre_km``, ``is_moved``, ``is_forced``, ``move_reason``; ``move_price_amount`` is
        0 where nothing moves.

    Notes
    -----
    A move is forced when its territory is not continued, or when an override, a lock or the
    group of an account under one of them asks for it. All others were chosen, for balance or
    distance.
    """
    before = units["today_territory_id"]
    is_moved = before.notna() & (before != units["territory_id"])
    is_bound = units["bound_territory_id"].notna()
    is_ended = ~before.isin(plan["territory_id"])
    is_foreign = is_ended & ~before.isin(today["territory_id"])
    name = before.map(today.set_index("territory_id")["territory_name"]).astype("str")
    words = first_case(
        [
            (is_bound, units["rule_text"]),
            (is_foreign, "territory " + before + " belongs to another region"),
            (is_ended, "territory " + name + " is not continued"),
            (units["together_id"].notna(), "kept with its group"),
        ],
        _chosen_words(units, plan, today, name, options),
    )
    return units.assign(
        centre_km=_to_centre_km(units, units["territory_id"], plan),
        is_moved=is_moved,
        is_forced=is_moved & (is_bound | is_ended),
        move_reason=words.where(is_moved),
        move_price_amount=units["move_price_amount"].where(is_moved, 0.0),
    )


def _to_centre_km(units: pd.DataFrame, ids: pd.Series, plan: pd.DataFrame) -> pd.Series:
    centres = plan.set_index("territory_id")[["centre_lat_deg", "centre_lon_deg"]]
    there = centres.reindex(ids).to_numpy(dtype=float)
    away = haversine_km(units["lat_deg"], units["lon_deg"], there[:, 0], there[:, 1])
    return pd.Series(away, index=units.index)


def _chosen_words(
    units: pd.DataFrame,
    plan: pd.DataFrame,
    today: pd.DataFrame,
    name: pd.Series,
    options: Options,
) -> pd.Series:
    """Join what a chosen move brings: km saved, hours that leave a full territory."""
    now, before = units["territory_id"], units["today_territory_id"]
    nearer_km = _to_centre_km(units, before, plan) - _to_centre_km(units, now, plan)
    days = units["visits_per_year"].where(~units["is_remote"], 0.0) / options.visits.per_day
    saved_km = (nearer_km * 2 * options.travel.circuity * days).fillna(0.0)
    index = today.set_index("territory_id")["workload_index"]
    was_full = before.map(index) > 100  # noqa: PLR2004 - an index of 100 is the target
    had_room = ~(now.map(index) > 100)  # noqa: PLR2004 - an index of 100 is the target
    hours = units[WORKLOAD].map("{:,.0f}".format)
    to_name = now.map(plan.set_index("territory_id")["territory_name"]).astype("str")
    has_hours = units[WORKLOAD] >= _LEAST_HOURS
    parts = [
        ("saves " + saved_km.map("{:,.0f}".format) + " km a year", saved_km >= _LEAST_KM),
        ("relieves " + name + " by " + hours + " h", was_full & has_hours),
        ("gives " + to_name + " " + hours + " h that it lacks", ~was_full & had_room & has_hours),
    ]
    joined = [
        "; ".join(str(texts.loc[row]) for texts, holds in parts if holds.loc[row])
        for row in units.index
    ]
    return pd.Series(joined, index=units.index).replace("", "evens out potential")
