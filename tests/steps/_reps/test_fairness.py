from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.steps._reps.fairness import measure_chances

MakeTable = Callable[..., pd.DataFrame]
REP_PLAN = pd.DataFrame({"territory_id": ["T1", "T2", "T3"], "rep_id": ["R1", "R2", None]}).astype(
    "str"
)
PLAN = pd.DataFrame(
    {"territory_id": ["T1", "T2", "T3"], "potential_amount_per_year": [100.0, 75.0, 900.0]}
)


def test_potential_is_compared_per_full_time_rep_and_vacancies_count_for_nothing(
    make_table: MakeTable,
) -> None:
    people = make_table("reps", rep_id=["R1", "R2"], fte_share=[1.0, 0.5])
    # 100 and 150: a gap of 50 over 125; the Gini of two is half their gap over their sum.
    assert measure_chances(REP_PLAN, PLAN, people) == pytest.approx(
        {
            "fairness_gap_share": 0.4,
            "fairness_gini_share": 0.1,
            "fairness_envy_amount_per_year": 50.0,
        }
    )


def test_who_has_another_role_or_team_is_no_cause_for_envy(make_table: MakeTable) -> None:
    people = make_table("reps", rep_id=["R1", "R2"], fte_share=[1.0, 0.5], team=["A", "B"])
    assert measure_chances(REP_PLAN, PLAN, people)["fairness_envy_amount_per_year"] == 0


def test_one_rep_or_no_potential_gives_no_figures(make_table: MakeTable) -> None:
    one = make_table("reps", rep_id=["R1"], fte_share=[1.0])
    assert measure_chances(REP_PLAN, PLAN, one) == {}
    two = make_table("reps", rep_id=["R1", "R2"], fte_share=[1.0, 1.0])
    assert measure_chances(REP_PLAN, PLAN.assign(potential_amount_per_year=0.0), two) == {}
