"""Measure territories of today and of a proposal in the same way: sums, driving, balance."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.methods.balance import measure_balance, targets_of
from territory_kit.methods.classes import territory_qualities
from territory_kit.methods.geo import haversine_km
from territory_kit.options import Options
from territory_kit.steps._territories.problem import POTENTIAL, WORKLOAD, number_ids
from territory_kit.steps.driving import drive

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_SUMS = (
    "visits_per_year",
    POTENTIAL,
    "revenue_amount_per_year",
    "call_hours_per_year",
    "travel_hours_per_year",
    WORKLOAD,
)


def measure_territories(units: pd.DataFrame, slots: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Measure each territory.

    Parameters
    ----------
    units
        Placed accounts with costs and ``territory_id``; sorted.
    slots
        Territories: ``territory_id``, ``territory_name``, ``team``, ``size_share``,
        ``is_provisional``; sorted.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        Rows of ``slots`` with the columns of ``territory_plan``; driving from the centre.
    """
    numbers = number_ids(units["territory_id"], slots["territory_id"])
    sums = _sum_up(units, numbers, len(slots))
    driving = drive(slots["territory_id"], units, options)
    arrays = {name: part[name].array for part in (slots, driving) for name in part}
    measured = pd.DataFrame(arrays | sums)
    per_hour = measured[POTENTIAL] / measured[WORKLOAD].where(measured[WORKLOAD] > 0)
    return measured.assign(
        workload_index=_index(measured, WORKLOAD),
        potential_index=_index(measured, POTENTIAL),
        hour_potential_amount=per_hour,
        quality=territory_qualities(per_hour.to_numpy()),
    )


def _sum_up(units: pd.DataFrame, numbers: Ints, count: int) -> dict[str, Floats]:
    """Count and sum up the accounts of each territory, 0 where there are none."""
    values = pd.DataFrame({name: units[name].to_numpy() for name in _SUMS})
    found = values.groupby(numbers).sum()
    # those in no territory of the list come first, as number -1
    here = found.index.to_numpy() >= 0
    sums = np.zeros((count, len(_SUMS)))
    sums[found.index[here]] = found.to_numpy()[here]
    counts = np.bincount(numbers[numbers >= 0], minlength=count).astype("float64")
    return {"accounts_count": counts, **dict(zip(_SUMS, sums.T, strict=True))}


def to_centre_km(units: pd.DataFrame, plan: pd.DataFrame) -> pd.Series:
    """Measure the straight distance of each account to the centre of its territory, in km.

    Parameters
    ----------
    units
        Placed accounts: ``territory_id``, ``lat_deg``, ``lon_deg``.
    plan
        From `measure_territories`.

    Returns
    -------
    pandas.Series
        km by great circle; missing without a known place.
    """
    centres = plan.set_index("territory_id")[["centre_lat_deg", "centre_lon_deg"]]
    there = centres.reindex(units["territory_id"]).to_numpy(dtype=float)
    away = haversine_km(units["lat_deg"], units["lon_deg"], there[:, 0], there[:, 1])
    return pd.Series(away, index=units.index)


def balance_rows(
    measured: pd.DataFrame, tolerances: dict[str, float], *, state: str
) -> list[dict[str, object]]:
    """Sum up the balance of each measure in one row.

    Parameters
    ----------
    measured
        From `measure_territories`, at least one territory.
    tolerances
        Allowed deviation of the measures that are balanced.
    state
        "today" or "proposal".

    Returns
    -------
    list of dict
        Rows of ``balance``, for workload and potential.
    """
    return [
        balance_row(measured, measure, state) | {"tolerance_share": tolerances.get(measure)}
        for measure in (WORKLOAD, POTENTIAL)
    ]


def balance_row(measured: pd.DataFrame, measure: str, state: str) -> dict[str, object]:
    """Sum up the balance of one measure.

    Parameters
    ----------
    measured
        From `measure_territories`, at least one territory.
    measure
        Name of the measure.
    state
        "today" or "proposal".

    Returns
    -------
    dict
        A row of ``balance`` without its tolerance.
    """
    loads = measured[measure].to_numpy()
    # Sizes against a full territory of the own team, so that teams may differ.
    sizes = team_targets(measured, measure)
    sizes = sizes if (sizes > 0).all() else measured["size_share"].to_numpy()
    balance = measure_balance(loads, sizes)
    return {
        "measure": measure,
        "state": state,
        "territories_count": len(measured),
        "target_value": loads.sum() / measured["size_share"].sum(),
        "lowest_share": balance.lowest_share,
        "highest_share": balance.highest_share,
        "deviation_share": balance.deviation_share,
        "spread_share": balance.spread_share,
        "gini_share": balance.gini_share,
    }


def team_targets(measured: pd.DataFrame, measure: str) -> Floats:
    """Compute the target of each territory: its team's sum shared by size.

    Parameters
    ----------
    measured
        Territories with ``team``, ``size_share`` and the measure.
    measure
        Name of the measure.

    Returns
    -------
    numpy.ndarray
        Targets in the order of the rows, unit of the measure.
    """
    teams, names = pd.factorize(measured["team"], use_na_sentinel=False)
    loads, sizes = measured[measure].to_numpy(), measured["size_share"].to_numpy()
    targets = np.zeros(len(measured))
    for team in range(len(names)):
        of_team = teams == team
        targets[of_team] = targets_of(loads[of_team], sizes[of_team])
    return targets


def _index(measured: pd.DataFrame, measure: str) -> Floats:
    targets = team_targets(measured, measure)
    loads = measured[measure].to_numpy(dtype=float)
    return np.asarray(100 * np.divide(loads, targets, out=np.ones_like(loads), where=targets > 0))
