"""Rows that add up or count others: they look like customers, and are none."""

import re
from collections.abc import Collection, Mapping, Sequence
from statistics import median

import pandas as pd

from territory_kit.tables.faults.fault import Fault, shorten
from territory_kit.tables.reading import Reading, name_rows

Row = Sequence[str]

NUMBER = re.compile(r"[A-Z€$£¥]{0,3}\s?[+-]?\(?\d[\d\s.,']*\)?\s?[%€$£¥]?(?:[A-Z]{3})?")
_ADDED = (
    r"(?:(?:grand|overall|sub)[\s-]*)?totals?(?:\s+(?:g[ée]n[ée]ral|geral))?|sous[\s-]?total"
    r"|somme|(?:gesamt|zwischen|teil)?summe|gesamt|(?:gesamt|teil)ergebnis"
    r"|(?:sub)?totale(?:\s+(?:generale|parziale))?|(?:sub|eind)?totaal"
)
# What may as well begin a name counts only where it stands alone.
_COUNTED = (
    r"sum|suma|count|record count|total records|average|avg\.?|anzahl|nombre|aantal|mittelwert"
)
_ALONE = re.compile(
    rf"(?:{_ADDED}|{_COUNTED})\s*(?:\([\d\s.,]+(?: \w+)?\))?\s*[:=]?\s*", re.IGNORECASE
)
_NAMED = re.compile(rf"(?:{_ADDED})\b.+|.+\s(?:{_ADDED})\s*:?", re.IGNORECASE)
_AGGREGATES = frozenset(
    ["anzahl", "average", "avg", "count", "number", "record count", "records", "sum"]
)
_COMPARED_ROWS_COUNT = 1000


def is_total(row: Row, key: int, usual_count: float) -> bool:
    """Tell whether a row adds up or counts others.

    Parameters
    ----------
    row
        Its cells.
    key
        Place of the identifier.
    usual_count
        How many cells beside the label other rows fill.

    Returns
    -------
    bool
        Yes where its first filled cell is a word for totals, alone or with a name, in the place of
        the identifier or with no identifier; where it holds else only numbers and what the label
        says already; and where it fills at most half of the cells that others fill.
    """
    cells = [cell.strip() for cell in row]
    label = next((place for place, cell in enumerate(cells) if cell), None)
    if label is None or not _is_label(cells[label]):
        return False
    has_id = key != label and key < len(cells) and bool(cells[key])
    others = [cell for cell in cells[label + 1 :] if cell]
    told = [cell for cell in others if _is_told(cell, cells[label])]
    values = [cell for cell in others if cell not in told]
    if has_id or not all(map(NUMBER.fullmatch, values)):
        return False
    # without numbers a word alone must stand where the identifier should
    is_meant = bool(values) or (key == label and _ALONE.fullmatch(cells[label]) is not None)
    return is_meant and 2 * len(values) <= usual_count


def usual_width(rows: Collection[Row]) -> float:
    """Return how many cells beside the first are usually filled.

    Parameters
    ----------
    rows
        Rows of data.

    Returns
    -------
    float
        The median; 0 without rows, so that nothing is taken for a total.
    """
    return median([sum(map(bool, map(str.strip, row))) for row in rows] or [1]) - 1


def leave_totals_out(
    frame: pd.DataFrame, reading: Reading, header: str | None
) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """Leave out the rows of totals, wherever they stand.

    Parameters
    ----------
    frame
        Cells as text; the index holds row numbers.
    reading
        The table that is being read.
    header
        Header of the identifier; None: there is none, and every row stays.

    Returns
    -------
    tuple of pandas.DataFrame and tuple of Fault
        The other rows, and which were left out.
    """
    if header is None or frame.empty:
        return frame, ()
    candidates = frame.loc[_may_be_total(frame[header].str.strip())]
    key = frame.columns.get_loc(header)
    others = frame.drop(index=candidates.index).iloc[:_COMPARED_ROWS_COUNT]
    if candidates.empty or others.empty or not isinstance(key, int):
        return frame, ()
    usual = usual_width(_rows_of(others).values())
    totals = {n: row for n, row in _rows_of(candidates).items() if is_total(row, key, usual)}
    if not totals:
        return frame, ()
    texts = [shorten(" | ".join(cell for cell in row if cell.strip())) for row in totals.values()]
    shown = pd.Series(texts, pd.Index([*totals], dtype="int64"), dtype="str")
    fault = name_rows(reading, shown.index).fault_of_rows(
        "repaired",
        "total_rows",
        "",
        shown,
        what="Rows of totals were left out",
        remedy="Nothing to do, if they are totals. Give each that is data its identifier.",
    )
    return frame.drop(index=shown.index), (fault,)


def _is_label(cell: str) -> bool:
    return _ALONE.fullmatch(cell) is not None or _NAMED.fullmatch(cell) is not None


def _is_told(cell: str, label: str) -> bool:
    """Tell whether a text says what is counted, or repeats the name in the label."""
    if NUMBER.fullmatch(cell):
        return False
    return cell.casefold() in _AGGREGATES or cell.casefold() in label.casefold()


def _may_be_total(ids: pd.Series) -> pd.Series:
    """Mark rows without identifier, and those whose identifier has a word for totals."""
    words = r"total|totaa|summ|somm|gesamt|ergebnis|^sum|^count|^record|^av|^anzahl|^nombre"
    return (ids == "") | ids.str.lower().str.contains(rf"{words}|^aantal|^mittelwert", regex=True)


def _rows_of(frame: pd.DataFrame) -> Mapping[int, Row]:
    cells = zip(*(frame.iloc[:, place] for place in range(frame.shape[1])), strict=True)
    return dict(zip(frame.index.tolist(), cells, strict=True))
