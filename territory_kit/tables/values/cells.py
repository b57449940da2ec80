"""Cells that hold no value: words for missing, failed formulas, what cannot be read."""

import pandas as pd

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.reading import Reading

MISSING_WORDS = ("-", "--", "–", "?", "n.a.", "n/a", "na", "nan", "nat", "nil", "none", "null")
SHEET_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def find_sheet_errors(text: pd.Series) -> pd.Series:
    """Return the cells in which a formula of the spreadsheet failed.

    Parameters
    ----------
    text
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        Those cells alone.
    """
    # Most tables have no such cell, and comparing beginnings is cheaper than whole texts.
    marked = text.loc[text.str.startswith("#").eq(other=True)]
    return marked.loc[marked.isin(SHEET_ERRORS)]


def without_missing_words(text: pd.Series) -> pd.Series:
    """Set words like "n/a" missing, where a number, a date, a yes or a choice is expected.

    Parameters
    ----------
    text
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        New texts.
    """
    return text.where(~text.str.lower().isin(MISSING_WORDS))


def unread_faults(
    reading: Reading, name: str, values: pd.Series, code: str, reason: str
) -> list[Fault]:
    """Name values that were set missing because they cannot be read.

    Parameters
    ----------
    reading
        The table that is being read.
    name
        Our name of the column.
    values
        The texts; none is no fault.
    code
        Short name of the kind of fault.
    reason
        Completes "A value …".

    Returns
    -------
    list of Fault
        One or none.
    """
    if values.empty:
        return []
    fault = reading.fault_of_rows(
        "repaired",
        code,
        name,
        values,
        what=f"A value {reason}",
        remedy="It was set missing. Correct it in the file.",
    )
    return [fault]
