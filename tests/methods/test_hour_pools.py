"""Hours for prospects against hours for existing accounts."""

import numpy as np
import pytest

from territory_kit.errors import ParameterError
from territory_kit.methods.call_allocation import CallOptions, allocate_calls, call_levels
from territory_kit.methods.hour_pools import PoolSplit, prospect_gains, split_hours

NA = float("nan")


def pool(*gains: float, least: int = 0) -> CallOptions:
    """Return one account whose calls take an hour each and gain these amounts."""
    return call_levels(np.array([np.cumsum([0, *gains])]), np.ones(1), least=np.array([least]))


def split(
    existing: CallOptions, prospects: CallOptions, share: float, hours: float = 4
) -> PoolSplit:
    return split_hours(existing, prospects, budget_hours=hours, prospect_share=share)


def test_hours_go_to_the_pool_where_they_gain_more() -> None:
    # existing 9, 5, 2, 1 and prospects 8, 6, 4, 3: three and one hours gain 16 + 8
    found = split(pool(9, 5, 2, 1), pool(8, 6, 4, 3), 0.25)
    assert (found.existing.gain, found.prospects.gain) == (16, 8)
    # the third hour there gains 2, a second one here 6
    assert found.existing.last_hour_gain == pytest.approx(2)
    assert found.prospects.next_hour_gain == pytest.approx(6)
    assert found.more_to == "prospects"


def test_a_split_that_no_hour_improves_is_right() -> None:
    found = split(pool(9, 5, 2, 1), pool(8, 6, 4, 3), 0.5)
    assert found.more_to == "none"
    assert found.existing.gain + found.prospects.gain == 28


def test_too_many_hours_for_prospects_are_given_back() -> None:
    assert split(pool(9, 5, 2, 1), pool(8, 6, 4, 3), 1).more_to == "existing"


def test_equal_gains_of_an_hour_ask_for_no_change() -> None:
    assert split(pool(5, 5, 5, 5), pool(5, 5, 5, 5), 0.25).more_to == "none"


def test_hours_of_a_floor_are_not_given_away() -> None:
    """Large accounts keep their visits though prospects would gain more."""
    found = split(pool(1, 1, 1, least=3), pool(8, 6, 4, 3), 0.25)
    assert found.existing.last_hour_gain == np.inf
    assert found.more_to == "none"


def test_following_the_advice_ends_at_the_best_split() -> None:
    existing, prospects, share = pool(9, 5, 2, 1), pool(8, 6, 4, 3), 0.0
    found = split(existing, prospects, share)
    while found.more_to == "prospects":
        share += 0.25
        found = split(existing, prospects, share)
    together = allocate_calls(
        CallOptions(
            np.vstack([existing.gains, prospects.gains]),
            np.vstack([existing.hours, prospects.hours]),
        ),
        budget_hours=4,
    )
    assert found.existing.gain + found.prospects.gain == pytest.approx(together.gain)


def test_a_prospect_is_worth_its_chance_times_the_margin_to_come() -> None:
    # 10 % more with each call, of 500 a year for three years
    found = prospect_gains(np.array([[0.0, 0.1, 0.2]]), np.array([500.0]), horizon_years=3)
    assert found.tolist() == [pytest.approx([0, 150, 300])]


@pytest.mark.parametrize(
    ("chance", "years"), [(1.2, 3.0), (-0.1, 3.0), (NA, 3.0), (0.5, 0.0), (0.5, NA), (0.5, np.inf)]
)
def test_chances_beyond_certainty_are_refused(chance: float, years: float) -> None:
    with pytest.raises(ParameterError, match="Chances of winning or the horizon cannot be used"):
        prospect_gains(np.array([[chance]]), np.ones(1), horizon_years=years)


@pytest.mark.parametrize("share", [-0.1, 1.1, 20.0, NA])
def test_a_part_of_hours_beyond_the_whole_is_refused(share: float) -> None:
    with pytest.raises(ParameterError, match="hours for prospects must lie between 0 and 1"):
        split(pool(1), pool(1), share)


def test_floors_beyond_the_hours_of_their_pool_are_explained() -> None:
    with pytest.raises(ParameterError, match=r"3 hours needed, 2 at hand"):
        split(pool(1, 1, 1, least=3), pool(8), 0.5)
