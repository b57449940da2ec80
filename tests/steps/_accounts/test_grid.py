"""Accounts stand in the grid by what is known of them."""

from math import nan

import pandas as pd

from territory_kit.steps._accounts.grid import grid_assumptions, place_accounts


def accounts_of(**values: list[object]) -> pd.DataFrame:
    """Four accounts: the middle of potential is (8 + 2) / 2 = 5, of shares (0.5 + 0.2) / 2."""
    return pd.DataFrame(
        {
            "account_id": ["1", "2", "3", "4"],
            "account_type": ["customer"] * 4,
            "potential_source": ["given"] * 4,
            "potential_amount_per_year": [9.0, 8, 2, 1],
            "revenue_amount_per_year": [5.4, 0.8, 1.0, 0.2],
            "wallet_share": [0.6, 0.1, 0.5, 0.2],
            **values,
        }
    )


def cells_of(accounts: pd.DataFrame) -> list[str]:
    return place_accounts(accounts)[0]["portfolio_cell"].tolist()


def sentences(accounts: pd.DataFrame) -> list[str]:
    return [*grid_assumptions(*place_accounts(accounts), currency="EUR")]


def test_accounts_stand_where_potential_and_share_put_them() -> None:
    assert cells_of(accounts_of()) == ["core", "growth/drag", "maintain", "problem"]
    assert sentences(accounts_of())[0] == (
        "In the grid, opportunity is high from a potential of EUR 5 a year on and position from a "
        "share of wallet of 35.0 % on: the middle account's values, or the least above the lowest "
        "where most accounts share that."
    )


def test_a_prospect_has_no_share_and_a_customer_without_revenue_no_place() -> None:
    """Account 2 is a prospect, share 0; of account 4 nothing is known."""
    found = accounts_of(
        account_type=["customer", "prospect", "customer", "customer"],
        revenue_amount_per_year=[5.4, nan, 1.0, nan],
        wallet_share=[0.6, nan, 0.5, nan],
    )
    assert cells_of(found) == ["core", "growth/drag", "maintain", "n/a"]
    assert sentences(found)[-1] == (
        "For want of a potential or of revenue, 1 of 4 accounts is not placed in the grid."
    )


def test_a_potential_of_the_whole_segment_is_no_opportunity() -> None:
    found = accounts_of(
        account_type=["prospect"] * 4,
        potential_source=["equal"] * 4,
        revenue_amount_per_year=[nan] * 4,
        wallet_share=[nan] * 4,
    )
    assert cells_of(found) == ["n/a"] * 4
    assert sentences(found) == [
        "No account has both a potential and a share of wallet, so none is in the grid."
    ]


def test_equal_shares_are_said_to_be_equal() -> None:
    assert sentences(accounts_of(wallet_share=[0.5] * 4))[-1] == (
        "All accounts of the grid have the same share of wallet, which therefore counts as high."
    )


def test_row_order_changes_nothing_and_no_account_is_no_crash() -> None:
    table = accounts_of()
    shuffled = table.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(place_accounts(table)[0], place_accounts(shuffled)[0])
    assert cells_of(table.head(0)) == []
