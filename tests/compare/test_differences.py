"""What plans differ in before anything is computed is told in words."""

from collections.abc import Callable

import pytest

from territory_kit.compare.differences import (
    differing_inputs,
    input_words,
    option_words,
    require_comparable,
)
from territory_kit.compare.scenario import Scenario
from territory_kit.errors import ParameterError, TableError

COST = "cost of one kilometre"


def test_inputs_that_differ_or_are_missing_are_named(scenario: Callable[..., Scenario]) -> None:
    plans = [scenario("A"), scenario("B", inputs={"accounts": "b", "reps": "r", "deals": "d"})]
    assert differing_inputs(plans) == ["accounts", "deals"]
    with pytest.raises(TableError, match=r"same inputs: accounts, deals \(plans A and B\)"):
        require_comparable(plans, may_differ=False)
    require_comparable(plans, may_differ=True)
    assert "different inputs: accounts, deals differ." in input_words(plans)


def test_other_currencies_are_never_compared(scenario: Callable[..., Scenario]) -> None:
    plans = [scenario("A"), scenario("B", options={("Nord", "currency"): "CHF"})]
    with pytest.raises(ParameterError, match="currencies cannot be compared: A: EUR, B: CHF"):
        require_comparable(plans, may_differ=True)


def test_an_option_that_differs_everywhere_is_told_once(scenario: Callable[..., Scenario]) -> None:
    def km(value: float) -> dict[tuple[str, str], float]:
        return {("Nord", "costs.km_amount"): value, ("Sud", "costs.km_amount"): value}

    words = option_words([scenario("A", options=km(0.5)), scenario("B", options=km(0.6))])
    assert words[0] == f"costs.km_amount ({COST}) – A: 0.5, B: 0.6."
    assert words[1].startswith("The plans assume different things")
    assert len(words) == 2


def test_an_option_of_one_region_is_told_with_its_name(scenario: Callable[..., Scenario]) -> None:
    def most(north: float | None) -> dict[tuple[str, str], float | None]:
        name = "territories.most_moved_share"
        return {("Nord", name): north, ("Sud", name): None}

    words = option_words([scenario("A", options=most(None)), scenario("B", options=most(0.2))])
    assert len(words) == 1
    assert words[0].startswith("territories.most_moved_share in Nord (most of today's accounts")
    assert words[0].endswith(" – A: empty, B: 0.2.")


def test_a_region_that_only_one_plan_sets_apart_is_told(scenario: Callable[..., Scenario]) -> None:
    words = option_words([scenario("A", options={("Nord", "headcount"): 4}), scenario("B")])
    assert "in Nord" not in words[0]
    assert words[0].endswith("– A: 4, B: as the whole plan.")


def test_plans_with_the_same_options_say_so(scenario: Callable[..., Scenario]) -> None:
    assert option_words([scenario("A"), scenario("B")]) == ["The plans have the same options."]
