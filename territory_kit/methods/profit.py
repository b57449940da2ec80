"""Net profit of accounts, who earns it (the whale curve), and whose the km of a shared tour are."""

from dataclasses import dataclass
from typing import Literal, NoReturn

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, list_ids

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]
TourSharing = Literal["equal", "round_trip", "savings", "shapley"]

_SHARINGS: tuple[TourSharing, ...] = ("equal", "round_trip", "savings", "shapley")


@dataclass(frozen=True, eq=False)
class WhaleCurve:
    """Cumulative net profit of accounts, the most profitable first.

    Parameters
    ----------
    order
        Rows of the accounts, most profitable first, shape (n_accounts,).
    cumulative
        Profit of the first 0, 1, 2, … accounts, in the unit, shape (n_accounts + 1,).
    unit
        "share" of the total profit; "amount" where the total is 0 or a loss, of which shares say
        nothing.
    total_amount
        Net profit of all accounts, money per year.
    peak
        Highest point of the curve, in the unit.
    peak_accounts_count
        Least number of accounts that reach the peak; all others add nothing or lose money.
    """

    order: NDArray[np.intp]
    cumulative: Floats
    unit: Literal["share", "amount"]
    total_amount: float
    peak: float
    peak_accounts_count: int


def cost_to_serve(activities: Floats, unit_costs: Floats) -> Floats:
    """Compute what serving each account costs, in money per year.

    Parameters
    ----------
    activities
        Amount of each activity per year, such as visits, km, orders, hours of support, rebates or
        money lent to receivables, shape (n_accounts, n_activities), 0 or more.
    unit_costs
        Money for one of each, shape (n_activities,), 0 or more; 1 for what is money already, and
        the interest rate for receivables.

    Returns
    -------
    numpy.ndarray
        Money per year, shape (n_accounts,).

    Raises
    ------
    ParameterError
        If the shapes do not belong together, or an entry is negative or unknown.

    References
    ----------
    Kaplan, R. S.; Narayanan, V. G. (2001), "Measuring and Managing Customer Profitability",
    Journal of Cost Management 15(5).

    Examples
    --------
    >>> cost_to_serve(np.array([[10.0, 300.0]]), np.array([80.0, 0.5]))
    array([950.])
    """
    if activities.shape[1:] != unit_costs.shape:
        value = f"shapes {activities.shape} and {unit_costs.shape}"
        remedy = "Give one cost for each column of activities."
        _refuse("Activities and their costs do not belong together", value, "unit_costs", remedy)
    for name, values in (("activities", activities), ("unit_costs", unit_costs)):
        wrong = values[~(np.isfinite(values) & (values >= 0))]
        if len(wrong):
            remedy = "Give 0 for what did not happen, and find out what is unknown."
            value = f"{wrong[0]:g}, {len(wrong)} in all"
            _refuse("Activities or costs are negative or unknown", value, name, remedy)
    return np.asarray(activities @ unit_costs)


def net_profit(revenue: Floats, cost_of_goods: Floats, cost_to_serve: Floats) -> Floats:
    """Compute what is left of each account's revenue, in money per year.

    Parameters
    ----------
    revenue
        Money per year, shape (n_accounts,).
    cost_of_goods
        Cost of what was sold, money per year, shape (n_accounts,).
    cost_to_serve
        Money per year, shape (n_accounts,).

    Returns
    -------
    numpy.ndarray
        Money per year, shape (n_accounts,), negative for a loss; nan where a part is unknown.
    """
    return revenue - cost_of_goods - cost_to_serve


def whale_curve(profit: Floats, ids: Texts) -> WhaleCurve:
    """Add up net profit from the most profitable account to the least.

    Parameters
    ----------
    profit
        Net profit, money per year, shape (n_accounts,), negative for a loss.
    ids
        Identifier of each account, shape (n_accounts,); equal profits are ordered by it.

    Returns
    -------
    WhaleCurve
        The curve with its peak. It starts at 0, which is the peak where every account loses.

    Raises
    ------
    ParameterError
        If the profit of an account is unknown.

    References
    ----------
    Kaplan, R. S.; Narayanan, V. G. (2001), "Measuring and Managing Customer Profitability",
    Journal of Cost Management 15(5).
    """
    unknown = ~np.isfinite(profit)
    if unknown.any():
        named = list_ids([str(identifier) for identifier in ids[unknown]])
        remedy = "Find out revenue and costs, or leave these accounts out and say so."
        _refuse("The net profit of accounts is unknown", f"{unknown.sum()} accounts", named, remedy)
    order = np.lexsort((ids.astype(str), -profit))
    amounts = np.concatenate([[0.0], np.cumsum(profit[order])])
    total = float(amounts[-1])
    cumulative = amounts / total if total > 0 else amounts
    peak = int(np.argmax(amounts))
    return WhaleCurve(
        order=order,
        cumulative=cumulative,
        unit="share" if total > 0 else "amount",
        total_amount=total,
        peak=float(cumulative[peak]),
        peak_accounts_count=peak,
    )


def top_part(curve: WhaleCurve, accounts_share: float) -> float:
    """Read what the most profitable accounts earn, in the unit of the curve.

    Parameters
    ----------
    curve
        The whale curve.
    accounts_share
        Share of the accounts, 0 to 1. Part of an account counts as that part of its profit.

    Returns
    -------
    float
        Share of the total profit, often above 1, or an amount where the total is no profit.

    Raises
    ------
    ParameterError
        If the share of accounts is not between 0 and 1.
    """
    if not 0 <= accounts_share <= 1:
        remedy = "Give a share such as 0.2 for the top fifth."
        _refuse("The share of accounts is not within 0 to 1", f"{accounts_share}", "", remedy)
    last = len(curve.order)
    return float(np.interp(accounts_share * last, np.arange(last + 1), curve.cumulative))


