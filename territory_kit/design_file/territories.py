"""Which territories there are, what they are called, and which units are bound to one."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.design_file.read_cells import OpenTable
from territory_kit.design_file.request import Request
from territory_kit.design_file.units import Units
from territory_kit.errors import list_ids
from territory_kit.tables.faults.fault import shorten
from territory_kit.tables.values.words import parse_yes_no

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Territories:
    """The territories to fill.

    Parameters
    ----------
    names
        Identifier of each territory.
    current
        Place of each unit's current territory, -1 for none, shape (n_units,).
    locked
        Place of the territory that each unit must have, -1 for none, shape (n_units,).
    """

    names: tuple[str, ...]
    current: Ints
    locked: Ints


def choose_territories(units: Units, table: OpenTable, request: Request) -> Territories:
    """Name the territories: those of today and those that units are locked to, then new ones.

    Parameters
    ----------
    units
        The units.
    table
        Their file, to which faults and notices are added.
    request
        What is asked for.

    Returns
    -------
    Territories
        As many as asked for. Where there are more today, those with most units stay.
    """
    current = units.frame["current_id"]
    locked = _locked_ids(units, table, request)
    bound = set(locked.dropna())
    sizes = Counter(current.dropna().tolist())
    ranked = sorted({*bound, *sizes}, key=lambda name: (name not in bound, -sizes[name], name))
    kept, ended = ranked[: request.territories_count], ranked[request.territories_count :]
    _note_ended(table, request, ended, bound)
    # More territories than units are a fault that is told with the units.
    new_count = min(request.territories_count, len(units)) - len(kept)
    names = (*sorted(kept, key=_in_numbers), *_new_names(ranked, new_count))
    places = {name: place for place, name in enumerate(names)}
    territories = Territories(names, _places(current, places), _places(locked, places))
    _note_torn_groups(units, table, request, locked)
    return territories


def _locked_ids(units: Units, table: OpenTable, request: Request) -> pd.Series:
    """Read locks: identifiers of territories, or yes for units that stay where they are."""
    locked, current = units.frame["locked"], units.frame["current_id"]
    if request.locked_column is None:
        return locked
    flags = parse_yes_no(locked)
    given = locked.notna()
    if request.current_column is None:
        # 1 and 0 may be territories, words are not.
        is_word = given & flags.notna() & ~locked.str.isdecimal().fillna(value=False)
        if is_word.any() and not flags[given].isna().any():
            remedy = "Add --current with the territory of today, or write the territory itself."
            what = "Locks say yes or no, but not to which territory"
            table.note_rows(request.locked_column, is_word, what, remedy)
        return locked
    is_yes = flags.fillna(value=False).astype("bool")
    # Where nobody says yes, N is a territory in the north.
    if flags[given].isna().any() or not is_yes.any():
        return locked
    is_territory = locked.isin(current.dropna())
    if is_territory[given].all() and not given.all():
        # 0, 1 and blanks are two territories and no lock; 1 and blanks may be that, or yes. Where
        # every cell is filled, 0 and 1 are no and yes: nobody locks every unit.
        if not is_yes[given].all():
            return locked
        differs = given & ~(is_yes & (locked == current))
        remedy = "Write yes or no for the territory of today, or give territories other names."
        what = "Locks can be read as yes or no, and as territories"
        table.note_rows(request.locked_column, differs, what, remedy)
        return locked
    table.note_rows(
        request.locked_column,
        is_yes & current.isna(),
        "A unit is locked to its current territory, but has none",
        f"Fill in {request.current_column}, or unlock it.",
    )
    return current.where(is_yes)


def _note_ended(table: OpenTable, request: Request, ended: Sequence[str], bound: set[str]) -> None:
    names = list_ids([shorten(name) for name in ended])
    if bound & {*ended}:
        table.note(
            "Units are locked to more territories than are asked for",
            "Ask for more territories, or unlock some units.",
            value=f"{len(bound)} territories, {request.territories_count} asked for",
        )
    elif ended:
        table.notices.append(
            f"There are more territories today than asked for ({request.territories_count}). Those "
            f"with fewest units are not continued: {names}. Their units move for nothing."
        )


def _note_torn_groups(units: Units, table: OpenTable, request: Request, locked: pd.Series) -> None:
    if request.together_column is None:
        return
    together = units.frame["together"]
    counts = locked.groupby(together).transform("nunique").reindex(together.index)
    table.note_rows(
        request.together_column,
        (counts > 1) & locked.notna(),
        "Units that are kept together are locked to different territories",
        "Lock them to one territory, or do not keep them together.",
    )


def _new_names(taken: Sequence[str], count: int) -> list[str]:
    known = set(taken)
    free = (str(n) for n in itertools.count(1) if str(n) not in known)
    return list(itertools.islice(free, max(count, 0)))


def _in_numbers(name: str) -> tuple[int, str]:
    """Return what sorts territory 9 before territory 10."""
    return (len(name), name) if name.isdecimal() else (0, name)


def _places(ids: pd.Series, places: dict[str, int]) -> Ints:
    return np.array([places.get(name, -1) for name in ids], dtype=np.int64)
