"""Put inputs together: identifiers for what is named otherwise, deals settled, revenue derived."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pandas as pd

from territory_kit.options import RevenueSource
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.accounts import link_accounts
from territory_kit.tables.links.deals import settle_deals
from territory_kit.tables.links.near_duplicates import near_duplicate_faults
from territory_kit.tables.links.owners import link_owners
from territory_kit.tables.links.won_revenue import derive_revenue

_Tables = Mapping[str, pd.DataFrame]
_Linker = Callable[[_Tables], tuple[dict[str, pd.DataFrame], list[Fault]]]


def link_inputs(
    tables: Mapping[str, pd.DataFrame],
    *,
    as_of: date | None = None,
    revenue_source: RevenueSource = "column",
) -> tuple[dict[str, pd.DataFrame], tuple[Fault, ...]]:
    """Put inputs together, each row kept: what one names is found in the other.

    Parameters
    ----------
    tables
        Checked tables by name, those that the plan has.
    as_of
        Day the plan looks from; None: as the data tell.
    revenue_source
        Whether revenue is a column of the accounts, or the sum of their won deals.

    Returns
    -------
    tuple of dict and tuple of Fault
        All tables, with the identifiers of reps, accounts and territories where they were named
        in other ways, with ``is_won`` empty for open deals, and with revenue as asked; and what
        was found. Revenue that is asked from deals that are not there is blocking.
    """
    linked = dict(tables)
    faults: list[Fault] = []
    linkers: tuple[_Linker, ...] = (
        link_accounts,
        link_owners,
        partial(settle_deals, as_of=as_of),
        partial(derive_revenue, as_of=as_of, source=revenue_source),
    )
    for linker in linkers:
        changed, found = linker(linked)
        linked |= changed
        faults += found
    if "accounts" in linked:
        faults += near_duplicate_faults(linked["accounts"])
    return linked, tuple(faults)
