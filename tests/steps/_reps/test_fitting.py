from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import RepsOptions
from territory_kit.steps._reps.fitting import fit_reps, skill_names

MakeTable = Callable[..., pd.DataFrame]
SETTINGS = RepsOptions(skill_weight=0.5, home_weight=0.3, relation_weight=0.2, far_home_km=100)
PLAN = pd.DataFrame(
    {"territory_id": ["T1", "T2"], "centre_lat_deg": [45.0, 45.0], "centre_lon_deg": [5.0, 5.0]}
)
DEGREE_KM = 6371.0088 * np.pi / 180


def accounts(**values: object) -> pd.DataFrame:
    """Make two accounts, one in each territory; R1 has the first."""
    defaults = {
        "territory_id": ["T1", "T2"],
        "today_rep_id": ["R1", None],
        "revenue_amount_per_year": [100.0, 0.0],
        "workload_hours_per_year": [10.0, 10.0],
    }
    return pd.DataFrame(defaults | values).astype({"today_rep_id": "str"})


def fit(people: pd.DataFrame, of: pd.DataFrame) -> pd.DataFrame:
    return fit_reps(PLAN, people, of, settings=SETTINGS).set_index(["territory_id", "rep_id"])


def test_the_fit_is_the_weighted_mean_of_skills_home_and_relation(make_table: MakeTable) -> None:
    people = make_table(
        "reps",
        rep_id=["R1", "R2"],
        home_lat_deg=[45.0, 45.0 + 50 / DEGREE_KM],
        home_lon_deg=[5.0, 5.0],
        skill_wine_share=[0.4, 1.0],
    )
    found = fit(people, accounts(need_wine_share=[0.8, 0.0]))
    # R1 in T1: 0.4 of 0.8 is half the skill; at home: 1; all revenue known: 1.
    assert found.loc[("T1", "R1"), "fit_share"] == pytest.approx(0.5 * 0.5 + 0.3 + 0.2)
    # R2 in T1: skill above the need counts 1; 50 of 100 km: 0.5; knows nothing.
    assert found.loc[("T1", "R2"), "fit_share"] == pytest.approx(0.5 + 0.3 * 0.5)
    # T2 needs nothing and has no revenue.
    assert found.loc[("T2", "R1"), "skill_fit_share"] == 1
    assert found.loc[("T2", "R1"), "relation_share"] == 0
    assert found.loc[("T1", "R2"), "home_km"] == pytest.approx(50)


def test_needs_of_a_territory_are_weighted_by_work(make_table: MakeTable) -> None:
    people = make_table("reps", rep_id=["R1"], skill_wine_share=[0.3], skill_beer_share=[0.0])
    both = accounts(
        territory_id=["T1", "T1"],
        workload_hours_per_year=[30.0, 10.0],
        need_wine_share=[0.8, 0.0],
        need_beer_share=[0.0, 0.4],
    )
    # Wine 0.8 x 30 / 40 = 0.6, beer 0.4 x 10 / 40 = 0.1; met: 0.3 of 0.7.
    found = fit(people, both)
    assert found.loc[("T1", "R1"), "skill_fit_share"] == pytest.approx(0.3 / 0.7)


def test_what_is_unknown_has_no_weight(make_table: MakeTable) -> None:
    found = fit(make_table("reps", rep_id=["R1"]), accounts())
    # Neither skills nor home: the relation alone.
    assert found["skill_fit_share"].isna().all()
    assert found["home_km"].isna().all()
    assert found["fit_share"].tolist() == [1.0, 0.0]


def test_skills_are_those_that_accounts_need_and_reps_are_rated_for(make_table: MakeTable) -> None:
    people = make_table("reps", rep_id=["R1"], skill_wine_share=[0.3], skill_tea_share=[None])
    needs = accounts(need_wine_share=1.0, need_tea_share=1.0, need_beer_share=1.0)
    assert skill_names(people, needs) == ["wine"]


def test_without_reps_there_is_nothing_to_fit(make_table: MakeTable) -> None:
    assert fit(make_table("reps"), accounts()).empty
