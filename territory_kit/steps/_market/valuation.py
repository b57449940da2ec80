"""What accounts could spend, and how much of it they spend with us."""

import pandas as pd

from territory_kit import columns
from territory_kit.methods.market import wallet
from territory_kit.methods.potential import Benchmark, estimate_potential, segment_benchmarks

_BENCHMARK_COLUMNS = {
    "customers_count": "customers_count",
    "per_employee": "employee_potential_amount_per_year",
    "typical": "potential_amount_per_year",
    "source": "benchmark_source",
}


def make_benchmarks(accounts: pd.DataFrame, *, quantile: float) -> pd.DataFrame:
    """Find for each segment what stands in for a missing potential.

    Parameters
    ----------
    accounts
        Accounts in scope: segment, revenue_amount_per_year, potential_amount_per_year (as given)
        and employees_count.
    quantile
        Quantile of revenue per employee that stands for full potential, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        Table ``benchmarks``.
    """
    found = segment_benchmarks(
        accounts["segment"].to_numpy(dtype=object),
        accounts["revenue_amount_per_year"].to_numpy(),
        accounts["potential_amount_per_year"].to_numpy(),
        accounts["employees_count"].to_numpy(),
        quantile=quantile,
    )
    rows = [
        {"segment": segment}
        | {column: getattr(mark, name) for name, column in _BENCHMARK_COLUMNS.items()}
        for segment, mark in found.items()
    ]
    return pd.DataFrame(rows) if rows else columns.empty_frame("benchmarks")


def value_accounts(accounts: pd.DataFrame, *, benchmarks: pd.DataFrame) -> pd.DataFrame:
    """Fill in missing potentials, and compute share of wallet and whitespace.

    Parameters
    ----------
    accounts
        segment, account_type, revenue_amount_per_year, potential_amount_per_year (as given) and
        employees_count.
    benchmarks
        From `make_benchmarks`.

    Returns
    -------
    pandas.DataFrame
        Rows of ``accounts`` with all potentials, ``potential_source``, ``wallet_share`` and
        ``whitespace_amount_per_year``; the last two are missing where the revenue of a customer is
        unknown and where accounts only count as one.
    """
    potential, source = estimate_potential(
        accounts["segment"].to_numpy(dtype=object),
        accounts["potential_amount_per_year"].to_numpy(),
        accounts["revenue_amount_per_year"].to_numpy(),
        accounts["employees_count"].to_numpy(),
        _by_segment(benchmarks),
    )
    share, unsold, _ = wallet(accounts["revenue_amount_per_year"].to_numpy(), potential)
    buys = accounts["account_type"] == "customer"
    is_unknown = (buys & accounts["revenue_amount_per_year"].isna()) | (source == "equal")
    return accounts.assign(
        potential_amount_per_year=potential,
        potential_source=source,
        wallet_share=pd.Series(share, index=accounts.index).mask(is_unknown),
        whitespace_amount_per_year=pd.Series(unsold, index=accounts.index).mask(is_unknown),
    )


def is_overspent(accounts: pd.DataFrame) -> "pd.Series[bool]":
    """Say which accounts spend more with us than they could spend at all.

    Parameters
    ----------
    accounts
        revenue_amount_per_year and potential_amount_per_year.

    Returns
    -------
    pandas.Series
        True where the potential must be wrong.
    """
    return accounts["revenue_amount_per_year"] > accounts["potential_amount_per_year"]


def _by_segment(benchmarks: pd.DataFrame) -> dict[str, Benchmark]:
    fields = benchmarks[["segment", *_BENCHMARK_COLUMNS.values()]].itertuples(index=False)
    return {segment: Benchmark(*values) for segment, *values in fields}
