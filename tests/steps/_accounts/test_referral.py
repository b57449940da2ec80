"""Promoter score with its interval, and what recommendations can be expected to bring."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._accounts.referral import (
    Referrals,
    referral_assumptions,
    referral_findings,
    value_referrals,
)

MakeTable = Callable[..., pd.DataFrame]
MakeAccounts = Callable[..., tuple[pd.DataFrame, Referrals]]


@pytest.fixture
def value(make_table: MakeTable) -> MakeAccounts:
    """Value customers by their answers, and accounts that were recommended to us, by whom."""

    def make(
        answers: list[float | None],
        referred: list[tuple[str, str, float | None]] | None = None,
        order: int | None = None,
    ) -> tuple[pd.DataFrame, Referrals]:
        ids = [f"{row:02}" for row in range(len(answers))]
        asked = [
            (own, "customer", None, None, score) for own, score in zip(ids, answers, strict=True)
        ]
        brought = [
            (f"N{row}", kind, revenue, by, None)
            for row, (by, kind, revenue) in enumerate(referred or [])
        ]
        rows = pd.DataFrame([*asked, *brought], columns=["id", "type", "revenue", "by", "score"])
        rows = rows if order is None else rows.sample(frac=1, random_state=order)
        market = make_table(
            "market_accounts",
            account_id=rows["id"].tolist(),
            account_type=rows["type"].tolist(),
            revenue_amount_per_year=rows["revenue"].tolist(),
        )
        given = make_table(
            "accounts",
            account_id=rows["id"].tolist(),
            account_name=rows["id"].tolist(),
            referral_score=rows["score"].tolist(),
            referred_by_account_id=rows["by"].tolist(),
        )
        options = Options.model_validate({"costs": {"margin_share": 0.5}})
        return value_referrals(market, given, options=options)

    return make


TEN = [10.0, 10, 9, 9, 9, 8, 7, 6, 5, 0]


def test_ten_answers_give_a_score_with_its_interval(value: MakeAccounts) -> None:
    """Five promoters, three detractors of ten; with the added answers 5.75 and 3.75 of 13."""
    (sentence,) = referral_findings(value(TEN)[0])
    assert sentence == (
        "10 accounts have answered how likely they are to recommend us: a promoter score "
        "(promoters less detractors) of 20 points, between -30 and 61 points with a confidence of "
        "95 %."
    )


def test_fewer_answers_give_no_score_but_their_number_and_an_interval(value: MakeAccounts) -> None:
    (sentence,) = referral_findings(value([10.0, None, 3.0])[0])
    assert sentence.startswith(
        "Only 2 accounts have answered how likely they are to recommend us: too few for a promoter "
        "score, which takes 10. It lies between -"
    )
    (alone,) = referral_findings(value([10.0])[0])
    assert alone.startswith("Only 1 account has answered how likely it is to recommend us: ")


def test_without_answers_a_sentence_says_so(value: MakeAccounts) -> None:
    table, found = value([None, None])
    assert [*referral_findings(table)] == []
    assert [*referral_assumptions(table, found, currency="EUR")] == [
        (
            "No account has answered how likely it is to recommend us (referral_score), so nothing "
            "is said of referrals."
        )
    ]


def test_what_became_of_recommendations_makes_their_value(value: MakeAccounts) -> None:
    """00 brought two, 02 one; two of three were won, with 100 and 300 at half of it: 100.

    Chance of 10 times 1.5 accounts times 2/3 won times 100.
    """
    brought = [("00", "customer", 100.0), ("00", "prospect", None), ("02", "former", 300.0)]
    table, found = value(TEN, brought)
    assert found == Referrals(2, 1.5, 2 / 3, 100.0, 0)
    chance = table.set_index("account_id")["referral_share"]
    assert chance["00"] == chance["01"] > chance["02"] > chance["09"] > 0
    worth = np.asarray(table["referral_value_amount_per_year"])
    assert worth == pytest.approx(np.asarray(table["referral_share"]) * 100)
    assert [*referral_assumptions(table, found, currency="EUR")] == [
        (
            "What referrals bring is the chance by answer, from 2 accounts that have recommended "
            "us, times 1.5 accounts brought by each, 67 % of them won, at EUR 100 of margin a year."
        )
    ]


@pytest.mark.parametrize(
    ("answers", "brought"),
    [
        pytest.param(TEN, [], id="nobody has recommended us"),
        pytest.param(TEN[:9], [("00", "customer", 100.0)], id="too few answers"),
        pytest.param(TEN, [("00", "prospect", None)], id="nobody was won"),
        pytest.param(TEN, [("99", "customer", 100.0)], id="by an account of another region"),
    ],
)
def test_without_outcomes_there_is_no_value_and_a_sentence_says_why(
    value: MakeAccounts, answers: list[float | None], brought: list[tuple[str, str, float | None]]
) -> None:
    table, found = value(answers, brought)
    assert table["referral_value_amount_per_year"].isna().all()
    (sentence,) = referral_assumptions(table, found, currency="EUR")
    assert sentence.startswith("What referrals bring is not computed: it takes 10 answers, ")


def test_an_answer_that_is_no_whole_number_does_not_count_and_is_told(value: MakeAccounts) -> None:
    table, found = value([*TEN, 7.5])
    assert len(table) == 10
    assert [*referral_assumptions(table, found, currency="EUR")][-1] == (
        "1 answer is no whole number from 0 to 10 and does not count."
    )


def test_nobody_recommends_himself_and_row_order_changes_nothing(value: MakeAccounts) -> None:
    brought = [("00", "customer", 100.0), ("N1", "customer", 100.0)]
    table, found = value(TEN, brought)
    assert found.leads_count == 1
    shuffled, again = value(TEN, brought, 4)
    pd.testing.assert_frame_equal(table, shuffled)
    assert found == again


def test_no_account_is_no_crash(value: MakeAccounts) -> None:
    table, _ = value([])
    assert table.empty
