"""Find the rep whom an owner means: by identifier, CRM user, e-mail, or name."""

from collections.abc import Collection, Mapping

import pandas as pd

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.linking import (
    OTHER_FORM,
    WITHOUT_ZEROS,
    Reference,
    Thing,
    fault_of,
    relink,
)
from territory_kit.tables.links.names import plain_names, plain_people
from territory_kit.tables.links.resolve import Way, resolve, without_zeros
from territory_kit.tables.links.salesforce_ids import short_ids

OWNER_REFERENCES = (
    Reference("accounts", "current_rep_id"),
    Reference("territories", "rep_id"),
    Reference("visits", "rep_id"),
    Reference("deals", "rep_id"),
    Reference("account_team", "rep_id"),
    Reference("overrides", "target", ("action", "to_rep")),
)
_OWNER = Thing(
    "Owners",
    "resolved_owners",
    "ambiguous_owner",
    "The owner was set unknown. Export the owner's identifier or e-mail address.",
)
# What CRMs and people write where nobody is responsible.
_NOBODY = (
    "aucun",
    "kein besitzer",
    "nicht zugeordnet",
    "nicht zugewiesen",
    "niemand",
    "no owner",
    "nobody",
    "non assigne",
    "non attribue",
    "none",
    "not assigned",
    "sans proprietaire",
    "unassigned",
    "unowned",
)
# What they write where the company itself is responsible.
_HOUSE = (
    "compte maison",
    "hauskonto",
    "hauskunde",
    "house",
    "house account",
    "house accounts",
)
# Visits and deals of former reps are history, not something to hand over.
_HELD = ("accounts", "territories", "overrides")
_HANDED_OVER = (
    "The plan hands over what they have, as forced moves. Name the new owner in the CRM, or set "
    "is_active in reps to yes."
)
_NOT_OBEYED = "Nothing can be handed to them. Name a rep who is active."


def link_owners(
    tables: Mapping[str, pd.DataFrame],
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Put the identifier of the rep into every column that names an owner.

    Parameters
    ----------
    tables
        Checked tables by name.

    Returns
    -------
    tuple of dict and list of Fault
        The tables that changed, with as many rows; and what was found. An owner that fits
        several reps, or is a word for nobody, is missing; one unknown to reps stays. Accounts whose
        owner is a word for house accounts get that coverage, where they have none.
    """
    linked: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    ways = _ways(tables["reps"]) if len(tables.get("reps", ())) else []
    for reference in OWNER_REFERENCES:
        frame = linked.get(reference.table, tables.get(reference.table))
        if frame is None or frame.empty:
            continue
        found = resolve(reference.named(frame), ways)
        frame, changed = relink(frame, reference, found, _OWNER)
        known = frozenset(found.index)
        frame, housed = _without_house(frame, reference, known=known)
        frame, emptied = _without_nobody(frame, reference, known=known)
        linked[reference.table] = frame
        faults += [
            *changed,
            *housed,
            *emptied,
            *_inactive_faults(frame, reference, tables.get("reps")),
        ]
    return linked, faults


def _ways(reps: pd.DataFrame) -> list[Way]:
    ids, users = reps["rep_id"], reps["crm_user_id"]
    return [
        Way("identifier", ids, ids),
        Way(OTHER_FORM, ids, ids, short_ids),
        Way(WITHOUT_ZEROS, ids, ids, without_zeros),
        Way("CRM user", ids, users, short_ids),
        Way("e-mail", ids, reps["email"], _mail),
        Way("name", ids, reps["rep_name"]),
        Way("name", ids, reps["rep_name"], plain_people),
    ]


def _mail(text: pd.Series) -> pd.Series:
    """Take the address out of "Anne Martin (Anne@firm.example)"."""
    return text.str.lower().str.extract(r"([^\s()<>;,\"]+@[^\s()<>;,\"]+)", expand=False)


def _without_house(
    frame: pd.DataFrame, reference: Reference, *, known: frozenset[str]
) -> tuple[pd.DataFrame, list[Fault]]:
    """Make house accounts of those whose owner says so: nobody owns them on purpose."""
    if reference.table != "accounts":
        return frame, []
    is_house = _are_words(frame[reference.column], _HOUSE, known)
    rows = frame.loc[is_house]
    if rows.empty:
        return frame, []
    fault = fault_of(
        "repaired",
        "house_owner",
        reference,
        rows,
        what="An owner is a word for a house account",
        remedy="The owner was set missing, and coverage to house where it was empty: the company "
        "keeps the account. To hand it out, write field in coverage or name the rep.",
    )
    owner = frame[reference.column].mask(is_house)
    coverage = frame["coverage"].mask(is_house & frame["coverage"].isna(), "house")
    return frame.assign(**{reference.column: owner, "coverage": coverage}), [fault]


def _without_nobody(
    frame: pd.DataFrame, reference: Reference, *, known: frozenset[str]
) -> tuple[pd.DataFrame, list[Fault]]:
    is_word = _are_words(reference.named(frame), (*_NOBODY, *_HOUSE), known)
    rows = frame.loc[is_word]
    if rows.empty:
        return frame, []
    fault = fault_of(
        "repaired",
        "unknown_owner",
        reference,
        rows,
        what="An owner is a word for nobody",
        remedy="It was set missing. Where somebody is responsible, name the rep.",
    )
    return frame.assign(**{reference.column: frame[reference.column].mask(is_word)}), [fault]


def _are_words(named: pd.Series, meant: Collection[str], known: Collection[str]) -> pd.Series:
    """Mark owners that are certain words, and no rep whom somebody called so."""
    words = pd.Series(named.dropna().unique(), dtype="str")
    if words.empty:
        return named.notna()
    return named.isin(words.loc[~words.isin(known) & plain_names(words).isin(meant)])


def _inactive_faults(
    frame: pd.DataFrame, reference: Reference, reps: pd.DataFrame | None
) -> list[Fault]:
    if reps is None or reference.table not in _HELD:
        return []
    former = reps.loc[reps["is_active"].eq(other=False).fillna(value=False), "rep_id"]
    rows = frame.loc[reference.named(frame).isin(former)]
    if rows.empty:
        return []
    fault = fault_of(
        "notice",
        "inactive_owner",
        reference,
        rows,
        what=f"Rows of {reference.table} name reps who are no longer active",
        remedy=_NOT_OBEYED if reference.table == "overrides" else _HANDED_OVER,
    )
    return [fault]
