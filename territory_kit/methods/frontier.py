"""How much of what was possible reps reach: a frontier under noise, and an envelope for few reps.

The stochastic frontier parts what is missing to the best practice into bad luck and inefficiency;
it needs many territories. The envelope (data envelopment analysis) compares each rep with mixtures
of the others. It works for few, and takes all luck for skill.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog, minimize
from scipy.special import log_ndtr

from territory_kit.errors import ParameterError, list_ids

# With fewer territories noise and inefficiency cannot be told apart.
FEWEST_TERRITORIES_COUNT = 30
# Shares of variance due to inefficiency at which the search may start.
START_SHARES = np.linspace(0.05, 0.95, 19)
# Residuals below this part of the largest logarithm, or below this, are rounding errors.
EXACT_SHARE = 1e-10
# Logarithm of the ratio of inefficiency to noise: beyond it one of the two is nothing.
RATIO_LIMITS = (-8.0, 8.0)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StochasticFrontier:
    """Frontier with noise, fitted to logarithms.

    Parameters
    ----------
    coefficients
        Constant, then the elasticity of each input, shape (n_inputs + 1,).
    efficiency_share
        Part of the possible outcome that is reached, 0 to 1, shape (n_territories,).
    variance
        Variance of noise and inefficiency together, in logarithms.
    inefficiency_share
        Part of that variance due to inefficiency, 0 to 1.
    log_likelihood
        Of the frontier.
    average_coefficients, average_log_likelihood
        The same for least squares, in which nobody is inefficient.
    finding
        Empty, or "no inefficiency detectable": then all efficiencies are 1.
    """

    coefficients: Floats
    efficiency_share: Floats
    variance: float
    inefficiency_share: float
    log_likelihood: float
    average_coefficients: Floats
    average_log_likelihood: float
    finding: str


@dataclass(frozen=True, eq=False)
class Envelope:
    """Comparison of each rep with the best mixture of reps.

    Parameters
    ----------
    efficiency_share
        Outcome over what the mixture reaches with the same inputs, 0 to 1, shape (n_reps,).
    peer_weights
        Weight of each rep (column) in the mixture that a rep (row) is compared with, shape
        (n_reps, n_reps).
    """

    efficiency_share: Floats
    peer_weights: Floats


def stochastic_frontier(outcome: Floats, inputs: Floats) -> StochasticFrontier:
    """Fit a Cobb-Douglas frontier with half-normal inefficiency and compute efficiencies as shares.

    Parameters
    ----------
    outcome
        Sales or contribution of each territory, shape (n_territories,), above 0.
    inputs
        What it is made from, such as potential or calls, shape (n_territories, n_inputs), above 0.

    Returns
    -------
    StochasticFrontier
        Frontier and efficiencies, found by greatest likelihood.

    Raises
    ------
    ParameterError
        There are fewer than 30 territories, a figure is not above 0, or an input is constant or
        follows from the others.

    Notes
    -----
    Inefficiency shows as residuals that reach further down than up. Where they do not, the greatest
    likelihood lies at no inefficiency, and the finding says so. The efficiency is the expectation
    of exp(-u) for inefficiency u, given the residual.

    References
    ----------
    Aigner, D., Lovell, C. A. K., Schmidt, P. (1977), "Formulation and Estimation of Stochastic
    Frontier Production Function Models", Journal of Econometrics 6(1),
    doi:10.1016/0304-4076(77)90052-5. Coelli, T. J. (1996), "A Guide to FRONTIER Version 4.1", CEPA
    Working Paper 96/07. Waldman, D. M. (1982), "A Stationary Point for the Stochastic Frontier
    Likelihood", Journal of Econometrics 18(2).
    """
    _check_frontier(outcome, inputs)
    logs = np.log(outcome)
    design = np.column_stack([np.ones(len(logs)), np.log(inputs)])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ParameterError(
            "An input is the same in all territories or follows from the others",
            where="inputs",
            remedy="Leave it out.",
        )
    average = np.linalg.lstsq(design, logs, rcond=None)[0]
    residuals = logs - design @ average
    squares = float((residuals**2).mean())
    is_exact = squares <= (EXACT_SHARE * max(1.0, float(np.abs(logs).max()))) ** 2
    if is_exact or (residuals**3).mean() >= 0:
        return _without_inefficiency(average, len(logs), 0.0 if is_exact else squares)
    start = _start(design, logs, average, residuals)
    bounds = [(None, None)] * (len(start) - 1) + [RATIO_LIMITS]
    found = minimize(
        _negative_likelihood,
        start,
        args=(design, logs),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 5000},
    )
    variance, ratio = np.exp(2 * found.x[-2]), np.exp(2 * found.x[-1])
    share = float(ratio / (1 + ratio))
    return StochasticFrontier(
        coefficients=found.x[:-2],
        efficiency_share=_efficiency(logs - design @ found.x[:-2], float(variance), share),
        variance=float(variance),
        inefficiency_share=share,
        log_likelihood=-float(found.fun),
        average_coefficients=average,
        average_log_likelihood=_normal_likelihood(len(logs), squares),
        finding="",
    )


def envelope(outputs: Floats, inputs: Floats) -> Envelope:
    """Compute output-oriented efficiencies with constant returns to scale (DEA), as shares.

    Parameters
    ----------
    outputs
        What each rep reaches, shape (n_reps, n_outputs), 0 or more.
    inputs
        What each rep has for it, such as potential and calls, shape (n_reps, n_inputs), above 0.

    Returns
    -------
    Envelope
        Efficiencies, 1 for the best practice, and with whom each rep is compared. A rep who
        reaches nothing has 0.

    Raises
    ------
    ParameterError
        An output is below 0, an input is not above 0, or there are no reps.

    Notes
    -----
    The more outputs and inputs there are for the same reps, the more of them look efficient.

    References
    ----------
    Charnes, A., Cooper, W. W., Rhodes, E. (1978), "Measuring the Efficiency of Decision Making
    Units", European Journal of Operational Research 2(6), doi:10.1016/0377-2217(78)90138-8.
    Pilling, B. K., Donthu, N., Henson, S. (1999), "Accounting for the Impact of Territory
    Characteristics on Sales Performance", Journal of Personal Selling & Sales Management 19(2).

    Examples
    --------
    >>> found = envelope(np.array([[10.0], [6.0]]), np.array([[2.0], [2.0]]))
    >>> found.efficiency_share.tolist()
    [1.0, 0.6]
    """
    _check_envelope(outputs, inputs)
    reached = outputs / np.where(outputs.max(axis=0) > 0, outputs.max(axis=0), 1.0)
    spent = inputs / inputs.max(axis=0)
    found = [_best_mixture(reached, spent, rep) for rep in range(len(reached))]
    return Envelope(
        efficiency_share=np.array([share for share, _ in found]),
        peer_weights=np.array([weights for _, weights in found]),
    )


def _start(design: Floats, logs: Floats, average: Floats, residuals: Floats) -> Floats:
    """Return the likeliest of the frontiers parallel to the average, as Coelli searches."""
    squares = float((residuals**2).mean())
    trials = []
    for share in START_SHARES:
        variance = squares / (1 - 2 * share / np.pi)
        trial = np.append(average, [0.5 * np.log(variance), 0.5 * np.log(share / (1 - share))])
        trial[0] += np.sqrt(2 * share * variance / np.pi)
        trials.append(trial)
    return min(trials, key=lambda trial: _negative_likelihood(trial, design, logs)[0])


def _negative_likelihood(place: Floats, design: Floats, logs: Floats) -> tuple[float, Floats]:
    """Return the negative log-likelihood and its slope at coefficients, ln sigma, ln lambda."""
    sigma, ratio = np.exp(place[-2]), np.exp(place[-1])
    scaled = (logs - design @ place[:-2]) / sigma
    below = -scaled * ratio
    log_below = log_ndtr(below)
    likelihood = (
        len(logs) * (np.log(2 / sigma) - 0.5 * np.log(2 * np.pi))
        - 0.5 * (scaled**2).sum()
        + log_below.sum()
    )
    hazard = np.exp(-0.5 * below**2 - 0.5 * np.log(2 * np.pi) - log_below)
    slope = np.concatenate(
        [
            design.T @ (scaled + ratio * hazard) / sigma,
            [(scaled**2 + ratio * hazard * scaled - 1).sum(), (below * hazard).sum()],
        ]
    )
    return -float(likelihood), -slope


def _efficiency(residuals: Floats, variance: float, share: float) -> Floats:
    centre = -residuals * share
    spread = np.sqrt(variance * share * (1 - share))
    return np.asarray(
        np.exp(
            -centre
            + 0.5 * spread**2
            + log_ndtr(centre / spread - spread)
            - log_ndtr(centre / spread)
        )
    )


def _without_inefficiency(average: Floats, count: int, squares: float) -> StochasticFrontier:
    likelihood = _normal_likelihood(count, squares)
    return StochasticFrontier(
        coefficients=average,
        efficiency_share=np.ones(count),
        variance=squares,
        inefficiency_share=0.0,
        log_likelihood=likelihood,
        average_coefficients=average,
        average_log_likelihood=likelihood,
        finding="no inefficiency detectable",
    )


def _normal_likelihood(count: int, squares: float) -> float:
    if squares == 0:
        return float("inf")
    return -0.5 * count * float(np.log(2 * np.pi * squares) + 1)


def _best_mixture(outputs: Floats, inputs: Floats, rep: int) -> tuple[float, Floats]:
    """Find the mixture of reps that makes most of the rep's inputs."""
    alone = np.eye(len(outputs))[rep]
    if not outputs[rep].any():
        return 0.0, alone
    # unknowns: by how much the outputs could grow, then the weights
    more = np.column_stack([outputs[rep], -outputs.T])
    within = np.column_stack([np.zeros(inputs.shape[1]), inputs.T])
    found = linprog(
        np.append(-1.0, np.zeros(len(outputs))),
        A_ub=np.vstack([more, within]),
        b_ub=np.append(np.zeros(outputs.shape[1]), inputs[rep]),
        method="highs",
    )
    return min(1 / float(found.x[0]), 1.0), np.asarray(found.x[1:])


