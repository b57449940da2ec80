"""Bound the cost around medoids from below.

What the pieces offer as rewards, less what the best seats gain by serving them, is a lower bound
for every plan (`relaxation` says who gains what). Each seat is taken once, so the best seats of
all territories are an assignment. Rewards of pieces that are served twice fall, of those not
served rise, and so do prices on caps (subgradients). Pairs of territory and seat that no plan
cheaper than the known one can use are left out for good.

Covered are distance, prices of moves, locks, groups, capacities, caps, and the limits of all
measures, those per territory as well. Connection is left out: it can only raise the cost. What
stays open is that a piece may be served in parts: the bound is close where territories hold many
pieces, and less so where single pieces are large beside what the limits leave open.

Means have no bound here: a mean may lie anywhere, and what is known for squared distance, that a
territory costs at least half as much around its mean as around its medoid, says too little.

References
----------
Held, Wolfe, Crowder (1974), "Validation of subgradient optimization", Mathematical Programming 6.
Christofides, Beasley (1982), "A tree search algorithm for the p-median problem", European
Journal of Operational Research 10.
Riedmiller, Braun (1993), "A direct adaptive method for faster backpropagation learning: the RPROP
algorithm", IEEE International Conference on Neural Networks (how payments are turned).
"""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.bounds.relaxation import (
    IMPOSSIBLE,
    Payments,
    Relaxation,
    may_sit,
    relax,
    serve,
    turn_gains,
)
from territory_kit.design.model.instance import MEDOID, Instance
from territory_kit.design.problem import NOBODY
from territory_kit.design.search.descend import Plan, centre_costs

# Triples of kind, seat and piece that are looked at in one round over all seats, and in all.
MOST_TRIPLES, ALL_TRIPLES = 12_000_000, 80_000_000
# Rounds between two looks at all seats go over seats that came close to being chosen.
ROUNDS, CLOSE_COUNT, SAMPLE_COUNT = 15, 40, 120
# Payments are turned so often before gains are read, since they start or lag behind.
TURNS, LAST_TURNS = 5, 2
# First step of a payment, in mean costs of a mean piece; levels of gain that are tried as starts.
FIRST_STEP_SHARE, LEVELS_COUNT, SPARSE = 0.2, 5, 4
# The stride is halved after so many rounds without a better value; the direction keeps momentum.
STALE_ROUNDS, MOMENTUM, SHORTEST_STRIDE = 6, 0.5, 1e-3
# Looks at all seats in a row that gain too little end the search; shares of the plan's cost.
MOST_IDLE, LEAST_GAIN_SHARE, ROUNDING_SHARE = 3, 1e-3, 1e-9


def medoid_bound(instance: Instance, plan: Plan) -> float | None:
    """Bound the objective of all feasible plans around medoids from below.

    Parameters
    ----------
    instance
        The instance.
    plan
        A plan, which guides the search for multipliers.

    Returns
    -------
    float or None
        The bound, at most the plan's own objective; None for other centres than medoids, for a
        plan that breaks limits, and where it would take too long.
    """
    if instance.points.centre != MEDOID or plan.violation > 0.0:
        return None
    n_triples = instance.n_pieces * (len(instance.points.weights) + instance.n_territories)
    if n_triples > MOST_TRIPLES:
        return None
    terms = relax(instance)
    if len(terms.fixed_costs) * terms.ways.size > MOST_TRIPLES:
        return None
    ascent = _Ascent(terms, instance, plan)
    n_idle = 0
    while ascent.n_triples < ALL_TRIPLES and n_idle < MOST_IDLE and ascent.bound < plan.total:
        before = ascent.bound
        ascent.climb()
        ascent.look_at_all()
        is_idle = ascent.bound < before + LEAST_GAIN_SHARE * plan.total
        n_idle = n_idle + 1 if is_idle else 0
    return min(max(ascent.bound, 0.0), plan.total)


