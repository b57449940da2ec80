from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from territory_kit.options import Costs, Options
from territory_kit.steps._reps.target_index import add_index, say_index
from territory_kit.steps.ownership import own_today

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
OPTIONS = Options(as_of_date=date(2026, 10, 31))


@pytest.fixture
def index(make_region: MakeRegion, make_table: MakeTable) -> Callable[..., pd.DataFrame]:
    """Index two reps with one account each of 10 wanted calls, who sold 90 and 200."""

    def run(
        options: Options = OPTIONS,
        *,
        source: str = "given",
        visits: pd.DataFrame | None = None,
        **values: object,
    ) -> pd.DataFrame:
        tables = make_region(
            account_id=["1", "2"], current_rep_id=["R1", "R2"], visits_per_year=[10.0, 10.0]
        )
        tables["market_accounts"] = tables["market_accounts"].assign(potential_source=source)
        shown = {"quota_amount_per_year": [100.0, 100.0], "fte_share": [1.0, 1.0]} | values
        calls = shown.pop("calls_count", [12.0, 5.0])
        if visits is not None:
            tables["visits"] = visits
        people = make_table("reps", rep_id=["R1", "R2"], **shown)
        ownership = own_today(tables["accounts"], territories=None, reps=people, region="R")
        ratios = pd.DataFrame({"rep_id": ["R1", "R2"], "calls_count": calls})
        strengths = people.assign(revenue_amount_per_year=[90.0, 200.0])
        return add_index(strengths, ratios, tables, ownership, options=options)

    return run


def test_results_are_weighed_and_a_windfall_is_capped(index: Callable[..., pd.DataFrame]) -> None:
    found = index()
    # R1: 0.7 x 0.9 + 0.3 x 1.2; R2: 0.7 x 1.5, as 2.0 is beyond the cap, + 0.3 x 0.5.
    assert found["target_index_share"].tolist() == pytest.approx([0.99, 1.2])
    assert found["is_capped"].tolist() == [False, True]
    (sentence,) = say_index(found, OPTIONS)
    assert sentence.startswith("The index of targets weighs revenue against quota 70 %")
    assert "not for pay decisions alone" in sentence


def test_without_quota_it_is_dropped_and_calls_weigh_all(
    index: Callable[..., pd.DataFrame],
) -> None:
    found = index(quota_amount_per_year=[None, 0.0])
    assert found["target_index_share"].tolist() == pytest.approx([1.2, 0.5])
    assert found["target_weight_share"].tolist() == pytest.approx([0.3, 0.3])


def test_who_came_or_left_within_the_year_is_measured_by_calls_alone(
    index: Callable[..., pd.DataFrame],
) -> None:
    """The accounts' revenue is of the whole year: a cut quota would make every newcomer a star."""
    # R1 came 73 days before the end of the year: a fifth of it, so 12 of 2 calls.
    # R2 left 73 days before its end: 5 of 8 calls.
    found = index(start_date=["2026-08-19", None], end_date=[None, "2026-08-19"])
    assert found["present_share"].tolist() == pytest.approx([0.2, 0.8])
    assert found["target_index_share"].tolist() == pytest.approx([1.5, 0.625])
    assert found["target_weight_share"].tolist() == pytest.approx([0.3, 0.3])
    assert say_index(found, OPTIONS)[1] == (
        "Revenue against quota is left out for 2 reps not there all year: the year's revenue is "
        "partly somebody else's."
    )


def test_calls_of_a_predecessor_in_the_log_do_not_count(
    index: Callable[..., pd.DataFrame], make_table: MakeTable
) -> None:
    # R1 came on 19 August, wanted are 2 calls: of 4 in the log of the year, 2 are the rep's own.
    visits = make_table(
        "visits",
        account_id=["1"] * 5,
        rep_id=["R1"] * 5,
        visit_date=["2025-01-01", "2026-03-01", "2026-08-18", "2026-08-19", "2026-10-01"],
    )
    found = index(start_date=["2026-08-19", None], calls_count=[4.0, 5.0], visits=visits)
    assert found["target_index_share"].iloc[0] == pytest.approx(1.0)
    assert not found["is_capped"].iloc[0]


def test_the_whole_quota_stands_against_the_whole_year_while_a_rep_learns(
    index: Callable[..., pd.DataFrame],
) -> None:
    # R1 came 73 days before the year began and is new for a year: 90 of 100 and 12 of 10 calls.
    slow = Options(as_of_date=date(2026, 10, 31), costs=Costs(ramp_months=12))
    found = index(slow, start_date=["2025-08-19", None])
    assert found["present_share"].tolist() == [1, 1]
    assert found["target_index_share"].tolist() == pytest.approx([0.99, 1.2])


def test_without_a_quota_nothing_is_said_of_who_came_late(
    index: Callable[..., pd.DataFrame],
) -> None:
    found = index(start_date=["2026-08-19", None], quota_amount_per_year=[None, 100.0])
    assert len(say_index(found, OPTIONS)) == 1


def test_a_part_time_rep_is_asked_for_fewer_calls_and_the_same_quota(
    index: Callable[..., pd.DataFrame],
) -> None:
    found = index(fte_share=[1.0, 0.5], calls_count=[10.0, 5.0])
    assert found["target_index_share"].tolist() == pytest.approx([0.93, 1.35])


def test_who_comes_later_has_no_index(index: Callable[..., pd.DataFrame]) -> None:
    found = index(start_date=["2027-01-01", None])
    assert found["target_index_share"].isna().tolist() == [True, False]


def test_without_targets_and_without_a_day_nothing_is_invented(
    index: Callable[..., pd.DataFrame],
) -> None:
    nothing = index(source="equal", calls_count=[None, None])
    assert say_index(nothing, OPTIONS) == ()
    assert index(Options())["present_share"].tolist() == [1, 1]
