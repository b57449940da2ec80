"""Channels as one effort, and the mixes that accounts allow."""

import numpy as np
import pytest
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.call_allocation import allocate_calls
from territory_kit.methods.channel_mix import (
    EFFECTIVENESS_RANGES,
    effective_calls,
    list_mixes,
    mix_options,
)
from territory_kit.methods.response import Response, sales_at

Floats = NDArray[np.float64]
NA = float("nan")
# visits and phone calls
HOURS = np.array([2.0, 0.5])
COSTS = np.array([30.0, 1])
MIXES = list_mixes(np.array([2, 3]))


def chosen(
    budget: float, *, least: list[int] | None = None, welcome: list[bool] | None = None
) -> list[int]:
    """Return visits and phone calls of one account whose sales grow by 100 · x / (1 + x)."""
    calls = effective_calls(MIXES, np.array([1.0, 0.5]))
    options = mix_options(
        sales_at(Response(0, 100, 1, 1), calls)[None, :],
        MIXES,
        channel_hours=HOURS,
        channel_costs=COSTS,
        least_counts=np.array([least or [0, 0]]),
        is_welcome=np.array([welcome or [True, True]]),
    )
    found = allocate_calls(options, budget_hours=budget)
    return [int(count) for count in MIXES[found.options[0]]]


def test_all_mixes_are_listed_from_none_on() -> None:
    assert len(MIXES) == 12
    assert MIXES[0].tolist() == [0, 0]
    assert MIXES[-1].tolist() == [2, 3]
    assert len(np.unique(MIXES, axis=0)) == 12


def test_a_mix_is_worth_as_many_visits_as_its_contacts_add_up_to() -> None:
    # 2 visits, 3 video calls at .7, 1 phone call at .4
    found = effective_calls(np.array([[2, 3, 1], [0, 0, 0]]), np.array([1, 0.7, 0.4]))
    assert found.tolist() == pytest.approx([4.5, 0])


def test_the_best_mix_weighs_sales_against_hours_and_cost() -> None:
    # half an hour: one phone call, 33.3 less 1; with 1.5 hours three of them, 60 less 3. A visit
    # in 2 hours gains 50 less 30, and never comes before three phone calls.
    assert chosen(0.5) == [0, 1]
    assert chosen(1.5) == [0, 3]
    assert chosen(2) == [0, 3]
    # with all hours: 2.5 effective calls bring 71.4, 11.4 more than 1.5 for 30 more
    assert chosen(9) == [0, 3]


def test_the_fewest_visits_of_a_class_are_kept() -> None:
    assert chosen(9, least=[1, 0]) == [1, 3]


def test_a_channel_that_is_not_welcome_is_not_used() -> None:
    assert chosen(9, welcome=[True, False]) == [1, 0]
    assert chosen(9, welcome=[False, False]) == [0, 0]


def test_visits_that_must_be_and_are_not_welcome_are_refused() -> None:
    with pytest.raises(ParameterError, match="left without any option"):
        chosen(9, least=[1, 0], welcome=[False, True])


def test_the_best_mix_depends_on_what_a_phone_call_is_worth() -> None:
    """The range is there to be run through, because nobody knows the value."""
    best = []
    for worth in np.linspace(*EFFECTIVENESS_RANGES["phone"], 3):
        calls = effective_calls(MIXES, np.array([1.0, worth]))
        gains = 100 * calls / (1 + calls) - MIXES @ np.array([10, 1])
        best.append(MIXES[gains.argmax()].tolist())
    # at .2: 2.6 effective calls bring 72.2 less 23; at .4: 2.2 bring 68.8 less 13; at .6: 1.8 bring
    # 64.3 less 3
    assert best == [[2, 3], [1, 3], [0, 3]]
    assert EFFECTIVENESS_RANGES["visit"] == (1, 1)


@pytest.mark.parametrize(
    "effectiveness",
    [
        [0.9, 0.5],  # no visit among them
        [1.0, 1.2],  # a phone call better than a visit
        [1.0, -0.1],
        [1.0, NA],
        [],
    ],
)
def test_effectiveness_is_measured_in_visits(effectiveness: list[float]) -> None:
    with pytest.raises(ParameterError, match="must be measured in visits"):
        effective_calls(np.zeros((1, len(effectiveness)), dtype=int), np.array(effectiveness))
