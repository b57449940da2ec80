"""Faults shown: as a table, as text for a terminal, as HTML."""

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

from territory_kit.tables.faults.fault import Fault, Severity, make_printable

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
        One row per fault: severity, code, table, file, column, rows, what, value, remedy.
    """
    rows = [
        (f.severity, f.code, f.table, f.file, f.place, f.rows, f.what, f.value, f.remedy)
        for f in _ordered(faults)
    ]
    printable = [[make_printable(cell) for cell in row] for row in rows]
    return pd.DataFrame(printable, columns=list(_FRAME_COLUMNS), dtype="str")


def faults_text(faults: Iterable[Fault]) -> str:
    """Write faults for a terminal, blocking ones first.

    Parameters
    ----------
    faults
        Any number of faults.

    Returns
    -------
    str
        How many there are of each severity, then one paragraph for each fault.
    """
    ordered = _ordered(faults)
    paragraphs = [f"{f.severity.upper()} {f.table}, {f.code}: {f.message}" for f in ordered]
    return "\n".join([_count_text(ordered), *paragraphs])


def faults_html(faults: Iterable[Fault]) -> str:
    """Write faults as an HTML table in which every text is escaped.

    Parameters
    ----------
    faults
        Any number of faults.

    Returns
    -------
    str
        A ``table`` element with caption and headings, or a paragraph when there are none.
    """
    ordered = _ordered(faults)
    if not ordered:
        return f"<p>{_count_text(ordered)}</p>"
    head = "".join(f'<th scope="col">{name}</th>' for name in _FRAME_COLUMNS)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>"
        for row in faults_frame(ordered).itertuples(index=False)
    )
    caption = f"<caption>{_count_text(ordered)}</caption>"
    return (
        f'<table class="faults">{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _ordered(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(
        faults, key=lambda f: (_RANKS[f.severity], f.table, f.column, f.code, f.what, f.ids)
    )


def _count_text(faults: list[Fault]) -> str:
    if not faults:
        return "No faults found."
    counts = Counter(fault.severity for fault in faults)
    notices = f"{counts['notice']} notice{'' if counts['notice'] == 1 else 's'}"
    return f"{counts['blocking']} blocking, {counts['repaired']} repaired, {notices}."
