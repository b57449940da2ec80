"""What the reader of step 1 must know: findings first, then what was assumed."""

from collections.abc import Iterator, Mapping

import pandas as pd

from territory_kit.options import Options
from territory_kit.steps._market.filters import describe_filters
from territory_kit.steps._market.valuation import is_overspent

# Above this share of the accounts an estimate is no longer an exception.
MANY_SHARE = 0.5
_ESTIMATES = ["benchmark", "median"]
_PLACES = {
    "given": "given",
    "places": "from the table of places",
    "city": "middle of the city",
    "postal_code": "neighbours by postal code",
    "none": "unknown",
}
_RUNGS = {
    "given": "given",
    "benchmark": "employees times the benchmark of the segment",
    "median": "typical account of the segment, or of the plan",
}
_EQUAL = (
    "No account has a potential or revenue: every account counts as one. Amounts of potential are "
    "numbers of accounts; give potential_amount_per_year or revenue_amount_per_year for money."
)
_SCOPE = (
    "Scope is checked in this order: days of validity, type, country, segment, employees; an "
    "account that is left out carries the first reason."
)


def list_findings(accounts: pd.DataFrame) -> Iterator[str]:
    """Say what the reader must know before any figure.

    Parameters
    ----------
    accounts
        All accounts with scope, potential and coordinates.
    """
    in_scope = accounts[accounts["is_in_scope"]]
    if in_scope.empty:
        yield (
            "No account is in scope. Change the market's options; the table of accounts left out "
            "says which rule holds each of them back."
        )
    if (accounts["potential_source"] == "equal").any():
        yield _EQUAL
    is_estimated = in_scope["potential_source"].isin(_ESTIMATES)
    if is_estimated.mean() > MANY_SHARE:
        yield f"The potential of most accounts is estimated: {_part(in_scope, is_estimated)}."
    is_lost = in_scope["lat_deg"].isna() | in_scope["lon_deg"].isna()
    if is_lost.any():
        yield (
            f"Accounts in scope without coordinates: {_part(in_scope, is_lost)}. They stay in "
            "scope and are placed by rule, not by distance; a table of places would locate them."
        )
    is_wrong = is_overspent(in_scope)
    if is_wrong.any():
        yield (
            f"Accounts that spend more with us than their potential: {is_wrong.sum():,}. Their "
            "potential is too low; their whitespace counts as 0."
        )


def list_assumptions(
    given: pd.DataFrame, accounts: pd.DataFrame, *, options: Options
) -> Iterator[str]:
    """Say what was assumed where the accounts are silent.

    Parameters
    ----------
    given
        The accounts as they came.
    accounts
        The same rows with scope and potential.
    options
        Options of the region.
    """
    yield _SCOPE
    in_scope = accounts[accounts["is_in_scope"]]
    yield from describe_filters(given, in_scope, market=options.market)
    yield from _about_gaps(given, accounts["is_in_scope"], options=options)
    yield from _about_potential(in_scope, options=options)
    yield from _parts("Coordinates", in_scope, "coordinate_source", _PLACES)
    is_apart = in_scope["coverage"].isin(["house", "partner"])
    if is_apart.any():
        yield (
            "House and partner accounts are in scope, but in nobody's territory: "
            f"{_part(in_scope, is_apart)}."
        )


def _about_gaps(
    given: pd.DataFrame, is_in_scope: "pd.Series[bool]", *, options: Options
) -> Iterator[str]:
    in_scope, market = given[is_in_scope], options.market
    untyped = given["account_type"].isna().sum()
    if untyped:
        yield (
            f"Accounts without a type: {untyped:,}. Those with revenue count as customers, the "
            "others as prospects."
        )
    stateless = given["country"].isna().sum()
    if market.countries and stateless:
        place = options.country or "none, and so out of scope"
        yield f"Accounts without a country: {stateless:,}. Theirs is taken to be {place}."
    unsized = in_scope["employees_count"].isna().sum()
    if market.minimum_employees_count and unsized:
        yield (
            f"Accounts in scope whose employees are unknown: {unsized:,}. The limit of "
            f"{market.minimum_employees_count:g} employees does not hold for them."
        )


def _about_potential(in_scope: pd.DataFrame, *, options: Options) -> Iterator[str]:
    quantile = f"{100 * options.market.benchmark_share:.0f} %"
    yield from _parts("Potential", in_scope, "potential_source", _RUNGS)
    is_estimated = in_scope["potential_source"].isin(_ESTIMATES)
    if is_estimated.any():
        yield (
            "Benchmarks come from given potentials (median) and, the fewer of them a segment has, "
            f"from revenue with us ({quantile} quantile) and from all segments."
        )
    is_raised = is_estimated & (
        in_scope["potential_amount_per_year"] == in_scope["revenue_amount_per_year"]
    )
    if is_raised.any():
        yield (
            "Accounts that spend more than the estimate of their potential: "
            f"{_part(in_scope, is_raised)}. Their revenue stands for it, so that nothing of it "
            "seems unsold."
        )


def _parts(
    subject: str, accounts: pd.DataFrame, column: str, words: Mapping[str, str]
) -> Iterator[str]:
    """Say how many accounts come from which source."""
    found = accounts[column]
    parts = [
        f"{words[name]} {_part(accounts, found == name)}" for name in words if name in set(found)
    ]
    if parts:
        yield f"{subject} of accounts: {'; '.join(parts)}."


def _part(accounts: pd.DataFrame, is_meant: "pd.Series[bool]") -> str:
    """Count accounts, with their share of the potential where that is money."""
    potential = accounts["potential_amount_per_year"]
    total = potential.sum()
    if not total or (accounts["potential_source"] == "equal").any():
        return f"{is_meant.sum():,} of {len(accounts):,}"
    share = 100 * potential[is_meant].sum() / total
    return f"{is_meant.sum():,} with {share:.{0 if share >= 1 else 1}f} % of potential"
