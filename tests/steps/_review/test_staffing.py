from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.options import Costs, Hours, Options
from territory_kit.steps._review.staffing import staff

MakeTable = Callable[..., pd.DataFrame]
# 8 h x 250 days x 50 % = 1,000 h.
OPTIONS = Options(
    hours=Hours(per_day=8, days_per_year=250, field_share=0.5, prospecting_share=0),
    costs=Costs(rep_amount_per_year=70_000),
)


def test_a_holder_brings_own_hours_and_cost_an_open_job_the_usual_ones(
    make_table: MakeTable,
) -> None:
    reps = make_table(
        "reps",
        rep_id=["R1", "R2"],
        rep_name=["Ann", "Bob"],
        capacity_hours_per_year=[1200.0, None],
        fte_share=[0.5, None],
        cost_amount_per_year=[40_000.0, None],
        quota_amount_per_year=[9.0, None],
    )
    territories = pd.DataFrame({"size_share": [1.0, 1.0, 0.8]}, index=[7, 8, 9])
    rep_id = pd.Series(["R1", "R2", None], index=[7, 8, 9])
    found = staff(territories, rep_id, reps, OPTIONS)
    # 1,200 x 0.5; the usual 1,000; 1,000 for a territory of 0.8.
    assert found["capacity_hours"].tolist() == pytest.approx([600, 1000, 800])
    # A given cost stands as it is; the usual pay follows the size.
    assert found["people_cost_amount_per_year"].tolist() == pytest.approx([40_000, 70_000, 56_000])
    assert found["rep_name"].fillna("none").tolist() == ["Ann", "Bob", "none"]


def test_who_holds_two_territories_has_half_of_hours_and_cost_in_each(
    make_table: MakeTable,
) -> None:
    """Else the same person would be paid twice, and a plan that parts them would seem to save."""
    reps = make_table("reps", rep_id=["R1"], cost_amount_per_year=[40_000.0], fte_share=[1.0])
    found = staff(
        pd.DataFrame({"size_share": [1.0] * 3}), pd.Series(["R1", "R1", None]), reps, OPTIONS
    )
    assert found["capacity_hours"].tolist() == [500, 500, 1000]
    assert found["people_cost_amount_per_year"].tolist() == [20_000, 20_000, 70_000]