class _Ascent:
    """Keep the multipliers and the best bound while they are improved."""

    def __init__(self, terms: Relaxation, instance: Instance, plan: Plan) -> None:
        self.terms, self.total = terms, plan.total
        self.places_km = instance.points.positions_km
        self.bound, self.n_triples = -np.inf, 0
        self.gains = np.where(may_sit(terms), 0.0, IMPOSSIBLE)
        self.cap_prices = np.zeros(len(terms.caps))
        # A cap sums up many pieces: its price moves as fast as all rewards together.
        self.cap_scale = np.sqrt(instance.n_pieces) / instance.n_territories
        n_seats = len(terms.seat_pieces)
        step = max(1, len(instance.points.weights) // (SAMPLE_COUNT + instance.n_territories))
        nowhere = np.flatnonzero(terms.seat_pieces == NOBODY)
        known = plan.centre_points[plan.centre_points != NOBODY]
        self.seats = np.unique(np.concatenate([np.arange(0, n_seats, step), known, nowhere]))
        self.all_seats = np.arange(n_seats)
        self.stride, self.n_stale = 1.0, 0
        few = np.union1d(self.seats[::SPARSE], np.concatenate([known, nowhere]))
        self.rewards = self._first_rewards(centre_costs(instance, plan), few)
        self.payments = self._no_payments()
        self._turn(self.seats, TURNS)
        self.best = (self._value(self.seats)[0], self.rewards, self.cap_prices)
        self.direction = np.zeros(len(self.rewards) + len(self.cap_prices))

    def _no_payments(self) -> Payments:
        shape = (*self.gains.shape, self.terms.loads.shape[1])
        sums = self.terms.loads.sum(axis=0)
        first = np.full(len(sums), FIRST_STEP_SHARE * self.total)
        step = np.divide(first, sums, out=np.zeros(len(sums)), where=sums > 0)
        return Payments(np.zeros(shape), np.broadcast_to(step, shape).copy(), np.zeros(shape))

    def _first_rewards(self, costs: FloatArray, seats: IntArray) -> FloatArray:
        """Start between first and second choice, so that all territories gain about as much."""
        ordered = np.sort(costs, axis=1)
        spread = ordered[:, min(1, costs.shape[1] - 1)] - ordered[:, 0]
        spread[~np.isfinite(spread)] = 0.0
        labels = costs.argmin(axis=1)
        most = np.bincount(labels, spread, minlength=costs.shape[1])
        tried = []
        for level in np.quantile(most, np.linspace(0, 1, LEVELS_COUNT)):
            shares = np.divide(level, most, out=np.ones(len(most)), where=most > level)
            self.rewards = ordered[:, 0] + shares[labels] * spread
            self.payments = self._no_payments()
            self._turn(seats, TURNS)
            tried.append((self._value(seats)[0], self.rewards))
        return max(tried, key=lambda start: start[0])[1]

    def _offers(self) -> FloatArray:
        moves = np.tensordot(self.cap_prices, self.terms.amounts, axes=1)
        return np.asarray(self.rewards - self.terms.fixed_costs - moves)

    def _turn(self, seats: IntArray, n_turns: int) -> None:
        offers = self._offers()
        for _ in range(n_turns):
            turn_gains(self.terms, offers, self.payments, seats, self.gains)
        self.n_triples += n_turns * len(self.gains) * len(seats) * len(self.rewards)

    def _value(self, seats: IntArray) -> tuple[float, list[tuple[int, int]]]:
        """Give each territory its best seat; return the value and the pairs of kind and seat."""
        kinds = self.terms.kinds
        places = _assign(self.gains[:, seats], kinds)
        given = self.rewards.sum() - self.gains[kinds, seats[places]].sum()
        pairs = zip(kinds.tolist(), seats[places].tolist(), strict=True)
        return float(given - self.cap_prices @ self.terms.caps), list(pairs)

    def climb(self) -> None:
        """Improve the multipliers by what close seats serve."""
        for _ in range(ROUNDS):
            prices = self.payments.prices.copy()
            self._turn(self.seats, 1)
            value, pairs = self._value(self.seats)
            self._note(value)
            miss = self._miss(pairs, prices)
            if not miss.any() or self.stride < SHORTEST_STRIDE or self.bound >= self.total:
                break
            self._step(miss, value)

    def _note(self, value: float) -> None:
        """Keep the best multipliers; go back to them with half the stride when nothing helps."""
        self.n_stale = 0 if value > self.best[0] else self.n_stale + 1
        if value > self.best[0]:
            self.best = (value, self.rewards, self.cap_prices)
        elif self.n_stale >= STALE_ROUNDS:
            self.stride, self.n_stale = self.stride / 2, 0
            _, self.rewards, self.cap_prices = self.best

    def _miss(self, pairs: list[tuple[int, int]], prices: FloatArray) -> FloatArray:
        """Say how often each piece is not served once, and how far caps are exceeded."""
        offers, n_pieces = self._offers(), len(self.rewards)
        times, moved = np.zeros(n_pieces), -self.terms.caps
        for kind, seat in pairs:
            served = np.zeros(n_pieces)
            serve(self.terms, offers[kind], prices[kind, seat], (kind, seat), served)
            times += served
            moved = moved + self.terms.amounts[:, kind] @ served
        moved[(self.cap_prices == 0.0) & (moved < 0.0)] = 0.0
        return np.concatenate([1.0 - times, self.cap_scale * moved])

    def _step(self, miss: FloatArray, value: float) -> None:
        self.direction = miss + MOMENTUM * self.direction
        norm = float(np.square(self.direction).sum())
        if norm < ROUNDING_SHARE:
            return
        rest = max(self.total - value, 1e-3 * self.total)
        step = self.stride * rest / norm * self.direction
        n_pieces = len(self.rewards)
        self.rewards = self.rewards + step[:n_pieces]
        self.cap_prices = np.maximum(self.cap_prices + self.cap_scale * step[n_pieces:], 0.0)

    def look_at_all(self) -> None:
        """Look at all seats, which makes the value a bound; leave out what is too dear."""
        _, self.rewards, self.cap_prices = self.best
        self._pay_like_neighbours()
        self._turn(self.all_seats, LAST_TURNS)
        value, _ = self._value(self.all_seats)
        self.bound = max(self.bound, value)
        self.best = (value, self.rewards, self.cap_prices)
        if self.bound < self.total:
            self._leave_out(value)
        n_close = CLOSE_COUNT * len(self.terms.kinds) // len(self.gains)
        close = np.argsort(-self.gains, axis=1, kind="stable")[:, :n_close]
        self.seats = np.union1d(self.seats, close)

    def _pay_like_neighbours(self) -> None:
        """Let seats that were not looked at pay what the nearest close seat pays."""
        far = np.setdiff1d(self.all_seats, self.seats)
        if not len(far):
            return
        near = self.seats[self.seats < len(self.places_km)]
        _, nearest = cKDTree(self.places_km[near]).query(self.places_km[far])
        for values in self.payments:
            values[:, far] = values[:, near[nearest]]

    def _leave_out(self, value: float) -> None:
        """Drop the pairs with which any plan costs more than the known one."""
        kinds = self.terms.kinds
        rewarded = value + self._assigned(kinds)
        for kind in range(len(self.gains)):
            others = np.delete(kinds, np.flatnonzero(kinds == kind)[0])
            least = rewarded - self._assigned(others) - self.gains[kind]
            self.gains[kind, least > self.total * (1 + ROUNDING_SHARE)] = IMPOSSIBLE

    def _assigned(self, kinds: IntArray) -> float:
        return float(self.gains[kinds, _assign(self.gains, kinds)].sum())


def _assign(gains: FloatArray, kinds: IntArray) -> IntArray:
    """Give each territory a seat of its own, with the greatest gain in all."""
    if len(gains) == 1:
        return np.argsort(-gains[0], kind="stable")[: len(kinds)]
    return np.asarray(linear_sum_assignment(gains[kinds], maximize=True)[1])
