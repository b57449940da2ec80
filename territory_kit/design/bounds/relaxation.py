"""Relax a division around medoids: seats choose what they serve, and nobody asks who serves twice.

A *seat* is a point that may be a medoid. A *kind* is a set of territories that are alike: same
limits, prices of moves and locks. Every piece offers a reward for being served. A territory of
some kind in some seat gains the rewards of the pieces it serves, less their distance, their moves
and what it pays for its limits; it serves what brings a gain. Its payments for limits are its
own, so that they can be turned for each kind and seat alone, and whatever they are, no choice of
pieces within the limits gains more.

A piece locked to a kind is served by it at any price, and so is the piece of the seat itself.
Territories without any located piece have no seat: they may choose a place *nowhere*.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import BoolArray, FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.distances import distance_to
from territory_kit.design.model.instance import Instance, Points
from territory_kit.design.problem import NOBODY

# A payment keeps its direction in steps that grow, and turns in steps that shrink.
GROWTH, SHRINK = 1.2, 0.5
IMPOSSIBLE = -1e200


class Relaxation(NamedTuple):
    """Hold what the relaxation never changes.

    Parameters
    ----------
    ways
        Distance cost of each piece from each seat, shape (n_seats, n_pieces); infinite where a
        located piece would be served from nowhere.
    seat_pieces
        Piece of each seat, -1 for nowhere.
    kinds
        Kind of each territory.
    fixed_costs
        Price of moves of each piece to each kind, shape (n_kinds, n_pieces).
    amounts
        What moves count against the caps, shape (n_caps, n_kinds, n_pieces).
    caps
        Caps.
    is_bound
        Whether a piece is locked to a kind, shape (n_kinds, n_pieces).
    loads
        Scaled measures of each piece, shape (n_pieces, n_measures).
    lower
        Lower limits, shape (n_kinds, n_measures).
    upper
        Upper limits in each seat, shape (n_kinds, n_seats, n_measures).
    """

    ways: FloatArray
    seat_pieces: IntArray
    kinds: IntArray
    fixed_costs: FloatArray
    amounts: FloatArray
    caps: FloatArray
    is_bound: BoolArray
    loads: FloatArray
    lower: FloatArray
    upper: FloatArray


class Payments(NamedTuple):
    """Hold what each kind pays in each seat per load; the arrays are changed in place.

    Parameters
    ----------
    prices
        Above 0 for an upper limit, below 0 for a lower one, (n_kinds, n_seats, n_measures).
    steps
        Size of the next change, same shape.
    signs
        Direction of the last change, same shape.
    """

    prices: FloatArray
    steps: FloatArray
    signs: FloatArray


def relax(instance: Instance) -> Relaxation:
    """Turn an instance around medoids into its relaxation.

    Parameters
    ----------
    instance
        The instance.

    Returns
    -------
    Relaxation
        The terms.
    """
    limits, rules, points = instance.limits, instance.rules, instance.points
    n_nowhere = _count_nowhere(instance)
    caps = np.zeros(0) if rules is None else rules.caps
    no_amounts = np.zeros((0, *instance.fixed_costs.shape))
    # A cap without an end has no price.
    amounts = no_amounts if rules is None else rules.amounts[np.isfinite(caps)]
    lower, upper = limits.lower[:, :-1], limits.upper[:, :-1]
    alike = np.column_stack([lower, upper, instance.fixed_costs.T, *amounts.transpose(0, 2, 1)])
    _, firsts, kinds = np.unique(alike, axis=0, return_index=True, return_inverse=True)
    fixed_costs = np.ascontiguousarray(instance.fixed_costs.T[firsts])
    seat_pieces = np.concatenate([points.pieces, np.full(n_nowhere, NOBODY)])
    highest = np.repeat(upper[firsts, np.newaxis], len(seat_pieces), axis=1)
    if instance.seat_measure != NOBODY:
        highest[:, : len(points.pieces), instance.seat_measure] = instance.rooms
    is_single = np.isfinite(instance.fixed_costs).sum(axis=1) == 1
    return Relaxation(
        ways=_ways(points, instance.n_pieces, n_nowhere),
        seat_pieces=seat_pieces,
        kinds=kinds.reshape(-1),
        fixed_costs=fixed_costs,
        amounts=np.ascontiguousarray(amounts[:, :, firsts].transpose(0, 2, 1)),
        caps=caps[np.isfinite(caps)],
        is_bound=np.isfinite(fixed_costs) & is_single,
        loads=np.ascontiguousarray(limits.loads[:, :-1]),
        lower=lower[firsts],
        upper=highest,
    )


def _count_nowhere(instance: Instance) -> int:
    """Count the territories that may hold pieces without a position only."""
    n_unlocated = int((np.diff(instance.points.starts) == 0).sum())
    return min(n_unlocated, instance.n_territories)


@compiled
def _ways(points: Points, n_pieces: int, n_nowhere: int) -> FloatArray:
    n_points = len(points.weights)
    ways = np.zeros((n_points + n_nowhere, n_pieces))
    for seat in range(n_points):
        x_km, y_km = points.positions_km[seat, 0], points.positions_km[seat, 1]
        for point in range(n_points):
            way = points.weights[point] * distance_to(points, point, x_km, y_km)
            ways[seat, points.pieces[point]] += way
    for point in range(n_points):
        ways[n_points:, points.pieces[point]] = np.inf
    return ways


def may_sit(terms: Relaxation) -> BoolArray:
    """Say which kind may take which seat at all.

    Parameters
    ----------
    terms
        The relaxation.

    Returns
    -------
    BoolArray
        False where the piece of the seat, or a piece of the kind, is locked elsewhere; shape
        (n_kinds, n_seats).
    """
    may = np.isfinite(terms.fixed_costs)[:, terms.seat_pieces]
    nowhere = terms.seat_pieces == NOBODY
    if nowhere.any():
        is_located = np.isinf(terms.ways[-1])
        may[:, nowhere] = ~(terms.is_bound & is_located).any(axis=1)[:, np.newaxis]
    return may


@compiled
def turn_gains(
    terms: Relaxation,
    offers: FloatArray,
    payments: Payments,
    seats: IntArray,
    gains: FloatArray,
) -> None:
    """Gain of each possible pair of kind and seat, then turn its payments towards its limits.

    Offers are rewards less moves, shape (n_kinds, n_pieces); gains are changed in place.
    """
    held = np.zeros(terms.loads.shape[1])
    for kind in range(len(gains)):
        for seat in seats:
            if gains[kind, seat] == IMPOSSIBLE:
                continue
            gain = _gain(terms, offers[kind], payments.prices[kind, seat], (kind, seat), held)
            for measure in range(len(held)):
                low, high = terms.lower[kind, measure], terms.upper[kind, seat, measure]
                price = payments.prices[kind, seat, measure]
                if price > 0.0:
                    gain += price * high
                elif price < 0.0:
                    gain += price * low
                _turn(payments, (kind, seat, measure), held[measure], (low, high))
            gains[kind, seat] = gain


@compiled
def _gain(
    terms: Relaxation,
    offers: FloatArray,
    prices: FloatArray,
    pair: tuple[int, int],
    held: FloatArray,
) -> float:
    """Add up what the served pieces bring, and what they hold of each measure."""
    kind, seat = pair
    total = 0.0
    held[:] = 0.0
    for piece in range(len(offers)):
        gain = offers[piece] - terms.ways[seat, piece]
        for measure in range(len(held)):
            gain -= prices[measure] * terms.loads[piece, measure]
        if gain > 0.0 or terms.is_bound[kind, piece] or piece == terms.seat_pieces[seat]:
            total += gain
            for measure in range(len(held)):
                held[measure] += terms.loads[piece, measure]
    return total


@compiled
def _turn(
    payments: Payments, place: tuple[int, int, int], held: float, limits: tuple[float, float]
) -> None:
    """Raise a price while too much is held, lower it while too little, never across 0."""
    price, (low, high) = payments.prices[place], limits
    sign = 0.0
    if price > 0.0:
        sign = np.sign(held - high)
    elif price < 0.0:
        sign = np.sign(held - low)
    elif held > high:
        sign = 1.0
    elif held < low:
        sign = -1.0
    if sign * payments.signs[place] > 0.0:
        payments.steps[place] *= GROWTH
    elif sign * payments.signs[place] < 0.0:
        payments.steps[place] *= SHRINK
    payments.signs[place] = sign
    turned = price + sign * payments.steps[place]
    payments.prices[place] = 0.0 if turned * price < 0.0 else turned


@compiled
def serve(
    terms: Relaxation,
    offers: FloatArray,
    prices: FloatArray,
    pair: tuple[int, int],
    times: FloatArray,
) -> None:
    """Count one more time for each piece that a kind serves from a seat."""
    kind, seat = pair
    for piece in range(len(times)):
        gain = offers[piece] - terms.ways[seat, piece]
        for measure in range(terms.loads.shape[1]):
            gain -= prices[measure] * terms.loads[piece, measure]
        if gain > 0.0 or terms.is_bound[kind, piece] or piece == terms.seat_pieces[seat]:
            times[piece] += 1.0
