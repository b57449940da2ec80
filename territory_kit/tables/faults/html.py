"""Faults as HTML, for a notebook and for a page of a report.

Styles stand in the elements, because a notebook brings its own for all tables and keeps none of a
stylesheet. Many notices are folded where a reader wants to go on; what was lost stays open.
Whatever comes from outside is escaped, and isolated in its direction of writing.
"""

from collections.abc import Iterable, Sequence
from html import escape

from territory_kit.tables.faults.fault import SEVERITY_WORDS, Fault, make_printable, shorten
from territory_kit.tables.faults.show import group_faults, summarise
from territory_kit.tables.faults.trace import Affected

_HEADINGS = (("What is wrong", 32), ("Where", 27), ("What to do", 29), ("Affected", 12))
MOST_OPEN_NOTICES_COUNT = 3
_COLOURS = {"blocking": "#a33c0b", "repaired": "#8a6d00", "notice": "#52606d"}
# A table of its own width, whose columns no long word can push apart.
_TABLE = "table-layout:fixed;width:100%;border-collapse:collapse;text-align:left"
_CELL = "text-align:left;vertical-align:top;white-space:normal;overflow-wrap:anywhere"
_PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Faults</title>\n'
    "<style>body{{font:15px/1.45 system-ui,sans-serif;max-width:70rem;margin:1.5rem auto;"
    "padding:0 1rem}}td,th{{padding:.3rem .45rem;border-bottom:1px solid #cbd2d9}}"
    "</style>\n</head>\n<body>\n<h1>Faults of the inputs</h1>\n{table}\n</body>\n</html>\n"
)


def faults_html(
    faults: Iterable[Fault], affected: Affected | None = None, *, is_folded: bool = False
) -> str:
    """Write faults as an HTML table in which every text is escaped.

    Parameters
    ----------
    faults
        Any number of faults.
    affected
        How much they affect together, where it was measured.
    is_folded
        Whether more than three notices are folded.

    Returns
    -------
    str
        A paragraph that counts, then a table grouped by severity and input; no table when there
        are no faults.
    """
    faults = list(faults)
    summary = f'<p class="tk-faults-summary">{escape(summarise(faults, affected))}</p>'
    notices = [fault for fault in faults if fault.severity == "notice"]
    if not is_folded or len(notices) <= MOST_OPEN_NOTICES_COUNT:
        return summary + _table(faults)
    serious = [fault for fault in faults if fault.severity != "notice"]
    return (
        f"{summary}{_table(serious)}<details><summary>{len(notices)} notices: "
        f"{SEVERITY_WORDS['notice'][0]}</summary>{_table(notices)}</details>"
    )


def _table(faults: Sequence[Fault]) -> str:
    if not faults:
        return ""
    columns = "".join(f'<col style="width:{width}%">' for _, width in _HEADINGS)
    head = "".join(f'<th scope="col" style="{_CELL}">{name}</th>' for name, _ in _HEADINGS)
    groups = "".join(_group(title, members) for title, members in group_faults(faults))
    return (
        f'<table class="faults" dir="ltr" style="{_TABLE}"><colgroup>{columns}</colgroup>'
        f"<thead><tr>{head}</tr></thead>{groups}</table>"
    )


def faults_page(faults: Iterable[Fault], affected: Affected | None = None) -> str:
    """Write faults as an HTML page of their own.

    Parameters
    ----------
    faults
        Any number of faults.
    affected
        How much they affect together, where it was measured.

    Returns
    -------
    str
        A whole document that loads nothing.
    """
    return _PAGE.format(table=faults_html(faults, affected))


def _group(title: str, faults: list[Fault]) -> str:
    severity = faults[0].severity
    head = (
        f'<tr><th scope="rowgroup" colspan="{len(_HEADINGS)}" '
        f'style="{_CELL};color:{_COLOURS[severity]};border-left:4px solid {_COLOURS[severity]}">'
        f"{escape(title)} ({len(faults)})</th></tr>"
    )
    return f'<tbody class="tk-{severity}">{head}{"".join(_row(fault) for fault in faults)}</tbody>'


def _row(fault: Fault) -> str:
    what = f"{_outside(fault.what)}{': ' if fault.value else ''}{_outside(fault.value)}"
    cells = (
        f"{what} <small>[{fault.code}]</small>",
        "<br>".join(part for part in _places(fault) if part),
        _outside(fault.remedy),
        escape(fault.affected),
    )
    row = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells)
    return f'<tr style="break-inside:avoid">{row}</tr>'


def _places(fault: Fault) -> tuple[str, ...]:
    sheet = f", sheet {_outside(shorten(fault.sheet))}" if fault.sheet else ""
    return (
        _outside(shorten(fault.file)) + sheet,
        f"column {_outside(fault.place)}" if fault.column else "",
        _outside(fault.rows),
    )


def _outside(text: str) -> str:
    """Escape a text from outside, and keep its direction of writing to itself."""
    return f'<bdi dir="ltr">{escape(make_printable(text))}</bdi>' if text else ""
