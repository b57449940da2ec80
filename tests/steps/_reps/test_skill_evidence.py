import numpy as np
import pandas as pd
import pytest

from territory_kit.options import RepsOptions
from territory_kit.steps._reps.skill_evidence import say_evidence, weigh_evidence

PEOPLE = pd.DataFrame(
    {"rep_id": ["R1", "R2", "R3"], "rep_name": ["Ann", "Bob", "Cem"]},
).assign(skill_wine_share=[0.5, 0.5, np.nan])
SEGMENTS = pd.Series({"1": "bar", "2": "hotel"})
WINE = RepsOptions(skill_segments={"wine": ("bar",)}, expected_deals_count=10)


def deals(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """Make closed deals from rep, account, number won and number lost."""
    each = [(rep, one, 1.0) for rep, one, won, _ in rows for _ in range(won)]
    each += [(rep, one, 0.0) for rep, one, _, lost in rows for _ in range(lost)]
    return pd.DataFrame(each, columns=["rep_id", "account_id", "is_won"])


# Ann wins 8 of 10 in bars, Bob 2 of 10; all win half, and that weighs ten deals: 0.65 and 0.35.
CLOSED = deals(("R1", "1", 8, 2), ("R2", "1", 2, 8))


def test_a_win_rate_above_the_regions_raises_the_skill_and_one_below_lowers_it() -> None:
    rated = weigh_evidence(PEOPLE, CLOSED, SEGMENTS, settings=WINE)
    assert rated["skill_wine_share"].tolist()[:2] == pytest.approx([0.65, 0.35])
    assert rated["skill_source"].tolist()[:2] == ["evidence", "evidence"]
    assert rated["skill_source"].isna().tolist() == [False, False, True]
    assert say_evidence(rated, WINE) == (
        "2 reps have skills moved by win rates in their segments: Ann (wine), Bob (wine).",
    )


def test_nothing_moves_where_the_plan_names_no_segments() -> None:
    rated = weigh_evidence(PEOPLE, CLOSED, SEGMENTS, settings=RepsOptions())
    pd.testing.assert_frame_equal(rated[list(PEOPLE)], PEOPLE)
    assert rated["skill_source"].tolist()[:2] == ["self-assessed", "self-assessed"]
    assert say_evidence(rated, RepsOptions()) == ()


@pytest.mark.parametrize(
    "closed",
    [
        # nine deals are too few, ten in another segment are none, and there may be none at all
        deals(("R1", "1", 9, 0)),
        deals(("R1", "2", 10, 0)),
        deals(),
    ],
)
def test_too_few_deals_leave_the_self_assessment(closed: pd.DataFrame) -> None:
    rated = weigh_evidence(PEOPLE, closed, SEGMENTS, settings=WINE)
    assert rated["skill_wine_share"].tolist()[:2] == [0.5, 0.5]
    (sentence,) = say_evidence(rated, WINE)
    assert sentence.startswith("No rep has 10 closed deals in the segments of a rated skill, so")


def test_a_skill_that_nobody_is_rated_for_is_named() -> None:
    law = RepsOptions(skill_segments={"law": ("bar",)})
    rated = weigh_evidence(PEOPLE, CLOSED, SEGMENTS, settings=law)
    assert say_evidence(rated, law)[1] == (
        "No rep is rated for skills that the plan gives segments: law."
    )
