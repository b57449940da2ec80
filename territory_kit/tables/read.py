"""Read one input: cells as text, our columns, values of the declared kinds, all faults."""

import pandas as pd

from territory_kit.columns import empty_frame, find_column, get_table
from territory_kit.errors import TableError
from territory_kit.tables.check import check_table
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.files.raw import Raw, read_raw
from territory_kit.tables.headers.mapping import map_headers
from territory_kit.tables.places.coordinates import check_coordinates
from territory_kit.tables.places.geonames import country_code
from territory_kit.tables.reading import Reading, Source, name_rows
from territory_kit.tables.values.convert import convert_column
from territory_kit.tables.values.habits import find_habits


def read_input(
    table: str, source: Source, *, currency: str = "", country: str = ""
) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """Read one input and name everything that is wrong with it.

    Parameters
    ----------
    table
        Name of the input.
    source
        Its file, and the headers that the analyst gave.
    currency
        Currency of the plan; money that carries another is set missing. Empty: not checked.
    country
        Country of the plan, name or ISO code, for rows that name none. Empty: not checked.

    Returns
    -------
    tuple of pandas.DataFrame and tuple of Fault
        All declared columns with their dtypes, then the other columns of the file as text; one
        row for each row of the file, sorted by identifier. Where the file cannot be read the
        table is empty and a fault is blocking.
    """
    try:
        raw = read_raw(table, source)
    except TableError as error:
        return empty_frame(table), (_unreadable(table, source, error),)
    mapped = map_headers(Reading(table, source.file.name), list(raw.frame.columns), source.columns)
    positions = {str(header): place for place, header in enumerate(raw.frame, start=1)}
    named = Reading(table, source.file.name, mapped.headers, raw.sheet, positions)
    reading = _name_rows(named, raw)
    frame, faults = _convert(reading, raw, currency, country)
    frame, place_faults = check_coordinates(reading, frame, country=country)
    frame, table_faults = check_table(reading, frame)
    found = (*raw.faults, *mapped.faults, *faults, *place_faults, *table_faults)
    return _sort(table, frame), (*found, *_no_row_faults(reading, frame))


def _unreadable(table: str, source: Source, error: TableError) -> Fault:
    return Fault(
        severity="blocking",
        code="unreadable_file",
        table=table,
        column="",
        file=source.file.name,
        ids=(),
        rows_count=0,
        value=error.value,
        what=error.what,
        remedy=error.remedy,
    )


def _name_rows(reading: Reading, raw: Raw) -> Reading:
    key = get_table(reading.table).key
    if len(key) != 1 or key[0] not in reading.headers:
        return name_rows(reading, raw.frame.index)
    ids = raw.frame[reading.headers[key[0]]].str.strip()
    return name_rows(reading, raw.frame.index, ids.where(ids != ""))


def _convert(
    reading: Reading, raw: Raw, currency: str, country: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Convert the columns that are there, and add the declared ones that are not."""
    habits = find_habits(raw, reading.headers, currency=currency, country=country_code(country))
    names = [name for name in get_table(reading.table).columns if "<" not in name]
    values = {name: _missing(name, raw.frame.index) for name in names}
    faults: list[Fault] = []
    for name, header in reading.headers.items():
        if (column := find_column(name)) is None:
            continue
        if column.name not in get_table(reading.table).columns:
            continue
        values[name], found = convert_column(reading, name, raw.frame[header], habits)
        faults += found
    return pd.DataFrame(values | _travelling(raw, reading, set(values))), faults


def _missing(name: str, index: pd.Index) -> pd.Series:
    column = find_column(name)
    dtype = "str" if column is None else column.dtype
    return pd.Series(dtype=dtype).reindex(index)


def _travelling(raw: Raw, reading: Reading, taken: set[str]) -> dict[str, pd.Series]:
    """Take along the columns that mean nothing to us, under another name where theirs is taken."""
    others = [str(header) for header in raw.frame if header not in reading.headers.values()]
    named = {f"{h} (in the file)" if h in taken else h: raw.frame[h] for h in others}
    return {name: cells.where(cells != "") for name, cells in named.items()}


def _sort(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by key, or by every declared column where rows have no identifier."""
    declared = get_table(table)
    order = list(declared.key) or [name for name in declared.columns if name in frame]
    return frame.sort_values(order, kind="stable", ignore_index=True)


def _no_row_faults(reading: Reading, frame: pd.DataFrame) -> tuple[Fault, ...]:
    if len(frame):
        return ()
    fault = reading.fault_of_table(
        "blocking" if reading.table == "accounts" else "notice",
        "no_rows",
        what="The file has headers, but no rows",
        remedy="Export it again, with its rows.",
    )
    return (fault,)
