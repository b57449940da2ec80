"""Read all files of a request, and name all that is wrong with them at once."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from territory_kit.design_file.edges import open_edges, read_edges
from territory_kit.design_file.read_cells import OpenTable
from territory_kit.design_file.request import Request
from territory_kit.design_file.territories import Territories, choose_territories
from territory_kit.design_file.units import Units, open_units, read_units
from territory_kit.errors import TableError, list_ids
from territory_kit.wording import agree, counted

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Inputs:
    """All that the files say, without faults.

    Parameters
    ----------
    units
        The units.
    territories
        Territories to fill.
    edges
        Pairs of neighbours by place in the file, shape (n_edges, 2); None: nothing must hang
        together.
    is_island
        Units that need no neighbours, shape (n_units,).
    notices
        What was left out, mended or assumed, in sentences.
    """

    units: Units
    territories: Territories
    edges: Ints | None
    is_island: NDArray[np.bool_]
    notices: tuple[str, ...]


def read_inputs(request: Request) -> Inputs:
    """Read the files of a request.

    Parameters
    ----------
    request
        What is asked for.

    Returns
    -------
    Inputs
        Checked, so that the engine can trust them.

    Raises
    ------
    TableError
        When a file or the place of the result has faults; all of them are named.
    """
    faults = _out_faults(request.out)
    try:
        edge_table = open_edges(request.edges) if request.edges else None
    except TableError as error:
        edge_table = None
        faults.append(error)
    try:
        table = open_units(request)
    except TableError as error:
        _refuse([error, *faults])
        raise
    units = read_units(table, request)
    territories = choose_territories(units, table, request)
    edges = None if edge_table is None else read_edges(edge_table, units)
    tables = [table] if edge_table is None else [table, edge_table]
    _refuse([*faults, *(fault for one in tables for fault in one.faults)])
    return _without_faults(units, territories, edges, tables)


def _without_faults(
    units: Units, territories: Territories, edges: Ints | None, tables: Sequence[OpenTable]
) -> Inputs:
    notices = [notice for one in tables for notice in one.notices]
    is_island = units.frame["is_island"].to_numpy()
    if edges is not None:
        is_alone = np.ones(len(units), dtype=bool)
        is_alone[edges.ravel()] = False
        ids = units.frame["unit_id"][is_alone & ~is_island].tolist()
        if ids:
            verb = agree("needs", len(ids))
            count = counted(len(ids), "unit")
            notices.append(f"{count} without neighbours {verb} no connection: {list_ids(ids)}.")
        is_island = is_island | is_alone
    return Inputs(units, territories, edges, is_island, tuple(notices))


def _out_faults(out: Path) -> list[TableError]:
    """Find out before the search what would keep the result from being written."""
    what = "The result cannot be written"
    folder = out.parent
    if not folder.is_dir():
        remedy = "Make the folder first, or choose another one."
        return [TableError(what, value="there is no such folder", where=str(folder), remedy=remedy)]
    if out.exists() and not out.is_file():
        remedy = "Choose the name of a file."
        return [TableError(what, value="this is no file", where=str(out), remedy=remedy)]
    if not os.access(folder, os.W_OK):
        remedy = "Choose a folder in which you may write."
        return [TableError(what, value="the folder is read-only", where=str(folder), remedy=remedy)]
    return []


def _refuse(faults: Sequence[TableError]) -> None:
    """Raise one fault as it is, several as a list."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        listed = [f"- {fault}" for fault in faults]
        remedy = "\n".join(["Correct:", *listed])
        raise TableError("The files have faults", value=str(len(faults)), remedy=remedy)
