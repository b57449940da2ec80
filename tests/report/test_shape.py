"""Driving is the headline; what is missing is said."""

import numpy as np
import pandas as pd

from territory_kit import columns, report
from territory_kit.report import Evidence

SHAPE = pd.DataFrame(
    {
        "territory_id": ["T1", "T2"],
        "territory_name": ["North", "South"],
        "travel_km_per_year": [20_000.0, 30_000.0],
        "today_travel_km_per_year": [25_000.0, 35_000.0],
        "spread_km": [20.0, 30.0],
        "today_spread_km": [25.0, 35.0],
        "tree_ratio": [0.6, 0.7],
        "today_tree_ratio": [0.6, 0.7],
        "overlap_share": [0.1, 0.3],
        "today_overlap_share": [0.4, 0.2],
    }
)


def caption(table: pd.DataFrame) -> str:
    return report.territory_shape(Evidence({"territory_shape": table})).caption


def test_driving_comes_first_and_the_most_overlap_is_named() -> None:
    shown = report.territory_shape(Evidence({"territory_shape": SHAPE}))
    assert shown.rows[0][0] == "South"
    assert shown.caption.startswith(
        "Driving from the centres: 50,000 km a year as proposed, 60,000 km today. South overlaps "
        "most: 30 %. Overlap: accounts inside another one's hull."
    )


def test_without_today_only_the_proposal_is_summed() -> None:
    fresh = SHAPE.assign(today_travel_km_per_year=np.nan)
    assert "as proposed; there is no today to compare with." in caption(fresh)


def test_territories_apart_do_not_overlap() -> None:
    assert "No proposed territories overlap." in caption(SHAPE.assign(overlap_share=0.0))


def test_without_places_and_without_territories_it_says_so() -> None:
    assert "No place is known" in caption(SHAPE.assign(overlap_share=np.nan))
    empty = columns.empty_frame("territory_shape")
    assert caption(empty).startswith("No territory is proposed.")
