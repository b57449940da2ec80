"""The market seen through three lenses: where accounts are, how large, and of what kind.

Penetration is customers divided by accounts. Concentration is the Herfindahl index of revenue; 1
divided by it is the effective number of customers, as many equal ones as would be as concentrated.
"""

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.market import herfindahl
from territory_kit.steps._market.scope import NO_SEGMENT
from territory_kit.steps._market.valuation import is_overspent

UNKNOWN = "(unknown)"
# Bands of the European definition of small and medium firms.
_BAND_ENDS = (0.0, 10.0, 50.0, 250.0, np.inf)
_BANDS = ("up to 9", "10 to 49", "50 to 249", "250 and more")
_AREA_CHARACTERS = 2
_SUMS = (
    "accounts_count",
    "customers_count",
    "potential_amount_per_year",
    "revenue_amount_per_year",
    "whitespace_amount_per_year",
    "overspent_count",
)
# From this share of accounts on, a city or segment is known of enough of them.
_ENOUGH_SHARE = 0.5


def sum_lenses(in_scope: pd.DataFrame) -> pd.DataFrame:
    """Sum up the market by place, size and kind of account.

    Parameters
    ----------
    in_scope
        Valued accounts in scope with city, postal_code, employees_count, segment and industry.

    Returns
    -------
    pandas.DataFrame
        Table ``market_lenses``: places and kinds by falling potential, sizes by size, those that
        are unknown last. Places are cities, or postal areas (two first characters) where most
        accounts have no city; kinds are segments, or industries where no account has a segment.
    """
    if in_scope.empty:
        return columns.empty_frame("market_lenses")
    is_money = not (in_scope["potential_source"] == "equal").any()
    lenses = (("geography", *_places(in_scope)), ("size", *_sizes(in_scope)))
    parts = [
        _sum_groups(in_scope, groups, is_by_size=lens == "size", is_money=is_money).assign(
            lens=lens, lens_column=column
        )
        for lens, column, groups in (*lenses, ("kind", *_kinds(in_scope)))
    ]
    return pd.concat(parts, ignore_index=True)


def measure_concentration(in_scope: pd.DataFrame) -> dict[str, float | str]:
    """Measure how much of the revenue few customers hold.

    Parameters
    ----------
    in_scope
        Accounts in scope with revenue_amount_per_year.

    Returns
    -------
    dict of float
        Herfindahl index, 0 to 1, effective number of customers, and how many have revenue; empty
        where no revenue is known.
    """
    revenue = in_scope["revenue_amount_per_year"]
    paid = revenue[revenue > 0]
    if paid.empty:
        return {}
    index = herfindahl(np.sort(paid.to_numpy()))
    return {
        "revenue_herfindahl": index,
        "effective_customers_count": 1 / index,
        "paying_customers_count": len(paid),
    }


def _places(accounts: pd.DataFrame) -> tuple[str, "pd.Series[str]"]:
    city, code = (accounts[name].str.strip() for name in ("city", "postal_code"))
    area = code.str[:_AREA_CHARACTERS]
    city, area = city.mask(city == ""), area.mask(area == "")
    if city.notna().mean() >= _ENOUGH_SHARE or city.notna().sum() >= area.notna().sum():
        return "city", city.fillna(UNKNOWN)
    return "postal_code", area.fillna(UNKNOWN)


def _sizes(accounts: pd.DataFrame) -> tuple[str, "pd.Series[str]"]:
    bands = pd.cut(accounts["employees_count"], _BAND_ENDS, right=False, labels=_BANDS)
    return "employees_count", bands.astype("str").fillna(UNKNOWN)


def _kinds(accounts: pd.DataFrame) -> tuple[str, "pd.Series[str]"]:
    has_segments = (accounts["segment"] != NO_SEGMENT).any()
    if has_segments or accounts["industry"].isna().all():
        return "segment", accounts["segment"]
    industry = accounts["industry"].str.strip()
    return "industry", industry.mask(industry == "").fillna(UNKNOWN)


def _sum_groups(
    accounts: pd.DataFrame, groups: "pd.Series[str]", *, is_by_size: bool, is_money: bool
) -> pd.DataFrame:
    sums = (
        accounts.assign(
            lens_group=groups,
            accounts_count=1,
            customers_count=accounts["account_type"] == "customer",
            overspent_count=is_overspent(accounts),
        )
        .groupby("lens_group", as_index=False)[list(_SUMS)]
        .sum()
    )
    potential = sums["potential_amount_per_year"]
    rank = sums["lens_group"].map({band: place for place, band in enumerate(_BANDS)})
    return (
        sums.assign(
            penetration_share=sums["customers_count"] / sums["accounts_count"],
            wallet_share=sums["revenue_amount_per_year"]
            / potential.where((potential > 0) & is_money),
            is_unknown=sums["lens_group"] == UNKNOWN,
            rank=rank if is_by_size else -potential,
        )
        .sort_values(["is_unknown", "rank", "lens_group"])
        .drop(columns=["is_unknown", "rank"])
    )
