from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Costs, Hours, Options, Travel, Visits
from territory_kit.steps._review.comparison import (
    Effort,
    Figure,
    effort_of,
    effort_today,
    list_figures,
    tabulate,
)

MakeTable = Callable[..., pd.DataFrame]
NAN = float("nan")


@pytest.mark.parametrize(
    ("figure", "reading"),
    [
        pytest.param(Figure("a", "", 100, 95), "better", id="exactly enough"),
        pytest.param(Figure("a", "", 100, 96), "equal", id="too little"),
        pytest.param(Figure("a", "", 100, 110), "worse", id="more where less is better"),
        pytest.param(Figure("a", "", 100, 110, aim="more"), "better", id="more is better"),
        pytest.param(Figure("a", "", 0.5, 0.4, kind="share"), "better", id="share in points"),
        pytest.param(Figure("a", "", 0.5, 0.46, kind="share"), "equal", id="few points"),
        pytest.param(Figure("a", "", 9, 10, kind="count"), "worse", id="one more counts"),
        pytest.param(Figure("a", "", 0, 0), "equal", id="nothing before and after"),
        pytest.param(Figure("a", "", 0, 1), "worse", id="something instead of nothing"),
        pytest.param(Figure("a", "", NAN, 1), "no comparison", id="nothing today"),
        pytest.param(Figure("a", "", 1, 2, aim="none"), "no comparison", id="no direction"),
    ],
)
def test_a_figure_is_read_by_its_kind_and_aim(figure: Figure, reading: str) -> None:
    assert figure.reading(0.05) == reading


def test_shares_are_shown_in_percent() -> None:
    figures = [Figure("Balance", "%", 0.5, 0.1, kind="share"), Figure("Cost", "EUR", 10, 12)]
    (balance, cost) = tabulate(figures, 0.05).to_dict("records")
    assert (balance["today_value"], balance["proposal_value"]) == (50, 10)
    assert (cost["today_value"], cost["reading"]) == (10, "worse")


def test_a_territory_that_takes_twice_the_hours_makes_half_its_visits() -> None:
    review = pd.DataFrame(
        {
            "travel_km_per_year": [10.0, 5.0],
            "total_cost_amount_per_year": [100.0, 50.0],
            "ideal_visits_per_year": [60.0, 40.0],
            "capacity_share": [2.0, 0.5],
            "rep_id": ["R1", None],
        }
    )
    assert effort_of(review) == Effort(15, 150, 100, 70, 2, 1)


def test_today_is_measured_from_the_homes_of_todays_reps(make_table: MakeTable) -> None:
    options = Options(
        costs=Costs(km_amount=0.5, call_amount=2, rep_amount_per_year=1000),
        hours=Hours(per_day=1, days_per_year=50, field_share=1, prospecting_share=0),
        travel=Travel(circuity=1, speed_km_per_hour=100, parking_hours=0),
        visits=Visits(per_day=1),
    )
    accounts = pd.DataFrame(
        {
            "territory_id": ["T1", "T2"],
            "lat_deg": [45.0, 46.0],
            "lon_deg": [5.0, 5.0],
            "visits_per_year": [10.0, 10.0],
            "call_hours_per_year": [10.0, 10.0],
            "is_remote": False,
        }
    )
    today = pd.DataFrame({"territory_id": ["T1", "T2"], "size_share": 1.0, "rep_id": ["R1", None]})
    reps = make_table("reps", rep_id=["R1"], home_lat_deg=[46.0], home_lon_deg=[5.0])
    effort = effort_today(accounts, today.astype({"rep_id": "str"}), reps, options)
    # R1 drives 10 x 2 x 111.195 km; nobody's T2 starts at its only account.
    road_km = 2223.9
    assert effort.travel_km == pytest.approx(road_km, rel=1e-4)
    # Two at 1,000, the km at 0.5, 20 calls at 2.
    assert effort.cost == pytest.approx(2000 + road_km / 2 + 40, rel=1e-4)
    # T1: 10 h + 22.2 h of 50 h; all visits are possible.
    assert effort.within_capacity == pytest.approx(20)
    assert (effort.territories_count, effort.vacant_count) == (2, 1)


@pytest.fixture
def balance() -> pd.DataFrame:
    """Make the balance of a plan without a today."""
    return pd.DataFrame(
        {
            "measure": ["workload_hours_per_year", "potential_amount_per_year"],
            "state": "proposal",
            "deviation_share": [0.1, 0.2],
        }
    )


def test_figures_without_a_today_have_no_values_of_today(balance: pd.DataFrame) -> None:
    proposal = Effort(100, 1000, 50, 40, 2, 1)
    figures = list_figures(Effort(), proposal, balance, currency="EUR", has_reps=True)
    assert all(np.isnan(figure.today) for figure in figures)
    assert [figure.proposal for figure in figures] == pytest.approx(
        [0.1, 100, 1000, 0.8, 0.2, 2, 1]
    )


def test_driving_is_compared_per_visit_where_accounts_wait_for_a_territory(
    balance: pd.DataFrame,
) -> None:
    fewer, all_of_them = Effort(100, 1, 40, 40, 1, 0), Effort(110, 1, 50, 50, 1, 0)
    figures = list_figures(fewer, all_of_them, balance, currency="EUR", has_reps=False)
    driving = figures[1]
    assert (driving.name, driving.today, driving.proposal) == ("Distance for each visit", 2.5, 2.2)
    same = list_figures(all_of_them, all_of_them, balance, currency="EUR", has_reps=False)
    assert same[1].name == "Distance"
    assert "Territories without a rep" not in [figure.name for figure in same]
