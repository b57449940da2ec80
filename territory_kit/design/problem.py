"""The question put to the engine: units, limits, locks and prices as arrays.

A *unit* is the smallest piece that is assigned. A *measure* is a quantity that every unit has and
whose sum per territory must stay within limits. Territories and measures are numbered from 0.
"""

from dataclasses import dataclass, field
from typing import Literal, cast

import numpy as np

from territory_kit.design.arrays import BoolArray, FloatArray, IntArray
from territory_kit.errors import ParameterError

NOBODY = -1
PAIR = 2

Distance = Literal["squared", "plain"]
Centre = Literal["mean", "medoid", "fixed"]
Start = Literal["clusters", "current", "best"]

CHOICES = {
    "distance": ("plain", "squared"),
    "centre": ("fixed", "mean", "medoid"),
    "start": ("best", "clusters", "current"),
}


@dataclass(frozen=True, eq=False)
class Problem:
    """Describe which units to divide into how many territories, within which limits.

    All arrays are checked, copied and made read-only.

    Parameters
    ----------
    positions_km
        Positions in a plane, shape (n_units, 2), km. A row may be nan where the distance weight
        is 0.
    distance_weights
        Cost of one km (or one km² for squared distance) of each unit, shape (n_units,), at
        least 0. A unit of weight 0 is served remotely: its place does not matter.
    measures
        What is balanced, shape (n_units, n_measures), at least 0; n_measures may be 0.
    lower
        Least sum per territory and measure, shape (n_territories, n_measures), inclusive.
    upper
        Greatest sum per territory and measure, same shape, inclusive; may be infinite.
    distance
        "plain" sums km, "squared" sums km².
    centre
        Where a territory is measured from: "mean", the weighted mean of its positions (under
        either distance, although it is the cheapest point only for squared distance); "medoid",
        the member with the least cost; "fixed", the given home.
    homes_km
        Position of each territory, shape (n_territories, 2), for the fixed centre only.
    current
        Territory of each unit today, shape (n_units,), or -1 for none; none given means no unit
        has an owner.
    move_prices
        Price added to the objective when a unit leaves its current territory, shape (n_units,),
        at least 0. A unit without an owner moves for nothing.
    locked
        Territory that each unit must have, shape (n_units,), or -1.
    together
        Number of the group that stays in one territory, shape (n_units,), or -1.
    start
        "clusters" starts from positions, "current" from today's territories, "best" tries both.
    capacities
        What a territory may hold when this unit is its medoid, shape (n_units,), at least 0; may
        be infinite. For the medoid only. A territory without any located unit has no medoid, and so
        no capacity.
    capacity_loads
        What each unit takes of the capacity of its medoid, shape (n_units,), at least 0.
    move_amounts
        What counts against the caps when a unit leaves its current territory (1 for an account,
        or its revenue), shape (n_units, n_caps), at least 0.
    move_caps
        Greatest sum over all units that leave their current territory, shape (n_caps,).
    edges
        Pairs of neighbouring units, shape (n_edges, 2). Where given, every territory must hang
        together: from each of its units, a path over its own units leads to each other. Units
        that are kept together count as neighbours.
    islands
        Units that need no connection, shape (n_units,), for edges only. They are declared by the
        caller; a path does not lead over them.

    Raises
    ------
    ParameterError
        If shapes, ranges or choices are wrong, arrays that belong together are not given
        together, or locks contradict a group.
    """

    positions_km: FloatArray
    distance_weights: FloatArray
    measures: FloatArray
    lower: FloatArray
    upper: FloatArray
    distance: Distance = "plain"
    centre: Centre = "medoid"
    homes_km: FloatArray | None = None
    current: IntArray | None = None
    move_prices: FloatArray | None = None
    locked: IntArray | None = None
    together: IntArray | None = None
    start: Start = "best"
    capacities: FloatArray | None = None
    capacity_loads: FloatArray | None = None
    move_amounts: FloatArray | None = None
    move_caps: FloatArray | None = None
    edges: IntArray | None = None
    islands: BoolArray | None = None
    n_units: int = field(init=False)
    n_territories: int = field(init=False)

    def __post_init__(self) -> None:
        """Copy and check everything once, so that the engine can trust it."""
        self._store("lower", _floats("lower", self.lower, (None, None)))
        self._store("distance_weights", _floats("distance_weights", self.distance_weights, (None,)))
        self._store("n_units", len(self.distance_weights))
        self._store("n_territories", len(self.lower))
        self._check_choices()
        self._check_pairs()
        self._copy_arrays()
        self._copy_edges()
        self._check_ranges()
        self._check_groups()

    @property
    def n_measures(self) -> int:
        """Number of measures that are kept within limits."""
        return int(self.lower.shape[1])

    def _store(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _check_choices(self) -> None:
        for name, known in CHOICES.items():
            value = getattr(self, name)
            if value not in known:
                _refuse("Unknown choice", repr(value), name, f"Choose from: {', '.join(known)}.")
        if self.n_territories < 1 or self.n_units < 1:
            counts = f"{self.n_units} units, {self.n_territories} territories"
            _refuse(
                "Nothing to divide", counts, "lower", "Give one unit and one territory or more."
            )
        if (self.centre == "fixed") != (self.homes_km is not None):
            remedy = 'Give homes_km with centre "fixed", and only then.'
            _refuse("Homes and centre do not fit", repr(self.centre), "homes_km", remedy)
        if self.start == "current" and self.current is None:
            remedy = 'Give current, or choose the start "clusters".'
            _refuse("There are no current territories to start from", "None", "current", remedy)

    def _check_pairs(self) -> None:
        for one, two in (("capacities", "capacity_loads"), ("move_amounts", "move_caps")):
            if (getattr(self, one) is None) != (getattr(self, two) is None):
                what, where = "One of two arrays is missing", f"{one}, {two}"
                _refuse(what, "None", where, f"Give {one} and {two} together, or neither.")
        if self.capacities is not None and self.centre != "medoid":
            remedy = 'Choose the centre "medoid", or limit the territories by a measure.'
            _refuse("Only a medoid has a capacity", repr(self.centre), "capacities", remedy)
        if self.move_caps is not None and self.current is None:
            remedy = "Give current, or leave the caps out."
            _refuse("Nothing can move without current territories", "None", "current", remedy)
        if self.islands is not None and self.edges is None:
            remedy = "Give edges, or leave islands out."
            _refuse("Islands need edges", "None", "edges", remedy)

    def _copy_edges(self) -> None:
        if self.edges is None:
            return
        edges = np.array(self.edges)
        if edges.ndim != PAIR or edges.shape[1] != PAIR or edges.dtype.kind not in "iu":
            remedy = "Give an array of any x 2 whole numbers."
            _refuse("Wrong shape or type", f"{edges.shape} {edges.dtype}", "edges", remedy)
        known = (edges >= 0) & (edges < self.n_units)
        _require("edges", known, f"Give numbers of units from 0 to {self.n_units - 1}.")
        islands = np.zeros(self.n_units, dtype=bool) if self.islands is None else self.islands
        islands = np.array(islands)
        if islands.shape != (self.n_units,) or islands.dtype != bool:
            remedy = f"Give {self.n_units} times true or false."
            _refuse("Wrong shape or type", f"{islands.shape} {islands.dtype}", "islands", remedy)
        for name, array in (("edges", edges.astype(np.int64)), ("islands", islands)):
            array.setflags(write=False)
            self._store(name, array)

    def _copy_arrays(self) -> None:
        n_units, n_territories, n_measures = self.n_units, self.n_territories, self.n_measures
        shapes: dict[str, tuple[int | None, ...]] = {
            "positions_km": (n_units, 2),
            "measures": (n_units, n_measures),
            "upper": (n_territories, n_measures),
            "homes_km": (n_territories, 2),
            "move_prices": (n_units,),
            "capacities": (n_units,),
            "capacity_loads": (n_units,),
            "move_amounts": (n_units, None),
            "move_caps": (None,),
        }
        for name, shape in shapes.items():
            if getattr(self, name) is not None:
                self._store(name, _floats(name, getattr(self, name), shape))
        for name in ("current", "locked", "together"):
            if getattr(self, name) is not None:
                self._store(name, _integers(name, getattr(self, name), n_units))

    def _check_ranges(self) -> None:
        finite = ("distance_weights", "measures", "move_prices", "capacity_loads", "move_amounts")
        for name in finite:
            values = getattr(self, name)
            if values is not None:
                _require(
                    name, np.isfinite(values) & (values >= 0), "Give finite values of 0 or more."
                )
        for name in ("capacities", "move_caps"):
            values = getattr(self, name)
            if values is not None:
                _require(name, values >= 0, "Give values of 0 or more.")
        if self.move_amounts is not None and self.move_caps is not None:
            fits = np.array([self.move_amounts.shape[1] == len(self.move_caps)])
            _require("move_amounts, move_caps", fits, "Give one column of amounts to each cap.")
        located = np.isfinite(self.positions_km).all(axis=1) | (self.distance_weights == 0)
        _require("positions_km", located, "Give a position, or the distance weight 0.")
        if self.homes_km is not None:
            _require("homes_km", np.isfinite(self.homes_km), "Give a home to each territory.")
        ordered = (self.lower <= self.upper) & (self.upper >= 0) & (self.lower < np.inf)
        _require("lower, upper", ordered, "Give lower limits that do not exceed the upper limits.")
        for name in ("current", "locked"):
            values = getattr(self, name)
            if values is not None:
                known = (values >= NOBODY) & (values < self.n_territories)
                _require(name, known, f"Give -1 or a number from 0 to {self.n_territories - 1}.")

    def _check_groups(self) -> None:
        if self.together is None or self.locked is None:
            return
        bound = (self.together != NOBODY) & (self.locked != NOBODY)
        pairs = np.unique(np.column_stack([self.together[bound], self.locked[bound]]), axis=0)
        groups, counts = np.unique(pairs[:, 0], return_counts=True)
        torn = groups[counts > 1]
        if len(torn):
            remedy = "Lock all units of a group to the same territory, or split the group."
            named = ", ".join(str(group) for group in torn[:5])
            where = f"together, locked; {len(torn)} groups"
            _refuse("A group is locked to two territories", f"group {named}", where, remedy)


def _refuse(what: str, value: str, where: str, remedy: str) -> None:
    raise ParameterError(what, value=value, where=where, remedy=remedy)


def _require(name: str, is_right: np.ndarray, remedy: str) -> None:
    """Refuse the rows that are not right, naming up to five of them."""
    wrong = np.flatnonzero(~is_right.all(axis=tuple(range(1, is_right.ndim))))
    if len(wrong):
        rows = ", ".join(str(row) for row in wrong[:5])
        _refuse("Values out of range", f"{len(wrong)} rows", f"{name}; rows {rows}", remedy)


def _floats(name: str, values: object, shape: tuple[int | None, ...]) -> FloatArray:
    array = np.array(values, dtype=np.float64, order="C")
    fits = array.ndim == len(shape) and all(
        wanted in (None, got) for wanted, got in zip(shape, array.shape, strict=True)
    )
    if not fits:
        wanted_text = " x ".join("any" if size is None else str(size) for size in shape)
        _refuse("Wrong shape", str(array.shape), name, f"Give an array of {wanted_text}.")
    array.setflags(write=False)
    return array


def _integers(name: str, values: object, n_units: int) -> IntArray:
    array = np.array(values)
    if array.shape != (n_units,) or not np.issubdtype(array.dtype, np.integer):
        remedy = f"Give {n_units} whole numbers, -1 for none."
        _refuse("Wrong shape or type", f"{array.shape} {array.dtype}", name, remedy)
    whole = cast("IntArray", array.astype(np.int64))
    whole.setflags(write=False)
    return whole
