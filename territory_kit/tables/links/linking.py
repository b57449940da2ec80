"""Columns that refer to something, and the faults of putting identifiers into them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from territory_kit.columns import get_table
from territory_kit.tables.faults.fault import Fault, Severity, show_values
from territory_kit.tables.links.resolve import are_among
from territory_kit.tables.reading import Reading

OTHER_FORM = "other form of the identifier"
WITHOUT_ZEROS = "identifier without leading zeros"


@dataclass(frozen=True)
class Reference:
    """A column that names something, perhaps in some rows only.

    Parameters
    ----------
    table, column
        Where it stands.
    when
        Column and value of the rows that are meant; None: all rows.
    """

    table: str
    column: str
    when: tuple[str, str] | None = None

    def named(self, frame: pd.DataFrame) -> pd.Series:
        """Return what is named; missing in rows that are not meant.

        Parameters
        ----------
        frame
            The table.

        Returns
        -------
        pandas.Series
            Texts.
        """
        if self.when is None:
            return frame[self.column]
        column, value = self.when
        return frame[self.column].where(frame[column].eq(value).fillna(value=False))


@dataclass(frozen=True)
class Thing:
    """What is referred to, with the words and codes of its faults.

    Parameters
    ----------
    plural
        Owners or accounts, for the beginning of a sentence.
    resolved, ambiguous
        Codes of the faults.
    lost
        What happens to a reference that may mean several, and what to do.
    """

    plural: str
    resolved: str
    ambiguous: str
    lost: str


def fault_of(
    severity: Severity,
    code: str,
    reference: Reference,
    rows: pd.DataFrame,
    *,
    what: str,
    remedy: str,
    received: pd.Series | None = None,
) -> Fault:
    """Make a fault of rows of a checked table.

    Parameters
    ----------
    severity, code
        As in `Fault`.
    reference
        Table and column.
    rows
        The rows.
    what, remedy
        As in `Fault`.
    received
        What was received in each row, as text; None: the column.

    Returns
    -------
    Fault
        With the rows' identifiers.
    """
    key = get_table(reference.table).key
    column = rows[reference.column]
    ids = rows[key[0]] if len(key) == 1 else rows.get("account_id", column)
    is_date = column.dtype.kind == "M"
    texts = column.dt.strftime("%Y-%m-%d") if is_date else column.astype("str")
    texts = texts.where(column.notna()) if received is None else received
    numbers = pd.Series("row " + rows.index.astype("str"), rows.index, dtype="str")
    reading = Reading(reference.table, "", labels=ids.fillna(texts).fillna(numbers))
    return reading.fault_of_rows(severity, code, reference.column, texts, what=what, remedy=remedy)


def told_together(fault: Fault, groups: pd.Series) -> Fault:
    """Keep rows together that mean nothing alone, such as two accounts that may be one.

    Parameters
    ----------
    fault
        A fault of rows.
    groups
        What its rows have in common, in the same order.

    Returns
    -------
    Fault
        New fault; wherever one row of a group is told, all are.
    """
    shown = show_values((text for text in fault.row_values if text), is_alike=True)
    return replace(fault, row_groups=tuple(groups.tolist()), value=shown)


def relink(
    frame: pd.DataFrame, reference: Reference, found: pd.DataFrame, thing: Thing
) -> tuple[pd.DataFrame, list[Fault]]:
    """Put identifiers into a column that refers to something in other ways.

    Parameters
    ----------
    frame
        The table.
    reference
        The column.
    found
        From `resolve.resolve`.
    thing
        What it refers to.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        New table with as many rows; references that may mean several are missing.
    """
    if found.empty:
        return frame, []
    named = reference.named(frame)
    is_found = are_among(named, found.index)
    ids = named.map(found["id"]).astype("str")
    changed = is_found & (ids != named)
    if not changed.any():
        return frame, []
    ways = named.where(changed & ids.notna()).map(found["way"]).astype("str")
    is_form = ways.isin(_FORMS)
    faults = [
        *(
            fault_of("notice", code, reference, frame.loc[ways == form], what=what, remedy=remedy)
            for form, (code, what, remedy) in _FORMS.items()
            if (ways == form).any()
        ),
        *_way_faults(reference, frame, ways.mask(is_form).dropna(), thing),
        *_torn_faults(reference, frame.loc[changed & ids.isna()], found, thing),
    ]
    column = frame[reference.column].mask(changed, ids)
    return frame.assign(**{reference.column: column}), faults


_FORMS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        OTHER_FORM: (
            "joined_id_forms",
            "Salesforce identifiers stand here with 15 characters and there with 18",
            "They were joined. Nothing to do.",
        ),
        WITHOUT_ZEROS: (
            "joined_without_zeros",
            "Identifiers stand here with other leading zeros than there",
            "They were joined where one fits. Check one of them; export the column as text.",
        ),
    }
)


def _way_faults(
    reference: Reference, frame: pd.DataFrame, ways: pd.Series, thing: Thing
) -> list[Fault]:
    if ways.empty:
        return []
    *first, last = sorted(ways.unique())
    shown = f"{', '.join(first)} or {last}" if first else last
    fault = fault_of(
        "notice",
        thing.resolved,
        reference,
        frame.loc[ways.index],
        what=f"{thing.plural} are not named by identifier, but by {shown}",
        remedy="Identifiers were put in. Check one of them.",
    )
    return [fault]


def _torn_faults(
    reference: Reference, rows: pd.DataFrame, found: pd.DataFrame, thing: Thing
) -> list[Fault]:
    if rows.empty:
        return []
    named = rows[reference.column]
    fault = fault_of(
        "repaired",
        thing.ambiguous,
        reference,
        rows,
        what=f"{thing.plural} are named in a way that fits several",
        remedy=thing.lost,
        received=named + " (" + named.map(found["others"]).astype("str") + ")",
    )
    return [fault]
