"""Customers are scored by their last contact, and quiet ones are told."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._accounts.recency import (
    recency_assumptions,
    recency_findings,
    score_recency,
)

MakeTable = Callable[..., pd.DataFrame]
OPTIONS = Options(as_of_date=date(2026, 10, 31))


@pytest.fixture
def market(make_table: MakeTable) -> pd.DataFrame:
    """Five customers, a prospect without revenue and a house account."""
    return make_table(
        "market_accounts",
        account_id=["1", "2", "3", "4", "5", "6", "7"],
        account_type=["customer"] * 5 + ["prospect", "customer"],
        revenue_amount_per_year=[500.0, 400, 300, None, 0, None, 900],
        coverage=["field", "remote", None, "field", "field", "field", "house"],
    )


@pytest.fixture
def visits(make_table: MakeTable) -> pd.DataFrame:
    """Account 1 was seen this month, 2 in June, 3 in February; one day lies ahead."""
    return make_table(
        "visits",
        account_id=["1", "1", "2", "3", "6", "3"],
        rep_id=["R"] * 6,
        visit_date=pd.to_datetime(
            ["2026-10-30", "2026-09-01", "2026-06-15", "2026-02-01", "2026-10-01", "2027-02-01"]
        ),
    )


@pytest.fixture
def deals(make_table: MakeTable) -> pd.DataFrame:
    """Account 4 bought for 60 and 40 in March, and for 99 long ago; 1 lost, 2 has none closed."""
    return make_table(
        "deals",
        deal_id=["D1", "D2", "D3", "D4", "D5"],
        account_id=["4", "4", "4", "1", "2"],
        amount=[60.0, 40.0, 99.0, 500.0, 500.0],
        close_date=pd.to_datetime(
            ["2026-03-01", "2026-03-31", "2025-01-01", "2026-10-31", "2026-12-01"]
        ),
        is_won=pd.array([True, True, True, False, None], dtype="boolean"),
    )


def score(
    market: pd.DataFrame, visits: pd.DataFrame | None, deals: pd.DataFrame | None
) -> pd.DataFrame:
    return score_recency(market, visits, deals, options=OPTIONS).set_index("account_id")


def test_last_contact_contacts_and_money_of_each_customer(
    market: pd.DataFrame, visits: pd.DataFrame, deals: pd.DataFrame
) -> None:
    """From 15 June to 31 October are 138 days; the year's deals of account 4 make 100."""
    table = score(market, visits, deals)
    assert table.index.tolist() == ["1", "2", "3", "4", "5"]
    assert table["quiet_days_count"].fillna(-1).tolist() == [1, 138, 272, 214, -1]
    assert table["contacts_count"].tolist() == [2, 1, 1, 2, 0]
    assert table["monetary_amount_per_year"].tolist() == [500, 400, 300, 100, 0]


def test_recency_is_scored_by_months_the_rest_by_fifths(
    market: pd.DataFrame, visits: pd.DataFrame, deals: pd.DataFrame
) -> None:
    """Months 0, 4, 8 and 7; equal numbers of contacts share the higher fifth."""
    table = score(market, visits, deals)
    assert table["recency_score"].fillna(-1).tolist() == [5, 3, 2, 2, -1]
    assert table["frequency_score"].tolist() == [5, 3, 3, 5, 1]
    assert table["monetary_score"].tolist() == [5, 4, 3, 2, 1]
    assert table["recency_group"].tolist() == ["best", "cooling", "quiet", "quiet", "never seen"]


def test_a_finding_counts_the_quiet_and_what_they_spend(
    market: pd.DataFrame, visits: pd.DataFrame, deals: pd.DataFrame
) -> None:
    """Account 5 spends nothing."""
    table = score(market, visits, deals).reset_index()
    assert [*recency_findings(table, currency="EUR")] == [
        (
            "2 of 4 customers have gone quiet: no visit, call or won deal for more than 6 months. "
            "They spend EUR 400 a year with us."
        )
    ]


def test_a_customer_never_seen_counts_as_quiet(market: pd.DataFrame, visits: pd.DataFrame) -> None:
    """Without deals nothing is known of account 4's money; the log reaches back to February."""
    seen = visits[visits["account_id"] != "1"]
    (sentence,) = recency_findings(score(market, seen, None).reset_index(), currency="EUR")
    assert sentence.startswith("2 of 3 customers have gone quiet: ")
    assert "more than 6 months (1 of them not since contacts are known). They spend" in sentence


def test_a_short_log_does_not_tell_who_is_quiet(market: pd.DataFrame, visits: pd.DataFrame) -> None:
    young = visits[visits["visit_date"] > pd.Timestamp("2026-08-31")]
    table = score(market, young, None)
    assert table["recency_group"].tolist() == ["best", "n/a", "n/a", "n/a", "n/a"]
    assert [*recency_findings(table.reset_index(), currency="EUR")] == []


def test_without_money_the_quiet_are_counted_all_the_same(
    market: pd.DataFrame, visits: pd.DataFrame
) -> None:
    table = score(market.assign(revenue_amount_per_year=float("nan")), visits, None)
    (sentence,) = recency_findings(table.reset_index(), currency="EUR")
    assert sentence.startswith("3 of 5 customers have gone quiet: ")
    assert sentence.endswith(" What customers spend with us is not known.")


@pytest.mark.parametrize("options", [OPTIONS, Options()], ids=["a day", "no day"])
def test_without_contacts_a_sentence_says_what_is_missing(
    market: pd.DataFrame, options: Options
) -> None:
    table = score_recency(market, None, None, options=options)
    assert table.empty
    assert [*recency_findings(table, currency="EUR")] == []
    assert [*recency_assumptions(table)] == [
        (
            "No customer with a visit, a call or a won deal that has a day is known, so nothing is "
            "said of customers who have gone quiet; the inputs visits and deals would tell."
        )
    ]


def test_no_account_is_no_crash_and_row_order_changes_nothing(
    market: pd.DataFrame, visits: pd.DataFrame, deals: pd.DataFrame
) -> None:
    assert score(market.head(0), visits, deals).empty
    shuffled = (frame.sample(frac=1, random_state=2) for frame in (market, visits, deals))
    pd.testing.assert_frame_equal(score(market, visits, deals), score(*shuffled))
