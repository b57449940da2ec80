from collections.abc import Callable, Mapping
from math import nan

import pandas as pd
import pytest

from territory_kit.errors import ParameterError
from territory_kit.options import Options
from territory_kit.steps.accounts import evaluate_accounts
from territory_kit.steps.result import StepResult

MakeTable = Callable[..., pd.DataFrame]
Tables = dict[str, pd.DataFrame]

POTENTIAL_ALONE = {"weights": {"potential_amount_per_year": 1.0}}
ONE_ANSWER = (
    "Only 1 account has answered how likely it is to recommend us: too few for a promoter score, "
    "which takes 10. It lies between -48 and 98 points with a confidence of 95 %."
)


@pytest.fixture
def tables(make_table: MakeTable) -> Tables:
    """Five accounts in scope with potential 900, 600, 300, 150, 50 of 2000, and one left out.

    Cumulative shares before each: 0, 45 %, 75 %, 90 %, 97.5 %: A A A B C.
    """
    ids = ["1", "2", "3", "4", "5", "9"]
    accounts = make_table(
        "accounts",
        account_id=ids,
        account_name=["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Nettle"],
        visits_per_year=[None, 20.0, None, None, None, None],
        visit_hours=[None, 2.0, None, None, None, None],
        referral_score=[9.0, None, None, None, None, None],
    )
    market = make_table(
        "market_accounts",
        account_id=ids,
        account_name=accounts["account_name"].tolist(),
        account_type=["customer", "customer", "prospect", "customer", "customer", "competitor"],
        is_in_scope=[True, True, True, True, True, False],
        potential_amount_per_year=[900.0, 600.0, 300.0, 150.0, 50.0, 7000.0],
        potential_source=["given"] * 6,
        revenue_amount_per_year=[100.0, 200.0, None, 50.0, 25.0, None],
        whitespace_amount_per_year=[800.0, 400.0, 300.0, 100.0, 25.0, 7000.0],
        coverage=["field", "field", None, "remote", "house", None],
    )
    return {"accounts": accounts, "market_accounts": market}


def evaluate(tables: Mapping[str, pd.DataFrame], **options: object) -> StepResult:
    return evaluate_accounts(tables, region="North", options=Options.model_validate(options))


def quality_of(tables: Mapping[str, pd.DataFrame], **options: object) -> pd.DataFrame:
    return evaluate(tables, **options).tables["account_quality"]


def bounds_of(result: StepResult) -> dict[str, tuple[float, float]]:
    rows = result.tables["score_bounds"].itertuples(index=False)
    return {name: (low, high) for name, low, high in rows}


def test_every_account_in_scope_stands_once(tables: Tables) -> None:
    assert quality_of(tables)["account_id"].tolist() == ["1", "2", "3", "4", "5"]


def test_classes_come_from_the_cumulative_value_before_each_account(tables: Tables) -> None:
    assert quality_of(tables)["account_class"].tolist() == ["A", "A", "A", "B", "C"]


def test_score_weighs_what_is_known_between_its_bounds(tables: Tables) -> None:
    """Bounds 0 to 1000 and 0 to 10; account 1: (3 * 0.9 + 1 * 0.9) / 4 = 0.9; others potential.

    Account 3 is a prospect, which cannot answer: nothing of it is missing.
    """
    accounts = {
        "weights": {"potential_amount_per_year": 3.0, "referral_score": 1.0},
        "bounds": {"potential_amount_per_year": (0.0, 1000.0), "referral_score": (0.0, 10.0)},
    }
    quality = quality_of(tables, accounts=accounts)
    assert quality["score"].tolist() == pytest.approx([90, 60, 30, 15, 5])
    assert quality["data_share"].tolist() == pytest.approx([1, 0.75, 1, 0.75, 0.75])


def test_bounds_are_as_set_then_as_stored_then_from_the_data(
    tables: Tables, make_table: MakeTable
) -> None:
    """Revenue is set, potential is stored; whitespace has data only: 5 % and 95 % quantiles.

    Whitespace 25, 100, 300, 400, 800: 25 + 0.2 * 75 = 40 and 400 + 0.8 * 400 = 720.
    """
    stored = make_table(
        "score_bounds",
        criterion=["potential_amount_per_year", "revenue_amount_per_year"],
        low_value=[10.0, 10.0],
        high_value=[500.0, 500.0],
    )
    bounds = bounds_of(
        evaluate(
            {**tables, "score_bounds": stored},
            accounts={"bounds": {"revenue_amount_per_year": (0.0, 200.0)}},
        )
    )
    assert bounds["revenue_amount_per_year"] == (0, 200)
    assert bounds["potential_amount_per_year"] == (10, 500)
    assert bounds["whitespace_amount_per_year"] == pytest.approx((40, 720))


