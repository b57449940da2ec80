"""Stochastic frontier and data envelopment."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import norm

from territory_kit.errors import ParameterError
from territory_kit.methods.frontier import StochasticFrontier, envelope, stochastic_frontier
from tests.methods.front41 import CAPITAL, LABOUR, OUTPUT

Floats = NDArray[np.float64]
NA = float("nan")
INPUTS = np.column_stack([CAPITAL, LABOUR])

# "Crestlight Paper Company", teaching case: potential accounts, calls, contribution; efficiencies
# computed from them
CRESTLIGHT = {
    "Halbert": (570, 1230, 40050, "1.0000"),
    "Jennings": (1060, 1168, 45415, "1.0000"),
    "Bindon": (934, 1051, 24350, "0.6000"),
    "Vereker": (653, 1409, 13100, "0.2855"),
    "Prince": (566, 1196, 25570, "0.6538"),
    "Anderson": (699, 1450, 12840, "0.2698"),
    "Randall": (531, 1171, 17810, "0.4774"),
    "Thompson": (423, 1220, 19865, "0.6684"),
    "Campbell": (529, 1135, 21665, "0.5855"),
}


@pytest.fixture(scope="module")
def front41() -> StochasticFrontier:
    return stochastic_frontier(OUTPUT, INPUTS)


def made_up(
    count: int, *, inefficiency: float, noise: float, seed: int = 3
) -> tuple[Floats, Floats, Floats]:
    """Return outcome, input and true efficiency: outcome = 2 · input^.5 with noise."""
    random = np.random.default_rng(seed)
    spent = random.uniform(1, 10, (count, 1))
    lost = np.abs(random.normal(0, inefficiency, count))
    logs = np.log(2) + 0.5 * np.log(spent[:, 0]) + random.normal(0, noise, count) - lost
    return np.exp(logs), spent, np.exp(-lost)


@pytest.mark.oracle
def test_the_published_frontier_of_sixty_firms(front41: StochasticFrontier) -> None:
    # Coelli 1996, FRONTIER 4.1 (tests/methods/front41.py)
    assert front41.coefficients.round(6).tolist() == [0.561617, 0.281103, 0.536480]
    assert front41.finding == ""


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("measure", "published"),
    [
        ("variance", "0.217000"),
        ("inefficiency_share", "0.797206"),
        ("log_likelihood", "-17.027225"),
        ("average_log_likelihood", "-18.44684"),
    ],
)
def test_the_published_variances_and_likelihoods(
    front41: StochasticFrontier, measure: str, published: str
) -> None:
    found = getattr(front41, measure)
    assert f"{found:.{len(published.partition('.')[2])}f}" == published


@pytest.mark.oracle
def test_the_published_least_squares_of_sixty_firms(front41: StochasticFrontier) -> None:
    assert front41.average_coefficients.round(6).tolist() == [0.244898, 0.280493, 0.533306]


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("firm", "published"),
    [(0, 0.650689), (1, 0.828891), (2, 0.726426), (3, 0.747852), (4, 0.691336)],
)
def test_the_published_efficiencies_of_the_first_firms(
    front41: StochasticFrontier, firm: int, published: float
) -> None:
    assert round(float(front41.efficiency_share[firm]), 6) == published


@pytest.mark.oracle
def test_the_published_mean_efficiency(front41: StochasticFrontier) -> None:
    assert round(float(front41.efficiency_share.mean()), 6) == 0.740568


def test_the_likelihood_is_that_of_normal_noise_less_half_normal_loss(
    front41: StochasticFrontier,
) -> None:
    logs = np.log(OUTPUT) - np.column_stack([np.ones(60), np.log(INPUTS)]) @ front41.coefficients
    loss = np.sqrt(front41.variance * front41.inefficiency_share)
    noise = np.sqrt(front41.variance * (1 - front41.inefficiency_share))
    # the density of the sum, integrated over the loss on a fine grid
    grid = np.linspace(0, 8 * loss, 20_001)
    density = 2 * norm.pdf(grid, scale=loss) * norm.pdf(logs[:, None] + grid, scale=noise)
    likelihood = np.log(np.trapezoid(density, grid, axis=1))
    assert likelihood.sum() == pytest.approx(front41.log_likelihood, abs=1e-5)
    # and the efficiency is the mean of exp(-loss) under it
    mean = np.trapezoid(density * np.exp(-grid), grid, axis=1) / np.exp(likelihood)
    assert front41.efficiency_share == pytest.approx(mean, abs=1e-5)


def test_a_known_frontier_is_found_again() -> None:
    outcome, spent, true = made_up(2000, inefficiency=0.5, noise=0.2)
    found = stochastic_frontier(outcome, spent)
    assert found.coefficients == pytest.approx([np.log(2), 0.5], abs=0.05)
    assert found.inefficiency_share == pytest.approx(0.25 / 0.29, abs=0.05)
    assert found.efficiency_share.mean() == pytest.approx(true.mean(), abs=0.02)
    assert np.corrcoef(found.efficiency_share, true)[0, 1] > 0.8
    assert found.log_likelihood > found.average_log_likelihood


def test_residuals_that_reach_up_show_no_inefficiency() -> None:
    outcome, spent, _ = made_up(60, inefficiency=0.5, noise=0.1)
    found = stochastic_frontier(1 / outcome, spent)
    assert found.finding == "no inefficiency detectable"
    assert found.efficiency_share.tolist() == [1] * 60
    assert found.inefficiency_share == 0
    assert found.log_likelihood == found.average_log_likelihood
    assert found.coefficients.tolist() == found.average_coefficients.tolist()


def test_an_exact_frontier_has_no_inefficiency() -> None:
    spent = np.linspace(1, 9, 30)[:, None]
    found = stochastic_frontier(2 * spent[:, 0] ** 0.5, spent)
    assert found.finding == "no inefficiency detectable"
    assert found.coefficients == pytest.approx([np.log(2), 0.5])
    assert (found.variance, found.log_likelihood) == (0, np.inf)


def test_equal_outcomes_show_no_inefficiency() -> None:
    found = stochastic_frontier(np.full(60, 5.0), INPUTS)
    assert found.finding == "no inefficiency detectable"
    assert found.coefficients == pytest.approx([np.log(5), 0, 0], abs=1e-9)


def test_loss_without_noise_is_all_inefficiency() -> None:
    outcome, spent, true = made_up(300, inefficiency=0.5, noise=0)
    found = stochastic_frontier(outcome, spent)
    assert found.inefficiency_share > 0.99
    assert found.efficiency_share == pytest.approx(true, abs=0.02)


def test_units_change_the_constant_only() -> None:
    base = stochastic_frontier(OUTPUT, INPUTS)
    found = stochastic_frontier(OUTPUT * 1000, INPUTS * np.array([60, 7]))
    assert found.coefficients[1:] == pytest.approx(base.coefficients[1:], abs=1e-5)
    assert found.efficiency_share == pytest.approx(base.efficiency_share, abs=1e-5)


def test_with_29_territories_there_is_no_frontier() -> None:
    with pytest.raises(ParameterError, match=r"bad luck: 29 of at least 30\. Compare each rep"):
        stochastic_frontier(OUTPUT[:29], INPUTS[:29])
    assert len(stochastic_frontier(OUTPUT[:30], INPUTS[:30]).efficiency_share) == 30


@pytest.mark.parametrize("odd", [0.0, -3.0, NA, np.inf])
def test_a_frontier_of_logarithms_needs_figures_above_nothing(odd: float) -> None:
    inputs = INPUTS.copy()
    inputs[[4, 17], 1] = odd
    with pytest.raises(ParameterError, match=rf"not above 0: {odd:g} \(rows 4, 17\)"):
        stochastic_frontier(OUTPUT, inputs)


@pytest.mark.parametrize("follows", [np.full(60, 3.0), CAPITAL**2 / LABOUR])
def test_an_input_that_adds_nothing_is_refused(follows: Floats) -> None:
    with pytest.raises(ParameterError, match="same in all territories or follows from the others"):
        stochastic_frontier(OUTPUT, np.column_stack([INPUTS, follows]))


def test_with_one_input_and_output_the_best_ratio_is_the_measure() -> None:
    # 5, 3 and 4 per call
    found = envelope(np.array([[10.0], [6], [16]]), np.array([[2.0], [2], [4]]))
    assert found.efficiency_share.tolist() == pytest.approx([1, 0.6, 0.8])
    # the third is held against two of the first
    assert found.peer_weights[2].tolist() == pytest.approx([2, 0, 0])


def test_a_mixture_of_two_can_be_better_than_each() -> None:
    # the third has as much of both inputs as half of each of the others, who reach 10
    found = envelope(np.array([[10.0], [10], [8]]), np.array([[1.0, 3], [3, 1], [2, 2]]))
    assert found.efficiency_share.tolist() == pytest.approx([1, 1, 0.8])
    assert found.peer_weights[2].tolist() == pytest.approx([0.5, 0.5, 0])


def test_who_is_best_at_one_of_two_outputs_is_efficient() -> None:
    found = envelope(np.array([[10.0, 1], [1, 10], [4, 4]]), np.ones((3, 1)))
    # half of each of the others reaches 5.5 of both
    assert found.efficiency_share.tolist() == pytest.approx([1, 1, 4 / 5.5])


@pytest.mark.oracle
@pytest.mark.parametrize("rep", CRESTLIGHT)
def test_the_efficiency_of_nine_reps(rep: str) -> None:
    potential, calls, contribution, _ = zip(*CRESTLIGHT.values(), strict=True)
    found = envelope(np.array([contribution], float).T, np.array([potential, calls], float).T)
    share = found.efficiency_share[list(CRESTLIGHT).index(rep)]
    assert f"{share:.4f}" == CRESTLIGHT[rep][3]


def test_a_rep_alone_is_the_best_practice() -> None:
    assert envelope(np.array([[3.0]]), np.array([[9.0]])).efficiency_share.tolist() == [1]


def test_who_reaches_nothing_has_no_efficiency() -> None:
    found = envelope(np.array([[0.0], [5]]), np.ones((2, 1)))
    assert found.efficiency_share.tolist() == pytest.approx([0, 1])
    assert envelope(np.zeros((2, 1)), np.ones((2, 1))).efficiency_share.tolist() == [0, 0]


def test_a_loss_cannot_be_enveloped() -> None:
    with pytest.raises(ParameterError, match=r"output is not 0 or more: -7 \(rows 1\)"):
        envelope(np.array([[5.0], [-7]]), np.ones((2, 1)))


@pytest.mark.parametrize("odd", [0.0, NA])
def test_an_input_for_nothing_is_refused(odd: float) -> None:
    with pytest.raises(ParameterError, match=rf"input is not above 0: {odd:g} \(rows 0\)"):
        envelope(np.ones((2, 1)), np.array([[odd], [1]]))


def test_no_reps_are_refused() -> None:
    with pytest.raises(ParameterError, match="no reps to compare"):
        envelope(np.zeros((0, 1)), np.zeros((0, 1)))


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    reps=st.lists(
        st.tuples(st.floats(1, 100), st.floats(1, 100), st.floats(1, 100)), min_size=1, max_size=6
    ),
    factor=st.floats(0.01, 100),
)
def test_someone_is_efficient_and_units_do_not_matter(
    reps: list[tuple[float, float, float]], factor: float
) -> None:
    table = np.array(reps)
    found = envelope(table[:, :1], table[:, 1:]).efficiency_share
    assert found.max() == pytest.approx(1)
    assert (found > 0).all()
    scaled = envelope(table[:, :1] * factor, table[:, 1:] * np.array([1, factor]))
    assert scaled.efficiency_share == pytest.approx(found, abs=1e-7)
