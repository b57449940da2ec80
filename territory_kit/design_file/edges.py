"""Read which units are neighbours."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.design_file.read_cells import OpenTable, open_table
from territory_kit.design_file.units import Units
from territory_kit.tables.headers.known import plain_header

Ints = NDArray[np.int64]

# Headers of the two columns, in plain letters. Where a file has none of these pairs, its first two
# columns are taken.
PAIRS = (
    ("unita", "unitb"),
    ("unitida", "unitidb"),
    ("unit1", "unit2"),
    ("ida", "idb"),
    ("id1", "id2"),
    ("from", "to"),
    ("source", "target"),
    ("a", "b"),
)
_COLUMNS_COUNT = 2


def open_edges(file: Path) -> OpenTable:
    """Read the cells of the file of neighbours.

    Parameters
    ----------
    file
        A table with two columns of identifiers.

    Returns
    -------
    OpenTable
        Cells as text.

    Raises
    ------
    TableError
        When the file cannot be read or is no table.
    """
    known = [header for pair in PAIRS for header in pair]
    return open_table(file, "edges", key=None, others=known, numeric=[])


def read_edges(table: OpenTable, units: Units) -> Ints:
    """Read pairs of neighbours; what is wrong is added to the faults of the table.

    Parameters
    ----------
    table
        From `open_edges`.
    units
        The units that they join.

    Returns
    -------
    numpy.ndarray
        Places of the units of each pair, shape (n_edges, 2); each pair once, and none of a unit
        with itself.
    """
    headers = _pair_columns(table)
    if len(headers) < _COLUMNS_COUNT:
        remedy = "Give two columns with the identifiers of two neighbours in each row."
        table.note("The file of neighbours has a single column", remedy)
        return np.empty((0, _COLUMNS_COUNT), dtype=np.int64)
    known = units.frame["unit_id"].dropna().drop_duplicates()
    places = pd.Series(np.arange(len(units)), units.frame.index).reindex(known.index)
    places.index = pd.Index(known)
    columns = [_places(table, header, places) for header in headers]
    pairs = np.sort(np.column_stack(columns), axis=1)
    return np.unique(pairs[(pairs[:, 0] >= 0) & (pairs[:, 0] != pairs[:, 1])], axis=0)


def _pair_columns(table: OpenTable) -> list[str]:
    headers = [str(header) for header in table.raw.frame.columns]
    by_plain = {plain_header(header): header for header in reversed(headers)}
    for one, two in PAIRS:
        if one in by_plain and two in by_plain:
            return [by_plain[one], by_plain[two]]
    return headers[:_COLUMNS_COUNT]


def _places(table: OpenTable, header: str, places: pd.Series) -> Ints:
    """Return the place of each unit, -1 where there is none."""
    ids = table.ids(header)
    table.note_rows(header, ids.isna(), "A neighbour is missing", "Give both, or delete the row.")
    found = ids.map(places)
    table.note_rows(
        header,
        found.isna() & ids.notna(),
        "A neighbour is none of the units",
        "Write identifiers as in the file of the units, with their leading zeros, or delete the "
        "row.",
    )
    return found.fillna(-1).to_numpy(dtype=np.int64)
