"""Decisions that go before the engine: which of them hold, and for which accounts.

Of several for one account the narrower scope wins (account, group, postal code, city), then the
later decision, then the identifier.
"""

import pandas as pd

from territory_kit import columns

_COLUMN_OF_SCOPE = {
    "city": "city",
    "postal_code": "postal_code",
    "group": "group_id",
    "account": "account_id",
}
_SLOT_OF_ACTION = {
    "exclude": "excluded_by",
    "house": "housed_by",
    "to_territory": "sent_by",
    "to_rep": "sent_by",
    "keep_together": "kept_by",
}


def active_overrides(overrides: pd.DataFrame | None, today: pd.Timestamp | None) -> pd.DataFrame:
    """List the overrides that hold, the strongest last.

    Parameters
    ----------
    overrides
        The input, or None. A missing status counts as accepted.
    today
        Day on which they must still hold; None: none has expired.

    Returns
    -------
    pandas.DataFrame
        Accepted, not expired, with scope, value and action; sorted by scope, date and identifier.
    """
    table = columns.empty_frame("overrides") if overrides is None else overrides
    accepted = table["status"].isna() | (table["status"] == "accepted")
    complete = table[["scope", "value", "action"]].notna().all(axis=1)
    held = accepted & complete
    if today is not None:
        held &= ~(table["expires_date"] < today)
    rank = {scope: place for place, scope in enumerate(_COLUMN_OF_SCOPE)}
    return (
        table.loc[held]
        .assign(rank=lambda rows: rows["scope"].map(rank))
        .sort_values(["rank", "decided_date", "override_id", "value"], na_position="first")
        .drop(columns="rank")
        .reset_index(drop=True)
    )


def note_overrides(units: pd.DataFrame, active: pd.DataFrame) -> pd.DataFrame:
    """Note for each account the strongest override of each kind.

    Parameters
    ----------
    units
        Accounts: ``account_id``, ``group_id``, ``postal_code``, ``city``.
    active
        From `active_overrides`.

    Returns
    -------
    pandas.DataFrame
        The accounts with ``excluded_by``, ``housed_by``, ``sent_by`` and ``kept_by``: the row of
        the override, -1 where there is none.
    """
    slots = dict.fromkeys(_SLOT_OF_ACTION.values(), -1)
    noted = units.assign(**slots)
    for row, (scope, value, action) in enumerate(
        zip(active["scope"], active["value"], active["action"], strict=True)
    ):
        column = units[_COLUMN_OF_SCOPE[scope]]
        plain = column.str.strip().str.casefold() == str(value).strip().casefold()
        # Identifiers keep their case: two of them may differ by case only.
        matches = plain if scope == "city" else column == str(value)
        noted.loc[matches, _SLOT_OF_ACTION[action]] = row
    return noted


def override_words(override: pd.Series) -> str:
    """Name an override for a reader: its identifier, or what it is about.

    Parameters
    ----------
    override
        A row of the input.

    Returns
    -------
    str
        For example ``override O3 (key account)``.
    """
    name = override["override_id"]
    head = f"override {name}" if pd.notna(name) else f"override of {override['value']}"
    return f"{head} ({override['reason']})" if pd.notna(override["reason"]) else head
