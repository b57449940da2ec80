import numpy as np
import pandas as pd
import pytest

from territory_kit.methods.quotas import QuotaBase
from territory_kit.options import QuotasOptions
from territory_kit.steps.goal import (
    base_of,
    expect_sales,
    goal_of,
    goal_of_region,
    share_over_regions,
)

# North sold 100 and 200, South 300; potential is 400, 200 and nothing known.
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["1", "2", "3"],
        "region": ["North", "North", "South"],
        "revenue_amount_per_year": [100.0, 200.0, 300.0],
        "potential_amount_per_year": [400.0, 200.0, np.nan],
    }
)
HOURS = {"South": 30.0, "North": 10.0}


def shared(accounts: pd.DataFrame = ACCOUNTS, **options: object) -> dict[str, float]:
    goals = share_over_regions(accounts, HOURS, QuotasOptions.model_validate(options))
    return dict(zip(goals["region"], goals["region_goal_amount_per_year"], strict=True))


def test_without_a_goal_it_is_last_years_revenue_and_its_growth() -> None:
    # 600 x 1.03
    assert goal_of(ACCOUNTS, QuotasOptions()) == 618
    assert goal_of(ACCOUNTS, QuotasOptions(goal_amount=1000)) == 1000


def test_bottom_up_an_account_keeps_its_revenue_and_wins_a_share_of_what_is_left() -> None:
    options = QuotasOptions(method="bottom_up", won_share=0.1, goal_amount=1)
    assert expect_sales(ACCOUNTS, options).tolist() == [130, 200, 300]
    assert goal_of(ACCOUNTS, options) == 630
    nothing = ACCOUNTS.assign(revenue_amount_per_year=np.nan, potential_amount_per_year=np.nan)
    assert expect_sales(nothing, options).isna().all()


@pytest.mark.parametrize(
    ("basis", "north", "south"),
    [
        pytest.param("even", 25, 76, id="by workload, 10 to 30 hours"),
        pytest.param("prior_year", 51, 50, id="300 to 300, the odd unit to the first"),
        pytest.param("potential", 101, 0, id="600 to nothing"),
        pytest.param("blend", 76, 25, id="half and half"),
    ],
)
def test_regions_add_up_to_the_goal_whatever_the_basis(basis: str, north: int, south: int) -> None:
    assert shared(goal_amount=101, basis=basis) == {"North": north, "South": south}


def test_regions_carry_what_their_accounts_let_expect() -> None:
    assert shared(method="bottom_up", won_share=0.1) == {"North": 330, "South": 300}


def test_down_the_waterfall_the_regions_carry_more_than_the_goal() -> None:
    goals = shared(
        method="waterfall", basis="even", goal_amount=100, over_assignment_shares=(0.2, 0.5)
    )
    assert goals == {"North": 30, "South": 90}


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert shared(ACCOUNTS.iloc[::-1]) == shared()


def test_a_region_without_a_frame_is_the_whole_plan() -> None:
    goals = share_over_regions(ACCOUNTS, HOURS, QuotasOptions(goal_amount=100, basis="even"))
    found = [
        goal_of_region(tables, ACCOUNTS, region="South", options=QuotasOptions())
        for tables in ({"region_goals": goals}, {})
    ]
    assert found == [75, 618]


def test_the_blend_weighs_the_year_before_and_potential() -> None:
    assert base_of("blend", QuotasOptions(prior_year_share=0.25)) == QuotaBase(
        prior_year=0.25, potential=0.75
    )
    assert base_of("even", QuotasOptions()) == QuotaBase(even=1)
