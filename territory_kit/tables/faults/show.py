"""Faults shown: in one order and in groups, as a table and as text."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

import pandas as pd

from territory_kit.columns import input_names
from territory_kit.tables.faults.fault import (
    SEVERITY_WORDS,
    Fault,
    Severity,
    make_printable,
    shorten,
)
from territory_kit.tables.faults.trace import Affected

_RANKS: Mapping[Severity, int] = {"blocking": 0, "repaired": 1, "notice": 2}
_FRAME_COLUMNS = (
    "severity",
    "code",
    "table",
    "file",
    "column",
    "rows",
    "what",
    "value",
    "affected",
    "remedy",
)


def faults_frame(faults: Iterable[Fault]) -> pd.DataFrame:
    """List faults as a table, blocking ones first.

    Parameters
    ----------
    faults
        Any number of faults.

    Returns
    -------
    pandas.DataFrame
        One row per fault: severity, code, table, file, column, rows, what, value, affected
        (share of potential), remedy.
    """
    rows = [
        (
            f.severity,
            f.code,
            f.table,
            f.file,
            f.place,
            f.rows,
            f.what,
            f.value,
            f.affected,
            f.remedy,
        )
        for f in order_faults(faults)
    ]
    printable = [[make_printable(cell) for cell in row] for row in rows]
    return pd.DataFrame(printable, columns=list(_FRAME_COLUMNS), dtype="str")


def faults_text(faults: Iterable[Fault], affected: Affected | None = None) -> str:
    """Write faults as plain text, grouped by severity and input.

    Parameters
    ----------
    faults
        Any number of faults.
    affected
        How much they affect together, where it was measured.

    Returns
    -------
    str
        How many there are of each severity, then one line for each fault.
    """
    faults = list(faults)
    lines = [summarise(faults, affected)]
    for title, members in group_faults(faults):
        lines += ["", title, *(f"- {_line(fault)}" for fault in members)]
    return "\n".join(lines)


def summarise(faults: Iterable[Fault], affected: Affected | None = None) -> str:
    """Count faults by severity, in one sentence.

    Parameters
    ----------
    faults
        Any number of faults.
    affected
        How much they affect together, where it was measured.

    Returns
    -------
    str
        One sentence, such as: 1 blocking, 3 repaired, 2 notices.
    """
    counts = Counter(fault.severity for fault in faults)
    if not counts:
        return "No faults found."
    notices = f"{counts['notice']} notice{'' if counts['notice'] == 1 else 's'}"
    share = f"; blocked or repaired rows hold {affected}" if affected else ""
    return f"{counts['blocking']} blocking, {counts['repaired']} repaired, {notices}{share}."


def group_faults(faults: Iterable[Fault]) -> list[tuple[str, list[Fault]]]:
    """Put faults of one severity and input together.

    Parameters
    ----------
    faults
        Any number of faults.

    Returns
    -------
    list of tuple of str and list of Fault
        Heading and faults of each group: blocking ones first, inputs in our order.
    """
    groups = groupby(order_faults(faults), key=lambda f: (f.severity, f.table))
    return [
        (f"{severity.capitalize()}: {SEVERITY_WORDS[severity][0]} — {table or 'plan'}", [*members])
        for (severity, table), members in groups
    ]


def order_faults(faults: Iterable[Fault]) -> list[Fault]:
    """Sort faults: blocking ones first, then inputs in our order, columns as in the file.

    Parameters
    ----------
    faults
        Any number of faults.

    Returns
    -------
    list of Fault
        The same order whatever order they came in.
    """
    places = {name: place for place, name in enumerate(input_names())}
    return sorted(
        faults,
        key=lambda f: (
            _RANKS[f.severity],
            places.get(f.table, len(places)),
            f.table,
            f.file,
            f.position,
            f.column,
            f.code,
            f.what,
            f.ids,
        ),
    )


def fault_cells(fault: Fault) -> tuple[str, str, str]:
    """Write a fault in three cells: what is wrong, where, what to do.

    Parameters
    ----------
    fault
        The fault.

    Returns
    -------
    tuple of str
        Printable texts; the second one has a line each for file, column, rows and share.
    """
    places = (*_places(fault), fault.affected)
    cells = (
        f"{_head(fault)} [{fault.code}]",
        "\n".join(make_printable(place) for place in places if place),
        fault.remedy,
    )
    return make_printable(cells[0]), cells[1], make_printable(cells[2])


def _line(fault: Fault) -> str:
    where = ", ".join(place for place in _places(fault) if place)
    where = "; ".join(part for part in (where, fault.affected) if part)
    place = f" ({where})" if where else ""
    return make_printable(f"{_head(fault)}{place}. {fault.remedy} [{fault.code}]")


def _head(fault: Fault) -> str:
    return f"{fault.what}: {fault.value}" if fault.value else fault.what


def _places(fault: Fault) -> tuple[str, ...]:
    """Say in which file, column and rows a fault stands; empty where none is meant."""
    return (
        shorten(fault.file),
        f"sheet {shorten(fault.sheet)}" if fault.sheet else "",
        f"column {fault.place}" if fault.column else "",
        fault.rows,
    )
