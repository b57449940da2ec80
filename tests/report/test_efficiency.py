"""Efficiency is shown where it is known; else one line says what it takes."""

import math

import pandas as pd

from territory_kit import columns, report
from territory_kit.steps.result import StepResult

ROWS = pd.DataFrame(
    {
        "rep_id": ["R1", "R2"],
        "rep_name": ["Ann", "Bob"],
        "potential_amount_per_year": [100.0, 100.0],
        "accounts_count": [10.0, 10.0],
        "revenue_amount_per_year": [40.0, 60.0],
        "efficiency_share": [0.6, 0.9],
    }
).reindex(columns=columns.empty_frame("rep_performance").columns)


def test_the_most_efficient_stands_first() -> None:
    said = ("Efficiency is a part. Not for pay decisions alone.",)
    shown = report.efficiency(StepResult("reps", "R", {"rep_performance": ROWS}, assumptions=said))
    assert [row[0] for row in shown.rows] == ["Bob", "Ann"]
    assert shown.caption.startswith(said[0])


def test_where_it_is_not_known_one_line_says_so() -> None:
    rows = ROWS.assign(efficiency_share=math.nan)
    shown = report.efficiency(StepResult("reps", "R", {"rep_performance": rows}))
    assert shown.rows == ()
    assert shown.caption.startswith("No efficiency of reps, as no potential or no reps are known.")
