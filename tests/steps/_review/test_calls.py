import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Costs, Options
from territory_kit.steps._review.calls import break_evens, review_calls, tabulate_costs
from territory_kit.steps._review.served import Served
from territory_kit.steps._review.visits import split_visits

OPTIONS = Options(costs=Costs(call_amount=10, margin_share=0.4, selling_cost_share=0.1))
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["1", "2"],
        "territory_id": "T1",
        "visits_per_year": [6.0, 4.0],
        "call_hours_per_year": [6.0, 4.0],
        "potential_amount_per_year": [100.0, 300.0],
        "is_remote": False,
    }
)
TERRITORIES = pd.DataFrame(
    {
        "territory_id": ["T1"],
        "tour_hours_per_year": 10.0,
        "capacity_hours": 8.0,
        "ideal_visits_per_year": 10.0,
        "people_cost_amount_per_year": 1700.0,
        "travel_cost_amount_per_year": 200.0,
    }
)
CLASSES = pd.DataFrame({"account_id": ["1", "2"], "account_class": ["A", "B"]})
PLAN = Served(ACCOUNTS, TERRITORIES)
NO_PLAN = Served(ACCOUNTS.head(0), TERRITORIES.head(0))
VISITED = pd.Series({"1": 8.0, "2": 1.0})


def test_a_call_costs_its_parts_and_pays_from_two_break_evens() -> None:
    part = review_calls(
        PLAN, PLAN, split_visits(ACCOUNTS, VISITED), CLASSES, OPTIONS, has_money=True
    )
    costs = part.tables["call_costs"].set_index("part")["proposal_amount"]
    # 1,700, 200 and 10 calls at 10, over 10 calls.
    assert costs.to_dict() == {"People": 170, "Travel": 20, "Material": 10, "One call": 200}
    first = part.tables["break_evens"].iloc[0]
    # Six calls of 200: 1,200 over 10 % and over 40 %.
    assert first["expense_break_even_amount_per_year"] == pytest.approx(12_000)
    assert first["margin_break_even_amount_per_year"] == pytest.approx(3_000)


def test_the_hours_reach_the_account_with_most_potential() -> None:
    part = review_calls(
        NO_PLAN, PLAN, split_visits(ACCOUNTS, None), CLASSES, OPTIONS, has_money=True
    )
    accounts, potential = part.compared
    # Number 2 takes 4 h and 4 of 10 h of driving: all there is.
    assert (accounts.proposal, potential.proposal) == (0.5, 0.75)
    assert np.isnan(accounts.today)
    assert part.tables["visit_gaps"].empty
    assert part.findings == [""]


def test_too_many_visits_do_not_hide_those_that_lack() -> None:
    gaps = split_visits(ACCOUNTS.iloc[::-1], VISITED)
    assert gaps["over_visits_per_year"].tolist() == [2, 0]
    assert gaps["under_visits_per_year"].tolist() == [0, 3]
    part = review_calls(PLAN, PLAN, gaps, CLASSES, OPTIONS, has_money=False)
    assert len(part.compared) == 1
    (text,) = part.findings
    assert text == (
        "In the last year of data 50 % of the accounts were visited as often as wanted. "
        "22 % of the visits were more than an account should have."
    )


def test_without_calls_there_is_no_cost_of_a_call() -> None:
    assert tabulate_costs(None, None)["proposal_amount"].isna().all()
    table = break_evens(ACCOUNTS, CLASSES, None, OPTIONS)
    assert table["accounts_count"].tolist() == [1, 1]
    assert table["expense_break_even_amount_per_year"].isna().all()
