"""Result tables as a reader wants them: headings with units, numbers formatted, text escaped.

One column has one unit and one number of decimals, so that figures stand under each other.
"""

import html
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.columns import Column
from territory_kit.report.captions import caption as make_caption
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.selection import SHOWN_COLUMNS
from territory_kit.wording import MISSING, NO_MONEY, counted, counted_of, number

ROWS_SHOWN = 15
_ROWS_ON_ONE_PAGE = 12
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
# A date or a short name stays on one line.
_UNBROKEN_LENGTH = 12
_LARGE_AMOUNT = 1e7
_EVEN_AMOUNT = 1e5
_NO_DECIMALS_FROM = 100.0
_SMALL_SHARE = 0.1
# money that is a number of accounts where no money is known
_COUNTS = {
    "potential_amount_per_year": "Potential (accounts)",
    "hour_potential_amount": "Accounts per hour",
}
_HEADINGS_OF_COUNTS = {
    "potential_share": "Share of accounts (%)",
    "potential_index": "Accounts index (100 = average)",
}
_SHARES_OF_MONEY = frozenset({"wallet_share", "revenue_share"})
# cells of these hold names of columns, which are shown by their labels
_NAMES_OF_COLUMNS = frozenset({"measure", "criterion"})


@dataclass(frozen=True, repr=False)
class ShownTable:
    """A finished table: headings and cells as text.

    Parameters
    ----------
    headings
        Heading of each column, with its unit.
    rows
        Cells as text, not yet escaped.
    is_number
        Whether a column is right-aligned.
    caption
        What is shown, number of rows, source and date.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_number: tuple[bool, ...]
    caption: str

    def __repr__(self) -> str:
        """Name the table by its caption."""
        return f"ShownTable({self.caption!r})"

    def _repr_html_(self) -> str:
        if not self.rows:
            return f"<p>None. <small>{html.escape(self.caption)}</small></p>"
        head = "".join(map(_head_cell, self.headings, self.is_number))
        body = "".join(f"<tr>{self._row_html(row)}</tr>" for row in self.rows)
        keep = ' style="break-inside:avoid"' if len(self.rows) <= _ROWS_ON_ONE_PAGE else ""
        return (
            f'<div class="tk-table"{keep}><table>'
            f'<caption style="caption-side:bottom;text-align:left">'
            f"<small>{html.escape(self.caption)}</small></caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _row_html(self, row: tuple[str, ...]) -> str:
        first = _cell("th", row[0], is_number=self.is_number[0], scope=' scope="row"')
        rest = map(lambda c, n: _cell("td", c, is_number=n), row[1:], self.is_number[1:])
        return first + "".join(rest)


def show(
    name: str,
    *sources: HasTables,
    only: Sequence[str] | None = None,
    by: str | None = None,
    rows: int = ROWS_SHOWN,
    caption: str = "",
    currency: str = "",
) -> ShownTable:
    """Show a result table by its name.

    Parameters
    ----------
    name
        Name of the table, as declared.
    *sources
        Results, tasks or evidence; the first that has the table wins.
    only
        Names of the columns to show, in that order; those that people read when not given.
    by
        Column to sort by, largest first; the order of the table when not given.
    rows
        Most rows to show; the caption says how many there are.
    caption
        Sentence on what is shown; the declared meaning of the table when not given.
    currency
        Currency of the plan, when no source knows it.

    Returns
    -------
    ShownTable
        The table, ready to be displayed.
    """
    evidence = gather(*sources, currency=currency)
    # a plan may do without an input; a result that is missing is a mistake of the caller
    is_absent_input = name in columns.input_names() and name not in evidence.tables
    found = columns.empty_frame(name) if is_absent_input else evidence.table(name)
    # names are looked up for the rows that are shown, unless they say which rows those are
    known = _with_names(found, evidence) if by is not None and by not in found else found
    ordered = found if by is None else known.sort_values(by, ascending=False, kind="stable")
    frame = _with_names(ordered.head(rows), evidence)
    read = SHOWN_COLUMNS.get(name, columns.get_table(name).columns)
    names = [c for c in only or _by_name(read, found) if c in frame]
    text = caption or columns.get_table(name).meaning
    return show_frame(frame[names], evidence, caption=text, all_rows_count=len(found))


def show_frame(
    frame: pd.DataFrame,
    evidence: Evidence,
    *,
    caption: str,
    all_rows_count: int | None = None,
    headings: Mapping[str, str] | None = None,
) -> ShownTable:
    """Show any table whose columns are declared; identifiers become names where known.

    Parameters
    ----------
    frame
        The rows to show.
    evidence
        Knows the currency, the source and the names of territories and reps.
    caption
        Sentence on what is shown, with a full stop.
    all_rows_count
        Number of rows there are, when not all are shown.
    headings
        Headings that differ from the declared ones, by column.

    Returns
    -------
    ShownTable
        The table, ready to be displayed.
    """
    names = [str(name) for name in frame.columns]
    if not evidence.has_money:
        names = [name for name in names if not _is_empty_money(frame, name)]
        headings = {**_HEADINGS_OF_COUNTS, **(headings or {})}
        caption = f"{caption} {NO_MONEY}".strip() if _COUNTS.keys() & set(names) else caption
    shown = [_shown_column(frame[name], evidence, headings or {}) for name in names]
    total = len(frame) if all_rows_count is None else all_rows_count
    count = (
        f"{counted(total, 'row')}."
        if total == len(frame)
        else f"{counted_of(len(frame), total, 'row')}."
    )
    return ShownTable(
        headings=tuple(heading for heading, _, _ in shown),
        rows=tuple(zip(*(cells for _, cells, _ in shown), strict=True)),
        is_number=tuple(is_number for _, _, is_number in shown),
        caption=make_caption(evidence, caption, count),
    )


def _shown_column(
    values: pd.Series, evidence: Evidence, headings: Mapping[str, str]
) -> tuple[str, list[str], bool]:
    """Return heading, cells and whether the column is right-aligned."""
    name = str(values.name)
    column = columns.find_column(name)
    if column is None or not column.is_number:
        cells = [_text(value) for value in _named(values, evidence)]
        return headings.get(name, _heading_of(name, evidence.currency)), cells, False
    figures = values.to_numpy(dtype=float, na_value=np.nan).tolist()
    if name in _COUNTS and not evidence.has_money:
        decimals = 1 if name == "hour_potential_amount" else 0
        return _COUNTS[name], [number(figure, decimals=decimals) for figure in figures], True
    factor, prefix, decimals = _scale(column, figures)
    heading = _heading_of(name, f"{evidence.currency or 'money'}{prefix}")
    cells = [number(figure * factor, decimals=decimals) for figure in figures]
    return headings.get(name, heading), cells, True


def _is_empty_money(frame: pd.DataFrame, name: str) -> bool:
    """Tell whether a column says nothing where no money is known."""
    if name == "potential_amount_per_year" and "accounts_count" in frame:
        return bool((frame[name] == frame["accounts_count"]).all())
    column = columns.find_column(name)
    is_money = column is not None and (column.kind == "money" or name in _SHARES_OF_MONEY)
    return is_money and not frame[name].fillna(0.0).any()


def _heading_of(name: str, currency: str) -> str:
    return columns.heading(name, currency=currency)


def _scale(column: Column, figures: list[float]) -> tuple[float, str, int]:
    """Return factor, what it adds to the currency, and decimals, one choice for a column."""
    largest = max((abs(figure) for figure in figures if not math.isnan(figure)), default=0.0)
    if column.kind == "money":
        if largest >= _LARGE_AMOUNT:
            return 1e-6, " m", 2
        return (1e-3, " k", 0) if largest >= _EVEN_AMOUNT else (1.0, "", _decimals(largest))
    if column.kind == "share":
        return 100.0, "", 1 if largest < _SMALL_SHARE else 0
    if column.name.endswith("_deg"):
        return 1.0, "", 4
    if column.name.endswith("_ratio"):
        return 1.0, "", 2
    is_whole = column.kind == "count" or column.name.endswith("_index")
    return 1.0, "", 0 if is_whole else _decimals(largest)


def _decimals(largest: float) -> int:
    return 0 if largest >= _NO_DECIMALS_FROM else 1


def _named(values: pd.Series, evidence: Evidence) -> pd.Series:
    """Put names in the place of identifiers of territories and reps."""
    name = str(values.name)
    if name in {"territory_id", "rep_id"}:
        return values
    if name.endswith("territory_id"):
        return _renamed(values, evidence.territory_names())
    if name.endswith("rep_id"):
        return _renamed(values, evidence.rep_names())
    if name in _NAMES_OF_COLUMNS:
        counts = {} if evidence.has_money else {"potential_amount_per_year": "Number of accounts"}
        return values.map(lambda key: counts.get(key) or _label_of(key), na_action="ignore")
    return values


def _label_of(name: str) -> str:
    column = columns.find_column(name)
    return name if column is None else column.label


def _with_names(frame: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    return _with_holders(_with_account_name(frame, evidence), evidence)


def _with_account_name(frame: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Put the name beside the identifier where a table has the identifier only."""
    if "account_id" not in frame or "account_name" in frame or "accounts" not in evidence.tables:
        return frame
    names = evidence.table("accounts")[["account_id", "account_name"]]
    return frame.merge(names, on="account_id", how="left", validate="m:1")


