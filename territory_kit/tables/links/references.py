"""Check inputs against each other: what one names, another must have."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from territory_kit.columns import get_table
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.decisions import check_decisions
from territory_kit.tables.reading import Reading

_REFERENCES = (
    ("accounts", "current_rep_id", "reps", "rep_id"),
    ("accounts", "current_territory_id", "territories", "territory_id"),
    ("accounts", "parent_account_id", "accounts", "account_id"),
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
    "account_id": "an account",
    "rep_id": "a rep",
    "territory_id": "a territory",
    "region": "a region",
}
_PAST_DATES = (
    ("accounts", "last_activity_date"),
    ("accounts", "owner_since_date"),
    ("visits", "visit_date"),
    ("deals", "open_date"),
    ("overrides", "decided_date"),
)
# Without a given day: most of what happened lies before this share of all dates …
_KNOWN_SHARE = 0.99
# … and a year after it is too late for something that has happened already.
_SLACK_DAYS = 366


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
        Unknown references, identifiers that differ only by case, dates in the future, and
        decisions that contradict each other; only the last can be blocking.
    """
    tables = {name: frame for name, frame in inputs.items() if len(frame)}
    limit = _latest_day(tables, as_of)
    return (
        *_reference_faults(tables),
        *_case_faults(tables),
        *_future_faults(tables, limit),
        *check_decisions(tables, today=limit, plan_start=plan_start),
    )


def _latest_day(tables: Mapping[str, pd.DataFrame], as_of: date | None) -> pd.Timestamp | None:
    if as_of is not None:
        return pd.Timestamp(as_of)
    days = []
    if "visits" in tables:
        days.append(tables["visits"]["visit_date"])
    if "deals" in tables:
        deals = tables["deals"]
        days.append(deals.loc[deals["is_won"].notna(), "close_date"])
    known = pd.concat(days).dropna() if days else pd.Series(dtype="datetime64[us]")
    if known.empty:
        return None
    last = pd.Timestamp(known.sort_values().iloc[int(_KNOWN_SHARE * (len(known) - 1))])
    return last + pd.Timedelta(days=_SLACK_DAYS)


def _reference_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    faults = []
    for table, column, other, other_column in _REFERENCES:
        if table not in tables or other not in tables:
            continue
        known = tables[other][other_column].dropna()
        named = tables[table][column]
        unknown = tables[table].loc[named.notna() & ~named.isin(known)]
        # Accounts without any region are one region, whatever the others say.
        if unknown.empty or (column == "region" and known.empty):
            continue
        thing = _THING[other_column]
        faults.append(
            _fault(
                table,
                f"unknown_{thing.split()[1]}",
                column,
                unknown,
                what=f"Rows of {table} name {thing} that is not in {other}",
                remedy=f"Correct it, or add it to {other}. Until then it counts as unknown.",
            )
        )
    return faults


def _fault(
    table: str, code: str, column: str, rows: pd.DataFrame, *, what: str, remedy: str
) -> Fault:
    key = get_table(table).key
    ids = rows[key[0]] if len(key) == 1 else rows.get("account_id", rows[column])
    reading = Reading(table, "", labels=ids)
    return reading.fault_of_rows(
        "notice", code, column, _as_text(rows[column]), what=what, remedy=remedy
    )


def _as_text(values: pd.Series) -> pd.Series:
    return values.dt.strftime("%Y-%m-%d") if values.dtype.kind == "M" else values


def _case_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Name identifiers and regions that differ only by case; both are kept."""
    faults = []
    for table in sorted(tables):
        key = get_table(table).key
        columns = [*key] if len(key) == 1 else []
        for column in [*columns, *(["region"] if table == "accounts" else [])]:
            names = tables[table].dropna(subset=[column]).drop_duplicates([column])
            alike = names.loc[names[column].str.lower().duplicated(keep=False)]
            if len(alike):
                what, remedy = _CASE_TEXTS["region" if column == "region" else "id"]
                faults.append(
                    _fault(table, "differ_by_case", column, alike, what=what, remedy=remedy)
                )
    return faults


_EXPORT_LONG_IDS = (
    "They were kept apart. From Salesforce, export the 18-character form: spreadsheets take the "
    "15-character one for equal."
)
_CASE_TEXTS = {
    "id": ("Identifiers differ only by upper and lower case", _EXPORT_LONG_IDS),
    "region": (
        "Regions differ only by upper and lower case",
        "They are planned apart. If they are one, write them alike.",
    ),
}


def _future_faults(tables: Mapping[str, pd.DataFrame], limit: pd.Timestamp | None) -> list[Fault]:
    faults = []
    for table, column in _PAST_DATES:
        if limit is None or table not in tables:
            continue
        late = tables[table].loc[tables[table][column] > limit]
        if len(late):
            faults.append(
                _fault(
                    table,
                    "future_date",
                    column,
                    late,
                    what=f"Something that has happened is dated after {limit:%Y-%m-%d}",
                    remedy="The date was kept. Correct it in the file.",
                )
            )
    return faults
