"""Who wins when an option is set in several places."""

from typing import Any

import pytest

from territory_kit.errors import ParameterError
from territory_kit.options import Options
from territory_kit.plan.precedence import (
    digest,
    merge,
    parameter_layer,
    resolve,
    used_options,
)


def test_the_strong_entry_wins_and_the_others_stay() -> None:
    weak = {"seed": 1, "travel": {"circuity": 1.3, "parking_hours": 0.1}}
    strong = {"travel": {"circuity": 1.2}}
    assert merge(weak, strong) == {"seed": 1, "travel": {"circuity": 1.2, "parking_hours": 0.1}}


def test_merging_changes_neither_side() -> None:
    weak, strong = {"travel": {"circuity": 1.3}}, {"travel": {"circuity": 1.2}}
    merge(weak, strong)
    assert (weak, strong) == ({"travel": {"circuity": 1.3}}, {"travel": {"circuity": 1.2}})


def test_each_place_wins_over_the_ones_before_it() -> None:
    layers: list[dict[str, Any]] = [
        {"territories": {"tolerance_share": share}} for share in (0.2, 0.3, 0.4, 0.5)
    ]
    for count in range(len(layers) + 1):
        resolved = resolve(layers[:count], where="")
        # the default, then plan, region, choices, parameter
        assert resolved.territories.tolerance_share == [0.1, 0.2, 0.3, 0.4, 0.5][count]


def test_weights_are_replaced_as_a_whole() -> None:
    """Who names criteria means these and no others."""
    weights = {"potential_amount_per_year": 1.0}
    assert resolve([{"accounts": {"weights": weights}}], where="").accounts.weights == weights


def test_visits_of_one_class_leave_the_others() -> None:
    per_class = resolve([{"visits": {"per_class": {"A": 20}}}], where="").visits.per_class
    assert per_class == {"A": 20.0, "B": 6.0, "C": 2.0}


def test_a_value_that_does_not_fit_is_refused_where_it_was_said() -> None:
    with pytest.raises(ParameterError, match="parameters of step territories"):
        resolve([{"territories": {"tolerance_share": 2}}], where="parameters of step territories")


def test_parameters_are_options_of_their_step() -> None:
    layer = parameter_layer("territories", {"territories_count": 4, "seed": 7})
    assert layer == {"seed": 7, "territories": {"territories_count": 4}}


def test_none_means_as_the_plan_says() -> None:
    assert parameter_layer("territories", {"territories_count": None, "seed": None}) == {}


@pytest.mark.parametrize(
    ("step", "name", "message"),
    [
        ("territories", "territories_cont", 'Did you mean "territories_count"?'),
        ("market", "territories_count", "Known names: account_types, "),
        ("company", "tolerance_share", "Known names: seed."),
        (None, "tolerance_share", "Known names: seed."),
    ],
)
def test_unknown_parameters_are_refused(step: str | None, name: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parameter_layer(step, {name: None})
    assert f"There is no such parameter: {name}" in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("step", "changed", "is_used"),
    [
        ("market", {"market": {"attainable_share": 0.5}}, True),
        ("market", {"reps": {"skill_weight": 0.1}}, False),
        ("territories", {"travel": {"circuity": 1.1}}, True),
        ("territories", {"market": {"attainable_share": 0.5}}, True),
        ("territories", {"market": {"benchmark_share": 0.5}}, False),
        ("review", {"costs": {"km_amount": 1}}, True),
        ("review", {"territories": {"tolerance_share": 0.2}}, True),
        ("accounts", {"costs": {"km_amount": 1}}, True),
        ("accounts", {"costs": {"loss_share": 0.1}}, False),
        ("market", {"priorities": ("Grow bars.",)}, False),
        ("company", {"accounts": {"class_shares": (0.7, 0.9)}}, True),
        ("company", {"territories": {"tolerance_share": 0.2}}, False),
        ("company", {"territories": {"territories_count": 3}}, True),
    ],
)
def test_a_result_depends_on_the_options_that_its_step_reads(
    *, step: str, changed: dict[str, Any], is_used: bool
) -> None:
    before = used_options(step, Options())
    after = used_options(step, resolve([changed], where=""))
    assert (before != after) == is_used


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
