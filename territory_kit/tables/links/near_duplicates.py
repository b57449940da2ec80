"""Accounts that may be one: the same name, postal code and country, differently written."""

import pandas as pd

from territory_kit.tables.faults.fault import Fault, shorten
from territory_kit.tables.links.linking import Reference, fault_of, told_together
from territory_kit.tables.links.names import plain_companies
from territory_kit.tables.places.geonames import country_code

_NOT_IN_CODES = r"[^0-9a-z]+"


def near_duplicate_faults(accounts: pd.DataFrame) -> list[Fault]:
    """Name groups of accounts that may be one account; nothing is merged.

    Parameters
    ----------
    accounts
        Checked table.

    Returns
    -------
    list of Fault
        One or none; members of a group stand beside each other.
    """
    keyed = accounts.assign(_code=_plain_codes(accounts["postal_code"])).dropna(
        subset=["_code", "account_name"]
    )
    crowded = keyed.loc[keyed["_code"].duplicated(keep=False)]
    if crowded.empty:
        return []
    named = crowded.assign(_name=plain_companies(crowded["account_name"])).dropna(subset=["_name"])
    alike = named.loc[named.duplicated(["_code", "_name"], keep=False)]
    groups = _by_country(alike)
    rows = groups.loc[groups.duplicated(["_code", "_name", "_country"], keep=False)]
    if rows.empty:
        return []
    rows = rows.sort_values(["_name", "_code", "_country", "account_id"])
    fault = fault_of(
        "notice",
        "near_duplicates",
        Reference("accounts", "account_name"),
        rows,
        what="Accounts have the same postal code and, but for its spelling, the same name",
        remedy="Nothing was merged. Merge them in the CRM where they are one.",
        received=_with_others(rows),
    )
    return [told_together(fault, _groups(rows))]


def _plain_codes(codes: pd.Series) -> pd.Series:
    plain = codes.str.lower().str.replace(_NOT_IN_CODES, "", regex=True)
    return plain.where(plain != "")


def _by_country(alike: pd.DataFrame) -> pd.DataFrame:
    """Add the country; where a row has none, that of the others of its group."""
    names = alike["country"].dropna().unique()
    codes = {name: country_code(name) or name.strip().lower() for name in names}
    country = alike["country"].map(codes).astype("str")
    others = country.groupby([alike["_code"], alike["_name"]]).transform("first")
    return alike.assign(_country=country.fillna(others).fillna(""))


def _with_others(rows: pd.DataFrame) -> pd.Series:
    """Write the name of each account, and the next one that it is like; the last has the first."""
    ids = rows.groupby(_groups(rows))["account_id"]
    other = ids.shift(-1).fillna(ids.transform("first"))
    return rows["account_name"].map(shorten) + " (like " + other + ")"


def _groups(rows: pd.DataFrame) -> pd.Series:
    return rows["_name"] + " " + rows["_code"] + " " + rows["_country"]
