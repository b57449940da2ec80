"""Checked tables made from the few columns that a test speaks of."""

from collections.abc import Callable, Sequence

import pandas as pd
import pytest

from territory_kit import columns

MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def make_table() -> MakeTable:
    """Make a table as the border hands it over: all declared columns, declared dtypes."""

    def make(name: str, **values: Sequence[object]) -> pd.DataFrame:
        declared = columns.empty_frame(name).dtypes
        given = pd.DataFrame(values)
        undeclared = given.columns.difference(declared.index)
        return given.reindex(columns=[*declared.index, *undeclared]).astype(declared.to_dict())

    return make


MakeRegion = Callable[..., dict[str, pd.DataFrame]]


@pytest.fixture(scope="session")
def make_region(make_table: MakeTable) -> MakeRegion:
    """Make what step 3 reads of a region: every account in scope, unless it says otherwise.

    Values of accounts, and ``is_in_scope``, ``left_out_reason``, ``account_class``. Without a word
    an account is served in the field, 12 visits of one hour a year, class B.
    """

    def make(**values: Sequence[object]) -> dict[str, pd.DataFrame]:
        known = columns.get_table("accounts").columns
        of_accounts = {n: v for n, v in values.items() if n in known or n.startswith("need_")}
        accounts = make_table("accounts", account_name=values["account_id"], **of_accounts)
        count = len(accounts)
        shared = ("account_id", "account_name", "lat_deg", "lon_deg", "coverage")
        market = make_table(
            "market_accounts",
            **{name: accounts[name] for name in shared},
            is_in_scope=values.get("is_in_scope", [True] * count),
            left_out_reason=values.get("left_out_reason", [None] * count),
            potential_amount_per_year=accounts["potential_amount_per_year"],
            revenue_amount_per_year=accounts["revenue_amount_per_year"],
        )
        quality = make_table(
            "account_quality",
            account_id=accounts["account_id"],
            account_class=values.get("account_class", ["B"] * count),
            visits_per_year=accounts["visits_per_year"].fillna(12.0),
            visit_hours=accounts["visit_hours"].fillna(1.0),
            call_channel=accounts["coverage"].map({"remote": "phone"}).fillna("visit"),
        )
        return {"accounts": accounts, "market_accounts": market, "account_quality": quality}

    return make
