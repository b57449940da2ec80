"""Turn texts into counts, hours and shares."""

import pandas as pd

from territory_kit.columns import Column
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.headers.crm_object import plain_header
from territory_kit.tables.headers.guess import find_crm_object
from territory_kit.tables.reading import Reading
from territory_kit.tables.values import numbers
from territory_kit.tables.values.cells import unread_faults, without_missing_words
from territory_kit.tables.values.durations import (
    TIMED_COLUMNS,
    clock_faults,
    find_unit,
    is_clock,
    numbers_to_hours,
    parse_durations,
)
from territory_kit.tables.values.habits import Habits

Converted = tuple[pd.Series, list[Fault]]

_PERCENT = 100
# One that is less than 1 among such as these is less than one percent.
_MOST_SHARE = 0.5
# Words in a header that say percent, whatever the values.
_PERCENT_WORDS = ("percent", "pct", "prozent", "pourcent", "pourcentage", "porcentaje")
# These two write the chance of a deal from 0 to 100, under a header that does not say so.
_PERCENT_CRMS = ("dynamics", "salesforce")


def convert_numbers(reading: Reading, column: Column, text: pd.Series, habits: Habits) -> Converted:
    """Turn texts into plain numbers, or hours where the column is a duration.

    Parameters
    ----------
    reading
        The table that is being read.
    column
        Declaration, with the column's own name.
    text
        Texts; the index holds row numbers.
    habits
        How the file writes numbers.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        Numbers, and what could not be read or was changed.
    """
    if column.name not in TIMED_COLUMNS:
        return read_numbers(reading, column, text, habits)
    unit = find_unit(reading, column.name)
    timed = parse_durations(text, unit)
    values, faults = read_numbers(reading, column, text.loc[timed.isna()], habits)
    hours, unit_faults = numbers_to_hours(reading, column.name, values, unit)
    clocks = text.loc[is_clock(text) & timed.notna()]
    found = [*faults, *unit_faults, *clock_faults(reading, column.name, clocks)]
    return timed.fillna(hours.reindex(text.index)), found


def convert_shares(reading: Reading, column: Column, text: pd.Series, habits: Habits) -> Converted:
    """Turn texts into shares; the header decides whether they are percent, then the values.

    Parameters
    ----------
    reading
        The table that is being read.
    column
        Declaration, with the column's own name.
    text
        Texts; the index holds row numbers.
    habits
        How the file writes numbers.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        Shares, and what could not be read or was changed.
    """
    values, faults = read_numbers(reading, column, text, habits)
    signed = text.str.endswith("%").eq(other=True)
    plain = values.loc[~signed & values.notna()]
    says_percent = _says_percent(reading, column.name)
    if says_percent and _are_formatted(plain, column, habits):
        return values.where(~signed, values / _PERCENT), [
            *faults,
            _formatted(reading, column, plain),
        ]
    if not says_percent and (signed.any() or not _looks_percent(plain, column)):
        return values.where(~signed, values / _PERCENT), faults
    found = (
        [_percent_fault(reading, column, plain, says_percent=says_percent)] if len(plain) else []
    )
    return values / _PERCENT, [*faults, *found]


def _percent_fault(
    reading: Reading, column: Column, values: pd.Series, *, says_percent: bool
) -> Fault:
    reason = "as the header says" if says_percent else "as their size shows"
    return reading.fault_of_table(
        "notice",
        "percent",
        column=column.name,
        value=_span(values),
        what=f"Shares are written in percent, {reason}",
        remedy="They were divided by 100, those below 1 too. Nothing to do, if they are percent.",
    )


def _formatted(reading: Reading, column: Column, values: pd.Series) -> Fault:
    return reading.fault_of_table(
        "notice",
        "percent",
        column=column.name,
        value=_span(values),
        what="The header says percent, but the workbook stores shares, as Excel does for 35 %",
        remedy="They were kept. Where 0.35 means less than one percent, write 0.0035.",
    )


def _span(values: pd.Series) -> str:
    return f"from {values.min():g} to {values.max():g}"


def _are_formatted(values: pd.Series, column: Column, habits: Habits) -> bool:
    """Tell whether a workbook stores all values as shares, some of them fractions."""
    stored = habits.stored_numbers.get(column.name)
    if stored is None or not stored.reindex(values.index).all():
        return False
    high = 1.0 if column.high is None else column.high
    return bool((values.abs() <= high).all() and (values % 1 != 0).any())


def _says_percent(reading: Reading, name: str) -> bool:
    header = reading.headers.get(name, "")
    plain = plain_header(header)
    if "%" in header or any(word in plain for word in _PERCENT_WORDS):
        return True
    if name != "win_share" or plain != "probability":
        return False
    crm = find_crm_object(reading.table, [*reading.positions])
    return crm is not None and crm.crm in _PERCENT_CRMS


def _looks_percent(values: pd.Series, column: Column) -> bool:
    high = 1.0 if column.high is None else column.high
    sizes = values.loc[values != 0].abs()
    is_possible = len(sizes) > 0 and high < sizes.max() <= _PERCENT * high
    return bool(is_possible and (sizes.min() >= 1 or (sizes > high).mean() > _MOST_SHARE))


def read_numbers(reading: Reading, column: Column, text: pd.Series, habits: Habits) -> Converted:
    """Turn texts into numbers as they are written.

    Parameters
    ----------
    reading
        The table that is being read.
    column
        Declaration, with the column's own name.
    text
        Texts; the index holds row numbers.
    habits
        How the file writes numbers.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        Numbers, and what could not be read.
    """
    text = without_missing_words(text)
    clean = numbers.clean_numbers(text, column.kind)
    own_style = habits.number_styles.get(column.name)
    stored = habits.stored_numbers.get(column.name)
    typed = None if stored is None else stored.reindex(text.index)
    style = own_style or habits.number_style
    is_stored = typed is not None and bool(typed.all())
    values = numbers.parse_numbers(clean, "point" if is_stored else style)
    if typed is not None and not is_stored and style != "point":
        values = values.mask(typed, numbers.parse_numbers(clean.loc[typed], "point"))
    unread = text.loc[text.notna() & values.isna()]
    faults = unread_faults(reading, column.name, unread, "not_a_number", "is not a number")
    if own_style is None and not habits.is_style_known:
        is_open = numbers.is_ambiguous(clean)
        open_values = text.loc[is_open if typed is None else is_open & ~typed]
        faults += _ambiguity_faults(reading, column.name, open_values, habits)
    return values, faults


def _ambiguity_faults(
    reading: Reading, name: str, values: pd.Series, habits: Habits
) -> list[Fault]:
    if values.empty:
        return []
    fault = reading.fault_of_rows(
        "notice",
        "ambiguous_numbers",
        name,
        values,
        what="Numbers could have thousands or decimals; decimals were taken to follow a "
        f"{habits.number_style}",
        remedy="Check one of them. If it is wrong, export without thousands separators.",
    )
    return [fault]
