"""Recommendations: Net Promoter Score, chance that an account refers others, and what it is worth.

Answers are whole numbers from 0 to 10 to the question how likely somebody is to recommend us. 9 and
10 are promoters, 0 to 6 detractors. A rule gives the chance of a referral for each answer, 11
shares that never fall; it is stated, or fitted to what became of earlier answers.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm
from sklearn.linear_model import LogisticRegression

from territory_kit.errors import ParameterError

Floats = NDArray[np.float64]

# Fewer answers than this give an interval, never a bare number.
SHOWN_FROM_ANSWERS_COUNT = 10
FIRST_PROMOTER, LAST_DETRACTOR, HIGHEST_ANSWER = 9, 6, 10
# Added answers that keep the interval honest where all say the same.
PSEUDO_PROMOTERS_COUNT = PSEUDO_DETRACTORS_COUNT = 0.75
PSEUDO_ANSWERS_COUNT = 3.0


@dataclass(frozen=True)
class PromoterScore:
    """Net Promoter Score of a group of accounts.

    Parameters
    ----------
    score_points
        Share of promoters less share of detractors, -100 to 100; nan with fewer than 10 answers.
    standard_error_points
        Standard error of the score; nan with fewer than 10 answers.
    low_points, high_points
        Interval that holds the score of all with the confidence asked for; nan without answers.
    answers_count
        Answers given.
    """

    score_points: float
    standard_error_points: float
    low_points: float
    high_points: float
    answers_count: int


def promoter_score(answers: Floats, *, confidence: float = 0.95) -> PromoterScore:
    """Compute the Net Promoter Score of answers, in points, with its interval.

    Parameters
    ----------
    answers
        Whole numbers 0 to 10, shape (n_accounts,); nan for no answer.
    confidence
        Chance that the interval holds the score of all, above 0 and below 1.

    Returns
    -------
    PromoterScore
        Score and standard error only from ten answers on, the interval always.

    Raises
    ------
    ParameterError
        If an answer is no whole number from 0 to 10, or the confidence is out of range.

    Notes
    -----
    The interval is the adjusted Wald interval, for which three quarters of a promoter, as many
    detractors and one and a half passives are added. It suits few answers, where the standard
    error misleads: it is 0 when all agree.

    References
    ----------
    Reichheld, F. F. (2003), "The One Number You Need to Grow", Harvard Business Review 81(12).
    Rocks, B. (2016), "Interval Estimation for the 'Net Promoter Score'", The American
    Statistician 70(4), arXiv:1601.07235.

    Examples
    --------
    >>> found = promoter_score(np.array([10.0] * 50 + [8] * 30 + [3] * 20))
    >>> round(found.score_points), round(found.standard_error_points, 2)
    (30, 7.81)
    """
    if not 0 < confidence < 1:
        raise ParameterError(
            "The confidence is not between 0 and 1",
            value=str(confidence),
            where="confidence",
            remedy="Give a share such as 0.95.",
        )
    given = _checked(answers)[~np.isnan(answers)]
    count = len(given)
    if not count:
        return PromoterScore(math.nan, math.nan, math.nan, math.nan, answers_count=0)
    promoters = float((given >= FIRST_PROMOTER).sum())
    detractors = float((given <= LAST_DETRACTOR).sum())
    score, error = _points(promoters, detractors, count)
    centre, spread = _points(
        promoters + PSEUDO_PROMOTERS_COUNT,
        detractors + PSEUDO_DETRACTORS_COUNT,
        count + PSEUDO_ANSWERS_COUNT,
    )
    reach = float(norm.ppf((1 + confidence) / 2)) * spread
    is_shown = count >= SHOWN_FROM_ANSWERS_COUNT
    return PromoterScore(
        score_points=score if is_shown else math.nan,
        standard_error_points=error if is_shown else math.nan,
        low_points=max(centre - reach, -100.0),
        high_points=min(centre + reach, 100.0),
        answers_count=count,
    )


def referral_probabilities(answers: Floats, rule: Floats) -> Floats:
    """Look up the chance that accounts refer others, as a share.

    Parameters
    ----------
    answers
        Whole numbers 0 to 10, shape (n_accounts,); nan for no answer.
    rule
        Chance for each answer from 0 to 10, shape (11,), 0 to 1, never falling. There is no
        default, since no published rule holds for all firms: state it, or fit it.

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n_accounts,); nan without an answer.

    Raises
    ------
    ParameterError
        If an answer is no whole number from 0 to 10, or the rule does not give 11 shares that
        never fall.

    Examples
    --------
    >>> rule = np.array([0.0] * 7 + [0.05, 0.05, 0.2, 0.3])
    >>> referral_probabilities(np.array([10.0, 7, 2]), rule)
    array([0.3 , 0.05, 0.  ])
    """
    given = _checked(answers)
    is_right = (
        rule.shape == (HIGHEST_ANSWER + 1,)
        and bool(((rule >= 0) & (rule <= 1)).all())
        and bool((np.diff(rule) >= 0).all())
    )
    if not is_right:
        raise ParameterError(
            "The rule does not give 11 chances that never fall",
            value=", ".join(f"{chance:g}" for chance in rule),
            where="rule",
            remedy="Give shares of 0 to 1 for the answers 0 to 10, rising or level.",
        )
    places = np.where(np.isnan(given), 0, given).astype(np.intp)
    return np.where(np.isnan(given), np.nan, rule[places])


def fitted_rule(answers: Floats, has_referred: NDArray[np.bool_]) -> Floats:
    """Fit the chance of a referral to each answer from what became of earlier ones, as shares.

    Parameters
    ----------
    answers
        Whole numbers 0 to 10, shape (n_accounts,); nan for no answer, which is left out.
    has_referred
        Whether the account referred somebody afterwards, shape (n_accounts,).

    Returns
    -------
    numpy.ndarray
        Chance for each answer from 0 to 10, shape (11,), never falling. Where those with low
        answers referred more often, it is the same for all: that of all who answered.

    Raises
    ------
    ParameterError
        If an answer is no whole number from 0 to 10, the arrays differ in length, or all
        accounts, or none, have referred.

    Notes
    -----
    Logistic regression with the ridge penalty that scikit-learn has by default, which keeps the
    chances off 0 and 1 where few outcomes are known. Rows of an answer are counted first, so that
    their order does not matter.
    """
    given = _checked(answers)
    if len(given) != len(has_referred):
        raise ParameterError(
            "Answers and outcomes are not of the same accounts",
            value=f"{len(given)} and {len(has_referred)}",
            where="answers, has_referred",
            remedy="Give one outcome for each answer.",
        )
    known = ~np.isnan(given)
    referred, stayed = (
        np.bincount(given[known & own].astype(np.intp), minlength=HIGHEST_ANSWER + 1)
        for own in (has_referred, ~has_referred)
    )
    if not referred.any() or not stayed.any():
        raise ParameterError(
            "Outcomes of one kind only say nothing about the answers",
            value=f"{referred.sum()} of {known.sum()} have referred",
            where="has_referred",
            remedy="State a rule until there are outcomes of both kinds.",
        )
    scale = np.arange(HIGHEST_ANSWER + 1.0)[:, np.newaxis]
    model = LogisticRegression(tol=1e-8, max_iter=1000).fit(
        np.vstack([scale, scale]),
        np.repeat([1, 0], len(scale)),
        sample_weight=np.concatenate([referred, stayed]).astype(np.float64),
    )
    if model.coef_[0, 0] < 0:
        return np.full(len(scale), referred.sum() / known.sum())
    return np.asarray(model.predict_proba(scale)[:, 1])


def referral_value(
    probability: Floats, leads_count: Floats, win_share: Floats, margin_amount: Floats
) -> Floats:
    """Compute what accounts can be expected to bring by referring others, in money.

    Parameters
    ----------
    probability
        Chance that the account refers others, shape (n_accounts,), 0 to 1.
    leads_count
        Leads that come of it where it does, shape (n_accounts,), 0 or more.
    win_share
        Share of referred leads that become customers, shape (n_accounts,), 0 to 1.
    margin_amount
        Margin on one customer won, money, shape (n_accounts,).

    Returns
    -------
    numpy.ndarray
        Money, shape (n_accounts,); nan where a part is unknown.

    Raises
    ------
    ParameterError
        If a chance or share is not within 0 to 1, or a count is negative.

    References
    ----------
    Kumar, V.; Petersen, J. A.; Leone, R. P. (2007), "How Valuable Is Word of Mouth?", Harvard
    Business Review 85(10).

    Examples
    --------
    >>> referral_value(np.array([0.2]), np.array([3.0]), np.array([0.5]), np.array([10_000.0]))
    array([3000.])
    """
    limits = (
        ("probability", probability, 1.0),
        ("leads_count", leads_count, math.inf),
        ("win_share", win_share, 1.0),
    )
    for name, values, highest in limits:
        wrong = values[(values < 0) | (values > highest)]
        if len(wrong):
            raise ParameterError(
                "Chances, counts or shares are out of range",
                value=f"{wrong[0]:g}, {len(wrong)} in all",
                where=name,
                remedy="Give 0 or more." if math.isinf(highest) else "Give shares of 0 to 1.",
            )
    return probability * leads_count * win_share * margin_amount


def _points(promoters: float, detractors: float, answers: float) -> tuple[float, float]:
    """Return the score of counts and its standard error."""
    above, below = promoters / answers, detractors / answers
    score = above - below
    return 100 * score, 100 * math.sqrt((above + below - score**2) / answers)


def _checked(answers: Floats) -> Floats:
    is_right = np.isnan(answers) | np.isin(answers, np.arange(HIGHEST_ANSWER + 1))
    wrong = np.flatnonzero(~is_right)
    if len(wrong):
        raise ParameterError(
            "Answers are not whole numbers from 0 to 10",
            value=f"{answers[wrong[0]]:g}",
            where=f"answers; row {wrong[0]}, {len(wrong)} in all",
            remedy="Bring other scales to 0 to 10 first, and leave out what is no answer.",
        )
    return answers