def _check_frontier(outcome: Floats, inputs: Floats) -> None:
    if len(outcome) < FEWEST_TERRITORIES_COUNT:
        raise ParameterError(
            "Too few territories to tell inefficiency from bad luck",
            value=f"{len(outcome)} of at least {FEWEST_TERRITORIES_COUNT}",
            remedy="Compare each rep with the best mixture of the others (DEA) instead.",
        )
    _check_positive(np.column_stack([outcome, inputs]), "An outcome or input", "above 0")


def _check_envelope(outputs: Floats, inputs: Floats) -> None:
    if not len(outputs):
        raise ParameterError("There are no reps to compare", remedy="Give at least one rep.")
    _check_positive(inputs, "An input", "above 0")
    _check_positive(outputs, "An output", "0 or more", may_be_zero=True)


def _check_positive(figures: Floats, name: str, wanted: str, *, may_be_zero: bool = False) -> None:
    is_right = np.isfinite(figures) & ((figures >= 0) if may_be_zero else (figures > 0))
    wrong = np.flatnonzero(~is_right.all(axis=1))
    if len(wrong):
        first = figures[wrong[0]]
        raise ParameterError(
            f"{name} is not {wanted}",
            value=", ".join(f"{figure:g}" for figure in first[~is_right[wrong[0]]]),
            where=f"rows {list_ids([str(row) for row in wrong])}",
            remedy="Leave these rows out or correct the figure.",
        )
