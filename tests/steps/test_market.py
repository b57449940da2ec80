from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.options import MarketOptions, Options
from territory_kit.steps.market import define_market
from territory_kit.steps.result import StepResult

MakeTable = Callable[..., pd.DataFrame]


def market_of(accounts: pd.DataFrame, **market: object) -> StepResult:
    options = Options(market=MarketOptions.model_validate(market))
    return define_market({"accounts": accounts}, region="North", options=options)


@pytest.fixture
def benchmarks(make_table: MakeTable) -> pd.DataFrame:
    """A shop could spend 25 per employee, or 100 where its employees are unknown."""
    return make_table(
        "benchmarks",
        segment=["shop"],
        customers_count=[12.0],
        employee_potential_amount_per_year=[25.0],
        potential_amount_per_year=[100.0],
        benchmark_source=["segment"],
    )


@pytest.fixture
def result(shops: pd.DataFrame, benchmarks: pd.DataFrame) -> StepResult:
    """Potentials 100, 300, 100, 100 and 50; the last account is out of scope."""
    tables = {"accounts": shops, "benchmarks": benchmarks}
    return define_market(tables, region="North", options=Options())


@pytest.fixture
def shops(make_table: MakeTable) -> pd.DataFrame:
    """Five shops: three customers, a prospect with nothing known, a competitor."""
    return make_table(
        "accounts",
        account_id=["1", "2", "3", "4", "5"],
        account_name=["Ash", "Birch", "Cedar", "Dogwood", "Elm"],
        account_type=["customer", "customer", None, None, "competitor"],
        segment=["bar", "bar", "shop", "shop", None],
        potential_amount_per_year=[100.0, 300.0, None, None, 50.0],
        revenue_amount_per_year=[40.0, 90.0, 20.0, None, None],
        lat_deg=[48.0, 48.1, 48.2, None, 48.3],
        lon_deg=[2.0, 2.1, 2.2, None, 2.3],
        coverage=["field", "house", "field", None, None],
    )


def column(result: StepResult, table: str, name: str) -> list[object]:
    values = result.tables[table][name]
    return values.astype(object).where(values.notna(), None).tolist()


def test_every_account_stands_once_with_its_scope_and_reason(result: StepResult) -> None:
    assert column(result, "market_accounts", "account_id") == ["1", "2", "3", "4", "5"]
    assert column(result, "market_accounts", "is_in_scope") == [True, True, True, True, False]
    assert column(result, "market_accounts", "left_out_reason") == [
        *[None] * 4,
        "type not in scope: competitor",
    ]


def test_a_missing_type_is_customer_where_there_is_revenue(result: StepResult) -> None:
    kinds = ["customer", "customer", "customer", "prospect", "competitor"]
    assert column(result, "market_accounts", "account_type") == kinds
    assert any("Accounts without a type: 2." in text for text in result.assumptions)


def test_house_accounts_are_in_scope_and_said_to_be_in_no_territory(result: StepResult) -> None:
    assert column(result, "market_accounts", "coverage")[1] == "house"
    assert column(result, "market_accounts", "left_out_reason")[1] is None
    assert any(text.startswith("House and partner accounts") for text in result.assumptions)


def test_missing_potential_is_the_typical_one_of_the_segment(result: StepResult) -> None:
    potential = column(result, "market_accounts", "potential_amount_per_year")
    assert potential == [100, 300, 100, 100, 50]
    sources = ["given", "given", "median", "median", "given"]
    assert column(result, "market_accounts", "potential_source") == sources


def test_wallet_and_whitespace_add_up_to_the_potential(result: StepResult) -> None:
    """Bars: 130 sold of 400, 270 unsold; wallet 32.5 %."""
    bars = result.tables["market_segments"].iloc[0].to_dict()
    assert bars == {
        "segment": "bar",
        "accounts_count": 2,
        "customers_count": 2,
        "potential_amount_per_year": 400,
        "revenue_amount_per_year": 130,
        "wallet_share": pytest.approx(0.325),
        "whitespace_amount_per_year": 270,
    }


