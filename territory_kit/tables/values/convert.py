"""Turn the texts of a file into values of the declared kinds, column by column.

What cannot be turned is set missing and named in a fault. Identifiers stay text, with their case
and leading zeros. "NA" is a country and may be a region: words for *missing* count as such only
where a number, a date, a yes or a choice is expected.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from territory_kit.columns import Column, find_column
from territory_kit.columns.column import Kind
from territory_kit.tables.faults.fault import Fault, shorten
from territory_kit.tables.reading import Reading
from territory_kit.tables.values import dates, words
from territory_kit.tables.values.cells import (
    find_sheet_errors,
    unread_faults,
    without_missing_words,
)
from territory_kit.tables.values.habits import Habits
from territory_kit.tables.values.identifiers import convert_ids
from territory_kit.tables.values.money import convert_money, unknown_currency_faults
from territory_kit.tables.values.quantities import Converted, convert_numbers, convert_shares

FIRST_YEAR = 1900
LAST_YEAR = 2100


def convert_column(reading: Reading, name: str, cells: pd.Series, habits: Habits) -> Converted:
    """Turn one column of a file into values of its declared kind.

    Parameters
    ----------
    reading
        The table that is being read.
    name
        Our name of the column.
    cells
        Texts as in the file; the index holds row numbers.
    habits
        How the file writes where the column does not show it.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        Values of the declared dtype, and what was changed.
    """
    declared = find_column(name)
    if declared is None:
        return cells.where(cells != ""), []
    # a member of a family, like need_wine_share, goes by its own name
    column = replace(declared, name=name)
    text = cells.str.strip()
    text = text.where(text != "")
    broken = find_sheet_errors(text)
    values, faults = _CONVERTERS[column.kind](reading, column, text.drop(broken.index), habits)
    if column.kind == "id":
        values, faults = convert_ids(reading, name, cells, values)
    if name == "currency":
        faults = unknown_currency_faults(reading, text, habits)
    faults = [*faults, *_broken_faults(reading, name, broken)]
    return pd.Series(values, text.index, dtype=column.dtype), faults


def _broken_faults(reading: Reading, name: str, broken: pd.Series) -> list[Fault]:
    if broken.empty:
        return []
    fault = reading.fault_of_rows(
        "repaired",
        "sheet_error",
        name,
        broken,
        what="A formula of the spreadsheet failed",
        remedy="The value was set missing. Correct the formula and export again.",
    )
    return [fault]


def _keep_text(_reading: Reading, _column: Column, text: pd.Series, _habits: Habits) -> Converted:
    return text, []


def _convert_dates(reading: Reading, column: Column, text: pd.Series, habits: Habits) -> Converted:
    text = without_missing_words(text)
    clean = dates.clean_dates(text)
    own_order = dates.find_day_first([clean])
    is_day_first = habits.is_day_first if own_order is None else own_order
    values = dates.parse_dates(clean, dates.find_format(clean, is_day_first=is_day_first))
    serials = dates.parse_excel_days(clean.loc[text.notna() & values.isna()]).dropna()
    values = values.fillna(serials)
    unread = text.loc[text.notna() & values.isna()]
    is_date = dates.is_some_date(clean.loc[unread.index])
    odd = values.notna() & ~values.dt.year.between(FIRST_YEAR, LAST_YEAR)
    faults = [
        fault
        for rows, code, reason in (
            (unread.loc[~is_date], "not_a_date", "is no day"),
            (unread.loc[is_date], "two_date_formats", _other_format(text, values)),
            (text.loc[odd], "implausible_date", _ODD_YEAR),
        )
        for fault in unread_faults(reading, column.name, rows, code, reason)
    ]
    if own_order is None and not habits.is_order_known:
        open_order = text.loc[dates.is_order_open(clean)]
        faults += _open_order_faults(reading, column.name, open_order, habits)
    faults += _serial_faults(reading, column.name, text.loc[serials.index], serials)
    return values.where(~odd), faults


_ODD_YEAR = f"is a day before {FIRST_YEAR} or after {LAST_YEAR}"


def _other_format(text: pd.Series, values: pd.Series) -> str:
    usual = text.loc[values.notna()].iloc[:1]
    shown = "".join(f', such as "{shorten(example)}"' for example in usual)
    return f"is a date in another format than the rest of the column{shown}"


def _serial_faults(reading: Reading, name: str, text: pd.Series, days: pd.Series) -> list[Fault]:
    if text.empty:
        return []
    fault = reading.fault_of_rows(
        "notice",
        "excel_dates",
        name,
        text + " as " + days.dt.strftime("%Y-%m-%d"),
        what="Dates are written as the number of days by which Excel stores them",
        remedy="They were read as Excel counts. Check one of them; format the column as a date.",
    )
    return [fault]


def _open_order_faults(
    reading: Reading, name: str, values: pd.Series, habits: Habits
) -> list[Fault]:
    if values.empty:
        return []
    first = "day" if habits.is_day_first else "month"
    fault = reading.fault_of_rows(
        "notice",
        "ambiguous_dates",
        name,
        values,
        what=f"Day and month could be either; the {first} was taken to come first",
        remedy="Check one of them. If it is wrong, export dates as 2026-12-31.",
    )
    return [fault]


def _convert_yes_no(
    reading: Reading, column: Column, text: pd.Series, _habits: Habits
) -> Converted:
    text = without_missing_words(text)
    values = words.parse_yes_no(text)
    bad = text.loc[text.notna() & values.isna()]
    reason = "is neither yes nor no"
    return values, unread_faults(reading, column.name, bad, "not_yes_or_no", reason)


def _convert_choices(
    reading: Reading, column: Column, text: pd.Series, _habits: Habits
) -> Converted:
    values = words.parse_choices(text, column)
    asked = without_missing_words(text)
    bad = asked.loc[asked.notna() & values.isna()]
    reason = f"is none of {', '.join(column.choices)}"
    faults = unread_faults(reading, column.name, bad, "unknown_choice", reason)
    translated = text.loc[values.notna() & (words.plain_words(text) != values)]
    return values, [*faults, *_translation_faults(reading, column.name, translated, values)]


def _translation_faults(
    reading: Reading, name: str, text: pd.Series, values: pd.Series
) -> list[Fault]:
    if text.empty:
        return []
    fault = reading.fault_of_rows(
        "notice",
        "translated_choice",
        name,
        text + ", read as " + values[text.index],
        what="Words of a CRM or another language were read as our choices",
        remedy="Where one is wrong, change it in the file.",
    )
    return [fault]


_CONVERTERS: Mapping[Kind, Callable[[Reading, Column, pd.Series, Habits], Converted]] = {
    "id": _keep_text,
    "text": _keep_text,
    "choice": _convert_choices,
    "number": convert_numbers,
    "count": convert_numbers,
    "share": convert_shares,
    "money": convert_money,
    "date": _convert_dates,
    "yes_no": _convert_yes_no,
}
