"""Saved filters of the market: which accounts they match, and what is said of them."""

from collections.abc import Iterator

import pandas as pd

from territory_kit.columns import filter_kinds
from territory_kit.expressions import Expression, parse_saved
from territory_kit.options import SCOPE_FILTER, MarketOptions, segment_filter
from territory_kit.wording import clipped, counted_of

_QUOTED_CHARACTERS = 160


def read_filters(accounts: pd.DataFrame, *, market: MarketOptions) -> dict[str, Expression]:
    """Read the saved filters against the columns that the accounts have.

    Parameters
    ----------
    accounts
        The accounts, with any need_<skill>_share that filters ask for.
    market
        Holds the filters.

    Returns
    -------
    dict of Expression
        Filters by where they stand in the options.

    Raises
    ------
    ParameterError
        When a filter cannot be read or asks for a column that accounts do not have.
    """
    kinds = filter_kinds("accounts", further=map(str, accounts.columns))
    return parse_saved(market.filters, columns=kinds)


def apply_segment_rules(accounts: pd.DataFrame, *, market: MarketOptions) -> pd.DataFrame:
    """Put accounts into the segment whose saved filter is the first to match.

    Parameters
    ----------
    accounts
        The accounts with the columns that the filters ask for.
    market
        Holds the rules.

    Returns
    -------
    pandas.DataFrame
        Rows of ``accounts``; where no filter matches, the segment is as given. All filters see
        the segment as given.
    """
    filters = read_filters(accounts, market=market)
    segments = accounts["segment"]
    for name in reversed(market.segment_rules):
        segments = segments.mask(filters[segment_filter(name)].mask(accounts), name)
    return accounts.assign(segment=segments)


def outside_scope(
    accounts: pd.DataFrame, *, market: MarketOptions
) -> tuple["pd.Series[bool]", str] | None:
    """Mark the accounts that the saved filter of the scope does not match, and say so.

    Parameters
    ----------
    accounts
        Accounts whose segment is missing where there is none.
    market
        Holds the filter.

    Returns
    -------
    tuple of pandas.Series and str, or None
        Whether each account is outside, and the reason, which quotes the filter; None without a
        filter.
    """
    scope = read_filters(accounts, market=market).get(SCOPE_FILTER)
    if scope is None:
        return None
    return ~scope.mask(accounts), f"outside the saved filter: {_quoted(scope)}"


def describe_filters(
    given: pd.DataFrame, in_scope: pd.DataFrame, *, market: MarketOptions
) -> Iterator[str]:
    """Say which saved filters hold, and how many accounts each segment has by them.

    Parameters
    ----------
    given
        The accounts as they came.
    in_scope
        Accounts in scope with their segments.
    market
        Holds the filters.

    Yields
    ------
    str
        One sentence on the scope, one on the segments; none without filters.
    """
    filters = read_filters(given, market=market)
    if SCOPE_FILTER in filters:
        yield f"Last of all, scope asks this saved filter: {filters[SCOPE_FILTER]}."
    if not market.segment_rules:
        return
    sizes = in_scope["segment"].value_counts()
    rules = [f"{name} where {filters[segment_filter(name)]}" for name in market.segment_rules]
    by_rule = int(sum(sizes.get(name, 0) for name in market.segment_rules))
    yield (
        f"Segments come from saved filters, the first that matches: {'; '.join(rules)}. "
        f"{counted_of(by_rule, len(in_scope), 'account', 'is')} in one of these segments; whom no "
        "filter matches keeps the given one."
    )


def _quoted(scope: Expression) -> str:
    return clipped(str(scope), _QUOTED_CHARACTERS)
