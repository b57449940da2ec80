import pandas as pd

from territory_kit.steps._review.served import Served, fully_visited


def plan(capacity_hours: float, **values: object) -> Served:
    """Make a territory of three accounts: 10 h of calls each, 30 h of driving."""
    defaults = {
        "account_id": ["1", "2", "3"],
        "territory_id": "T1",
        "visits_per_year": 10.0,
        "call_hours_per_year": 10.0,
        "potential_amount_per_year": [100.0, 300.0, 200.0],
        "is_remote": False,
    }
    territories = pd.DataFrame(
        {
            "territory_id": ["T1"],
            "tour_hours_per_year": 30.0,
            "capacity_hours": capacity_hours,
            "ideal_visits_per_year": 30.0,
            "people_cost_amount_per_year": 2700.0,
            "travel_cost_amount_per_year": 300.0,
        }
    )
    return Served(pd.DataFrame(defaults | values), territories)


def test_most_potential_comes_first_until_the_hours_are_spent() -> None:
    """Each account takes 10 h and a third of 30 h."""
    assert fully_visited(plan(40.0)).tolist() == [False, True, True]
    assert fully_visited(plan(60.0)).tolist() == [True, True, True]


def test_who_is_served_remotely_takes_no_driving() -> None:
    remote = plan(25.0, is_remote=[False, False, True])
    # Number 2 takes 10 h and half of 30 h, number 3 ten more.
    assert fully_visited(remote).tolist() == [False, True, False]
    assert fully_visited(plan(30.0, is_remote=[True] * 3)).tolist() == [True] * 3


def test_a_territory_that_is_no_more_visits_nobody() -> None:
    assert fully_visited(plan(100.0, territory_id=["T1", "T2", "T1"])).tolist() == [
        True,
        False,
        True,
    ]


def test_without_accounts_nobody_is_visited() -> None:
    empty = plan(10.0)
    assert fully_visited(Served(empty.accounts.head(0), empty.territories)).empty