def test_a_prospect_has_no_share_of_wallet_sold_and_all_of_it_unsold(result: StepResult) -> None:
    prospect = result.tables["market_accounts"].iloc[3]
    assert prospect["wallet_share"] == 0
    assert prospect["whitespace_amount_per_year"] == prospect["potential_amount_per_year"]


def test_whitespace_of_a_customer_without_known_revenue_is_unknown(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1"],
        account_name=["Ash"],
        account_type=["customer"],
        potential_amount_per_year=[100.0],
    )
    assert column(market_of(accounts), "market_accounts", "whitespace_amount_per_year") == [None]


def test_spending_above_the_potential_is_counted_and_clipped(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1", "2"],
        account_name=["Ash", "Birch"],
        potential_amount_per_year=[100.0, 100.0],
        revenue_amount_per_year=[130.0, 100.0],
    )
    result = market_of(accounts)
    assert result.figures["overspent_count"] == 1
    assert column(result, "market_accounts", "whitespace_amount_per_year") == [0, 0]
    assert any("more with us than their potential: 1." in text for text in result.findings)


def test_segments_stand_in_order_of_their_potential(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1", "2", "3"],
        account_name=["Ash", "Birch", "Cedar"],
        segment=["bar", "shop", "club"],
        potential_amount_per_year=[10.0, 30.0, 10.0],
    )
    assert column(market_of(accounts), "market_segments", "segment") == ["shop", "bar", "club"]


def test_left_out_accounts_are_summed_by_reason_with_their_share(result: StepResult) -> None:
    """One account with 50 of 650."""
    left_out = result.tables["left_out"]
    assert left_out["left_out_reason"].tolist() == ["type not in scope: competitor"]
    assert left_out["accounts_count"].tolist() == [1]
    assert left_out["potential_share"].tolist() == pytest.approx([50 / 650])


def test_headline_figures_are_those_of_the_accounts_in_scope(result: StepResult) -> None:
    """Bars hold two thirds, shops one: 4 / 9 + 1 / 9. Unsold: 60 + 210 + 80 + 100."""
    assert result.figures == pytest.approx(
        {
            "accounts_count": 5,
            "in_scope_count": 4,
            "customers_count": 3,
            "potential_amount_per_year": 600,
            "revenue_amount_per_year": 150,
            "whitespace_amount_per_year": 450,
            "overspent_count": 0,
            "unlocated_count": 1,
            "segment_herfindahl": 5 / 9,
            "wallet_share": 0.25,
            # revenue of 40, 90 and 20: (16 + 81 + 4) / 225
            "revenue_herfindahl": 101 / 225,
            "effective_customers_count": 225 / 101,
            "paying_customers_count": 3,
        }
    )


def test_accounts_without_coordinates_are_named_with_their_potential(result: StepResult) -> None:
    """Account 4 holds 100 of 600."""
    assert (
        "Accounts in scope without coordinates: 1 with 17 % of potential. They stay in scope and "
        "are placed by rule, not by distance; a table of places would locate them."
    ) in result.findings


def test_benchmarks_of_the_plan_go_before_those_of_the_region(
    shops: pd.DataFrame, benchmarks: pd.DataFrame
) -> None:
    """A shop with 6 employees at 25 each: 150."""
    accounts = shops.assign(employees_count=shops["account_id"].map({"3": 6.0}))
    tables = {"accounts": accounts, "benchmarks": benchmarks}
    result = define_market(tables, region="North", options=Options())
    assert column(result, "market_accounts", "potential_amount_per_year")[2:4] == [150, 100]
    assert column(result, "market_accounts", "potential_source")[2:4] == ["benchmark", "median"]
    assert column(result, "benchmarks", "segment") == ["shop"]


