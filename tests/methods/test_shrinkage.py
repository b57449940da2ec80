"""Win rates and means drawn towards the team."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.shrinkage import (
    MeanPrior,
    RatePrior,
    WinRates,
    shrink_means,
    shrink_win_rates,
)

NA = float("nan")
QUARTER = RatePrior(0.25, 8)

# Efron, Morris 1975: hits of 18 batters at their first 45 at-bats, and their averages over the
# rest of the season
HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
EARLY = np.array(HITS) / 45
LATE = (
    np.array(
        [346, 298, 276, 222, 273, 270, 263, 210, 269, 230, 264, 256, 303, 264, 226, 285, 316, 200]
    )
    / 1000
)


def rates(wins: list[float], deals: list[float], *, interval_share: float = 0.9) -> WinRates:
    return shrink_win_rates(np.array(wins), np.array(deals), interval_share=interval_share)


def batters() -> tuple[NDArray[np.float64], float, float]:
    """Return the estimates, the mean and the part kept of the published example."""
    found = shrink_means(EARLY, sampling_variance=EARLY.mean() * (1 - EARLY.mean()) / 45)
    assert found.source == "reps"
    return found.values, found.centre, found.kept_share


def test_rates_are_drawn_towards_the_rate_of_all() -> None:
    # Centre .5. Variance of rates .05, by chance 4 · (.25 · .75 / 10) · .25 = .01875, so .03125 is
    # left; correlation .03125 / (.25 · .675) = 5/27, worth (1 - 5/27) / (5/27) = 4.4 deals.
    found = rates([2.0, 4, 6, 8], [10.0, 10, 10, 10])
    assert found.prior_deals_count == pytest.approx(4.4)
    assert found.rate_share.tolist() == pytest.approx([w / 14.4 for w in (4.2, 6.2, 8.2, 10.2)])
    assert (found.centre_share, found.source) == (0.5, "reps")


def test_few_deals_are_drawn_further_than_many() -> None:
    # both won nine of ten, one of them ten times as often
    found = rates([9.0, 90, 30, 20, 10], [10.0, 100, 100, 100, 100])
    assert found.centre_share < found.rate_share[0] < found.rate_share[1] < 0.9


def test_a_rep_without_deals_has_the_rate_of_the_team_and_the_widest_interval() -> None:
    found = rates([0.0, 2, 4, 6, 8], [0.0, 10, 10, 10, 10])
    assert found.rate_share[0] == pytest.approx(found.centre_share)
    assert found.deals_count.tolist() == [0, 10, 10, 10, 10]
    widths = found.high_share - found.low_share
    assert widths.argmax() == 0


def test_the_interval_is_that_of_the_beta_distribution() -> None:
    # one rep, prior of one win and one loss, no deals: uniform, so 80 % lie from .1 to .9
    found = shrink_win_rates(
        np.array([0.0]), np.array([0.0]), prior=RatePrior(0.5, 2), interval_share=0.8
    )
    assert (found.low_share[0], found.high_share[0]) == pytest.approx((0.1, 0.9))


def test_with_fewer_than_four_reps_the_given_prior_counts() -> None:
    # 2 wins of 8 before: (3 + 2) / (4 + 8)
    found = shrink_win_rates(np.array([3.0, 0, 0]), np.array([4.0, 10, 0]), prior=QUARTER)
    assert found.rate_share.tolist() == pytest.approx([5 / 12, 2 / 18, 0.25])
    assert (found.source, found.prior_deals_count, found.centre_share) == ("given", 8, 0.25)


def test_reps_without_deals_do_not_make_up_the_number() -> None:
    with pytest.raises(ParameterError, match=r"how much reps differ: 3 of at least 4\. Give what"):
        rates([1.0, 1, 1, 0], [2.0, 2, 2, 0])


def test_with_four_reps_the_given_prior_does_not_count() -> None:
    wins, deals = np.array([2.0, 4, 6, 8]), np.full(4, 10.0)
    found = shrink_win_rates(wins, deals, prior=QUARTER)
    assert found.source == "reps"
    assert found.rate_share.tolist() == shrink_win_rates(wins, deals).rate_share.tolist()


@pytest.mark.parametrize(
    ("wins", "deals"),
    [
        ([5.0, 5, 5, 5], [10.0, 10, 10, 10]),  # all alike
        ([4.0, 5, 5, 6], [10.0, 10, 10, 10]),  # less apart than chance would have it
        ([1.0, 0, 1, 0], [1.0, 1, 1, 1]),  # one deal each tells nothing about reps
    ],
)
def test_reps_that_differ_by_chance_only_have_one_rate(
    wins: list[float], deals: list[float]
) -> None:
    found = rates(wins, deals)
    assert found.source == "pooled"
    assert found.rate_share.tolist() == pytest.approx([0.5] * 4)
    assert np.isinf(found.prior_deals_count)
    assert np.ptp(found.low_share) == np.ptp(found.high_share) == 0
    assert found.low_share[0] < 0.5 < found.high_share[0]


def test_the_pooled_interval_comes_from_all_deals_together() -> None:
    few = rates([5.0] * 4, [10.0] * 4)
    many = rates([500.0] * 4, [1000.0] * 4)
    assert many.high_share[0] - many.low_share[0] < 0.2 * (few.high_share[0] - few.low_share[0])


def test_when_nothing_is_ever_won_the_interval_still_holds_the_rate() -> None:
    found = rates([0.0] * 4, [3.0] * 4)
    assert (found.rate_share[0], found.low_share[0], found.source) == (0, 0, "pooled")
    assert 0 < found.high_share[0] < 0.3
    found = rates([3.0] * 4, [3.0] * 4)
    assert (found.rate_share[0], found.high_share[0]) == (1, 1)


def test_reps_who_win_all_or_nothing_are_still_drawn_by_one_deal() -> None:
    """Otherwise three wins of three would be certain to go on."""
    found = rates([3.0, 3, 0, 0], [3.0, 3, 3, 3])
    assert found.prior_deals_count == 1
    assert found.rate_share.tolist() == pytest.approx([3.5 / 4, 3.5 / 4, 0.5 / 4, 0.5 / 4])


def test_the_spread_of_many_reps_is_found_again() -> None:
    # true rates from a beta distribution with 3 wins and 9 losses: centre .25, worth 12 deals
    random = np.random.default_rng(7)
    deals = random.integers(5, 60, 4000).astype(float)
    wins = random.binomial(deals.astype(int), random.beta(3, 9, 4000)).astype(float)
    found = shrink_win_rates(wins, deals)
    assert found.centre_share == pytest.approx(0.25, abs=0.01)
    assert found.prior_deals_count == pytest.approx(12, rel=0.1)


@pytest.mark.oracle
def test_the_published_mean_and_factor_of_eighteen_batters() -> None:
    _, centre, kept = batters()
    assert (round(centre, 4), round(kept, 5)) == (0.2654, 0.21165)
    assert round(kept, 3) == 0.212


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("row", "before", "after"), [(0, 0.400, 0.294), (1, 0.378, 0.289), (17, 0.156, 0.242)]
)
def test_the_published_estimates_of_three_batters(row: int, before: float, after: float) -> None:
    assert round(float(EARLY[row]), 3) == before
    assert round(float(batters()[0][row]), 3) == after


@pytest.mark.oracle
def test_the_published_gain_for_eighteen_batters() -> None:
    raw = float(((EARLY - LATE) ** 2).sum())
    drawn = float(((batters()[0] - LATE) ** 2).sum())
    assert (round(raw, 5), round(drawn, 5)) == (0.07532, 0.02131)
    assert round(raw / drawn, 2) == 3.53


def test_means_apart_by_chance_only_become_one() -> None:
    # sum of squares 2, by chance (4 - 3) · 4
    found = shrink_means(np.array([9.0, 10, 10, 11]), sampling_variance=4)
    assert found.values.tolist() == [10, 10, 10, 10]
    assert (found.kept_share, found.source) == (0, "pooled")


def test_equal_means_stay_as_they_are() -> None:
    found = shrink_means(np.full(5, 3.0), sampling_variance=1)
    assert found.values.tolist() == [3] * 5
    assert found.source == "pooled"


def test_means_far_apart_keep_most_of_their_distance() -> None:
    # sum of squares 20, by chance (4 - 3) · 2: 90 % is kept
    found = shrink_means(np.array([1.0, 3, 5, 7]), sampling_variance=2)
    assert found.values.tolist() == pytest.approx([1.3, 3.1, 4.9, 6.7])


def test_an_unknown_mean_stays_unknown_and_counts_for_nothing() -> None:
    found = shrink_means(np.array([1.0, 3, NA, 5, 7]), sampling_variance=2)
    assert np.isnan(found.values[2])
    assert found.values[[0, 1, 3, 4]].tolist() == pytest.approx([1.3, 3.1, 4.9, 6.7])


def test_with_fewer_than_four_means_the_given_prior_counts() -> None:
    # half of the variance lies between reps
    found = shrink_means(
        np.array([10.0, 4]), sampling_variance=2, prior=MeanPrior(mean=6, variance=2)
    )
    assert found.values.tolist() == [8, 5]
    assert (found.centre, found.kept_share, found.source) == (6, 0.5, "given")


def test_without_prior_three_means_are_too_few() -> None:
    with pytest.raises(ParameterError, match="3 of at least 4"):
        shrink_means(np.array([1.0, 2, 3, NA]), sampling_variance=1)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    deals=st.lists(st.integers(1, 60), min_size=4, max_size=12),
    shares=st.lists(st.floats(0, 1), min_size=12, max_size=12),
)
def test_a_rate_lies_between_the_reps_own_and_the_centre(
    deals: list[int], shares: list[float]
) -> None:
    wins = [float(round(n * share)) for n, share in zip(deals, shares, strict=False)]
    found = rates(wins, [float(n) for n in deals])
    raw = np.array(wins) / np.array(deals)
    assert (found.rate_share >= np.minimum(raw, found.centre_share) - 1e-9).all()
    assert (found.rate_share <= np.maximum(raw, found.centre_share) + 1e-9).all()
    assert (found.low_share <= found.high_share).all()
    assert found.prior_deals_count >= 1


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    values=st.lists(st.floats(-1e3, 1e3), min_size=4, max_size=12), variance=st.floats(0.01, 1e3)
)
def test_shrinkage_keeps_the_order_and_the_mean(values: list[float], variance: float) -> None:
    found = shrink_means(np.array(values), sampling_variance=variance)
    assert 0 <= found.kept_share < 1
    assert found.values.mean() == pytest.approx(np.mean(values), abs=1e-9 * 1e3)
    # where nothing is kept, or rounding is coarser than what is, neighbours become equal
    assert (np.diff(found.values[np.argsort(values)]) >= 0).all()


@pytest.mark.parametrize(
    ("wins", "deals", "reason"),
    [
        ([5.0], [4.0], "5 of 4"),  # more won than decided
        ([-1.0], [4.0], "-1 of 4"),  # a correction counted as a deal
        ([NA], [4.0], "nan of 4"),  # unknown
        ([1.0], [np.inf], "1 of inf"),  # no number of deals
        ([1.0], [4.0, 4.0], "do not belong to the same reps: 1 and 2"),  # a rep is missing
    ],
)
def test_wins_that_cannot_be_are_refused(
    wins: list[float], deals: list[float], reason: str
) -> None:
    with pytest.raises(ParameterError, match=reason):
        rates(wins, deals)


@pytest.mark.parametrize("share", [0.0, 1.0, 90.0, NA])
def test_an_interval_beyond_certainty_is_refused(share: float) -> None:
    with pytest.raises(ParameterError, match="chance of the interval must lie between 0 and 1"):
        rates([1.0] * 4, [2.0] * 4, interval_share=share)


@pytest.mark.parametrize(("rate", "worth"), [(0.0, 5), (1.0, 5), (25.0, 5), (0.25, 0), (0.2, NA)])
def test_a_prior_rate_that_leaves_no_doubt_is_refused(rate: float, worth: float) -> None:
    with pytest.raises(ParameterError, match="expected win rate before any deal cannot be used"):
        RatePrior(rate, worth)


@pytest.mark.parametrize(("mean", "variance"), [(NA, 1.0), (0.0, -1.0), (0.0, np.inf), (0.0, NA)])
def test_a_prior_mean_without_known_spread_is_refused(mean: float, variance: float) -> None:
    with pytest.raises(ParameterError, match="expected mean before any data cannot be used"):
        MeanPrior(mean, variance)


@pytest.mark.parametrize("variance", [0.0, -1.0, NA, np.inf])
def test_means_without_chance_are_refused(variance: float) -> None:
    with pytest.raises(ParameterError, match="variance by chance must be above 0"):
        shrink_means(np.ones(5), sampling_variance=variance)
