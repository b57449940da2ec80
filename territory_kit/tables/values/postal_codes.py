"""Put back the zero that a spreadsheet takes off postal codes when it stores them as numbers."""

import pandas as pd

from territory_kit.columns import get_table
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.places.geonames import country_code
from territory_kit.tables.reading import Reading
from territory_kit.tables.values.habits import Habits

# Digits of every postal code; where those of a country may begin with a zero or not.
_LENGTHS = {
    "AT": 4,
    "BE": 4,
    "CH": 4,
    "DE": 5,
    "DK": 4,
    "ES": 5,
    "FI": 5,
    "FR": 5,
    "IT": 5,
    "NO": 4,
    "US": 5,
}
_NAME = "postal_code"


def restore_zeros(
    reading: Reading, frame: pd.DataFrame, habits: Habits, *, country: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Give postal codes that are stored as numbers the zero they begin with.

    Parameters
    ----------
    reading
        The table that is being read.
    frame
        Values of the declared kinds; the index holds row numbers.
    habits
        With the cells that the file stores as numbers.
    country
        Country of the plan, or empty; a row's own country comes first.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        New table, and what was changed. Texts stay as they are.
    """
    stored = habits.stored_numbers.get(_NAME)
    if stored is None or _NAME not in get_table(reading.table).columns:
        return frame, []
    codes = frame.loc[stored.reindex(frame.index), _NAME].dropna()
    own = frame["country"] if "country" in frame else pd.Series(index=frame.index, dtype="str")
    names = own.reindex(codes.index).fillna(country)
    lengths = names.map({name: _LENGTHS.get(country_code(name)) for name in names.unique()})
    is_short = codes.str.isdigit() & (codes.str.len() == lengths - 1)
    short = codes.loc[is_short.astype(bool)]
    if short.empty:
        return frame, []
    fault = reading.fault_of_rows(
        "repaired",
        "lost_leading_zeros",
        _NAME,
        short,
        what="Postal codes are stored as numbers and have lost the zero they begin with",
        remedy="It was put back. Format the column as text in the spreadsheet, so that it stays.",
    )
    full = frame[_NAME].mask(frame.index.isin(short.index), "0" + frame[_NAME])
    return frame.assign(**{_NAME: full}), [fault]
