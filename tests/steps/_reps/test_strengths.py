from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import RepsOptions
from territory_kit.steps._reps.strengths import measure_strengths

MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture
def accounts() -> pd.DataFrame:
    """Make accounts of R1 (two) and R2."""
    return pd.DataFrame(
        {
            "account_id": ["1", "2", "3"],
            "today_rep_id": ["R1", "R1", "R2"],
            "revenue_amount_per_year": [100.0, 20.0, None],
        }
    )


def test_attainment_and_win_rate_by_hand(make_table: MakeTable, accounts: pd.DataFrame) -> None:
    people = make_table("reps", rep_id=["R1", "R2", "R3"], quota_amount_per_year=[150.0, 0.0, 50.0])
    deals = make_table(
        "deals",
        deal_id=["a", "b", "c", "d"],
        account_id=["1", "1", "3", "1"],
        rep_id=["R1", None, None, "R2"],
        is_won=[True, False, None, True],
    )
    found = measure_strengths(people, accounts, deals, {"R1": "T1"}, settings=RepsOptions())
    # Revenue 120 of 150; a quota of 0 is none; R3 has no accounts and 0 of 50.
    assert found["revenue_amount_per_year"].tolist() == [120, 0, 0]
    assert found["attainment_share"].tolist() == pytest.approx([0.8, np.nan, 0.0], nan_ok=True)
    # Deal b is of account 1, hence R1's; c is open; d is R2's, although the account is R1's.
    assert found["closed_count"].tolist() == [2, 1, 0]
    assert found["won_share"].tolist() == pytest.approx([0.5, 1.0, np.nan], nan_ok=True)
    assert found["territory_id"].fillna("none").tolist() == ["T1", "none", "none"]
    # Two of three deals are won: (2 + 0.5) / 4 = 0.625 is expected, worth ten deals.
    assert found["shrunk_won_share"].tolist() == pytest.approx(
        [7.25 / 12, 7.25 / 11, np.nan], nan_ok=True
    )
    assert (found["low_won_share"] < found["high_won_share"]).tolist() == [True, True, False]


def test_without_deals_nothing_is_closed(make_table: MakeTable, accounts: pd.DataFrame) -> None:
    found = measure_strengths(
        make_table("reps", rep_id=["R1"]), accounts, None, {}, settings=RepsOptions()
    )
    assert found["closed_count"].tolist() == [0]
    assert found["won_share"].isna().all()
    assert found["shrunk_won_share"].isna().all()
