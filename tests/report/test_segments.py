"""Segments that one territory holds are named."""

import pandas as pd

from territory_kit import columns, report
from territory_kit.report import Evidence, ShownTable


def shown(shares: list[float | None], territories: int = 3) -> ShownTable:
    """Make one row per segment, all in the first territory."""
    count = len(shares)
    segments = pd.DataFrame(
        {
            "segment": [f"segment {place + 1}" for place in range(count)],
            "territory_id": "T1",
            "territory_name": "North",
            "accounts_count": 1,
            "potential_amount_per_year": 10.0,
            "potential_share": shares,
        }
    ).astype(columns.empty_frame("territory_segments").dtypes.to_dict())
    ids = [f"T{place + 1}" for place in range(territories)]
    plan = pd.DataFrame(
        {"territory_id": ids, "territory_name": ["North", "South", "West"][: len(ids)]}
    )
    return report.territory_segments(
        Evidence({"territory_segments": segments, "territory_plan": plan})
    )


def test_segments_in_one_hand_are_named_with_their_territory() -> None:
    assert shown([0.5, 0.75, 1.0]).caption.startswith(
        "More than half of the potential is in one territory: segment 2 in North (75 %) and "
        "segment 3 in North (100 %)."
    )


def test_many_of_them_are_counted() -> None:
    assert "segment 5 in North (60 %) and 2 other segments." in shown([0.6] * 7).caption


def test_even_segments_and_few_territories_are_said_to_be_so() -> None:
    assert shown([0.5]).caption.startswith(
        "No territory holds more than half of a segment's potential."
    )
    assert shown([1.0], territories=2).caption.startswith(
        "With fewer than three territories one of them holds half of a segment anyway."
    )


def test_without_potential_nothing_is_shared() -> None:
    assert shown([None]).caption.startswith("No potential is known")
    assert shown([]).caption.startswith("No potential is known")
