"""Check inputs against each other: what one names, another must have."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from territory_kit.columns import get_table
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.days import event_days, latest_plausible_day
from territory_kit.tables.links.decisions import check_decisions
from territory_kit.tables.links.linking import Reference, fault_of, told_together
from territory_kit.tables.links.names import plain_names
from territory_kit.tables.links.resolve import are_among
from territory_kit.tables.links.salesforce_ids import long_ids

_REFERENCES = (
    ("accounts", "current_rep_id", "reps", "rep_id"),
    ("accounts", "current_territory_id", "territories", "territory_id"),
    ("accounts", "parent_account_id", "accounts", "account_id"),
    ("accounts", "referred_by_account_id", "accounts", "account_id"),
    ("territories", "rep_id", "reps", "rep_id"),
    ("territories", "region", "accounts", "region"),
    ("reps", "region", "accounts", "region"),
    ("visits", "account_id", "accounts", "account_id"),
    ("visits", "rep_id", "reps", "rep_id"),
    ("deals", "account_id", "accounts", "account_id"),
    ("deals", "rep_id", "reps", "rep_id"),
    ("account_team", "account_id", "accounts", "account_id"),
    ("account_team", "rep_id", "reps", "rep_id"),
)
_THING = {
    "account_id": ("unknown_account", "an account that is"),
    "rep_id": ("unknown_owner", "an owner who is"),
    "territory_id": ("unknown_territory", "a territory that is"),
    "region": ("unknown_region", "a region that is"),
}
# What steps make of an owner whom nobody knows.
_UNTIL = {
    "accounts": "Until then these accounts count as their territory's rep's, else as nobody's.",
    "territories": "Until then these territories count as vacant.",
}
_PAST_DATES = (
    ("accounts", "last_activity_date"),
    ("accounts", "owner_since_date"),
    ("visits", "visit_date"),
    ("deals", "open_date"),
    ("overrides", "decided_date"),
)


def check_inputs(
    inputs: Mapping[str, pd.DataFrame],
    *,
    as_of: date | None = None,
    plan_start: date | None = None,
) -> tuple[Fault, ...]:
    """Check inputs against each other; nothing is changed.

    Parameters
    ----------
    inputs
        Checked tables by name, those that the plan has.
    as_of
        Day the plan looks from; None: about a year after the last visits and closed deals.
    plan_start
        First day of the new territories; None: every rep with a last day leaves.

    Returns
    -------
    tuple of Fault
        Unknown references, identifiers and regions that differ only by how they are written,
        dates in the future, and decisions that contradict each other; only the last can be
        blocking.
    """
    tables = {name: frame for name, frame in inputs.items() if len(frame)}
    limit = latest_plausible_day(event_days(tables)) if as_of is None else pd.Timestamp(as_of)
    return (
        *_reference_faults(tables),
        *_case_faults(tables),
        *_spelling_faults(tables),
        *_future_faults(tables, limit),
        *check_decisions(tables, today=limit, plan_start=plan_start),
    )


def _reference_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    faults = []
    for table, column, other, other_column in _REFERENCES:
        if table not in tables or other not in tables:
            continue
        known = tables[other][other_column].dropna()
        named = tables[table][column]
        unknown = tables[table].loc[named.notna() & ~are_among(named, known)]
        # Accounts without any region are one region, whatever the others say.
        if unknown.empty or (column == "region" and known.empty):
            continue
        faults.append(_unknown_fault(Reference(table, column), unknown, other, other_column))
    return faults


def _unknown_fault(
    reference: Reference, unknown: pd.DataFrame, other: str, other_column: str
) -> Fault:
    code, thing = _THING[other_column]
    what = f"Rows of {reference.table} name {thing} not in {other}"
    if other_column == "region":
        remedy = "It was set missing: write it as the accounts do, else they work in no region."
        return fault_of("repaired", code, reference, unknown, what=what, remedy=remedy)
    remedy = f"Correct it, or add it to {other}. Until then it counts as unknown."
    if other == "reps":
        until = _UNTIL.get(reference.table, "Until then it counts as unknown.")
        remedy = f"Correct it, or add the rep, with is_active no for one who has left. {until}"
    return fault_of("notice", code, reference, unknown, what=what, remedy=remedy)


def _case_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Name identifiers that differ only by case; all are kept."""
    faults = []
    for table in sorted(tables):
        key = get_table(table).key
        if len(key) == 1:
            names = tables[table].dropna(subset=[*key]).drop_duplicates([*key])
            alike = names.loc[names[key[0]].str.lower().duplicated(keep=False)]
            if len(alike):
                faults.append(_case_fault(Reference(table, key[0]), alike))
    return faults


def _case_fault(place: Reference, alike: pd.DataFrame) -> Fault:
    names = alike[place.column]
    remedy = "They were kept apart. If they are one, write them alike."
    received = names
    if len(long := long_ids(names)):
        received = names.mask(names.index.isin(long.index), names + " is " + long)
        remedy = (
            "They were kept apart, but spreadsheets take them for equal. Export Salesforce's "
            "18-character form."
        )
    fault = fault_of(
        "notice",
        "differ_by_case",
        place,
        alike,
        what="Identifiers differ only by upper and lower case",
        remedy=remedy,
        received=received,
    )
    return told_together(fault, names.str.lower())


def _spelling_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Name regions that are probably one, with all their accounts; all are kept."""
    if "accounts" not in tables:
        return []
    named = tables["accounts"].dropna(subset=["region"])
    spellings = pd.Series(named["region"].unique(), dtype="str")
    plain = _plain_regions(spellings)
    alike = plain.loc[plain.notna() & plain.duplicated(keep=False)]
    rows = named.loc[are_among(named["region"], spellings[alike.index])]
    if rows.empty:
        return []
    plain_of = dict(zip(spellings[alike.index], alike, strict=True))
    fault = fault_of(
        "notice",
        "differ_by_case",
        Reference("accounts", "region"),
        rows,
        what="Regions differ only by case, accents, hyphens, dots or spaces",
        remedy="They are planned apart. If they are one, write them alike.",
    )
    return [told_together(fault, rows["region"].map(plain_of))]


def _plain_regions(regions: pd.Series) -> pd.Series:
    """Reduce regions to letters and digits; only between digits a sign may mean something."""
    return plain_names(regions).str.replace(r"(?<!\d) | (?!\d)", "", regex=True)


def _future_faults(tables: Mapping[str, pd.DataFrame], limit: pd.Timestamp | None) -> list[Fault]:
    faults = []
    for table, column in _PAST_DATES:
        if limit is None or table not in tables:
            continue
        late = tables[table].loc[tables[table][column] > limit]
        if len(late):
            faults.append(
                fault_of(
                    "notice",
                    "future_date",
                    Reference(table, column),
                    late,
                    what=f"Something that has happened is dated after {limit:%Y-%m-%d}",
                    remedy="The date was kept. Correct it in the file.",
                )
            )
    return faults
