"""Write tables for people: whole files or none, and no text that a spreadsheet would calculate."""

import os
import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from uuid import uuid4

import pandas as pd

from territory_kit.errors import TableError

# With one of these in front a spreadsheet takes a text for a formula or a command.
_FORMULA = r"^([=+\-@\t\r\n]|\s+[=+\-@])"
_SHEET_SIGNS = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31
_CELL_LENGTH = 32_767
_NARROWEST = 6
_WIDEST = 60
_DATE_WIDTH = 12
_SHOWN_SHARE = 0.95
# Texts stay texts: neither formulas nor links are made of what people typed.
_ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CONTROL_SIGNS = "[\x00-\x08\x0b\x0c\x0e-\x1f]"


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV that Excel opens with its accents.

    Parameters
    ----------
    table
        What to write; the index is left out.
    path
        The file; it is replaced when the new one is complete.

    Raises
    ------
    TableError
        When the file cannot be written.
    """
    safe = neutralise(table)
    write_whole(path, lambda draft: safe.to_csv(draft, index=False, encoding="utf-8-sig"))


def write_excel(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write tables as the sheets of one workbook.

    Parameters
    ----------
    sheets
        Tables by name of the sheet.
    path
        The file; it is replaced when the new one is complete.

    Raises
    ------
    TableError
        When the file cannot be written.
    """
    safe: dict[str, pd.DataFrame] = {}
    for name, table in sheets.items():
        safe[sheet_name(name, set(safe))] = neutralise(table)

    def write(draft: Path) -> None:
        with pd.ExcelWriter(
            draft,
            engine="xlsxwriter",
            datetime_format="yyyy-mm-dd",
            engine_kwargs={"options": _ONLY_TEXT},
        ) as book:
            for name, table in safe.items():
                table.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
                for place in range(table.shape[1]):
                    width = _column_width(table.iloc[:, place], table.columns[place])
                    book.sheets[name].set_column(place, place, width)

    write_whole(path, write)


def _column_width(column: pd.Series, heading: str) -> int:
    """Return the characters that most cells need, within what a screen shows."""
    lengths = column.dropna().astype("str").str.len()
    if pd.api.types.is_datetime64_any_dtype(column) or lengths.empty:
        return max(_DATE_WIDTH, min(len(heading), _WIDEST))
    widest = int(lengths.quantile(_SHOWN_SHARE))
    return min(max(widest, len(heading), _NARROWEST) + 2, _WIDEST)


def neutralise(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before texts that a spreadsheet would take for a formula.

    A workbook keeps them as text without it, but people save workbooks as CSV.

    Parameters
    ----------
    table
        Any table.

    Returns
    -------
    pandas.DataFrame
        New table; texts and headings are harmless, numbers and dates as they were.
    """
    columns = [c if _is_harmless(c) else _neutralise_texts(c) for _, c in table.items()]
    safe = pd.DataFrame(dict(enumerate(columns)), index=table.index)
    return safe.set_axis(_neutralise_texts(pd.Series(table.columns, dtype="str")), axis=1)


def _is_harmless(column: pd.Series) -> bool:
    dtype = column.dtype
    return pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype)


def _neutralise_texts(texts: pd.Series) -> pd.Series:
    return (
        texts.astype("str")
        .str.replace(_CONTROL_SIGNS, "", regex=True)
        .str.replace(_FORMULA, r"'\1", regex=True)
        .str.slice(0, _CELL_LENGTH)
    )


def sheet_name(name: str, taken: Collection[str]) -> str:
    """Make a name that Excel takes, and that no other sheet has whatever its case.

    Parameters
    ----------
    name
        The wanted name.
    taken
        Names of the sheets that are there already.

    Returns
    -------
    str
        At most 31 characters.

    Examples
    --------
    >>> sheet_name("visits: 2026/27", [])
    'visits  2026 27'
    """
    plain = _SHEET_SIGNS.sub(" ", name).strip().strip("'")[:_SHEET_NAME_LENGTH] or "Sheet"
    folded = {other.casefold() for other in taken}
    copy, unique = 1, plain
    while unique.casefold() in folded:
        copy += 1
        unique = f"{plain[: _SHEET_NAME_LENGTH - len(str(copy)) - 1]} {copy}"
    return unique


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write beside the file and replace it at once, so that readers never see half of it.

    Parameters
    ----------
    path
        The file.
    write
        Writes the draft that it is given.

    Raises
    ------
    TableError
        When the file cannot be written.
    """
    draft = path.with_name(f"draft-{uuid4().hex}{path.suffix}")
    try:
        write(draft)
        os.replace(draft, path)  # noqa: PTH105 - the name that says what is promised
    except OSError as error:
        raise TableError(
            "The file cannot be written",
            value=error.strerror or "",
            where=str(path),
            remedy="Close it where it is open, and check that the folder can be written.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