def test_employees_times_the_benchmark_of_the_segment_make_a_potential(
    make_table: MakeTable,
) -> None:
    """Customers spend 10 and 30 per employee: the 80 % quantile is 26, for 10 employees 260."""
    accounts = make_table(
        "accounts",
        account_id=["1", "2", "3"],
        account_name=["Ash", "Birch", "Cedar"],
        employees_count=[10.0, 10.0, 10.0],
        revenue_amount_per_year=[100.0, 300.0, None],
    )
    result = market_of(accounts)
    potential = column(result, "market_accounts", "potential_amount_per_year")
    assert potential == pytest.approx([260, 300, 260])
    assert column(result, "market_accounts", "potential_source") == ["benchmark"] * 3
    assert column(result, "benchmarks", "employee_potential_amount_per_year") == [26]
    assert "The potential of most accounts is estimated: 3 with 100 % of potential." in (
        result.findings
    )


def test_no_estimate_is_below_what_an_account_spends(make_table: MakeTable) -> None:
    """The 80 % quantile of 10, 20 and 900 is 20 + 0.6 * 880 = 548: 900 stands for itself."""
    accounts = make_table(
        "accounts",
        account_id=["1", "2", "3"],
        account_name=["Ash", "Birch", "Cedar"],
        revenue_amount_per_year=[900.0, 20.0, 10.0],
    )
    result = market_of(accounts)
    potential = column(result, "market_accounts", "potential_amount_per_year")
    assert potential == pytest.approx([900, 548, 548])
    assert (
        "Accounts that spend more than the estimate of their potential: 1 with 45 % of potential. "
        "Their revenue stands for it, so that nothing of it seems unsold."
    ) in result.assumptions


def test_sources_of_potential_and_place_are_counted_with_their_share(result: StepResult) -> None:
    assert (
        "Potential of accounts: given 2 with 67 % of potential; typical account of the segment, "
        "or of the plan 2 with 33 % of potential."
    ) in result.assumptions
    assert (
        "Coordinates of accounts: given 3 with 83 % of potential; unknown 1 with 17 % of potential."
    ) in result.assumptions


def test_names_alone_make_a_market_of_equal_counts_said_loudly(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=["1", "2"], account_name=["Ash", "Birch"])
    result = market_of(accounts)
    assert column(result, "market_accounts", "potential_amount_per_year") == [1, 1]
    assert column(result, "market_accounts", "potential_source") == ["equal", "equal"]
    assert column(result, "market_segments", "segment") == ["(no segment)"]
    assert column(result, "market_segments", "wallet_share") == [None]
    assert "wallet_share" not in result.figures
    assert result.findings[0].startswith(
        "No account has a potential or revenue: every account counts as one."
    )


def test_equal_counts_never_stand_beside_money(make_table: MakeTable) -> None:
    """One potential of 500 is known, so that of all others is 500, not 1."""
    accounts = make_table(
        "accounts",
        account_id=["1", "2"],
        account_name=["Ash", "Birch"],
        segment=["bar", "shop"],
        potential_amount_per_year=[500.0, None],
    )
    result = market_of(accounts)
    assert column(result, "market_accounts", "potential_amount_per_year") == [500, 500]
    assert column(result, "market_accounts", "potential_source") == ["given", "median"]


def test_no_account_at_all_is_a_finding_and_no_crash(shops: pd.DataFrame) -> None:
    result = market_of(shops.iloc[:0])
    assert result.tables["market_accounts"].empty
    assert result.findings[0].startswith("No account is in scope.")


def test_row_order_changes_nothing(shops: pd.DataFrame) -> None:
    shuffled = shops.sample(frac=1, random_state=3)
    for name, table in market_of(shops).tables.items():
        pd.testing.assert_frame_equal(table, market_of(shuffled).tables[name])


def test_inputs_stay_as_they_are(shops: pd.DataFrame) -> None:
    before = shops.copy()
    market_of(shops)
    pd.testing.assert_frame_equal(shops, before)


def test_coordinates_that_the_border_located_keep_their_source(shops: pd.DataFrame) -> None:
    located = shops.assign(coordinate_source=["given", "city", "places", "none", "given"])
    result = market_of(located)
    sources = ["given", "city", "places", "none", "given"]
    assert column(result, "market_accounts", "coordinate_source") == sources


def test_columns_that_travel_along_do_no_harm(shops: pd.DataFrame) -> None:
    result = market_of(shops.assign(colour="red"))
    assert result.figures["in_scope_count"] == 4
    assert "colour" not in result.tables["market_accounts"]
