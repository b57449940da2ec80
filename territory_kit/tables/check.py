"""Check one table against its declaration, and name all faults at once."""

import pandas as pd
from pandera.errors import SchemaErrors

from territory_kit.columns import find_column, get_table, schema_for
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.reading import Reading

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
    cases = _failure_cases(reading.table, filled)
    faults += _key_faults(reading, filled, cases)
    faults += _empty_faults(reading, filled)
    ranged = cases.loc[cases["check"].str.contains(r"_than", regex=True)]
    for name, rows in ranged.groupby("column", sort=True):
        numbers = pd.Index(sorted(set(rows["index"])), dtype="int64")
        faults += _range_faults(reading, str(name), filled.loc[numbers, str(name)])
        filled = filled.assign(**{str(name): filled[str(name)].where(~filled.index.isin(numbers))})
    return filled, faults


def _failure_cases(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return column, check and row number of everything that the schema refuses."""
    try:
        schema_for(table).validate(frame, lazy=True)
    except SchemaErrors as errors:
        return pd.DataFrame(errors.failure_cases, columns=["column", "check", "index"])
    return pd.DataFrame({c: pd.Series(dtype="str") for c in ("column", "check", "index")})


def _name_overrides(reading: Reading, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Give overrides without an identifier the number of their row: others need to name them."""
    if reading.table != "overrides" or not frame["override_id"].isna().any():
        return frame, []
    names = pd.Series([f"row {number}" for number in frame.index], frame.index, dtype="str")
    return frame.assign(override_id=frame["override_id"].fillna(names)), []


def _key_faults(reading: Reading, frame: pd.DataFrame, cases: pd.DataFrame) -> list[Fault]:
    key = get_table(reading.table).key
    faults = []
    for name in key:
        empty = cases.loc[(cases["check"] == "not_nullable") & (cases["column"] == name), "index"]
        if len(empty):
            faults.append(
                reading.fault_of_rows(
                    "blocking",
                    "missing_key",
                    name,
                    frame.loc[sorted(empty.astype("int64")), name],
                    what="Rows have no identifier",
                    remedy="Give each row one, or take out rows of totals and notes.",
                )
            )
    twice = cases.loc[cases["check"] == "multiple_fields_uniqueness", "index"].astype("int64")
    rows = frame.loc[sorted(set(twice)), list(key)].dropna()
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


def _range_faults(reading: Reading, name: str, values: pd.Series) -> list[Fault]:
    """Name values outside the allowed range, those below zero apart."""
    column = find_column(name)
    if column is None:
        return []
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
