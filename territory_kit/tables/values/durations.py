"""Turn durations into hours: the header or the CRM says the unit, the size of the values last."""

import re
from typing import Literal

import pandas as pd

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.headers.crm_object import plain_header
from territory_kit.tables.headers.guess import find_crm_object
from territory_kit.tables.reading import Reading

Unit = Literal["hours", "minutes"]

TIMED_COLUMNS = ("duration_hours", "visit_hours")
_MINUTES_PER_HOUR = 60
_HOURS_PER_DAY = 24
# Half of all visits this long are minutes, where a tenth is longer than a day, or nearly all are
# full multiples of this; half of all this long are minutes in any case.
_LONG_VISIT_HOURS = 5
_LONGEST_USUAL_HOURS = 10
_NEARLY_ALL_SHARE = 0.9
_HOUR_WORDS = ("h", "heure", "heures", "hour", "hours", "hrs", "std", "stunde", "stunden")
_MINUTE_WORDS = ("min", "mins", "minute", "minuten", "minutes", "mn")
# These two write the length of a visit in minutes, under a header that does not say so.
_MINUTE_CRMS = ("dynamics", "salesforce")
_CLOCK = r"\d{1,3}:[0-5]\d"
_ANY_UNIT = r"[a-z:]"
_HOURS_WORD = r"(?:h|hrs?|hours?|heures?|std|stunden?)\.?"
_MINUTES_WORD = r"(?:m|mn|mins?|minutes?|minuten)\.?"
_NUMBER = r"\d+(?:[.,]\d{1,2})?"
# Each form gives hours, minutes and seconds.
_FORMS = (
    rf"(?P<h>{_NUMBER})\s*{_HOURS_WORD}",
    rf"(?P<m>{_NUMBER})\s*{_MINUTES_WORD}",
    rf"(?P<h>\d+)\s*{_HOURS_WORD}\s*(?P<m>[0-5]?\d)\s*(?:{_MINUTES_WORD})?",
    r"(?P<h>\d{1,3}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)",
)
_READERS = tuple(re.compile(form) for form in _FORMS)
_CLOCK_READER = re.compile(r"(?P<h>\d{1,3}):(?P<m>[0-5]\d)")
_SHARE_OF_HOUR = {"h": 1.0, "m": 1 / 60, "s": 1 / 3600}


def find_unit(reading: Reading, name: str) -> Unit | None:
    """Find the unit of a column of durations without looking at its values.

    Parameters
    ----------
    reading
        The table that is being read.
    name
        Our name of the column.

    Returns
    -------
    {'hours', 'minutes'} or None
        None where neither the header nor the CRM says it.
    """
    header = reading.headers.get(name, "")
    plain = plain_header(header)
    words = re.findall(r"[^\W\d_]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", header).casefold())
    if any(word in _MINUTE_WORDS for word in words) or plain.endswith(_MINUTE_WORDS):
        return "minutes"
    if any(word in _HOUR_WORDS for word in words):
        return "hours"
    crm = find_crm_object(reading.table, [*reading.positions])
    is_timed_crm = crm is not None and crm.crm in _MINUTE_CRMS
    return "minutes" if is_timed_crm and plain == "duration" else None


def parse_durations(text: pd.Series, unit: Unit | None) -> pd.Series:
    """Turn durations that carry a unit into hours.

    Parameters
    ----------
    text
        Texts such as ``1h30``, ``90 min``, ``1.5 h``, ``1:30`` and ``01:30:00``.
    unit
        What the header says: where that is minutes, ``1:30`` may be a minute and a half.

    Returns
    -------
    pandas.Series
        Hours; missing where no unit stands there.
    """
    lower = text.str.lower()
    written = lower.loc[lower.str.contains(_ANY_UNIT, regex=True).eq(other=True)]
    readers = _READERS if unit == "minutes" else (*_READERS, _CLOCK_READER)
    hours = {value: _hours_of(value, readers) for value in written.unique()}
    return written.map(hours).astype("float64").reindex(text.index)


def _hours_of(text: str, readers: tuple[re.Pattern[str], ...]) -> float | None:
    for reader in readers:
        if found := reader.fullmatch(text):
            parts = found.groupdict().items()
            return sum(float(part.replace(",", ".")) * _SHARE_OF_HOUR[key] for key, part in parts)
    return None


def is_clock(text: pd.Series) -> pd.Series:
    """Mark texts like ``1:30``.

    Parameters
    ----------
    text
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        Yes or no.
    """
    return text.str.fullmatch(_CLOCK).eq(other=True)


def clock_faults(reading: Reading, name: str, clocks: pd.Series) -> list[Fault]:
    """Say that texts like ``1:30`` were read as hours and minutes.

    Parameters
    ----------
    reading
        The table that is being read.
    name
        Our name of the column.
    clocks
        The texts; none is no fault.

    Returns
    -------
    list of Fault
        One or none.
    """
    if clocks.empty:
        return []
    fault = reading.fault_of_rows(
        "notice",
        "clock_durations",
        name,
        clocks,
        what="Durations with a colon were read as hours and minutes",
        remedy="Check one of them. If they are minutes and seconds, export them in minutes.",
    )
    return [fault]


def numbers_to_hours(
    reading: Reading, name: str, values: pd.Series, unit: Unit | None
) -> tuple[pd.Series, list[Fault]]:
    """Turn plain numbers into hours.

    Parameters
    ----------
    reading
        The table that is being read.
    name
        Our name of the column.
    values
        Durations as they are written.
    unit
        What the header or the CRM says; None: the size of the values decides.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        Hours, and what they were taken for, unless the header says hours.
    """
    known = values.dropna()
    if unit == "hours" or known.empty:
        return values, []
    is_minutes = unit == "minutes" or _are_long(known)
    shown = f"from {known.min():g} to {known.max():g}"
    if unit is None:
        word, done = ("minutes", "divided by 60") if is_minutes else ("hours", "kept")
        fault = reading.fault_of_table(
            "notice",
            "guessed_duration_unit",
            column=name,
            value=shown,
            what=f"No header says the unit of durations; their size speaks for {word}",
            remedy=f"They were {done}. To be sure, call the column duration_hours or Duration "
            "(min) in the file.",
        )
    else:
        fault = reading.fault_of_table(
            "notice",
            "minutes",
            column=name,
            value=shown,
            what="Durations are written in minutes",
            remedy="They were divided by 60. Nothing to do.",
        )
    return (values / _MINUTES_PER_HOUR if is_minutes else values), [fault]


def _are_long(known: pd.Series) -> bool:
    if known.median() < _LONG_VISIT_HOURS:
        return False
    if known.median() > _LONGEST_USUAL_HOURS:
        return True
    has_long = known.quantile(_NEARLY_ALL_SHARE) > _HOURS_PER_DAY
    is_round = (known % _LONG_VISIT_HOURS == 0).mean() >= _NEARLY_ALL_SHARE
    return bool(has_long or is_round)
