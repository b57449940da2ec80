import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Costs, Options
from territory_kit.steps._review.contribution import (
    proposed_margin,
    review_contribution,
    weigh_territories,
)
from territory_kit.steps._review.served import Served

OPTIONS = Options(costs=Costs(call_amount=10, margin_share=0.5))
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["1", "2", "3"],
        "territory_id": ["T1", "T1", "T2"],
        "revenue_amount_per_year": [1_000.0, 2_000.0, np.nan],
    }
)
TERRITORIES = pd.DataFrame(
    {
        "territory_id": ["T1", "T2", "T3"],
        "call_hours_per_year": [6.0, 3.0, 0.0],
        "tour_hours_per_year": [4.0, 2.0, 0.0],
        "ideal_visits_per_year": [10.0, 5.0, 0.0],
        "people_cost_amount_per_year": [400.0, 400.0, 100.0],
        "travel_cost_amount_per_year": [200.0, 50.0, np.nan],
    }
)
MARGINS = pd.Series({"1": 0.4, "2": np.nan, "3": 0.9})
PLAN = Served(ACCOUNTS, TERRITORIES)
NO_PLAN = Served(ACCOUNTS.head(0), TERRITORIES.head(0))


def test_a_territory_brings_its_margin_less_people_km_and_calls() -> None:
    table = weigh_territories(PLAN, MARGINS, OPTIONS).set_index("territory_id")
    first = table.loc["T1"]
    # 40 % of 1,000 and the plan's 50 % of 2,000, less 400, 200 and 10 calls at 10.
    assert first["margin_amount_per_year"] == pytest.approx(1_400)
    assert first["contribution_amount_per_year"] == pytest.approx(700)
    assert first["hour_contribution_amount"] == pytest.approx(70)
    assert first["account_contribution_amount"] == pytest.approx(350)


def test_a_territory_without_revenue_costs_and_one_without_accounts_has_no_average() -> None:
    table = weigh_territories(PLAN, MARGINS, OPTIONS).set_index("territory_id")
    assert table.loc["T2", "contribution_amount_per_year"] == pytest.approx(-500)
    assert table.loc["T3", "contribution_amount_per_year"] == pytest.approx(-100)
    assert table.loc["T3", ["hour_contribution_amount", "account_contribution_amount"]].isna().all()


def test_both_plans_stand_side_by_side_in_any_row_order() -> None:
    part = review_contribution(PLAN, PLAN, MARGINS, OPTIONS)
    table = part.tables["contribution"]
    assert table["territory_id"].tolist() == ["T1", "T1", "T2", "T2", "T3", "T3"]
    assert table["state"].tolist() == ["today", "proposal"] * 3
    assert not part.findings
    assert part.assumptions[1] == (
        "The proposed territories bring EUR 100 a year after people, km and calls; today's "
        "territories EUR 100."
    )
    turned = Served(ACCOUNTS.iloc[::-1], TERRITORIES.iloc[::-1])
    again = review_contribution(turned, turned, MARGINS, OPTIONS).tables["contribution"]
    pd.testing.assert_frame_equal(table, again)


def test_without_a_today_only_the_proposal_is_told() -> None:
    part = review_contribution(NO_PLAN, PLAN, MARGINS, OPTIONS)
    assert part.tables["contribution"]["state"].unique().tolist() == ["proposal"]
    assert part.assumptions[1] == (
        "The proposed territories bring EUR 100 a year after people, km and calls."
    )


def test_without_revenue_the_review_says_what_it_cannot_show() -> None:
    unknown = Served(ACCOUNTS.assign(revenue_amount_per_year=np.nan), TERRITORIES)
    part = review_contribution(unknown, unknown, MARGINS, OPTIONS)
    assert part.tables["contribution"].empty
    assert part.findings == ["Without revenue this review cannot show what each territory brings."]


def test_the_margin_of_the_proposal_leaves_out_today() -> None:
    part = review_contribution(PLAN, PLAN, MARGINS, OPTIONS)
    assert proposed_margin(part.tables["contribution"]) == pytest.approx(1_400)
