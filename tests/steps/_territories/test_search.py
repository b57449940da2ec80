import math

import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._territories.search import describe_search, gap_share, search_figures

NAN = math.nan


def searches(*rows: tuple[float, float, str]) -> pd.DataFrame:
    """Make one team a row: what it costs, its bound, why the search ended; ten rounds each."""
    frame = pd.DataFrame(rows, columns=["objective_amount", "lower_bound_amount", "stop_reason"])
    return frame.assign(
        weighed_moves_amount=1.0,
        iterations_count=10,
        is_reproducible=frame["stop_reason"] != "time_limit",
    )


def words(*rows: tuple[float, float, str]) -> str:
    return " ".join(describe_search(search_figures(searches(*rows)), Options()))


@pytest.mark.parametrize(
    ("total", "bound", "gap"),
    [
        pytest.param(103.0, 100.0, 0.03, id="dearer"),
        pytest.param(100.0, 100.0, 0.0, id="proven"),
        pytest.param(100.0, 100.0 - 1e-8, 0.0, id="rounding"),
        pytest.param(0.0, 0.0, 0.0, id="nothing to drive"),
        pytest.param(5.0, 0.0, NAN, id="a bound of nothing tells nothing"),
        pytest.param(5.0, NAN, NAN, id="no bound"),
    ],
)
def test_the_gap_is_a_share_of_the_bound(total: float, bound: float, gap: float) -> None:
    assert gap_share(total, bound) == pytest.approx(gap, nan_ok=True)


def test_teams_are_summed_up() -> None:
    found = search_figures(searches((60.0, 50.0, "converged"), (50.0, 50.0, "max_iterations")))
    assert found == {
        "objective_amount": 110.0,
        "made_least": "a year of driving to the centres and the weighed price of moves",
        "stop_reason": "max_iterations",
        "iterations_count": 20.0,
        "reproducible": "yes",
        "lower_bound_amount": 100.0,
        "gap_share": pytest.approx(0.1),
    }


def test_one_team_without_a_bound_leaves_the_sum_without_one() -> None:
    found = search_figures(searches((60.0, 50.0, "converged"), (50.0, NAN, "converged")))
    assert "gap_share" not in found
    assert "lower_bound_amount" not in found


def test_the_distance_to_the_best_is_told_and_rounded_up() -> None:
    text = words((1001.2, 1000.0, "converged"))
    assert "EUR 1.00 k in this plan." in text
    assert "less than EUR 1.00 k, so that this one is at most 0.2 % dearer" in text
    assert "The search ended after 10 rounds: nothing improved any more." in text
    assert text.endswith("The same inputs and seed give the same plan.")


def test_a_proven_best_is_told() -> None:
    assert "No plan within the limits has less of it: that is proven." in words(
        (10.0, 10.0, "converged")
    )


def test_where_moves_are_free_only_driving_is_made_least() -> None:
    free = searches((10.0, 9.0, "converged")).assign(weighed_moves_amount=NAN)
    goal, *_ = describe_search(search_figures(free), Options())
    assert goal == (
        "What is made least within the limits is a year of driving to the centres: EUR 10 in this "
        "plan."
    )


def test_nothing_is_claimed_without_a_bound() -> None:
    text = words((10.0, NAN, "max_iterations"))
    assert "How far it is from the cheapest plan within the limits is not known." in text
    assert "the rounds of improvement that the options allow were used up" in text


def test_a_plan_ended_by_time_is_not_promised_again() -> None:
    text = words((10.0, NAN, "time_limit"))
    assert "another run may give another plan." in text
    assert "same seed" not in text
    assert search_figures(searches((10.0, NAN, "time_limit")))["reproducible"] == "no"
