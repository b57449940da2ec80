"""How much each criterion of the score weighs."""

import pytest

from territory_kit.errors import ParameterError
from territory_kit.options import AccountsOptions
from territory_kit.steps._accounts.weighing import PRESETS, Weighing, weigh_criteria


def weigh(**options: object) -> Weighing:
    return weigh_criteria(AccountsOptions.model_validate(options))


def test_without_a_preset_weights_are_as_set_and_nothing_is_said() -> None:
    assert weigh(weights={"referral_score": 2, "margin_share": 0}) == Weighing(
        {"referral_score": 2}
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_goes_before_the_weights_and_is_named(preset: str) -> None:
    found = weigh(preset=preset, weights={"beds": 1})
    assert "beds" not in found.weights
    assert sum(found.weights.values()) == pytest.approx(1)
    assert found.assumption == f'The weights of the score are those of the preset "{preset}".'


def test_consistent_comparisons_give_their_weights_and_no_finding() -> None:
    """Size matters twice as much as growth and six times as much as fit: 6, 3 and 1 of 10."""
    found = weigh(pairwise={"size/growth": 2, "growth / fit": 3, "size/fit": 6}, preset="profit")
    assert found.weights == pytest.approx({"fit": 0.1, "growth": 0.3, "size": 0.6})
    assert found.assumption == (
        "The weights of the score come from comparing its criteria two at a time: consistency "
        "ratio 0.000 by Saaty's random indexes of 2005, where up to 0.10 is accepted."
    )
    assert not found.finding


def test_comparisons_that_go_round_in_a_circle_are_a_finding() -> None:
    found = weigh(pairwise={"size/growth": 5, "growth/fit": 5, "fit/size": 5})
    assert found.finding.startswith("The comparisons of criteria contradict each other:")
    assert "by Saaty's random indexes of 2005, where up to 0.10 is accepted" in found.finding


@pytest.mark.parametrize(
    ("pairwise", "message"),
    [
        ({"size": 2}, r"A comparison does not name two criteria: size \(accounts: pairwise\)"),
        ({"a/b/c": 2}, r"A comparison does not name two criteria: a/b/c"),
        ({"a/a": 2}, r"A criterion is compared with itself: a \(accounts: pairwise; pairs\)"),
        ({"a/b": 2, "c/d": 2}, r"Comparisons do not link all criteria: a, b \| c, d"),
    ],
)
def test_comparisons_that_make_no_weights_are_refused(
    pairwise: dict[str, float], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        weigh(pairwise=pairwise)
