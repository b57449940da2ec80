"""Turn accounts and territories of one team into the question put to the engine.

Everything is in money per year, so that a move must pay: the objective adds the driving to all
centres and the margin at risk of all moves.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.design import Problem
from territory_kit.design.problem import NOBODY
from territory_kit.methods.geo import middle_of, project_km
from territory_kit.methods.travel import visit_travel_hours
from territory_kit.methods.workload import account_hours
from territory_kit.options import Options, TerritoriesOptions
from territory_kit.steps.road_price import hour_amount, km_amount, road_km_per_year

WORKLOAD = "workload_hours_per_year"
POTENTIAL = "potential_amount_per_year"


def build_problem(
    units: pd.DataFrame,
    slots: pd.DataFrame,
    *,
    settings: TerritoriesOptions,
    is_redesign: bool,
) -> Problem:
    """Describe one team's accounts and territories to the engine.

    Parameters
    ----------
    units
        Placed accounts of the team, sorted: ``east_km``, ``north_km``, ``km_amount_per_year``
        (cost of one km to the centre), the measures, ``today_territory_id``,
        ``bound_territory_id``, ``together_id``, ``move_price_amount``, ``handover_amount``,
        ``revenue_amount_per_year``.
    slots
        Territories of the team, sorted: ``territory_id``, ``size_share``.
    settings
        Options of step 3.
    is_redesign
        Whether today's territories play no part.

    Returns
    -------
    Problem
        Units and territories in the order given.
    """
    measures = balanced_measures(units, settings)
    targets = slot_targets(units, slots, list(measures))
    tolerances = np.array(list(measures.values()))
    current = number_ids(units["today_territory_id"], slots["territory_id"])
    amounts, caps = _most_moved(units, settings)
    has_caps = len(caps) > 0 and not is_redesign
    return Problem(
        positions_km=_columns(units, ["east_km", "north_km"]),
        distance_weights=units["km_amount_per_year"].to_numpy(),
        measures=_columns(units, measures),
        lower=np.maximum(targets * (1 - tolerances), 0.0),
        upper=targets * (1 + tolerances),
        distance="plain",
        centre="medoid",
        current=None if is_redesign else current,
        move_prices=None if is_redesign else price_moves(units, settings),
        locked=number_ids(units["bound_territory_id"], slots["territory_id"]),
        together=_groups(units["together_id"]),
        start="clusters" if is_redesign or (current == NOBODY).all() else "best",
        move_amounts=amounts if has_caps else None,
        move_caps=caps if has_caps else None,
    )


def price_moves(units: pd.DataFrame, settings: TerritoriesOptions) -> NDArray[np.float64]:
    """Price the move of each account as the engine weighs it against driving.

    Parameters
    ----------
    units
        Placed accounts: ``move_price_amount``, ``handover_amount``.
    settings
        Options of step 3.

    Returns
    -------
    numpy.ndarray
        Money: margin at risk and the visit to introduce the new rep, times the factor.
    """
    prices = units["move_price_amount"] + units["handover_amount"]
    return np.asarray(prices.to_numpy(dtype=float) * settings.move_price_factor)


def balanced_measures(units: pd.DataFrame, settings: TerritoriesOptions) -> dict[str, float]:
    """Return the tolerance of each measure that is balanced.

    Parameters
    ----------
    units
        Placed accounts.
    settings
        Options of step 3.

    Returns
    -------
    dict
        Workload always, potential where a tolerance is set and there is any potential.
    """
    tolerances = {WORKLOAD: settings.tolerance_share}
    if settings.potential_tolerance_share is not None and units[POTENTIAL].sum() > 0:
        tolerances[POTENTIAL] = settings.potential_tolerance_share
    return tolerances


def slot_targets(
    units: pd.DataFrame, slots: pd.DataFrame, measures: list[str]
) -> NDArray[np.float64]:
    """Share the sum of each measure over the territories by their size.

    Parameters
    ----------
    units
        Placed accounts of the team.
    slots
        Territories of the team.
    measures
        Names of the measures.

    Returns
    -------
    numpy.ndarray
        Targets, shape (n_territories, n_measures).
    """
    shares = slots["size_share"].to_numpy() / slots["size_share"].sum()
    return np.outer(shares, [units[measure].sum() for measure in measures])


def add_costs(units: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Add position, hours and what a km to the centre costs.

    Parameters
    ----------
    units
        One row per account, with ``visits_per_year``, ``visit_hours``, ``is_remote``,
        ``is_located``, ``lat_deg``, ``lon_deg`` and ``left_out_reason``.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        With ``east_km``, ``north_km``, ``call_hours_per_year``, ``travel_hours_per_year``,
        ``workload_hours_per_year``, ``km_amount_per_year`` and ``handover_amount`` (one more
        visit, for the introduction). Who is left out has no hours; who is served remotely does
        not travel; who has no known place travels like the others but weighs nothing in distance.
    """
    placed = units["left_out_reason"].isna()
    in_person = placed & ~units["is_remote"]
    visits = units["visits_per_year"].where(placed, 0.0).to_numpy()
    # Who is left out may lie anywhere, and must not pull the map with it.
    middle = middle_of(units.loc[placed, "lat_deg"], units.loc[placed, "lon_deg"])
    positions = project_km(units["lat_deg"], units["lon_deg"], about=middle)
    trip_hours = np.zeros(len(units))
    trip_hours[in_person] = visit_travel_hours(
        positions[in_person],
        circuity=options.travel.circuity,
        speed_km_per_hour=options.travel.speed_km_per_hour,
        parking_hours=options.travel.parking_hours,
    )
    calls = account_hours(visits, units["visit_hours"].to_numpy())
    ways = account_hours(visits, trip_hours)
    road_km = road_km_per_year(visits, options)
    return units.assign(
        east_km=positions[:, 0],
        north_km=positions[:, 1],
        call_hours_per_year=calls,
        travel_hours_per_year=ways,
        workload_hours_per_year=calls + ways,
        km_amount_per_year=np.where(
            in_person & units["is_located"], road_km * km_amount(options), 0.0
        ),
        handover_amount=(units["visit_hours"] + trip_hours) * hour_amount(options),
    )


