"""Prospects are rated by what became of earlier deals, once enough of them are known."""

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._accounts.propensity import (
    ProspectChances,
    propensity_assumptions,
    propensity_findings,
    rate_prospects,
)

MakeTable = Callable[..., pd.DataFrame]
Tables = dict[str, pd.DataFrame]
OPTIONS = Options(as_of_date=date(2026, 10, 31), seed=1)


@pytest.fixture(scope="session")
def make_tables(make_table: MakeTable) -> Callable[..., Tables]:
    """Make accounts with one closed deal each, won the likelier the more employees, and prospects.

    The last ten are prospects without any deal.
    """

    def make(count: int, *, won_base: float = 0.0) -> Tables:
        rng = np.random.default_rng(5)
        ids = [f"{row:05}" for row in range(count + 10)]
        size = rng.normal(size=count + 10)
        won = rng.random(count) < 1 / (1 + np.exp(-(won_base + 2 * size[:count])))
        days = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.permutation(count), unit="D")
        market = make_table(
            "market_accounts",
            account_id=ids,
            account_type=["customer" if own else "prospect" for own in won] + ["prospect"] * 10,
            segment=["bar" if row % 2 else "hotel" for row in range(count + 10)],
        )
        given = make_table(
            "accounts",
            account_id=ids,
            account_name=ids,
            employees_count=np.round(50 * np.exp(size)).tolist(),
        )
        deals = make_table(
            "deals",
            deal_id=[f"D{own}" for own in ids[:count]],
            account_id=ids[:count],
            is_won=pd.array(won.tolist(), dtype="boolean"),
            close_date=days,
        )
        return {"market": market, "given": given, "deals": deals}

    return make


def rate(tables: Mapping[str, pd.DataFrame], options: Options = OPTIONS) -> ProspectChances:
    return rate_prospects(tables["market"], tables["given"], tables.get("deals"), options=options)


@pytest.fixture(scope="session")
def many(make_tables: Callable[..., Tables]) -> Tables:
    return make_tables(400)


def test_prospects_get_a_chance_that_rises_with_what_helped(many: Tables) -> None:
    found = rate(many)
    chances = found.chances.set_index("account_id")["propensity_share"]
    employees = many["given"].set_index("account_id")["employees_count"][chances.index]
    assert chances.between(0, 1).all()
    assert chances[employees == employees.max()].min() > 0.8
    assert chances[employees == employees.min()].max() < 0.2
    assert set(found.chances["propensity_reason"]) >= {"employees raises it", "employees lowers it"}


def test_a_finding_says_how_far_the_chance_is_to_be_trusted(many: Tables) -> None:
    (sentence,) = propensity_findings(rate(many))
    assert sentence.startswith(
        "Tested on the 100 newest outcomes, the chance that a prospect buys is better than one "
        "chance for all: mean squared error 0."
    )
    assert " times as often as all." in sentence
    assert "nan" not in sentence
    (said,) = propensity_assumptions(rate(many))
    assert "by size and segment alone." in said


def test_reliability_counts_every_newest_outcome_once(many: Tables) -> None:
    table = rate(many).reliability
    assert table["accounts_count"].sum() == 100
    assert not table.isna().any(axis=None)


def test_too_few_outcomes_give_no_chance_but_their_number(
    make_tables: Callable[..., Tables],
) -> None:
    tables = make_tables(30)
    found = rate(tables)
    won = int(tables["deals"]["is_won"].sum())
    assert found.chances.empty
    assert found.reliability.empty
    assert [*propensity_findings(found)] == [
        (
            "The chance that a prospect buys cannot be learnt yet: it takes 50 accounts that "
            f"bought and 50 that did not; there are {won} and {30 - won} with closed deals."
        )
    ]
    assert [*propensity_assumptions(found)] == []


def test_older_outcomes_alone_must_be_enough(make_tables: Callable[..., Tables]) -> None:
    """About 60 of each kind, of which the newest quarter tests."""
    (sentence,) = propensity_findings(rate(make_tables(120)))
    assert "and 50 that did not before the newest quarter, which tests; there are " in sentence


def test_outcomes_of_one_day_cannot_be_tested(many: Tables) -> None:
    deals = many["deals"].assign(close_date=pd.Timestamp("2025-01-01"))
    (sentence,) = propensity_findings(rate({**many, "deals": deals}))
    assert sentence.startswith("The chance that a prospect buys cannot be learnt: all deals were")
    (sentence,) = propensity_findings(rate({**many, "deals": deals.head(1)}))
    assert " cannot be learnt yet: it takes 50 accounts that bought and 50 " in sentence


@pytest.mark.parametrize("is_given", [True, False])
def test_without_closed_deals_a_sentence_says_what_is_missing(
    many: Tables, *, is_given: bool
) -> None:
    found = rate({**many, "deals": many["deals"].head(0)} if is_given else _without_deals(many))
    assert [*propensity_findings(found)] == []
    (sentence,) = propensity_assumptions(found)
    assert sentence.startswith("No deal with an account in scope is closed, so the chance")


def test_renewals_do_not_count_beside_new_business(make_table: MakeTable, many: Tables) -> None:
    """Account 00000 was won for good; its renewal and a deal that lies ahead are no outcome."""
    deals = make_table(
        "deals",
        deal_id=["D1", "D2", "D3", "D4", "D5"],
        account_id=["00000", "00000", "00001", "00002", "00003"],
        deal_type=["New business", "Renewal", "renewal", "new", "new"],
        is_won=pd.array([False, True, True, True, True], dtype="boolean"),
        close_date=pd.to_datetime(
            ["2025-01-01", "2026-01-01", "2026-01-01", "2025-03-01", "2027-01-01"]
        ),
    )
    found = rate({**many, "deals": deals})
    assert found.outcomes_count == 2
    assert found.fit is not None
    assert (found.fit.positives_count, found.fit.negatives_count) == (1, 1)


def test_nothing_known_of_any_account_is_no_nan(many: Tables) -> None:
    blank = many["given"].assign(employees_count=np.nan)
    market = many["market"].assign(segment=None).astype({"segment": "str"})
    found = rate({**many, "given": blank, "market": market})
    assert found.chances["propensity_share"].between(0, 1).all()
    assert set(found.chances["propensity_reason"]) == {"nothing known"}
    assert "nan" not in " ".join([*propensity_findings(found), *propensity_assumptions(found)])


def test_of_very_many_outcomes_the_newest_count(make_tables: Callable[..., Tables]) -> None:
    """Trees, which a thousand that bought would bring, are never grown."""
    found = rate(make_tables(1500, won_base=2.0))
    assert found.fit is not None
    assert [*found.fit.models] == ["logistic"]
    assert found.fit.positives_count < 999
    assert found.outcomes_count < 1500


def test_no_prospect_and_no_account_are_no_crash(many: Tables) -> None:
    nobody = many["market"].assign(account_type="customer")
    assert rate({**many, "market": nobody}).chances.empty
    assert rate({**many, "market": many["market"].head(0)}).outcomes_count == 0


def test_the_same_seed_and_other_row_orders_give_the_same_chances(many: Tables) -> None:
    shuffled = {name: table.sample(frac=1, random_state=3) for name, table in many.items()}
    pd.testing.assert_frame_equal(rate(many).chances, rate(shuffled).chances)
    pd.testing.assert_frame_equal(rate(many).reliability, rate(shuffled).reliability)


def _without_deals(tables: Tables) -> Tables:
    return {name: table for name, table in tables.items() if name != "deals"}
