"""The market by place, size and kind of account."""

from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.options import Options
from territory_kit.steps.market import define_market
from territory_kit.steps.result import StepResult

MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture
def accounts(make_table: MakeTable) -> pd.DataFrame:
    """Two customers and a prospect in Lyon, a prospect without a place."""
    return make_table(
        "accounts",
        account_id=["1", "2", "3", "4"],
        account_name=["Ash", "Birch", "Cedar", "Dogwood"],
        city=["Lyon", "Lyon ", "Lyon", None],
        postal_code=["69001", "69002", "01000", None],
        segment=["bar", "bar", "shop", "shop"],
        employees_count=[9.0, 10.0, 300.0, None],
        revenue_amount_per_year=[30.0, 90.0, None, None],
        potential_amount_per_year=[100.0, 60.0, 200.0, 40.0],
    )


def market_of(accounts: pd.DataFrame) -> StepResult:
    return define_market({"accounts": accounts}, region="North", options=Options())


def lens(result: StepResult, name: str) -> pd.DataFrame:
    table = result.tables["market_lenses"]
    return table[table["lens"] == name].set_index("lens_group")


def test_a_place_has_potential_penetration_wallet_and_whitespace(accounts: pd.DataFrame) -> None:
    """Lyon: 2 of 3 buy, 120 of 360 is ours, 70 + 0 + 200 unsold; Birch spends above its 60."""
    lyon = lens(market_of(accounts), "geography").loc["Lyon"]
    assert lyon["accounts_count"] == 3
    assert lyon["penetration_share"] == pytest.approx(2 / 3)
    assert lyon["potential_amount_per_year"] == 360
    assert lyon["wallet_share"] == pytest.approx(120 / 360)
    assert lyon["whitespace_amount_per_year"] == 270
    assert lyon["overspent_count"] == 1


def test_what_is_unknown_stands_last(accounts: pd.DataFrame) -> None:
    assert list(lens(market_of(accounts), "geography").index) == ["Lyon", "(unknown)"]


def test_sizes_stand_in_their_order_and_a_band_begins_with_its_number(
    accounts: pd.DataFrame,
) -> None:
    sizes = lens(market_of(accounts), "size")
    assert list(sizes.index) == ["up to 9", "10 to 49", "250 and more", "(unknown)"]
    assert set(sizes["lens_column"]) == {"employees_count"}


def test_without_cities_places_are_postal_areas(accounts: pd.DataFrame) -> None:
    places = lens(market_of(accounts.assign(city=None)), "geography")
    assert list(places.index) == ["01", "69", "(unknown)"]
    assert set(places["lens_column"]) == {"postal_code"}


def test_without_segments_kinds_are_industries(accounts: pd.DataFrame) -> None:
    industries = accounts.assign(segment=None, industry=["a", "b", "b", ""])
    kinds = lens(market_of(industries.astype({"segment": "str"})), "kind")
    assert list(kinds.index) == ["b", "a", "(unknown)"]


def test_every_lens_holds_every_account_once(accounts: pd.DataFrame) -> None:
    table = market_of(accounts).tables["market_lenses"]
    assert table.groupby("lens")["accounts_count"].sum().tolist() == [4, 4, 4]


def test_revenue_of_30_and_90_is_as_concentrated_as_that_of_1_6_equal_customers(
    accounts: pd.DataFrame,
) -> None:
    """Shares 1/4 and 3/4: 1/16 + 9/16 = 0.625, and 1 / 0.625 = 1.6."""
    figures = market_of(accounts).figures
    assert figures["revenue_herfindahl"] == pytest.approx(0.625)
    assert figures["effective_customers_count"] == pytest.approx(1.6)


def test_without_revenue_nothing_is_said_of_concentration(accounts: pd.DataFrame) -> None:
    result = market_of(accounts.assign(revenue_amount_per_year=float("nan")))
    assert "revenue_herfindahl" not in result.figures


def test_without_money_there_is_no_share_of_wallet(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=["1", "2"], account_name=["Ash", "Birch"])
    table = market_of(accounts).tables["market_lenses"]
    assert table["wallet_share"].isna().all()
    assert set(table["lens_group"]) == {"(unknown)", "(no segment)"}


def test_no_account_makes_no_rows() -> None:
    assert market_of(columns.empty_frame("accounts")).tables["market_lenses"].empty
