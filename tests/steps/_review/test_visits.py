from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from territory_kit.steps._review.visits import (
    compare_visits,
    count_visits,
    declared_km,
    visits_of_year,
)

MakeTable = Callable[..., pd.DataFrame]
DAY = pd.Timestamp("2026-10-31")


def test_the_year_ends_with_the_day_and_starts_after_the_same_day_a_year_before(
    make_table: MakeTable,
) -> None:
    days = ["2025-10-31", "2025-11-01", "2026-10-31", "2026-11-01"]
    visits = make_table("visits", account_id=list("abcd"), visit_date=days)
    assert visits_of_year(visits, DAY)["account_id"].tolist() == ["b", "c"]
    assert len(visits_of_year(visits, None)) == 4
    assert visits_of_year(None, DAY).empty


def test_only_visits_in_person_count_where_accounts_are_visited(make_table: MakeTable) -> None:
    visits = make_table(
        "visits",
        account_id=["1", "1", "1", "2", "2"],
        channel=["visit", None, "phone", "phone", "video"],
    )
    counts = count_visits(visits, frozenset({"2"}))
    assert counts.to_dict() == {"1": 2, "2": 2}


def test_coverage_and_misplaced_visits_by_hand() -> None:
    accounts = pd.DataFrame(
        {
            "account_id": ["1", "2", "3"],
            "territory_id": ["T1", "T1", "T2"],
            "visits_per_year": [10.0, 10.0, 0.0],
        }
    )
    found = compare_visits(accounts, pd.Series({"1": 14.0, "2": 2.0}))
    # T1: 10 + 2 of 20 reached; |4| + |8| = 12 of 2 x 20. T2 wants no visit.
    assert list(found.loc["T1"]) == pytest.approx([16, 4, 8, 0.6, 0.3])
    assert list(found.loc["T2"]) == pytest.approx([0, 0, 0, np.nan, np.nan], nan_ok=True)


def test_visits_beyond_all_measure_are_misplaced_as_a_whole() -> None:
    accounts = pd.DataFrame({"account_id": ["1"], "territory_id": ["T1"], "visits_per_year": [1.0]})
    # (9 - 1) / 2 would be four times the visits wanted.
    assert compare_visits(accounts, pd.Series({"1": 9.0})).loc["T1", "misplaced_share"] == 1


def test_without_visits_nothing_is_known() -> None:
    accounts = pd.DataFrame({"account_id": ["1"], "territory_id": ["T1"], "visits_per_year": [1.0]})
    assert compare_visits(accounts, None).loc["T1"].isna().all()


def test_declared_km_are_summed_where_they_are_declared(make_table: MakeTable) -> None:
    visits = make_table(
        "visits", rep_id=["R1", "R1", "R2"], distance_km=[10.0, 5.0, None], account_id=list("abc")
    )
    assert declared_km(visits).to_dict() == {"R1": 15}
