"""Read one input: cells as text, our columns, values of the declared kinds, all faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from territory_kit.columns import empty_frame, find_column, get_table
from territory_kit.errors import TableError
from territory_kit.tables.check import check_table
from territory_kit.tables.faults.fault import Fault, shorten
from territory_kit.tables.files.raw import Raw, read_raw
from territory_kit.tables.files.totals import leave_totals_out
from territory_kit.tables.headers.mapping import map_headers
from territory_kit.tables.places.coordinates import check_coordinates
from territory_kit.tables.places.geonames import country_code
from territory_kit.tables.reading import Reading, Source, name_rows
from territory_kit.tables.values.convert import convert_column
from territory_kit.tables.values.habits import Habits, find_habits
from territory_kit.tables.values.identifiers import plain_ids
from territory_kit.tables.values.postal_codes import restore_zeros

_NO_RATES: Mapping[str, float] = MappingProxyType({})
MOST_UNKNOWN_COLUMNS_COUNT = 60
_SHOWN_HEADERS_COUNT = 5


@dataclass(frozen=True)
class Traced:
    """An input that was read, with the places where its values stand.

    Parameters
    ----------
    frame
        The table; its index holds row numbers of the file.
    faults
        All that is wrong with it.
    reading
        Its file, headers and sheet.
    """

    frame: pd.DataFrame
    faults: tuple[Fault, ...]
    reading: Reading


def read_input(
    table: str,
    source: Source,
    *,
    currency: str = "",
    country: str = "",
    rates: Mapping[str, float] = _NO_RATES,
) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """Read one input and name everything that is wrong with it.

    Parameters
    ----------
    table
        Name of the input.
    source
        Its file, and the headers that the analyst gave.
    currency
        Currency of the plan; money that carries another without a rate is set missing. Empty: not
        checked.
    country
        Country of the plan, name or ISO code, for rows that name none. Empty: not checked.
    rates
        What one unit of another currency is worth in the plan's; such money is converted.

    Returns
    -------
    tuple of pandas.DataFrame and tuple of Fault
        All declared columns with their dtypes, then the other columns of the file as text; one
        row for each row of the file, sorted by identifier. Where the file cannot be read the
        table is empty and a fault is blocking.
    """
    traced = read_traced(table, source, currency=currency, country=country, rates=rates)
    return traced.frame.reset_index(drop=True), traced.faults


def read_traced(
    table: str,
    source: Source,
    *,
    currency: str = "",
    country: str = "",
    rates: Mapping[str, float] = _NO_RATES,
) -> Traced:
    """Read one input as `read_input` does, and keep the number of each row.

    Parameters
    ----------
    table, source, currency, country, rates
        As in `read_input`.

    Returns
    -------
    Traced
        With row numbers, so that what is found later can be named by its cells.
    """
    try:
        raw = read_raw(table, source)
    except TableError as error:
        fault = _unreadable(table, source, error)
        return Traced(empty_frame(table), (fault,), Reading(table, source.file.name))
    mapped = map_headers(
        Reading(table, source.file.name),
        raw.frame.columns.tolist(),
        source.columns,
        sample=raw.frame,
    )
    positions = {str(header): place for place, header in enumerate(raw.frame, start=1)}
    named = Reading(table, source.file.name, mapped.headers, raw.sheet, positions)
    raw = _without_totals(raw, named)
    reading = _name_rows(named, raw)
    habits = find_habits(
        raw, mapped.headers, currency=currency, country=country_code(country), rates=rates
    )
    frame, faults = _convert(reading, raw, habits)
    frame, zero_faults = restore_zeros(reading, frame, habits, country=country)
    frame, place_faults = check_coordinates(reading, frame, country=country)
    frame, table_faults = check_table(reading, frame)
    wide_faults = _wide_faults(reading, [str(header) for header in raw.frame])
    found = (
        *raw.faults,
        *mapped.faults,
        *wide_faults,
        *faults,
        *zero_faults,
        *place_faults,
        *table_faults,
    )
    return Traced(_sort(table, frame), (*found, *_no_row_faults(reading, frame)), reading)


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


def _without_totals(raw: Raw, reading: Reading) -> Raw:
    declared = get_table(reading.table)
    header = reading.headers.get((declared.key or declared.required)[0])
    frame, faults = leave_totals_out(raw.frame, reading, header)
    stored = {name: flags.loc[frame.index] for name, flags in raw.stored_numbers.items()}
    return replace(raw, frame=frame, faults=(*raw.faults, *faults), stored_numbers=stored)


def _name_rows(reading: Reading, raw: Raw) -> Reading:
    key = get_table(reading.table).key
    if len(key) != 1 or key[0] not in reading.headers:
        return name_rows(reading, raw.frame.index)
    return name_rows(reading, raw.frame.index, plain_ids(raw.frame[reading.headers[key[0]]]))


def _convert(reading: Reading, raw: Raw, habits: Habits) -> tuple[pd.DataFrame, list[Fault]]:
    """Convert the columns that are there, and add the declared ones that are not."""
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
    return pd.Series(index=index, dtype=dtype)


def _travelling(raw: Raw, reading: Reading, taken: set[str]) -> dict[str, pd.Series]:
    """Take along the columns that mean nothing to us, under another name where theirs is taken."""
    others = [str(header) for header in raw.frame if header not in reading.headers.values()]
    names = {header: header for header in others if header not in taken}
    for header in (header for header in others if header in taken):
        name = f"{header} (in the file)"
        while name in names.values():
            name += " (in the file)"
        names[header] = name
    cells = {name: raw.frame[header] for header, name in names.items()}
    return {name: texts.where(texts != "") for name, texts in cells.items()}


def _sort(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by key, or by every declared column where rows have no identifier."""
    declared = get_table(table)
    order = list(declared.key) or [name for name in declared.columns if name in frame]
    return frame.sort_values(order, kind="stable")


def _wide_faults(reading: Reading, found: Sequence[str]) -> list[Fault]:
    unknown = [header for header in found if header not in reading.headers.values()]
    if len(unknown) <= MOST_UNKNOWN_COLUMNS_COUNT:
        return []
    shown = ", ".join(f'"{shorten(header)}"' for header in unknown[:_SHOWN_HEADERS_COUNT])
    fault = reading.fault_of_table(
        "notice",
        "many_unknown_columns",
        value=f"{len(unknown)} columns: {shown} …",
        what="Many columns mean nothing to the plan; they are carried along and slow reading",
        remedy="Export only what is needed, or map those that mean something in plan.yaml.",
    )
    return [fault]


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
