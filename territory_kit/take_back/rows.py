"""The rows of overrides that take moves back."""

from collections.abc import Collection

import pandas as pd

from territory_kit.tables import neutralise
from territory_kit.wording import amount

_PREFIX = "take-back"


def make_rows(moves: pd.DataFrame, *, currency: str, taken_ids: Collection[str]) -> pd.DataFrame:
    """Write the override of each move.

    Parameters
    ----------
    moves
        ``account_id``, ``from_territory_id`` and ``shortfall_amount``.
    currency
        Currency of the shortfall.
    taken_ids
        Identifiers of overrides that the plan has.

    Returns
    -------
    pandas.DataFrame
        Columns of ``overrides`` as text; an identifier that is taken gets a number.
    """
    reasons = [
        f"the move saves {amount(short, currency)} less than its price"
        for short in moves["shortfall_amount"]
    ]
    return pd.DataFrame(
        {
            "override_id": [_new_id(account, taken_ids) for account in moves["account_id"]],
            "scope": "account",
            "value": moves["account_id"].to_numpy(),
            "action": "to_territory",
            "target": moves["from_territory_id"].to_numpy(),
            "reason": reasons,
            "status": "accepted",
        },
        dtype="str",
    )


def are_harmless(texts: pd.DataFrame) -> pd.Series:
    """Tell rows that a spreadsheet leaves as they are.

    Parameters
    ----------
    texts
        Texts only.

    Returns
    -------
    pandas.Series
        No where a text begins like a formula.
    """
    return ((neutralise(texts) == texts) | texts.isna()).all(axis=1)


def _new_id(account_id: str, taken_ids: Collection[str]) -> str:
    name, number = f"{_PREFIX} {account_id}", 1
    while (name if number == 1 else f"{name} {number}") in taken_ids:
        number += 1
    return name if number == 1 else f"{name} {number}"
