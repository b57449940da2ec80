"""Answers in sentences: figures are those of the tables, findings stand first."""

from dataclasses import replace

import pandas as pd
import pytest

from territory_kit import report
from territory_kit.errors import ParameterError
from territory_kit.report.answer import Answer, gap_sentence
from territory_kit.report.evidence import Evidence, HasTables
from territory_kit.steps.result import StepResult


def test_the_market_is_answered_with_size_sales_and_what_is_left_out(
    market_result: StepResult, task: HasTables
) -> None:
    """Segments: 260 accounts, 152 customers, 5.2 m potential, 2.13 m revenue = 41 %."""
    text = str(report.answer(market_result, task))
    assert "260 accounts, 152 customers among them" in text
    assert "EUR 5.20 m a year" in text
    assert "EUR 2.13 m a year with us today, 41 % of it" in text
    assert "50 accounts with 19 % of all potential are left out" in text


def test_a_market_without_known_potential_names_no_amount(market_result: StepResult) -> None:
    """Equal counts stand for potential then; an amount of money would be a lie."""
    accounts = market_result.tables["market_accounts"].assign(potential_source="equal")
    tables = {**market_result.tables, "market_accounts": accounts}
    text = str(report.answer(Evidence(tables, step="market")))
    assert "not known" in text
    assert " m a year" not in text


def test_the_accounts_are_answered_with_class_a_and_the_work(accounts_result: StepResult) -> None:
    """744 + 400 + 210 visits, 744 + 300 + 110 hours."""
    text = str(report.answer(accounts_result))
    assert "62 of 260 accounts are class A and hold 80 % of the potential" in text
    assert "1,354 visits or calls and 1,154 hours" in text


def test_the_territories_are_answered_with_balance_before_and_after(
    territories_result: StepResult, task: HasTables
) -> None:
    text = str(report.answer(territories_result, task))
    assert "256 accounts are divided into 6 territories" in text
    assert "workload from target is 9 % (allowed: 10 %), against 39 % today" in text


def test_moves_are_a_share_of_the_accounts_that_have_an_owner_and_stay_in_the_plan(
    territories_result: StepResult,
) -> None:
    """Of five accounts one is left out and one is new: 1 of 3 moves, as the figures count."""
    assignment = territories_result.tables["assignment"].head(5)
    assignment = assignment.assign(
        territory_id=pd.Series(["T1", "T1", "T1", "T1", None], dtype="str"),
        current_territory_id=pd.Series(["T2", "T1", "T1", None, "T1"], dtype="str"),
        is_moved=[True, False, False, False, False],
    )
    tables = {**territories_result.tables, "assignment": assignment}
    text = str(report.answer(Evidence(tables, step="territories")))
    assert "1 account would move (33 %)" in text


def test_without_a_today_nothing_is_said_of_it(territories_result: StepResult) -> None:
    balance = territories_result.tables["balance"]
    tables = {**territories_result.tables, "balance": balance[balance["state"] == "proposal"]}
    assert "today" not in str(report.answer(Evidence(tables, step="territories")))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        # 100 k against 98 k is 2.04 %, rounded up.
        pytest.param({}, "the proposal is at most 2.1 % dearer than the cheapest", id="gap"),
        pytest.param({}, "In driving and moves,", id="moves are priced"),
        pytest.param({"weighed_moves_amount": float("nan")}, "In driving, the", id="free moves"),
        pytest.param(
            {"lower_bound_amount": 100e3, "gap_share": 0.0},
            "No plan within its limits is cheaper in driving",
            id="proven",
        ),
    ],
)
def test_how_far_the_plan_may_be_from_the_best_is_told(
    territories_result: StepResult, changes: dict[str, float], sentence: str
) -> None:
    searches = territories_result.tables["searches"].assign(**changes)
    assert sentence in gap_sentence(Evidence({"searches": searches}))


@pytest.mark.parametrize("bound", [float("nan"), 0.0, 50e3])
def test_nothing_is_claimed_without_a_bound_that_tells(
    territories_result: StepResult, bound: float
) -> None:
    searches = territories_result.tables["searches"].assign(lower_bound_amount=bound)
    assert gap_sentence(Evidence({"searches": searches})) == ""
    assert gap_sentence(Evidence({})) == ""


def test_the_reps_are_answered_with_who_stays_and_what_is_vacant(reps_result: StepResult) -> None:
    text = str(report.answer(reps_result))
    assert "5 of 6 territories keep their rep." in text
    assert "1 territory has no rep yet." in text


def test_the_review_is_answered_with_its_verdict(
    review_result: StepResult, task: HasTables
) -> None:
    text = str(report.answer(review_result, task))
    assert "Verdict: adopt with changes." in text
    assert "31 accounts change hands (12 % of accounts, 11 % of revenue)" in text
    assert "EUR 18.0 k of margin is at risk" in text


def test_the_reps_are_answered_with_how_evenly_potential_is_dealt_out(
    reps_result: StepResult, task: HasTables
) -> None:
    figures = {
        "fairness_gap_share": 0.24,
        "fairness_gini_share": 0.05,
        "fairness_envy_amount_per_year": 120_000.0,
    }
    text = str(report.answer(replace(reps_result, figures=figures), task))
    assert (
        "Potential per full-time rep differs by up to 24 % of the mean (Gini 0.05); between reps "
        "of one role and team by EUR 120 k a year." in text
    )
    assert "full-time rep" not in str(report.answer(reps_result, task))


def test_findings_stand_before_the_answer(reps_result: StepResult) -> None:
    assert str(report.answer(reps_result)).startswith("! Rennes Sud has no rep")


def test_words_from_outside_are_escaped() -> None:
    page = Answer(("A & <b>",), ("<script>",))._repr_html_()
    assert "<b>" not in page
    assert "<script>" not in page


def test_another_step_has_no_answer() -> None:
    with pytest.raises(ParameterError, match=r"no answer for this step: company\. .*Known names"):
        report.answer(Evidence({"a": pd.DataFrame()}, step="company"))


def alike(result: StepResult) -> Evidence:
    """The same step where nothing is known of money."""
    accounts = pd.DataFrame({"potential_source": ["equal"]})
    tables = {**result.tables, "market_accounts": accounts}
    return Evidence(tables, result.figures, step=result.step, currency="EUR")


def test_without_money_no_answer_names_an_amount(
    accounts_result: StepResult, territories_result: StepResult, review_result: StepResult
) -> None:
    for result in (accounts_result, territories_result, review_result):
        text = str(report.answer(alike(result)))
        assert "No potential or revenue is known: each account counts as one." in text
        assert "EUR" not in text
        assert "potential" not in text.replace("No potential or revenue", "")
