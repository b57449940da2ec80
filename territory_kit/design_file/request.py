"""What is asked for: files, columns and choices, without contradictions."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from territory_kit.design_file.limits import Balance
from territory_kit.errors import ParameterError

Centre = Literal["mean", "medoid"]
Distance = Literal["euclidean", "squared"]

OUT_COLUMNS = ("territory_id", "centre_id")
_OTHER_KINDS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet"}


@dataclass(frozen=True)
class Request:
    """What to divide and how; columns are named by their headers, None means not given.

    Parameters
    ----------
    units, out
        File of the units, and the file to write.
    territories_count
        Number of territories, 1 or more.
    id_column
        Identifier of the units; None: rows are numbered from 1.
    x_column, y_column
        Position in a plane, in any unit.
    lat_column, lon_column
        Position in degrees, instead of x and y.
    weight_column
        Cost of one unit of distance; None: each unit counts 1.
    balances
        Measures with their limits.
    centre
        Where distance is measured from.
    distance
        Whether distances or their squares are added up.
    capacity_column, load_column
        What a unit can hold when it is the centre, and what each unit takes of it.
    edges
        File of neighbouring units; territories must then hang together.
    islands_column
        Units that need no neighbours.
    current_column
        Today's territory.
    move_price
        Added to the objective for each unit that leaves its current territory, 0 or more.
    locked_column
        Territory that a unit must have, or whether it stays in its current one.
    together_column
        Group whose units stay in one territory.
    seed
        Seed of all random choices, 0 or more.
    time_limit_s
        Wall time of the whole command in seconds; None: the search ends by itself.

    Raises
    ------
    ParameterError
        When options contradict each other or one of a pair is missing; all are named.
    """

    units: Path
    out: Path
    territories_count: int
    id_column: str | None = None
    x_column: str | None = None
    y_column: str | None = None
    lat_column: str | None = None
    lon_column: str | None = None
    weight_column: str | None = None
    balances: tuple[Balance, ...] = ()
    centre: Centre = "medoid"
    distance: Distance = "squared"
    capacity_column: str | None = None
    load_column: str | None = None
    edges: Path | None = None
    islands_column: str | None = None
    current_column: str | None = None
    move_price: float | None = None
    locked_column: str | None = None
    together_column: str | None = None
    seed: int = 1
    time_limit_s: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        found = [*self._place_contradictions(), *self._other_contradictions()]
        if found:
            raise ParameterError(
                "The options do not fit together",
                remedy=found[0] if len(found) == 1 else "\n- ".join(["Correct:", *found]),
            )

    @property
    def is_in_degrees(self) -> bool:
        """Whether positions are given as latitude and longitude."""
        return self.lat_column is not None

    @property
    def place_columns(self) -> tuple[str, str]:
        """The two columns of the position: x and y, or latitude and longitude."""
        first = self.lat_column if self.is_in_degrees else self.x_column
        second = self.lon_column if self.is_in_degrees else self.y_column
        return first or "", second or ""

    def _place_contradictions(self) -> list[str]:
        plane, degrees = (self.x_column, self.y_column), (self.lat_column, self.lon_column)
        if any(plane) and any(degrees):
            return ["Give either --x and --y or --lat and --lon, not both."]
        if not (all(plane) or all(degrees)):
            return ["Say where units are: --x and --y, or --lat and --lon, always both."]
        return []

    def _other_contradictions(self) -> list[str]:
        is_twin = self.out.resolve() in {self.units.resolve(), (self.edges or self.units).resolve()}
        rules = (
            (
                (self.capacity_column is None) != (self.load_column is None),
                "Give --capacity and --load together: what a centre can hold, and what units take.",
            ),
            (
                self.capacity_column is not None and self.centre != "medoid",
                "--capacity belongs to a unit, so it needs --centre medoid.",
            ),
            (
                self.move_price is not None and self.current_column is None,
                "--move-price needs --current: which territory has each unit today?",
            ),
            (
                self.islands_column is not None and self.edges is None,
                "--islands needs --edges: without edges no territory must hang together.",
            ),
            (
                not math.isfinite(self.time_limit_s or 0.0),
                "--time-limit must be a number of seconds; leave it out to search to the end.",
            ),
            (
                not math.isfinite(self.move_price or 0.0),
                "--move-price must be a number; lock units that may not move.",
            ),
            (
                self.out.suffix.lower() in _OTHER_KINDS,
                f"--out writes CSV: call the file {self.out.with_suffix('.csv').name}.",
            ),
            (is_twin, "--out would overwrite an input: choose another file."),
            (
                self.id_column in OUT_COLUMNS,
                f"--id {self.id_column} has the name of a column that is written: rename it.",
            ),
        )
        return [remedy for is_wrong, remedy in rules if is_wrong]
