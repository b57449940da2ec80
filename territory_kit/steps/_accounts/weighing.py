"""How much each criterion of the score weighs: as set, by a preset, or by comparing pairs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from territory_kit.errors import ParameterError
from territory_kit.methods.pairwise_weights import (
    ACCEPTED_RATIO,
    PairwiseWeights,
    RandomIndex,
    pairwise_matrix,
    pairwise_weights,
)
from territory_kit.options import AccountsOptions, Preset

RANDOM_INDEX: RandomIndex = "saaty_2005"
_RANDOM_INDEX_IN_WORDS = "Saaty's random indexes of 2005"
PRESETS: Mapping[Preset, Mapping[str, float]] = {
    "profit": {
        "revenue_amount_per_year": 0.4,
        "margin_share": 0.3,
        "potential_amount_per_year": 0.2,
        "whitespace_amount_per_year": 0.1,
    },
    "referral": {
        "referral_score": 0.5,
        "revenue_amount_per_year": 0.2,
        "potential_amount_per_year": 0.2,
        "whitespace_amount_per_year": 0.1,
    },
    "balanced": {
        "potential_amount_per_year": 0.2,
        "revenue_amount_per_year": 0.2,
        "whitespace_amount_per_year": 0.2,
        "margin_share": 0.2,
        "referral_score": 0.2,
    },
}


@dataclass(frozen=True)
class Weighing:
    """Weights of the criteria, and where they come from.

    Parameters
    ----------
    weights
        Weight of each criterion, above 0.
    assumption
        Sentence on where they come from; empty where they are as set.
    finding
        Sentence on what is wrong with them; empty where nothing is.
    """

    weights: Mapping[str, float]
    assumption: str = ""
    finding: str = ""

    def assumptions(self) -> Iterator[str]:
        """Yield where the weights come from, where there is something to say."""
        yield from filter(None, [self.assumption])

    def findings(self) -> Iterator[str]:
        """Yield what is wrong with the weights, where there is something."""
        yield from filter(None, [self.finding])


def weigh_criteria(options: AccountsOptions) -> Weighing:
    """Find the weights of the criteria.

    Parameters
    ----------
    options
        Pairs, preset and weights; pairs go before a preset, a preset before weights.

    Returns
    -------
    Weighing
        Only criteria of some weight.

    Raises
    ------
    ParameterError
        When no criterion has a weight, or the comparisons make no weights.
    """
    if options.pairwise:
        return _compared(options.pairwise)
    if options.preset != "none":
        name = options.preset
        return Weighing(
            PRESETS[name], f'The weights of the score are those of the preset "{name}".'
        )
    weights = {name: weight for name, weight in options.weights.items() if weight > 0}
    if not weights:
        raise ParameterError(
            "No criterion of the score has a weight",
            value=str(dict(options.weights)),
            where="accounts: weights",
            remedy="Give at least one criterion a weight above 0.",
        )
    return Weighing(weights)


def _compared(pairwise: Mapping[str, float]) -> Weighing:
    names, found = _judge({_pair(text): value for text, value in pairwise.items()})
    ratio = (
        f"consistency ratio {found.consistency_ratio:.3f} by {_RANDOM_INDEX_IN_WORDS}, where up to "
        f"{ACCEPTED_RATIO:.2f} is accepted"
    )
    finding = (
        f"The comparisons of criteria contradict each other: {ratio}. Judge the pairs anew before "
        "scores are relied on."
    )
    return Weighing(
        dict(zip(names, found.weights.tolist(), strict=True)),
        f"The weights of the score come from comparing its criteria two at a time: {ratio}.",
        "" if found.is_consistent else finding,
    )


def _judge(pairs: Mapping[tuple[str, str], float]) -> tuple[tuple[str, ...], PairwiseWeights]:
    try:
        names, matrix = pairwise_matrix(pairs)
        return names, pairwise_weights(matrix, random_index=RANDOM_INDEX)
    except ParameterError as error:
        raise ParameterError(
            error.what,
            value=error.value,
            where=f"accounts: pairwise; {error.where}",
            remedy=error.remedy,
        ) from error


def _pair(text: str) -> tuple[str, str]:
    first, _, second = (part.strip() for part in text.partition("/"))
    if not first or not second or "/" in second:
        raise ParameterError(
            "A comparison does not name two criteria",
            value=text,
            where="accounts: pairwise",
            remedy="Write both with a slash, as revenue_amount_per_year/referral_score: 3.",
        )
    return first, second
