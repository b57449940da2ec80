"""Which rows of the inputs concern one region."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from territory_kit import columns
from territory_kit.plan import region_of
from territory_kit.tables import Fault, keep_rows, measure_faults

_OF_ACCOUNTS = ("visits", "deals", "account_team")
# Whom a region may claim without naming it: by the column of its accounts.
_OWNERS = {"reps": "current_rep_id", "territories": "current_territory_id"}


def select_inputs(
    tables: Mapping[str, pd.DataFrame], *, region: str, names: Iterable[str]
) -> Mapping[str, pd.DataFrame]:
    """Return the rows of the inputs that concern a region.

    Parameters
    ----------
    tables
        Checked inputs of the plan; ``accounts`` is there.
    region
        Name of the region.
    names
        Inputs that are wanted; those that the plan lacks are left out.

    Returns
    -------
    Mapping of pandas.DataFrame
        Accounts of the region; visits, deals and team of those accounts; reps of the region and
        owners of its accounts; territories of the region and those its accounts are in; overrides
        that speak of its accounts; all places. Indexes start at 0.
    """
    regions = region_of(tables["accounts"])
    accounts = tables["accounts"].loc[regions == region]
    is_only_region = bool((regions == region).all())
    selected = {
        name: _rows(name, tables[name], accounts, region=region, is_only_region=is_only_region)
        for name in names
        if name in tables
    }
    return MappingProxyType({n: rows.reset_index(drop=True) for n, rows in selected.items()})


def select_faults(
    faults: Iterable[Fault],
    *,
    tables: Mapping[str, pd.DataFrame],
    selected: Mapping[str, pd.DataFrame],
) -> tuple[Fault, ...]:
    """Return the faults that concern a region.

    Parameters
    ----------
    faults
        All faults of the plan's inputs.
    tables
        Checked inputs of the plan.
    selected
        Those of its rows that concern the region; accounts are there.

    Returns
    -------
    tuple of Fault
        Faults of the selected inputs without the rows of other regions, with examples, counts
        and shares of potential of the region; rows that no region can claim stay.
    """
    of_inputs = [fault for fault in faults if fault.table in selected]
    if not of_inputs:
        return ()
    # the rows of all regions are looked through only where there is a fault
    named = {"accounts", *(fault.table for fault in of_inputs)}
    elsewhere = {name: _foreign_ids(name, tables, selected) for name in named}
    narrowed = [_without(fault, elsewhere) for fault in of_inputs]
    kept = [fault for fault in narrowed if fault is not None]
    return measure_faults(kept, selected["accounts"])


def _foreign_ids(
    name: str, tables: Mapping[str, pd.DataFrame], selected: Mapping[str, pd.DataFrame]
) -> set[str]:
    """Name the rows that belong to other regions; those that no region can claim do not."""
    rows = tables[name]
    if name in _OWNERS:
        in_use = tables["accounts"][_OWNERS[name]]
        rows = rows.loc[rows["region"].notna() | rows[columns.get_table(name).key[0]].isin(in_use)]
    key = columns.get_table(name).key[:1]
    return {i for column in key for i in set(rows[column]) - set(selected[name][column])}


def _without(fault: Fault, elsewhere: Mapping[str, set[str]]) -> Fault | None:
    """Take out the rows that belong elsewhere, by their account where they have one."""
    of_accounts = fault.table in _OF_ACCOUNTS and fault.accounts
    names = fault.accounts or fault.ids
    foreign = elsewhere["accounts" if of_accounts else fault.table]
    kept = [name not in foreign for name in names]
    if all(kept):
        return fault
    return keep_rows(fault, kept) if any(kept) else None


def _rows(
    name: str, table: pd.DataFrame, accounts: pd.DataFrame, *, region: str, is_only_region: bool
) -> pd.DataFrame:
    if name == "accounts":
        return accounts
    if name in _OF_ACCOUNTS:
        return table.loc[table["account_id"].isin(accounts["account_id"])]
    if name == "reps":
        owners = accounts["current_rep_id"].dropna()
        # a plan without regions has one region, and everybody works there
        everybody = is_only_region and table["region"].isna()
        return table.loc[(table["region"] == region) | table["rep_id"].isin(owners) | everybody]
    if name == "territories":
        used = accounts["current_territory_id"].dropna()
        everywhere = is_only_region and table["region"].isna()
        return table.loc[
            (table["region"] == region) | table["territory_id"].isin(used) | everywhere
        ]
    return _of_region(table, accounts) if name == "overrides" else table


def _of_region(overrides: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Keep the overrides that speak of an account of the region."""
    columns_of_scope = {"account": "account_id", "group": "group_id"}
    concerned = pd.Series(data=False, index=overrides.index)
    for scope in overrides["scope"].dropna().unique():
        named = accounts[columns_of_scope.get(scope, scope)].dropna().str.strip().str.casefold()
        values = overrides["value"].str.strip().str.casefold()
        concerned |= (overrides["scope"] == scope) & values.isin(named)
    return overrides.loc[concerned]
