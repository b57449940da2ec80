from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from territory_kit.options import TerritoriesOptions
from territory_kit.steps._review.comparison import Figure
from territory_kit.steps._review.verdict import Situation, broken_caps, broken_limits, judge

BETTER = Figure("Largest deviation of workload", "%", 0.5, 0.1, kind="share")
EQUAL = Figure("Largest deviation of workload", "%", 0.1, 0.1, kind="share")
WORSE = Figure("Cost", "EUR per year", 100, 120)
ALONE = Figure("Largest deviation of workload", "%", float("nan"), 0.08, kind="share")
CALM = Situation(has_today=True, can_stay=True, broken_limits=(), vacant_names=())
DISRUPTION = pd.DataFrame(
    {
        "kind": ["all", "chosen", "forced"],
        "accounts_count": [3.0, 2, 1],
        "revenue_amount_per_year": [30.0, 20, 10],
        "revenue_share": [0.2] * 3,
    }
)


@pytest.mark.parametrize(
    ("figures", "situation", "word"),
    [
        pytest.param([BETTER], {}, "adopt", id="better and nothing against it"),
        pytest.param([BETTER, WORSE], {}, "adopt with changes", id="better and worse"),
        pytest.param([BETTER], {"broken_limits": ("x",)}, "adopt with changes", id="limits broken"),
        pytest.param([BETTER], {"vacant_names": ("One",)}, "adopt with changes", id="vacancy"),
        pytest.param([EQUAL], {}, "keep today", id="nothing gets better"),
        pytest.param([EQUAL, WORSE], {}, "keep today", id="only worse"),
        pytest.param([EQUAL], {"can_stay": False}, "adopt", id="today cannot go on"),
        pytest.param([ALONE], {"has_today": False}, "first plan", id="no today"),
        pytest.param(
            [ALONE],
            {"has_today": False, "vacant_names": ("One",)},
            "first plan with changes",
            id="no today, and something is open",
        ),
        pytest.param([ALONE], {}, "first plan", id="no figure of today"),
    ],
)
def test_the_verdict_follows_a_simple_rule(
    figures: list[Figure], situation: dict[str, Any], word: str
) -> None:
    verdict = judge(figures, replace(CALM, **situation), DISRUPTION, 0.05)
    assert verdict.word == word


def test_the_reason_names_what_changes_and_what_is_open() -> None:
    situation = replace(CALM, vacant_names=("One",))
    verdict = judge([BETTER, WORSE], situation, DISRUPTION, 0.05)
    assert verdict.reason == (
        "Largest deviation of workload goes from 50 % to 10 %. Better: largest deviation of "
        "workload. Worse: cost. 3 accounts with 20 % of revenue change hands, 1 of them must. "
        "Without a rep: One."
    )


def test_the_reason_says_when_nothing_changes() -> None:
    nothing = DISRUPTION.assign(accounts_count=0.0)
    verdict = judge([EQUAL], CALM, nothing, 0.05)
    assert verdict.reason.endswith(
        "No figure changes by enough to count. No account changes hands."
    )


def test_the_reason_says_when_nothing_had_to_move() -> None:
    chosen = DISRUPTION.assign(accounts_count=[3.0, 3.0, 0.0])
    assert "change hands, all by choice." in judge([BETTER], CALM, chosen, 0.05).reason


def test_the_reason_says_when_there_is_nothing_to_compare_with() -> None:
    situation = replace(CALM, has_today=False)
    assert judge([ALONE], situation, DISRUPTION, 0.05).reason == (
        "There are no territories today to compare with. Largest deviation of workload is 8 %."
    )


def test_broken_limits_name_the_worst_territory_of_each_measure() -> None:
    plan = pd.DataFrame(
        {
            "territory_name": ["One", "Two"],
            "workload_index": [112.0, 88.0],
            "potential_index": [60.0, 140.0],
        }
    )
    settings = TerritoriesOptions(tolerance_share=0.12, potential_tolerance_share=0.25)
    assert broken_limits(plan, settings) == (
        "Potential of One is 40 % below target, 25 % is allowed.",
    )
    free = TerritoriesOptions(tolerance_share=0.12, potential_tolerance_share=None)
    assert broken_limits(plan, free) == ()


def test_broken_caps_count_moves_by_choice_among_those_who_have_a_territory() -> None:
    # Of four owned accounts two move, one of them by force; the fifth is new, the sixth left out.
    assignment = pd.DataFrame(
        {
            "territory_id": ["T1", "T2", "T2", "T1", "T1", None],
            "current_territory_id": ["T1", "T1", "T1", "T1", None, "T1"],
            "is_moved": pd.array([False, True, True, False, False, False], dtype="boolean"),
            "is_forced": pd.array([False, False, True, False, False, False], dtype="boolean"),
            "revenue_amount_per_year": [10.0, 60, 20, 10, 500, 500],
        }
    )
    settings = TerritoriesOptions(most_moved_share=0.25, most_moved_revenue_share=0.5)
    assert broken_caps(assignment, settings) == ("60 % of revenue would move by choice, 50 % may.",)
    tight = TerritoriesOptions(most_moved_share=0.2)
    assert broken_caps(assignment, tight) == ("25 % of accounts would move by choice, 20 % may.",)
    assert broken_caps(assignment, TerritoriesOptions()) == ()


def test_a_cap_of_each_rep_is_checked_by_territory_of_today() -> None:
    assignment = pd.DataFrame(
        {
            "territory_id": ["T2", "T1", "T2"],
            "current_territory_id": ["T1", "T1", "T2"],
            "is_moved": [True, False, False],
            "is_forced": [False] * 3,
            "revenue_amount_per_year": [30.0, 70.0, 100.0],
        }
    )
    settings = TerritoriesOptions(most_moved_revenue_share_per_rep=0.2)
    assert broken_caps(assignment, settings) == (
        "30 % of revenue of T1 would move by choice, 20 % may.",
    )


def test_a_rep_without_enough_hours_speaks_against_adopting_as_it_is() -> None:
    """A plan whose first aim is work that can be done must say when it cannot be done."""
    full = Situation(
        has_today=True, can_stay=True, broken_limits=(), vacant_names=(), full_names=("One",)
    )
    verdict = judge([BETTER], full, DISRUPTION, 0.05)
    assert verdict.word == "adopt with changes"
    assert verdict.reason.endswith("More work than the rep has hours: One.")


def test_a_plan_that_only_gets_worse_says_so_first() -> None:
    bound = Situation(has_today=True, can_stay=False, broken_limits=(), vacant_names=())
    verdict = judge([WORSE], bound, DISRUPTION, 0.05)
    assert verdict.reason.startswith("Nothing gets better, but today cannot go on as it is.")


def test_without_any_revenue_no_share_of_it_is_named() -> None:
    poor = DISRUPTION.assign(revenue_amount_per_year=0.0)
    assert "3 accounts change hands, 1 of them must." in judge([BETTER], CALM, poor, 0.05).reason
