"""Which accounts belong to the market, and why the others do not.

The rules are tried in the order in which they stand here: days of validity, type, country,
segment, size, saved filter. An account that is left out carries the first one that speaks against
it.
"""

from collections.abc import Iterator

import pandas as pd

from territory_kit.options import MarketOptions, Options
from territory_kit.steps._market.filters import apply_segment_rules, outside_scope

NO_SEGMENT = "(no segment)"
NO_COUNTRY = "(no country)"
NO_FILTERS = MarketOptions()

_Rule = tuple["pd.Series[bool]", "pd.Series[str] | str"]


def fill_in_kinds(accounts: pd.DataFrame, *, market: MarketOptions = NO_FILTERS) -> pd.DataFrame:
    """Give every account a type and a segment.

    Parameters
    ----------
    accounts
        account_type, revenue_amount_per_year and segment.
    market
        Its saved filters put accounts into segments; none by default.

    Returns
    -------
    pandas.DataFrame
        Rows of ``accounts``; a missing type is customer where there is revenue, else prospect; the
        segment is that of the first saved filter that matches, else as given, else "(no segment)".
    """
    buys = accounts["revenue_amount_per_year"] > 0
    assumed = buys.map({True: "customer", False: "prospect"}).astype("str")
    typed = accounts.assign(account_type=accounts["account_type"].fillna(assumed))
    return apply_segment_rules(typed, market=market).fillna({"segment": NO_SEGMENT})


def mark_scope(accounts: pd.DataFrame, *, options: Options) -> pd.DataFrame:
    """Say which accounts are in scope, and why the others are not.

    Parameters
    ----------
    accounts
        From `fill_in_kinds`; also country, employees_count, valid_from_date and valid_to_date, and
        what a saved filter asks for.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        Rows of ``accounts`` with ``is_in_scope`` and ``left_out_reason``.
    """
    reasons = pd.Series(pd.NA, index=accounts.index, dtype="str")
    for is_left_out, reason in (
        *_rules_of_validity(accounts, options),
        *_rules_of_kind(accounts, options),
        *_rules_of_size(accounts, options),
        *_rules_of_filter(accounts, options),
    ):
        reasons = reasons.mask(reasons.isna() & is_left_out, reason)
    return accounts.assign(left_out_reason=reasons, is_in_scope=reasons.isna())


def _rules_of_validity(accounts: pd.DataFrame, options: Options) -> Iterator[_Rule]:
    if options.as_of_date is None:
        return
    day = pd.Timestamp(options.as_of_date)
    yield accounts["valid_from_date"] > day, f"not yet valid on {options.as_of_date}"
    yield accounts["valid_to_date"] < day, f"no longer valid on {options.as_of_date}"


def _rules_of_kind(accounts: pd.DataFrame, options: Options) -> Iterator[_Rule]:
    market, segment = options.market, accounts["segment"]
    kind = accounts["account_type"]
    yield ~kind.isin(market.account_types), "type not in scope: " + kind
    if market.countries:
        country = accounts["country"].fillna(options.country or NO_COUNTRY)
        wanted = [name.casefold() for name in market.countries]
        yield ~country.str.casefold().isin(wanted), "country not in scope: " + country
    if market.segments:
        yield ~segment.isin(market.segments), "segment not in scope: " + segment
    yield segment.isin(market.excluded_segments), "segment excluded: " + segment


def _rules_of_size(accounts: pd.DataFrame, options: Options) -> Iterator[_Rule]:
    least = options.market.minimum_employees_count
    yield accounts["employees_count"] < least, f"fewer than {least:g} employees"


def _rules_of_filter(accounts: pd.DataFrame, options: Options) -> Iterator[_Rule]:
    # a filter asks for accounts without a segment by "is missing"
    segment = accounts["segment"].mask(accounts["segment"] == NO_SEGMENT)
    rule = outside_scope(accounts.assign(segment=segment), market=options.market)
    if rule is not None:
        yield rule