def test_bounds_of_a_criterion_without_data_stay_open(tables: Tables) -> None:
    """Stored as unknown, they are set by the first data that come, here by one score of 9."""
    silent = {**tables, "accounts": tables["accounts"].assign(referral_score=float("nan"))}
    stored = evaluate(silent)
    assert bounds_of(stored)["referral_score"] == pytest.approx((nan, nan), nan_ok=True)
    again = evaluate({**tables, "score_bounds": stored.tables["score_bounds"]})
    assert bounds_of(again)["referral_score"] == (9, 9)


def test_cuts_of_the_plan_class_the_accounts_of_a_region(
    tables: Tables, make_table: MakeTable
) -> None:
    cuts = make_table("class_cuts", account_class=["A", "B", "C"], lowest_value=[600.0, 100.0, 0.0])
    result = evaluate({**tables, "class_cuts": cuts})
    quality = result.tables["account_quality"]
    assert quality["account_class"].tolist() == ["A", "A", "B", "B", "C"]
    assert "of the plan's potential" in quality["class_reason"][0]
    assert result.tables["class_cuts"]["lowest_value"].tolist() == [600, 100, 0]


def test_cuts_are_the_lowest_values_of_the_classes(tables: Tables) -> None:
    assert evaluate(tables).tables["class_cuts"]["lowest_value"].tolist() == [300, 150, 0]


def test_a_class_that_nobody_reaches_has_no_cut_and_stays_empty(tables: Tables) -> None:
    """Class B is from 80 % to 80 % of the value."""
    result = evaluate(tables, accounts={"class_shares": (0.8, 0.8)})
    cuts = result.tables["class_cuts"]
    assert cuts["lowest_value"].isna().tolist() == [False, True, False]
    again = evaluate({**tables, "class_cuts": cuts}).tables["account_quality"]
    assert again["account_class"].tolist() == ["A", "A", "A", "C", "C"]


def test_accounts_of_equal_value_share_a_class(tables: Tables) -> None:
    """Five times 100: the fifth stands behind 80 %, and is an A all the same."""
    market = tables["market_accounts"].assign(potential_amount_per_year=100.0)
    result = evaluate({**tables, "market_accounts": market})
    assert set(result.tables["account_quality"]["account_class"]) == {"A"}
    assert any("All accounts have the same potential" in text for text in result.findings)


def test_little_data_holds_an_account_back_in_class_b(tables: Tables) -> None:
    """Revenue alone, with 30 % of the weight, is known of account 1, and nothing of account 3."""
    accounts = {"weights": {"revenue_amount_per_year": 0.3, "referral_score": 0.7}}
    result = evaluate(tables, accounts=accounts, currency="EUR")
    quality = result.tables["account_quality"].set_index("account_id")
    assert quality.loc["1", "account_class"] == "A"
    assert quality.loc["2", "account_class"] == "B"
    assert str(quality.loc["2", "class_reason"]).startswith(
        "B: potential 600 EUR is among the accounts that make up the first 80 % of the region's "
        "potential, but no more than B because 30 % of the score has data; score "
    )
    assert str(quality.loc["3", "class_reason"]).endswith("; no data for the score")
    assert result.figures["held_back_count"] == 2
    assert result.findings == (
        "Accounts without any data for the score: 1 of 5.",
        "Accounts in class B for want of data, although their potential is that of class A: 2.",
        ONE_ANSWER,
    )


def test_a_preset_of_what_customers_have_does_not_hold_prospects_back(tables: Tables) -> None:
    """Account 3 is a prospect of known potential: revenue and margin cannot be missing for it."""
    result = evaluate(tables, accounts={"preset": "profit"})
    quality = result.tables["account_quality"].set_index("account_id")
    assert quality["account_class"]["3"] == "A"
    assert quality["data_share"]["3"] == 1
    assert (
        "Of an account that is no customer, revenue and margin cannot be known: they do not count "
        "as missing data of its score."
    ) in result.assumptions


