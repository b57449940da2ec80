"""The faults of a real file, put in on purpose. None of them may stop a plan.

`data/sample/README.md` lists them for the analyst; `tests/tools/test_make_sample.py` counts them.
"""

from datetime import date

import numpy as np
import pandas as pd

from tools.sample.business import CAFE, WINE_SHOP
from tools.sample.geography import REGIONS, listed_cities

WITHOUT_COORDINATES_COUNT = 12
WITHOUT_PLACE_COUNT = 3
UNKNOWN_REP = "R99"
UNKNOWN_ACCOUNT = "A99999"
FUTURE_DATE = date(2062, 5, 18)
CREDIT_NOTE = -1_240.0


def spoil_accounts(
    accounts: pd.DataFrame, spared_ids: set[str], generator: np.random.Generator
) -> pd.DataFrame:
    """Put faults into accounts that no override, lock or family speaks of.

    Parameters
    ----------
    accounts
        The clean accounts.
    spared_ids
        Accounts that must stay clean.
    generator
        Source of randomness.

    Returns
    -------
    DataFrame
        The accounts with faults; `potential_amount_per_year` is text where people typed text.
    """
    spoiled = accounts.copy()
    plain = accounts["account_type"].eq("customer") & accounts["coverage"].eq("field")
    plain &= accounts["lock"].eq("none") & accounts["group_id"].isna()
    plain &= accounts["parent_account_id"].isna() & accounts["current_rep_id"].notna()
    plain &= ~accounts["account_id"].isin(spared_ids)
    order = iter(generator.permutation(accounts.index[plain]).tolist())
    _drop_places(spoiled, plain, generator)
    still = (row for row in order if pd.notna(spoiled.loc[row, "lat_deg"]))
    spoiled.loc[next(still), ["lat_deg", "lon_deg"]] = 0.0
    swapped = next(still)
    spoiled.loc[swapped, ["lat_deg", "lon_deg"]] = accounts.loc[
        swapped, ["lon_deg", "lat_deg"]
    ].to_list()
    _type_text(spoiled, next(still), next(still))
    spoiled.loc[next(still), "revenue_amount_per_year"] = CREDIT_NOTE
    padded = next(still)
    spoiled.loc[padded, "current_rep_id"] = f" {accounts.loc[padded, 'current_rep_id']} "
    spoiled.loc[next(still), "current_rep_id"] = UNKNOWN_REP
    spoiled.loc[next(still), "last_activity_date"] = FUTURE_DATE
    _rename(spoiled, accounts["account_type"].eq("prospect"))
    return spoiled


def spoil_visits(visits: pd.DataFrame) -> pd.DataFrame:
    """Let one visit name an account that does not exist."""
    spoiled = visits.copy()
    spoiled.loc[len(spoiled) // 2, "account_id"] = UNKNOWN_ACCOUNT
    return spoiled


def _drop_places(accounts: pd.DataFrame, plain: pd.Series, generator: np.random.Generator) -> None:
    large = [city.name for region in sorted(REGIONS) for city in listed_cities(region)[1:9]]
    in_city = accounts.index[plain & accounts["city"].isin(large)]
    elsewhere = accounts.index[plain & ~accounts["city"].isin(large)]
    without = generator.permutation(in_city)[:WITHOUT_COORDINATES_COUNT]
    accounts.loc[without, ["lat_deg", "lon_deg"]] = np.nan
    # For these only the name of the city is left.
    accounts.loc[without[:3], "postal_code"] = np.nan
    lost = generator.permutation(elsewhere)[:WITHOUT_PLACE_COUNT]
    accounts.loc[lost, ["lat_deg", "lon_deg"]] = np.nan
    accounts.loc[lost, ["street", "city", "postal_code"]] = np.nan


def _type_text(accounts: pd.DataFrame, first: int, second: int) -> None:
    amounts = accounts["potential_amount_per_year"]
    typed = {first: "n/c", second: "12 k€"}
    accounts["potential_amount_per_year"] = [
        typed.get(row, f"{amount:.0f}" if pd.notna(amount) else None)
        for row, amount in enumerate(amounts)
    ]


def _rename(accounts: pd.DataFrame, prospect: pd.Series) -> None:
    """Add a near duplicate and two names that a careless writer breaks."""
    cafe = accounts["segment"].eq(CAFE.name) & accounts["lat_deg"].notna()
    in_brest = cafe & accounts["city"].eq("Brest")
    original = accounts.index[in_brest & ~prospect][0]
    twin = accounts.index[in_brest & prospect][0]
    same = ["lat_deg", "lon_deg", "street", "postal_code"]
    accounts.loc[twin, same] = accounts.loc[original, same]
    accounts.loc[original, "account_name"] = "Café du Port"
    accounts.loc[twin, "account_name"] = "CAFE DU PORT"
    accounts.loc[accounts.index[cafe & prospect & ~in_brest][5], "account_name"] = (
        "Bar <Le Zinc> & Cie"
    )
    shop = accounts["segment"].eq(WINE_SHOP.name) & prospect
    accounts.loc[accounts.index[shop][5], "account_name"] = "+ Que Vins"