def number_ids(ids: pd.Series, known: Iterable[str]) -> NDArray[np.int64]:
    """Give identifiers their place in a list; one that is not in it, as of an ended one, has none.

    Parameters
    ----------
    ids
        Identifiers, may be missing.
    known
        The list, each identifier once.

    Returns
    -------
    numpy.ndarray
        Places from 0, or -1.
    """
    places = {name: place for place, name in enumerate(known)}
    return np.array([places.get(name, NOBODY) for name in ids], dtype=np.int64)


def capped_territories(units: pd.DataFrame) -> list[str]:
    """List the territories of today whose revenue may be capped one by one.

    Parameters
    ----------
    units
        Placed accounts of one team: ``today_territory_id``.

    Returns
    -------
    list of str
        Identifiers, in the order of their caps, which come after those of the whole team.
    """
    return sorted(units["today_territory_id"].dropna().unique())


def _most_moved(
    units: pd.DataFrame, settings: TerritoriesOptions
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count what each account takes of the caps on moves; what is bound does not move by choice."""
    most = settings.most_moved_revenue_share_per_rep
    shares = (settings.most_moved_share, settings.most_moved_revenue_share, most)
    if all(share is None for share in shares):
        return np.zeros((len(units), 0)), np.zeros(0)
    is_owned = units["today_territory_id"].notna()
    revenue = units["revenue_amount_per_year"].clip(lower=0.0)
    limits = [
        (settings.most_moved_share, is_owned.astype("float64")),
        (settings.most_moved_revenue_share, revenue.where(is_owned, 0.0)),
    ]
    limits += [
        (most, revenue.where(units["today_territory_id"] == territory, 0.0))
        for territory in capped_territories(units)
    ]
    given = [(share, values) for share, values in limits if share is not None]
    caps = np.array([share * values.sum() for share, values in given])
    is_free = units["bound_territory_id"].isna()
    amounts = np.zeros((len(units), len(given)))
    for place, (_, values) in enumerate(given):
        amounts[:, place] = values.where(is_free, 0.0)
    return amounts, caps


def _columns(units: pd.DataFrame, names: Iterable[str]) -> NDArray[np.float64]:
    """Put columns side by side; of a wide table that is quicker than a part of the table."""
    return np.array([units[name].to_numpy(dtype=float) for name in names]).T


def _groups(together: pd.Series) -> NDArray[np.int64]:
    codes, _ = pd.factorize(together, sort=True)
    return codes.astype(np.int64)