def test_the_reason_names_value_place_and_what_the_score_is_made_of(tables: Tables) -> None:
    accounts = {
        "weights": {"potential_amount_per_year": 0.6, "revenue_amount_per_year": 0.4},
        "bounds": {
            "potential_amount_per_year": (0.0, 1000.0),
            "revenue_amount_per_year": (0.0, 200.0),
        },
    }
    reasons = quality_of(tables, accounts=accounts, currency="EUR")["class_reason"].tolist()
    assert reasons[0] == (
        "A: potential 900 EUR is among the accounts that make up the first 80 % of the region's "
        "potential; score 74 of 100: potential 54, revenue 20"
    )
    assert reasons[3] == (
        "B: potential 150 EUR is among the accounts between the first 80 % and 95 % of the "
        "region's potential; score 19 of 100: revenue 10, potential 9"
    )
    assert reasons[4] == (
        "C: potential 50 EUR is among the accounts that make up the last 5 % of the region's "
        "potential; score 8 of 100: revenue 5, potential 3"
    )


def test_an_estimated_potential_is_said_to_be_one(tables: Tables) -> None:
    market = tables["market_accounts"].assign(potential_source="benchmark")
    reasons = quality_of({**tables, "market_accounts": market}, currency="EUR")["class_reason"]
    assert reasons[0].startswith("A: potential 900 EUR (estimated) is among")


def test_a_typical_potential_is_no_data_unless_the_account_buys(tables: Tables) -> None:
    """Account 3 is a prospect; account 2 buys, so that its potential is not only a guess."""
    market = tables["market_accounts"].assign(potential_source="median")
    quality = quality_of({**tables, "market_accounts": market}).set_index("account_id")
    assert quality.loc["3", "data_share"] == 0
    assert quality.loc["3", "account_class"] == "B"
    assert quality.loc["2", "data_share"] == pytest.approx(0.9)
    assert quality.loc["2", "account_class"] == "A"


def test_visits_are_as_given_else_by_class_and_kind(tables: Tables) -> None:
    """Given 20; class A prospect half of 12; class B remote 6 calls; a house account none."""
    quality = quality_of(tables)
    assert quality["visits_per_year"].tolist() == [12, 20, 6, 6, 0]
    assert quality["visit_hours"].tolist() == [1.0, 2.0, 1.0, 0.35, 0.5]
    assert quality["call_channel"].tolist() == ["visit", "visit", "visit", "phone", "visit"]


def test_a_plan_may_set_the_visits_of_one_class_only(tables: Tables) -> None:
    quality = quality_of(tables, visits={"per_class": {"A": 10.0}, "hours_per_class": {"C": 0.2}})
    assert quality["visits_per_year"].tolist() == [10, 20, 5, 6, 0]
    assert quality["visit_hours"].tolist() == [1.0, 2.0, 1.0, 0.35, 0.2]


def test_classes_are_summed_up_with_visits_and_hours(tables: Tables) -> None:
    """A: 900 + 600 + 300 of 2000; visits 12 + 20 + 6; hours 12 + 40 + 6."""
    summary = evaluate(tables).tables["class_summary"].set_index("account_class")
    assert summary["accounts_count"].tolist() == [3, 1, 1]
    assert summary["potential_share"].tolist() == pytest.approx([0.9, 0.075, 0.025])
    assert summary["visits_per_year"].tolist() == [38, 6, 0]
    assert summary["call_hours_per_year"].tolist() == pytest.approx([58, 2.1, 0])


def test_classes_can_come_from_another_column(tables: Tables) -> None:
    """Revenue 100, 200, none, 50, 25 of 375; before: 53 %, 0, -, 80 %, 93 %: A A C B B."""
    result = evaluate(tables, accounts={"class_value": "revenue_amount_per_year"}, currency="EUR")
    quality = result.tables["account_quality"]
    assert quality["account_class"].tolist() == ["A", "A", "C", "B", "B"]
    assert quality["class_reason"][2].startswith("C: no revenue; score ")


def test_classes_can_come_from_the_score(tables: Tables) -> None:
    accounts = {
        **POTENTIAL_ALONE,
        "bounds": {"potential_amount_per_year": (0.0, 1000.0)},
        "class_value": "score",
    }
    quality = quality_of(tables, accounts=accounts)
    assert quality["account_class"].tolist() == ["A", "A", "A", "B", "C"]
    assert quality["class_reason"][0].startswith("A: score 90 is among")


