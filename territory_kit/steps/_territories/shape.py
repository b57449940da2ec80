"""How close the accounts of each territory lie together, today and proposed, beside the driving.

All is measured on accounts with a known place; no border is drawn, so that none is scored.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit import columns
from territory_kit.methods.compactness import flag_overlaps, mean_distance_km, weighted_centre_km
from territory_kit.methods.shapes import tree_length_ratio

_MEASURED = ("spread_km", "tree_ratio", "overlap_share")
_DRIVING = "travel_km_per_year"


def list_shapes(
    units: pd.DataFrame, plan: pd.DataFrame, units_today: pd.DataFrame, today: pd.DataFrame
) -> pd.DataFrame:
    """List how compact each territory is.

    Parameters
    ----------
    units
        Placed accounts of the proposal: ``territory_id``, ``team``, ``east_km``, ``north_km``,
        ``visits_per_year``, ``is_remote``; sorted by account.
    plan
        Territories of the proposal, measured and named.
    units_today
        Accounts with today's territory as ``territory_id``.
    today
        Today's territories, measured and named.

    Returns
    -------
    pandas.DataFrame
        ``territory_shape``: one row per territory of either plan; what does not exist in one, or
        has no account with a known place there, is missing.
    """
    names = ["territory_id", "territory_name", _DRIVING]
    now = plan[names].merge(measure_shapes(units), on="territory_id", how="left")
    before = today[names].merge(measure_shapes(units_today), on="territory_id", how="left")
    before = before.rename(columns={name: f"today_{name}" for name in (_DRIVING, *_MEASURED)})
    both = now.merge(before, on="territory_id", how="outer", suffixes=("", "_today"))
    both["territory_name"] = both["territory_name"].fillna(both["territory_name_today"])
    wanted = columns.get_table("territory_shape").columns
    return both.sort_values("territory_id").reset_index(drop=True)[list(wanted)]


def measure_shapes(units: pd.DataFrame) -> pd.DataFrame:
    """Measure how close the accounts of each territory lie together.

    Parameters
    ----------
    units
        Placed accounts: ``territory_id``, ``team``, ``east_km``, ``north_km``,
        ``visits_per_year``, ``is_remote``.

    Returns
    -------
    pandas.DataFrame
        ``territory_id``, ``spread_km`` (weighted by visits in person), ``tree_ratio``,
        ``overlap_share`` (of accounts, within the team).
    """
    located = units.loc[units[["east_km", "north_km"]].notna().all(axis=1)]
    located = located.assign(is_over=_overlapping(located))
    rows = [_shape(str(name), own) for name, own in located.groupby("territory_id")]
    names = ["territory_id", *_MEASURED]
    return pd.DataFrame(rows, columns=names).astype({"territory_id": "str"})


def _shape(territory_id: str, own: pd.DataFrame) -> tuple[str, float, float, float]:
    points = own[["east_km", "north_km"]].to_numpy(dtype=float)
    visits = own["visits_per_year"].where(~own["is_remote"], 0.0).fillna(0.0).to_numpy(dtype=float)
    weights = visits if visits.sum() > 0 else np.ones(len(own))
    spread = mean_distance_km(points, weights, weighted_centre_km(points, weights))
    return territory_id, spread, tree_length_ratio(points), float(own["is_over"].mean())


def _overlapping(located: pd.DataFrame) -> NDArray[np.bool_]:
    """Flag accounts in the hull of another territory; teams share the ground and do not count."""
    flags = np.zeros(len(located), dtype=bool)
    points = located[["east_km", "north_km"]].to_numpy(dtype=float)
    for team in located["team"].unique():
        own = (located["team"] == team).to_numpy()
        labels, _ = pd.factorize(located.loc[own, "territory_id"])
        flags[own] = flag_overlaps(points[own], labels.astype(np.int64))
    return flags
