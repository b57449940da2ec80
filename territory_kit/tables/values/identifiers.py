"""Turn texts into identifiers: without spaces and needless decimals, and none that was rounded."""

import pandas as pd

from territory_kit.columns import get_table
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.reading import Reading

# Spreadsheets write the sign of the exponent; "12E4" may be a code.
_ROUNDED = r"\d(?:[.,]\d+)?[eE]\+\d{1,3}"
_WHOLE = r"(\d+)[.,]0+"
_EXPORT = "A spreadsheet cut them, and what is cut off is lost. Export again from the source, "


def plain_ids(cells: pd.Series) -> pd.Series:
    """Write identifiers without spaces around them and without ".0".

    Parameters
    ----------
    cells
        Texts as in the file.

    Returns
    -------
    pandas.Series
        New texts, missing where nothing is left. Decimals stay where another identifier of the
        column has some that are not zero, such as 1.2.
    """
    text = cells.str.strip()
    text = text.where(text != "")
    dotted = text.loc[text.str.contains(r"\d[.,]\d", regex=True).eq(other=True)]
    dotted = dotted.loc[~are_rounded(dotted)]
    if dotted.empty or not dotted.str.fullmatch(_WHOLE).all():
        return text
    whole = dotted.str.replace(_WHOLE, r"\1", regex=True)
    return text.mask(text.index.isin(whole.index), whole.reindex(text.index))


def are_rounded(ids: pd.Series) -> pd.Series:
    """Mark identifiers of which a spreadsheet kept the first digits only.

    Parameters
    ----------
    ids
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        Yes for texts such as 1.82034E+10.
    """
    marked = ids.loc[ids.str.contains("+", regex=False).eq(other=True)]
    rounded = marked.loc[marked.str.fullmatch(_ROUNDED)]
    return pd.Series(ids.index.isin(rounded.index), index=ids.index)


def convert_ids(
    reading: Reading, name: str, cells: pd.Series, ids: pd.Series
) -> tuple[pd.Series, list[Fault]]:
    """Keep identifiers as they are, but for what a spreadsheet did to them.

    Parameters
    ----------
    reading
        The table that is being read.
    name
        Our name of the column.
    cells
        Texts as in the file.
    ids
        The same without spaces and failed formulas; missing where empty.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        Identifiers; a rounded one is missing where it only refers to something.
    """
    is_rounded = are_rounded(ids)
    plain = plain_ids(ids)
    faults = [
        *_trim_faults(reading, name, cells),
        *_whole_faults(reading, name, ids.loc[ids.notna() & (plain != ids)]),
        *_rounded_faults(reading, name, ids.loc[is_rounded]),
    ]
    return (plain if _is_key(reading, name) else plain.mask(is_rounded)), faults


def _is_key(reading: Reading, name: str) -> bool:
    return name in get_table(reading.table).key


def _trim_faults(reading: Reading, name: str, cells: pd.Series) -> list[Fault]:
    stripped = cells.str.strip()
    padded = cells.loc[(cells != stripped) & (stripped != "")]
    if padded.empty:
        return []
    fault = reading.fault_of_rows(
        "notice",
        "spaces_around_id",
        name,
        padded,
        what="Identifiers stand between spaces",
        remedy="The spaces were taken off. Take them off in the source, so that others match too.",
    )
    return [fault]


def _whole_faults(reading: Reading, name: str, ids: pd.Series) -> list[Fault]:
    if ids.empty:
        return []
    fault = reading.fault_of_rows(
        "notice",
        "decimal_ids",
        name,
        ids,
        what="Identifiers are written as numbers with decimals that are zero",
        remedy="The decimals were taken off. Export the column as text to avoid this.",
    )
    return [fault]


def _rounded_faults(reading: Reading, name: str, ids: pd.Series) -> list[Fault]:
    if ids.empty:
        return []
    is_key = _is_key(reading, name)
    fault = reading.fault_of_rows(
        "blocking" if is_key else "repaired",
        "rounded_ids",
        name,
        ids,
        what="Identifiers were rounded to a few digits",
        remedy=f"{'' if is_key else 'They were set missing. '}{_EXPORT}with the column as text.",
    )
    return [fault]