def test_a_criterion_may_be_a_column_of_the_analyst(tables: Tables) -> None:
    accounts = tables["accounts"].assign(beds=["10", "20", "thirty", "40", "50", "60"])
    options = {"weights": {"beds": 1.0}, "bounds": {"beds": (0.0, 50.0)}}
    quality = quality_of({**tables, "accounts": accounts}, accounts=options)
    assert quality["score"].iloc[[0, 1, 3, 4]].tolist() == [20, 40, 80, 100]
    assert pd.isna(quality["score"].iloc[2])


@pytest.mark.parametrize(
    ("accounts", "message"),
    [
        pytest.param(
            {"weights": {"turnover_amount": 1.0}},
            "There is no column to score accounts by: turnover_amount (accounts: weights or "
            'class_value). Did you mean "turnover_amount_per_year"?',
            id="unknown criterion",
        ),
        pytest.param(
            {"class_value": "potential"},
            "There is no column to score accounts by: potential (accounts: weights or "
            "class_value). ",
            id="unknown class value",
        ),
        pytest.param(
            {"weights": {"referral_score": 0.0}},
            "No criterion of the score has a weight: {'referral_score': 0.0} (accounts: weights). "
            "Give at least one criterion a weight above 0.",
            id="no weight",
        ),
        pytest.param(
            {"bounds": {"referral_score": (10.0, 0.0)}},
            "The value that scores 0 must be below the value that scores 100: 10 and 0 "
            "(accounts: bounds: referral_score). Give the lower value first.",
            id="bounds the wrong way round",
        ),
    ],
)
def test_options_that_make_no_score_are_refused(
    tables: Tables, accounts: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        evaluate(tables, accounts=accounts)
    assert str(caught.value).startswith(message)


def test_no_value_at_all_makes_every_account_class_c(tables: Tables) -> None:
    market = tables["market_accounts"].assign(potential_amount_per_year=0.0)
    result = evaluate({**tables, "market_accounts": market})
    quality = result.tables["account_quality"]
    assert set(quality["account_class"]) == {"C"}
    assert quality["class_reason"][0].startswith("C: no potential; score ")
    assert result.findings == (
        "No account has any potential: every account is class C.",
        ONE_ANSWER,
    )
    assert result.tables["class_summary"]["potential_share"].isna().all()


def test_names_alone_make_everybody_b_and_say_so(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=["1", "2"], account_name=["Ash", "Birch"])
    market = make_table(
        "market_accounts",
        account_id=["1", "2"],
        account_type=["prospect", "prospect"],
        is_in_scope=[True, True],
        potential_amount_per_year=[1.0, 1.0],
        potential_source=["equal", "equal"],
    )
    result = evaluate({"accounts": accounts, "market_accounts": market})
    quality = result.tables["account_quality"]
    assert quality["account_class"].tolist() == ["B", "B"]
    assert quality["score"].isna().all()
    assert quality["visits_per_year"].tolist() == [3, 3]
    reason = "B: potential unknown, every account counts as one"
    assert quality["class_reason"].tolist() == [reason, reason]
    assert result.findings == (
        "Nothing is known that accounts could be scored by, and none is above class B.",
        (
            "All accounts have the same potential, so that classes do not tell them apart and all "
            "are called on alike."
        ),
    )


def test_a_market_without_accounts_is_a_finding_and_no_crash(tables: Tables) -> None:
    market = tables["market_accounts"].assign(is_in_scope=False)
    result = evaluate({**tables, "market_accounts": market.astype({"is_in_scope": "boolean"})})
    assert result.tables["account_quality"].empty
    assert result.tables["class_summary"]["accounts_count"].tolist() == [0, 0, 0]
    assert result.findings == ("No account is in scope, so there is none to score.",)


def test_row_order_changes_nothing(tables: Tables) -> None:
    shuffled = {name: table.sample(frac=1, random_state=5) for name, table in tables.items()}
    for name, table in evaluate(tables).tables.items():
        pd.testing.assert_frame_equal(table, evaluate(shuffled).tables[name])


def test_inputs_stay_as_they_are(tables: Tables) -> None:
    before = {name: table.copy() for name, table in tables.items()}
    evaluate(tables)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, before[name])
