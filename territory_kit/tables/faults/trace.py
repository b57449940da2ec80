"""Trace faults to their cells and accounts, and measure how much potential they affect."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import fsum

import pandas as pd

from territory_kit.tables.faults.fault import Fault, share_text
from territory_kit.tables.reading import Reading

# What a share is of, best first; without money accounts are counted.
_MEASURES = {
    "potential": "potential_amount_per_year",
    "revenue": "revenue_amount_per_year",
}
_ALL_MEASURES = (*_MEASURES, "accounts")
_SERIOUS = ("blocking", "repaired")


@dataclass(frozen=True)
class Affected:
    """How much is affected by faults.

    Parameters
    ----------
    share
        From 0 to 1.
    measure
        Of what: potential, revenue or accounts.
    """

    share: float
    measure: str

    def __str__(self) -> str:
        return share_text(self.share, self.measure)


def trace_faults(
    faults: Iterable[Fault],
    *,
    tables: Mapping[str, pd.DataFrame],
    readings: Mapping[str, Reading],
) -> tuple[Fault, ...]:
    """Give each fault its file and column, the accounts of its rows, and their share.

    Parameters
    ----------
    faults
        All faults of the inputs.
    tables
        Tables by name; indexes hold row numbers.
    readings
        File, sheet and headers of each input.

    Returns
    -------
    tuple of Fault
        In the same order.
    """
    placed = [_with_accounts(_placed(fault, readings), tables) for fault in faults]
    return measure_faults(placed, tables.get("accounts"))


def measure_faults(faults: Iterable[Fault], accounts: pd.DataFrame | None) -> tuple[Fault, ...]:
    """Measure for each fault which share of potential the accounts of its rows hold.

    Parameters
    ----------
    faults
        Faults with the accounts of their rows.
    accounts
        The accounts that count: of the plan or of a region; None: there are none.

    Returns
    -------
    tuple of Fault
        Shares are of potential, else of revenue, else of accounts; a fault of potential itself
        is measured by the next. No account known: no share.
    """
    shares = _Shares(accounts)
    return tuple(_measured(fault, shares) for fault in faults)


def measure_together(faults: Iterable[Fault], accounts: pd.DataFrame | None) -> Affected | None:
    """Measure which share of potential all faults together affect, each account once.

    Parameters
    ----------
    faults
        Faults with the accounts of their rows; notices lost nothing and do not count.
    accounts
        The accounts that count; None: there are none.

    Returns
    -------
    Affected or None
        None where no account is known.
    """
    concerned = {i for fault in faults if fault.severity in _SERIOUS for i in fault.accounts}
    shares = _Shares(accounts)
    for measure in _ALL_MEASURES if concerned else ():
        share_of = shares.of_accounts(measure)
        if concerned & share_of.keys():
            return Affected(_sum(share_of, concerned), measure)
    return None


def _placed(fault: Fault, readings: Mapping[str, Reading]) -> Fault:
    """Fill in the place of a fault that was found between tables."""
    reading = readings.get(fault.table)
    if fault.file or reading is None:
        return fault
    header = reading.headers.get(fault.column, "")
    return replace(
        fault,
        file=reading.file,
        sheet=reading.sheet,
        header=header,
        position=reading.positions.get(header, 0),
    )


def _with_accounts(fault: Fault, tables: Mapping[str, pd.DataFrame]) -> Fault:
    table = tables.get(fault.table)
    if table is None or "account_id" not in table or not fault.row_numbers:
        return fault
    accounts = tuple(table["account_id"].reindex(fault.row_numbers).fillna("").tolist())
    is_told = fault.table == "accounts" and accounts == fault.ids
    return fault if is_told else replace(fault, account_ids=accounts)


class _Shares:
    """The share of each account by measure; a measure is computed when it is asked for."""

    def __init__(self, accounts: pd.DataFrame | None) -> None:
        self._accounts = accounts
        self._known: dict[str, dict[str, float]] = {}

    def of_accounts(self, measure: str) -> dict[str, float]:
        """Return the share of each account; empty where the sum is 0."""
        if measure not in self._known:
            self._known[measure] = self._compute(measure)
        return self._known[measure]

    def _compute(self, measure: str) -> dict[str, float]:
        column = _MEASURES.get(measure)
        if self._accounts is None or (column and column not in self._accounts):
            return {}
        rows = self._accounts.dropna(subset=["account_id"])
        weights = rows[column].fillna(0.0) if column else pd.Series(1.0, rows.index)
        total = weights.sum()
        if not total > 0:
            return {}
        shares = (weights / total).groupby(rows["account_id"]).sum()
        return dict(zip(shares.index.tolist(), shares.tolist(), strict=True))


def _measured(fault: Fault, shares: _Shares) -> Fault:
    concerned = set(fault.accounts)
    # what is wrong with potential cannot be told in potential
    fitting = [name for name in _ALL_MEASURES if fault.column != _MEASURES.get(name)]
    for measure in fitting if concerned else []:
        share_of = shares.of_accounts(measure)
        if concerned & share_of.keys():
            share = _sum(share_of, concerned)
            return replace(fault, affected_share=share, affected_measure=measure)
    return fault


def _sum(share_of: Mapping[str, float], accounts: Iterable[str]) -> float:
    # exact, so that the order of a set does not matter
    return min(1.0, fsum(share_of.get(account, 0.0) for account in accounts))
