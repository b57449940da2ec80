"""Schemas made from the declarations: what a checked table looks like inside."""

import re
from functools import cache

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandas.api.extensions import ExtensionDtype
from pandas.api.types import pandas_dtype

from territory_kit.columns.column import Column, Table
from territory_kit.columns.registry import declared, get_table


@cache
def schema_for(name: str) -> pa.DataFrameSchema:
    """Return the schema of a table after reading: dtypes, ranges, choices and key.

    Parameters
    ----------
    name
        Name of an input or result table.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        Required columns must be there and filled where they are part of the key; others may be
        missing. Undeclared columns travel along.
    """
    table = get_table(name)
    checked = [_schema_column(table, column) for column in table.columns]
    return pa.DataFrameSchema(
        # the schema takes the keys for names: those of families are patterns
        {column.name: column for column in checked},
        unique=list(table.key) or None,
        strict=False,
        name=name,
    )


def empty_frame(name: str) -> pd.DataFrame:
    """Return a table without rows that has every declared column with its dtype.

    Parameters
    ----------
    name
        Name of an input or result table.

    Returns
    -------
    pandas.DataFrame
        No rows; families such as ``need_<skill>_share`` are left out.
    """
    return _empty(name).copy()


def shape_result(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a result its declared columns, dtypes and order of rows, and check it.

    Parameters
    ----------
    name
        Name of a result table.
    frame
        Has at least the declared columns; others are left out.

    Returns
    -------
    pandas.DataFrame
        New table, columns in declared order, index from 0. Rows are sorted where identifiers
        are the key; levels, kinds and measures keep the order in which the step tells them.

    Raises
    ------
    pandera.errors.SchemaError
        When the step made a table that breaks its own declaration: a fault of the program.
    """
    table = get_table(name)
    typed = {c: _with_dtype(frame[c], dtype).array for c, dtype in _dtypes(name).items()}
    shaped = pd.DataFrame(typed, index=pd.RangeIndex(len(frame)))
    if table.key and all(declared(c).kind == "id" for c in table.key):
        shaped = _sort(shaped, list(table.key))
    return shaped if _is_sound(table, shaped) else schema_for(name).validate(shaped)


@cache
def _dtypes(name: str) -> dict[str, ExtensionDtype | np.dtype]:
    """Return the dtype of each declared column that is no family."""
    names = [column for column in get_table(name).columns if "<" not in column]
    return {column: pandas_dtype(declared(column).dtype) for column in names}


@cache
def _empty(name: str) -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series(dtype=dtype) for c, dtype in _dtypes(name).items()})


def _with_dtype(values: pd.Series, dtype: ExtensionDtype | np.dtype) -> pd.Series:
    return values if values.dtype == dtype else values.astype(dtype)


def _sort(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Sort rows by their identifiers; most steps give them in that order already."""
    if len(key) == 1 and frame[key[0]].is_monotonic_increasing:
        return frame
    return frame.sort_values(key, ignore_index=True)


def _is_sound(table: Table, frame: pd.DataFrame) -> bool:
    """Tell whether a table of the declared dtypes keeps its declaration.

    The schema says the same and what is wrong, but takes ten times as long, in each step of each
    region.
    """
    if frame.empty:
        return True
    key = list(table.key)
    if any(frame[name].hasnans for name in key) or not _is_unique(frame, key):
        return False
    return all(_is_allowed(frame[name], declared(name)) for name in table.columns)


def _is_unique(frame: pd.DataFrame, key: list[str]) -> bool:
    if len(key) == 1:
        return bool(frame[key[0]].is_unique)
    return not key or not frame.duplicated(key).any()


def _is_allowed(values: pd.Series, column: Column) -> bool:
    if column.choices:
        return set(values.dropna().unique()).issubset(column.choices)
    # a missing value is neither too low nor too high
    is_low = column.low is not None and (values.to_numpy() < column.low).any()
    is_high = column.high is not None and (values.to_numpy() > column.high).any()
    return not (is_low or is_high)


def column_checks(column: Column) -> list[pa.Check]:
    """Return the checks of range and choices that a declaration stands for.

    Parameters
    ----------
    column
        The declared column.

    Returns
    -------
    list of pandera.pandas.Check
        One check for each end of a range, one for choices; empty where anything is allowed.
    """
    if column.choices:
        return [pa.Check.isin(column.choices)]
    lower = [] if column.low is None else [pa.Check.ge(column.low)]
    upper = [] if column.high is None else [pa.Check.le(column.high)]
    return lower + upper


def _schema_column(table: Table, name: str) -> pa.Column:
    column = declared(name)
    # a family such as need_<skill>_share is one rule for all columns that look like it
    pattern, replaced_count = re.subn(r"<\w+>", ".+", name)
    return pa.Column(
        column.dtype,
        column_checks(column),
        name=f"^{pattern}$" if replaced_count else name,
        regex=replaced_count > 0,
        required=name in table.required,
        nullable=name not in table.key,
        description=column.meaning,
    )
