"""Turn texts into counts, hours and shares."""

import pandas as pd

from territory_kit.columns import Column
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.headers.known import plain_header
from territory_kit.tables.reading import Reading
from territory_kit.tables.values import numbers
from territory_kit.tables.values.cells import unread_faults, without_missing_words
from territory_kit.tables.values.habits import Habits

Converted = tuple[pd.Series, list[Fault]]

_PERCENT = 100
_MINUTES_PER_HOUR = 60
_HOURS_PER_DAY = 24
# Half of all visits this long are minutes, where a tenth is longer than a day, or nearly all are
# full multiples of this; half of all this long are minutes in any case.
_LONG_VISIT_HOURS = 5
_LONGEST_USUAL_HOURS = 10
_NEARLY_ALL_SHARE = 0.9
_TIMED_COLUMNS = ("duration_hours", "visit_hours")


def convert_numbers(reading: Reading, column: Column, text: pd.Series, habits: Habits) -> Converted:
    """Turn texts into plain numbers; durations in minutes become hours.

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
    values, faults = read_numbers(reading, column, text, habits)
    header = reading.headers.get(column.name, "")
    if column.name not in _TIMED_COLUMNS or not _is_minutes(header, values):
        return values, faults
    fault = reading.fault_of_table(
        "notice",
        "minutes",
        column=column.name,
        value=f"from {values.min():g} to {values.max():g}",
        what="Durations are written in minutes",
        remedy="They were divided by 60. Nothing to do.",
    )
    return values / _MINUTES_PER_HOUR, [*faults, fault]


def convert_shares(reading: Reading, column: Column, text: pd.Series, habits: Habits) -> Converted:
    """Turn texts into shares; values with a percent sign and whole columns in percent are divided.

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
    if signed.any():
        return values.where(~signed, values / _PERCENT), faults
    high = 1.0 if column.high is None else column.high
    sizes = values.loc[values != 0].abs().dropna()
    is_percent = len(sizes) > 0 and high < sizes.max() <= _PERCENT * high and sizes.min() >= 1
    if not is_percent:
        return values, faults
    fault = reading.fault_of_table(
        "notice",
        "percent",
        column=column.name,
        value=f"from {sizes.min():g} to {sizes.max():g}",
        what="Shares are written in percent",
        remedy="They were divided by 100. Nothing to do.",
    )
    return values / _PERCENT, [*faults, fault]


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
    clean = numbers.clean_numbers(text)
    own_style = habits.number_styles.get(column.name)
    values = numbers.parse_numbers(clean, own_style or habits.number_style)
    unread = text.loc[text.notna() & values.isna()]
    faults = unread_faults(reading, column.name, unread, "not_a_number", "is not a number")
    if own_style is None and not habits.is_style_known:
        open_values = text.loc[numbers.is_ambiguous(clean)]
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


def _is_minutes(header: str, values: pd.Series) -> bool:
    if plain_header(header).endswith(("min", "minutes", "minuten")):
        return True
    known = values.dropna()
    if known.empty or known.median() < _LONG_VISIT_HOURS:
        return False
    if known.median() > _LONGEST_USUAL_HOURS:
        return True
    has_long = known.quantile(_NEARLY_ALL_SHARE) > _HOURS_PER_DAY
    is_round = (known % _LONG_VISIT_HOURS == 0).mean() >= _NEARLY_ALL_SHARE
    return bool(has_long or is_round)
