"""Check one table against its declaration, and name all faults at once."""

import pandas as pd

from territory_kit.columns import Column, find_column, get_table
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.reading import Reading
from territory_kit.tables.values.identifiers import are_rounded

_CORRECT = "It was set missing. Correct it in the file."


def check_table(reading: Reading, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Check ranges, keys and filled cells of a table with all its declared columns.

    Parameters
    ----------
    reading
        The table that is being read.
    frame
        Values of the declared kinds; the index holds row numbers.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        New table with impossible values set missing, every row kept; and all faults.
    """
    filled, faults = _name_overrides(reading, frame)
    faults += _key_faults(reading, filled)
    faults += _empty_faults(reading, filled)
    beyond = {}
    for name, column in _numbers(reading):
        bad = _is_beyond(filled[name], column)
        if bad.any():
            faults += _range_faults(reading, name, column, filled.loc[bad, name])
            beyond[name] = filled[name].mask(bad)
    return filled.assign(**beyond), faults


def _numbers(reading: Reading) -> list[tuple[str, Column]]:
    """Return the columns of numbers that the file has, sorted by name, families included."""
    own = get_table(reading.table).columns
    found = ((name, find_column(name)) for name in sorted(reading.headers))
    return [(name, c) for name, c in found if c and c.name in own and c.is_number]


def _is_beyond(values: pd.Series, column: Column) -> pd.Series:
    """Mark values outside the allowed range; what is missing is not."""
    too_low = values < (float("-inf") if column.low is None else column.low)
    return too_low | (values > (float("inf") if column.high is None else column.high))


def _name_overrides(reading: Reading, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Give overrides without an identifier the number of their row: others need to name them."""
    if reading.table != "overrides" or not frame["override_id"].isna().any():
        return frame, []
    names = pd.Series([f"row {number}" for number in frame.index], frame.index, dtype="str")
    return frame.assign(override_id=frame["override_id"].fillna(names)), []


def _key_faults(reading: Reading, frame: pd.DataFrame) -> list[Fault]:
    key = list(get_table(reading.table).key)
    faults = []
    # a column that is not there at all has a fault of its own
    for name in [name for name in key if name in reading.headers]:
        empty = frame.loc[frame[name].isna(), name]
        if len(empty):
            faults.append(
                reading.fault_of_rows(
                    "blocking",
                    "missing_key",
                    name,
                    empty,
                    what="Rows have no identifier",
                    remedy="Give each row one, or take out rows of totals and notes.",
                )
            )
    keys = frame[key].dropna()
    # rounded ones are equal for another reason, and have their own fault
    for name in key:
        keys = keys.loc[~are_rounded(keys[name])]
    rows = keys.loc[keys.duplicated(keep=False)] if key else keys.iloc[:0]
    if len(rows):
        faults.append(
            reading.fault_of_rows(
                "blocking",
                "duplicate_key",
                key[0],
                rows.agg(" + ".join, axis=1),
                what=f"Several rows have the same {' and '.join(key)}",
                remedy="Keep one row of each.",
            )
        )
    return faults


def _empty_faults(reading: Reading, frame: pd.DataFrame) -> list[Fault]:
    """Name rows without a value that every row should have."""
    table = get_table(reading.table)
    needed = [name for name in table.required if name not in table.key]
    return [
        reading.fault_of_rows(
            "notice",
            "missing_value",
            name,
            frame.loc[frame[name].isna(), name],
            what=f"Rows have no {name}",
            remedy="They are kept, but cannot be used for everything. Fill in what is missing.",
        )
        for name in needed
        if frame[name].isna().any() and name in reading.headers
    ]


def _range_faults(reading: Reading, name: str, column: Column, values: pd.Series) -> list[Fault]:
    """Name values outside the allowed range, those below zero apart."""
    negative = values.loc[values < 0] if column.low == 0 else values.iloc[:0]
    other = values.drop(negative.index)
    low = "any number" if column.low is None else f"{column.low:g}"
    high = "any number" if column.high is None else f"{column.high:g}"
    kinds = (
        ("negative", negative, f"{column.label} is below zero"),
        ("out_of_range", other, f"{column.label} is not between {low} and {high}"),
    )
    return [
        reading.fault_of_rows(
            "repaired", code, name, rows.map("{:g}".format), what=what, remedy=_CORRECT
        )
        for code, rows, what in kinds
        if len(rows)
    ]
