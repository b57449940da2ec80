"""Find the account that a row means: by identifier in either form, else by name."""

from collections.abc import Mapping

import pandas as pd

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.linking import (
    OTHER_FORM,
    WITHOUT_ZEROS,
    Reference,
    Thing,
    fault_of,
    relink,
    told_together,
)
from territory_kit.tables.links.names import plain_names
from territory_kit.tables.links.resolve import Way, are_among, resolve, without_zeros
from territory_kit.tables.links.salesforce_ids import short_ids

ACCOUNT_REFERENCES = (
    Reference("accounts", "parent_account_id"),
    Reference("accounts", "referred_by_account_id"),
    Reference("visits", "account_id"),
    Reference("deals", "account_id"),
    Reference("account_team", "account_id"),
    Reference("overrides", "value", ("scope", "account")),
)
TERRITORY_REFERENCES = (
    Reference("accounts", "current_territory_id"),
    Reference("territories", "parent_id"),
    Reference("overrides", "target", ("action", "to_territory")),
)
_LISTED = (("accounts", "account_id"), ("reps", "rep_id"), ("territories", "territory_id"))
_ACCOUNT = Thing(
    "Accounts",
    "resolved_accounts",
    "ambiguous_account",
    "The account was set unknown; the row stays. Export the account's identifier.",
)
_TERRITORY = Thing(
    "Territories",
    "joined_id_forms",
    "same_id_two_forms",
    "The territory was set unknown. Write its identifier as territories does.",
)
_FIRST_OF_SEVERAL = "first of several"


def link_accounts(
    tables: Mapping[str, pd.DataFrame],
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Put the identifier of the account into every column that names one, and of territories.

    Parameters
    ----------
    tables
        Checked tables by name.

    Returns
    -------
    tuple of dict and list of Fault
        The tables that changed, with as many rows; and what was found. A name that several
        accounts have is missing; one that no account has stays.
    """
    linked = dict(tables)
    faults = _double_faults(tables)
    for references, ways, thing in (
        (ACCOUNT_REFERENCES, _account_ways(tables.get("accounts")), _ACCOUNT),
        (TERRITORY_REFERENCES, _territory_ways(tables.get("territories")), _TERRITORY),
    ):
        for reference in references:
            frame = linked.get(reference.table)
            if frame is None or frame.empty:
                continue
            found = resolve(reference.named(frame), ways)
            faults += _several_faults(frame, reference, found)
            linked[reference.table], changed = relink(frame, reference, found, thing)
            faults += changed
    return {name: frame for name, frame in linked.items() if frame is not tables[name]}, faults


def _account_ways(accounts: pd.DataFrame | None) -> list[Way]:
    if accounts is None:
        return []
    ids, names = accounts["account_id"], accounts["account_name"]
    return [
        Way("identifier", ids, ids),
        Way(OTHER_FORM, ids, ids, short_ids),
        Way(WITHOUT_ZEROS, ids, ids, without_zeros),
        Way("name", ids, names),
        Way("name", ids, names, plain_names),
        Way(_FIRST_OF_SEVERAL, ids, ids, short_ids, _first_id),
        Way(_FIRST_OF_SEVERAL, ids, names, plain_names, _first_name),
    ]


def _territory_ways(territories: pd.DataFrame | None) -> list[Way]:
    if territories is None:
        return []
    ids = territories["territory_id"]
    return [
        Way("identifier", ids, ids),
        Way(OTHER_FORM, ids, ids, short_ids),
        Way(WITHOUT_ZEROS, ids, ids, without_zeros),
    ]


def _first(text: pd.Series) -> pd.Series:
    return text.str.extract(r"^\s*([^;]*[^;\s])\s*;", expand=False)


def _first_id(text: pd.Series) -> pd.Series:
    return short_ids(_first(text))


def _first_name(text: pd.Series) -> pd.Series:
    return plain_names(_first(text))


def _several_faults(frame: pd.DataFrame, reference: Reference, found: pd.DataFrame) -> list[Fault]:
    if found.empty:
        return []
    several = found.index[(found["way"] == _FIRST_OF_SEVERAL) & found["id"].notna()]
    rows = frame.loc[are_among(reference.named(frame), several)]
    if rows.empty:
        return []
    fault = fault_of(
        "repaired",
        "several_accounts",
        reference,
        rows,
        what="Rows name several accounts",
        remedy="They count for the first. Put the account that is meant first.",
    )
    return [fault]


def _double_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Name records that are listed with both forms of their identifier."""
    faults = []
    for table, column in _LISTED:
        if table not in tables or tables[table].empty:
            continue
        rows = tables[table].drop_duplicates(column)
        double = rows.loc[short_ids(rows[column]).dropna().duplicated(keep=False)]
        if len(double):
            fault = fault_of(
                "notice",
                "same_id_two_forms",
                Reference(table, column),
                double,
                what="One Salesforce identifier is listed with 15 and with 18 characters",
                remedy="Both rows were kept. Keep one of each.",
            )
            faults.append(told_together(fault, short_ids(double[column])))
    return faults
