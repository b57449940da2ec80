"""The caption names who leads by which yardstick."""

import math

import pandas as pd

from territory_kit import report
from territory_kit.report import Evidence

RATIOS = pd.DataFrame(
    {
        "rep_id": ["R1", "R2", "R3"],
        "rep_name": ["Ann", "Bob", "Cem"],
        "contribution_amount_per_year": [30.0, 20.0, 10.0],
        "penetration_share": [0.2, 0.4, 0.5],
        "contribution_rank": [1.0, 2.0, 3.0],
        "penetration_rank": [3.0, 2.0, 1.0],
    }
)


def caption(table: pd.DataFrame) -> str:
    return report.rep_ratios(Evidence({"rep_ratios": table}, currency="EUR")).caption


def test_the_two_best_by_contribution_and_by_penetration_are_named() -> None:
    assert caption(RATIOS).startswith(
        "By contribution Ann and Bob lead; by penetration Cem and Bob lead. Not for pay decisions "
        "alone. 3 rows."
    )


def test_equals_at_the_second_place_are_named_and_if_all_are_equal_nobody_leads() -> None:
    equal = RATIOS.assign(contribution_rank=1.0, penetration_rank=[1.0, 2.0, 2.0]).iloc[[0, 1, 2]]
    more = pd.concat([equal, equal.head(1).assign(rep_id="R4", penetration_rank=4.0)])
    assert caption(more).startswith(
        "By contribution nobody leads; by penetration Ann, Bob and Cem lead."
    )


def test_a_figure_that_is_not_known_has_no_leaders() -> None:
    unknown = RATIOS.assign(contribution_rank=math.nan)
    assert caption(unknown).startswith("By penetration Cem and Bob lead.")
    assert caption(RATIOS.head(1)).startswith("Not for pay decisions alone.")
