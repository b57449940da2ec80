"""Saved filters decide who is in the market, and in which segment."""

from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.errors import ParameterError
from territory_kit.options import MarketOptions, Options
from territory_kit.steps.market import define_market
from territory_kit.steps.result import StepResult

MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture
def accounts(make_table: MakeTable) -> pd.DataFrame:
    """Two hotels, a spa and a shop without a segment of its own."""
    return make_table(
        "accounts",
        account_id=["1", "2", "3", "4"],
        account_name=["Ash", "Birch", "Cedar", "Dogwood"],
        industry=["hotel", "Hotel", "spa", "shop"],
        segment=["lodging", "lodging", "lodging", None],
        employees_count=[5.0, 50.0, 12.0, None],
        potential_amount_per_year=[10.0, 20.0, 30.0, 40.0],
        need_wine_share=[0.9, 0.1, 0.5, None],
    )


def market_of(accounts: pd.DataFrame, **market: object) -> StepResult:
    options = Options(market=MarketOptions.model_validate(market))
    return define_market({"accounts": accounts}, region="North", options=options)


def reasons(result: StepResult) -> list[object]:
    found = result.tables["market_accounts"]["left_out_reason"]
    return found.astype(object).where(found.notna(), None).tolist()


def segments(result: StepResult) -> list[str]:
    return list(result.tables["market_accounts"]["segment"])


def test_accounts_outside_the_filter_are_left_out_and_the_reason_quotes_it(
    accounts: pd.DataFrame,
) -> None:
    """The size of the shop is unknown, so that it is not known to be ten or more."""
    result = market_of(accounts, scope="employees_count>=10")
    why = "outside the saved filter: employees_count >= 10"
    assert reasons(result) == [why, None, None, why]
    assert "Last of all, scope asks this saved filter: employees_count >= 10." in result.assumptions


def test_a_long_filter_is_cut_in_the_reason_and_told_in_full(accounts: pd.DataFrame) -> None:
    scope = " or ".join(f'industry = "kind of industry {n}"' for n in range(9))
    result = market_of(accounts, scope=scope)
    assert str(reasons(result)[0]).endswith("…")
    assert f"Last of all, scope asks this saved filter: {scope}." in result.assumptions


def test_the_first_filter_that_matches_gives_the_segment(accounts: pd.DataFrame) -> None:
    rules = {"large": "employees_count >= 10", "hotels": 'industry = "hotel"'}
    result = market_of(accounts, segment_rules=rules)
    assert segments(result) == ["hotels", "large", "large", "(no segment)"]
    (sentence,) = [text for text in result.assumptions if text.startswith("Segments come")]
    assert "large where employees_count >= 10; hotels where industry" in sentence
    assert "3 of 4 accounts are in one of these segments" in sentence


def test_scope_sees_the_segments_that_filters_gave(accounts: pd.DataFrame) -> None:
    rules = {"large": "employees_count >= 10"}
    result = market_of(accounts, segment_rules=rules, scope='segment = "large"')
    assert result.tables["market_accounts"]["is_in_scope"].tolist() == [False, True, True, False]


def test_accounts_without_a_segment_are_missing_it_for_the_filter(accounts: pd.DataFrame) -> None:
    result = market_of(accounts, scope="segment is missing")
    assert result.tables["market_accounts"]["is_in_scope"].tolist() == [False, False, False, True]


def test_a_need_for_a_skill_can_be_asked_for(accounts: pd.DataFrame) -> None:
    result = market_of(accounts, scope="need_wine_share > 0.3")
    assert result.tables["market_accounts"]["is_in_scope"].tolist() == [True, False, True, False]


def test_a_need_that_the_accounts_do_not_have_is_refused(accounts: pd.DataFrame) -> None:
    with pytest.raises(ParameterError) as caught:
        market_of(accounts, segment_rules={"beer": "need_beer_share > 0.3"})
    assert caught.value.what == "The filter asks for columns that do not exist"
    assert caught.value.value == "need_beer_share"
    assert caught.value.where == "market: segment_rules: beer; position 1"
    assert caught.value.remedy.startswith('Did you mean "need_wine_share"')


def test_nobody_in_scope_is_a_finding_and_no_crash(accounts: pd.DataFrame) -> None:
    result = market_of(
        accounts, scope='city = "Paris"', segment_rules={"large": "employees_count > 1"}
    )
    assert result.findings[0].startswith("No account is in scope.")
    assert not any("nan" in text for text in result.assumptions)


def test_without_filters_nothing_is_said_of_them(accounts: pd.DataFrame) -> None:
    assert not any("saved filter" in text for text in market_of(accounts).assumptions)


def test_row_order_changes_nothing(accounts: pd.DataFrame) -> None:
    rules = {"large": "employees_count >= 10", "hotels": 'industry = "hotel"'}
    first = market_of(accounts, segment_rules=rules)
    second = market_of(accounts.iloc[::-1], segment_rules=rules)
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, second.tables[name])
