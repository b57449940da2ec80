"""Shares of segments, worked out by hand."""

import pandas as pd

from territory_kit.steps._territories.segments import share_segments

UNITS = pd.DataFrame(
    {
        "segment": ["bar", "bar", "bar", "hotel", None],
        "territory_id": ["T1", "T1", "T2", "T2", "T1"],
        "potential_amount_per_year": [20.0, 40.0, 20.0, 90.0, 0.0],
    }
).astype({"segment": "str", "territory_id": "str"})
PLAN = pd.DataFrame({"territory_id": ["T1", "T2"], "territory_name": ["North", "South"]})


def test_each_segment_is_shared_over_its_territories() -> None:
    shares = share_segments(UNITS, PLAN)
    assert shares["segment"].tolist() == ["hotel", "bar", "bar", "(no segment)"]
    assert shares["territory_id"].tolist() == ["T2", "T1", "T2", "T1"]
    assert shares["territory_name"].tolist() == ["South", "North", "South", "North"]
    assert shares["accounts_count"].tolist() == [1, 2, 1, 1]
    # 90 of 90; 60 and 20 of 80; nothing of nothing is no share
    assert shares["potential_share"].fillna(-1).tolist() == [1.0, 0.75, 0.25, -1]


def test_the_order_of_accounts_does_not_matter() -> None:
    pd.testing.assert_frame_equal(
        share_segments(UNITS, PLAN), share_segments(UNITS.iloc[::-1], PLAN)
    )


def test_no_account_has_no_segment() -> None:
    assert share_segments(UNITS.head(0), PLAN).empty
