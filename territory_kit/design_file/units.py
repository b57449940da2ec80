"""Read the units: identifiers, positions, weights, measures, and what ties them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.design_file.read_cells import OpenTable, open_table
from territory_kit.design_file.request import Request
from territory_kit.methods.geo import EARTH_RADIUS_KM, middle_of, project_km
from territory_kit.tables.values.cells import without_missing_words
from territory_kit.tables.values.words import parse_yes_no
from territory_kit.wording import counted, number, percent

Floats = NDArray[np.float64]

ROW_COLUMN = "row"
_HIGHEST_LAT_DEG = 90.0
# Some programs count degrees of longitude from 0 to 360.
_HIGHEST_LON_DEG = 360.0
# Where the plane stretches distances by more than this, the reader must know.
_STRETCH_SHARE = 0.01


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a file, in the order of its rows.

    Parameters
    ----------
    written_ids
        Identifiers as they stand in the file; named like their column.
    frame
        One row per unit: ``unit_id`` (text, without spaces around it), ``x`` and ``y`` (km where
        the file has degrees, else the file's unit), ``weight``, ``capacity``, ``load``,
        ``current_id``, ``locked`` (text as given), ``together``, ``is_island``; what was not
        asked for has its neutral value.
    measures
        One column per measure that is balanced, named as in the file.
    """

    written_ids: pd.Series
    frame: pd.DataFrame
    measures: pd.DataFrame

    def __len__(self) -> int:
        """Count the units."""
        return len(self.frame)


def open_units(request: Request) -> OpenTable:
    """Read the cells of the file of the units.

    Parameters
    ----------
    request
        What is asked for.

    Returns
    -------
    OpenTable
        Cells as text.

    Raises
    ------
    TableError
        When the file cannot be read or is no table.
    """
    numeric = [
        *request.place_columns,
        request.weight_column,
        *(balance.column for balance in request.balances),
        request.capacity_column,
        request.load_column,
    ]
    others = [
        request.current_column,
        request.locked_column,
        request.together_column,
        request.islands_column,
    ]
    return open_table(
        request.units,
        "units",
        key=request.id_column,
        others=[header for header in (*numeric, *others) if header],
        numeric=[header for header in numeric if header],
    )


def read_units(table: OpenTable, request: Request) -> Units:
    """Read the units; what is wrong is added to the faults of the table.

    Parameters
    ----------
    table
        From `open_units`.
    request
        What is asked for.

    Returns
    -------
    Units
        Complete where the table has no fault.
    """
    index = table.raw.frame.index
    weight = _amounts(table, request.weight_column, 1.0)
    positions = _positions(table, request, weight)
    frame = pd.DataFrame(
        {
            "unit_id": _read_ids(table, request.id_column),
            "x": positions[:, 0],
            "y": positions[:, 1],
            "weight": weight,
            "capacity": _amounts(table, request.capacity_column, np.inf),
            "load": _amounts(table, request.load_column, 0.0),
            "current_id": _texts(table, request.current_column, is_id=True),
            "locked": _texts(table, request.locked_column, is_id=True),
            "together": _texts(table, request.together_column, is_id=True),
            "is_island": _flags(table, request.islands_column),
        },
        index=index,
    )
    measures = pd.DataFrame(
        {balance.column: table.amounts(balance.column) for balance in request.balances}, index=index
    )
    if 0 < len(frame) < request.territories_count:
        table.note(
            "There are more territories than units",
            "Ask for fewer territories.",
            value=f"{counted(request.territories_count, 'territory')}, "
            f"{counted(len(frame), 'unit')}",
        )
    return Units(_written_ids(table, request.id_column), frame, measures)


def _read_ids(table: OpenTable, header: str | None) -> pd.Series:
    if header is None:
        if ROW_COLUMN in table.raw.frame:
            remedy = f"Add --id {ROW_COLUMN} if it identifies the units, or rename the column."
            table.note(f"Without --id, rows are numbered in a column {ROW_COLUMN}", remedy)
        return _row_numbers(table)
    ids = table.ids(header)
    if header in table.raw.frame:
        table.note_rows(
            header, ids.isna(), "A unit has no identifier", "Give each unit its identifier."
        )
        is_repeated = ids.duplicated(keep=False) & ids.notna()
        table.note_rows(
            header,
            is_repeated,
            "Several units have the same identifier",
            "Give each unit one row, or an identifier of its own.",
        )
    return ids


def _written_ids(table: OpenTable, header: str | None) -> pd.Series:
    if header is None or header not in table.raw.frame:
        return _row_numbers(table).rename(ROW_COLUMN)
    return table.raw.frame[header]


def _row_numbers(table: OpenTable) -> pd.Series:
    """Count rows of data from 1, so that they can be joined without the lines above them."""
    numbers = np.arange(1, table.rows_count + 1)
    return pd.Series(numbers, table.raw.frame.index).astype("str")


def _amounts(table: OpenTable, header: str | None, neutral: float) -> pd.Series:
    if header is None:
        return pd.Series(neutral, table.raw.frame.index)
    return table.amounts(header)


def _texts(table: OpenTable, header: str | None, *, is_id: bool) -> pd.Series:
    if header is None:
        return pd.Series(index=table.raw.frame.index, dtype="str")
    return table.ids(header) if is_id else table.cells(header)


def _flags(table: OpenTable, header: str | None) -> pd.Series:
    text = _texts(table, header, is_id=False)
    flags = parse_yes_no(text)
    if header is not None:
        unread = text.notna() & flags.isna()
        table.note_rows(header, unread, "A value is neither yes nor no", "Write yes or no.")
    return flags.fillna(value=False).astype("bool")


def _positions(table: OpenTable, request: Request, weight: pd.Series) -> Floats:
    """Read positions; a unit without weight needs none."""
    first, second = (
        table.numbers(header, is_required=False, has_thousands=not request.is_in_degrees)
        for header in request.place_columns
    )
    for header in request.place_columns:
        if header not in table.raw.frame:
            continue
        is_needed = (weight != 0) | (request.capacity_column is not None)
        is_missing = without_missing_words(table.cells(header)).isna() & is_needed
        remedy = "Give the coordinate, or the weight 0 to a unit that is served from afar."
        if request.capacity_column is not None:
            remedy = "With --capacity any unit may be a centre: give the coordinate."
        table.note_rows(header, is_missing, "A coordinate is missing", remedy)
    if not request.is_in_degrees:
        return np.column_stack([first, second])
    return _plane(table, request, first, second)


def _plane(table: OpenTable, request: Request, lat: pd.Series, lon: pd.Series) -> Floats:
    """Project degrees to a plane about the middle of the units."""
    limits = (_HIGHEST_LAT_DEG, _HIGHEST_LON_DEG)
    for header, values, limit in zip(request.place_columns, (lat, lon), limits, strict=True):
        table.note_rows(
            header,
            values.abs() > limit,
            f"A coordinate lies outside {-limit:g} to {limit:g} degrees",
            "Give degrees with decimals, and check that latitude and longitude are not swapped.",
        )
    plane = project_km(lat, lon, about=middle_of(lat, lon))
    reach_km = float(np.nanmax(np.hypot(*plane.T), initial=0.0))
    angle = reach_km / EARTH_RADIUS_KM
    stretch = angle / np.sin(angle) - 1.0 if angle > 0 else 0.0
    if not table.faults and stretch > _STRETCH_SHARE:
        table.notices.append(
            f"The units lie up to {number(reach_km)} km from their middle. On the flat map that "
            f"is used, distances out there are up to {percent(stretch, decimals=1)} too long."
        )
    return plane