def _with_holders(frame: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Put the names of territories and reps beside the identifiers that stand alone."""
    known = {"territory": evidence.territory_names, "rep": evidence.rep_names}
    alone = [thing for thing in known if f"{thing}_id" in frame and f"{thing}_name" not in frame]
    return frame.assign(
        **{f"{thing}_name": _renamed(frame[f"{thing}_id"], known[thing]()) for thing in alone}
    )


def _renamed(keys: pd.Series, names: Mapping[str, str]) -> pd.Series:
    """Put names in the place of identifiers; one without a name stays."""
    return keys.map(lambda key: names.get(key, key), na_action="ignore").astype("str")


def _by_name(read: Sequence[str], frame: pd.DataFrame) -> list[str]:
    """Read the name instead of an identifier that stands alone in the table."""
    names = {f"{thing}_id": f"{thing}_name" for thing in ("territory", "rep")}
    return [
        names[column] if column in names and names[column] not in frame else column
        for column in read
    ]


def _text(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]  # stubs know no plain object
        return MISSING
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _head_cell(heading: str, is_number: bool) -> str:  # noqa: FBT001 - mapped over two tuples
    label, bracket, unit = heading.partition(" (")
    # the unit on a line of its own keeps columns narrow
    cell = _cell("th", label, is_number=is_number, scope=' scope="col"')
    under = f"<br><small>{html.escape(bracket.strip() + unit)}</small></th>"
    return cell.replace("</th>", under) if unit else cell


def _cell(tag: str, text: str, *, is_number: bool, scope: str = "") -> str:
    whole = ";white-space:nowrap" if len(text) <= _UNBROKEN_LENGTH else ""
    look = 'class="tk-number"' if is_number else f'style="text-align:left{whole}"'
    # a word without end may be broken, so that it does not push the other columns away
    parts = _LONG_WORD.sub("\\g<0>\0", text).split("\0")
    return f"<{tag} {look}{scope}>{'<wbr>'.join(map(html.escape, parts))}</{tag}>"