def bottom_part(curve: WhaleCurve, accounts_share: float) -> float:
    """Read what the least profitable accounts earn or lose, in the unit of the curve.

    Parameters
    ----------
    curve
        The whale curve.
    accounts_share
        Share of the accounts, 0 to 1. Part of an account counts as that part of its profit.

    Returns
    -------
    float
        Share of the total profit, often negative, or an amount where the total is no profit.

    Raises
    ------
    ParameterError
        If the share of accounts is not between 0 and 1.
    """
    top_part(curve, accounts_share)  # refuses a share out of range in its own words
    return float(curve.cumulative[-1]) - top_part(curve, 1 - accounts_share)


def share_tour_km(distances_km: Floats, *, by: TourSharing) -> Floats:
    """Share the km of one tour among the accounts visited on it.

    Parameters
    ----------
    distances_km
        Road km between home, which is first, and the stops in the order driven, shape
        (n_stops + 1, n_stops + 1), 0 or more.
    by
        "equal" to each stop; "round_trip" in proportion to the way there and back alone;
        "savings": the round trip, less half of what each stop saves with the one before and the
        one after it; "shapley": the mean of what a stop adds, over all orders of joining a tour
        that keeps its sequence. The choice changes which accounts earn money: name it.

    Returns
    -------
    numpy.ndarray
        Km of each stop, shape (n_stops,); they add up to the tour. Where no detour is shorter
        than the direct way, no stop pays more than its round trip by "round_trip" and "savings".

    Raises
    ------
    ParameterError
        If the rule is unknown, the distances are not square, or one is negative or unknown.

    Notes
    -----
    Joining a stop that is already passed costs little: "savings" looks at neighbours on this tour
    only, "shapley" at every smaller tour as well, for which there is a closed form. For two stops
    they are equal.

    References
    ----------
    Clarke, G.; Wright, J. W. (1964), "Scheduling of Vehicles from a Central Depot to a Number of
    Delivery Points", Operations Research 12(4), doi:10.1287/opre.12.4.568.
    Potters, J. A. M.; Curiel, I. J.; Tijs, S. H. (1992), "Traveling salesman games", Mathematical
    Programming 53, doi:10.1007/BF01585702.

    Examples
    --------
    Two stops, 30 and 40 km from home and 50 km apart, save 20 km by being on one tour.

    >>> km = np.array([[0.0, 30, 40], [30, 0, 50], [40, 50, 0]])
    >>> share_tour_km(km, by="savings")
    array([50., 70.])
    """
    _check_distances(distances_km, by)
    round_trips = distances_km[0, 1:] + distances_km[1:, 0]
    stops = np.arange(len(distances_km))
    tour_km = float(distances_km[stops, np.roll(stops, -1)].sum())
    if by == "equal" or (by == "round_trip" and not round_trips.any()):
        return np.full(len(round_trips), tour_km / max(len(round_trips), 1))
    if by == "round_trip":
        return np.asarray(tour_km * round_trips / round_trips.sum())
    saved = distances_km[1:, :1] + distances_km[:1, 1:] - distances_km[1:, 1:]
    pairs = np.triu(saved, k=1)
    return np.asarray(round_trips - (_halved(pairs) if by == "savings" else _shapley(pairs)))


def _halved(saved: Floats) -> Floats:
    """Give half of what neighbours on the tour save to each of them."""
    beside = np.diagonal(saved, offset=1) / 2
    return np.asarray(np.append(beside, 0.0) + np.append(0.0, beside))


def _shapley(saved: Floats) -> Floats:
    """Give each stop the Shapley value of the savings game.

    Two stops with m others between them save together only while none of those is on the tour.
    Of the m + 2 in random order, a stop of the pair brings that about when it comes second after
    its partner: with chance 1 / ((m + 1)(m + 2)). One of the m ends it when it comes third after
    both: with chance 2 / (m (m + 1)(m + 2)).
    """
    count = len(saved)
    values = np.zeros(count)
    for first in range(count):
        for last in range(first + 1, count):
            between = last - first - 1
            gain = saved[first, last] / ((between + 1) * (between + 2))
            values[[first, last]] += gain
            values[first + 1 : last] -= 2 * gain / max(between, 1)
    return values


def _check_distances(distances_km: Floats, by: TourSharing) -> None:
    if by not in _SHARINGS:
        remedy = f"Known rules: {', '.join(_SHARINGS)}."
        _refuse("The rule for sharing a tour is unknown", str(by), "by", remedy)
    if distances_km.shape != (len(distances_km), len(distances_km)) or not len(distances_km):
        remedy = "Give home first, then one row and one column for each stop."
        value = f"shape {distances_km.shape}"
        _refuse("The distances are not square", value, "distances_km", remedy)
    is_wrong = ~(np.isfinite(distances_km) & (distances_km >= 0))
    if is_wrong.any():
        row, column = np.argwhere(is_wrong)[0]
        where = f"distances_km; row {row}, column {column}, {is_wrong.sum()} in all"
        remedy = "Give km of 0 or more between all places of the tour."
        value = f"{distances_km[row, column]:g}"
        _refuse("Distances are negative or unknown", value, where, remedy)


def _refuse(what: str, value: str, where: str, remedy: str) -> NoReturn:
    raise ParameterError(what, value=value, where=where, remedy=remedy)
