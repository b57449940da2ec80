"""The caption says what the proposal's number reaches, and what one more costs."""

import math

import pandas as pd

from territory_kit import report
from territory_kit.report import Evidence

SIZING = pd.DataFrame(
    {
        "territories_count": [2.0, 3.0, 4.0],
        "is_chosen": pd.array([False, True, False], dtype="boolean"),
        "territory_hours_per_year": [1800.0, 1200.0, 900.0],
        "capacity_share": [1.5, 1.0, 0.75],
        "accounts_reached_share": [0.6, 0.9, 1.0],
        "reps_cost_amount_per_year": [150e3, 225e3, 300e3],
    }
)


def test_one_more_is_compared_with_the_proposal() -> None:
    shown = report.sizing(Evidence({"sizing": SIZING}, currency="EUR", step="territories"))
    assert len(shown.rows) == 3
    assert shown.caption.startswith(
        "With 3 territories, each carries 100 % of its hours and 90 % of accounts get all their "
        "wanted visits; with one more 100 % do, for EUR 75.0 k more a year. 3 rows."
    )


def test_without_more_and_without_hours_the_rest_is_said() -> None:
    table = SIZING.head(2).assign(capacity_share=math.nan)
    shown = report.sizing(Evidence({"sizing": table}, currency="EUR"))
    assert shown.caption.startswith(
        "With 3 territories, 90 % of accounts get all their wanted visits. 2 rows."
    )


def test_a_region_without_a_proposal_has_no_sentence() -> None:
    assert report.sizing(Evidence({"sizing": SIZING.head(0)})).rows == ()
