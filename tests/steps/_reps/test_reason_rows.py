import numpy as np
import pandas as pd
import pytest

from territory_kit.options import RepsOptions
from territory_kit.steps._reps.matching import Holding
from territory_kit.steps._reps.reason_rows import list_reasons

ACCOUNTS = pd.DataFrame({"territory_id": ["T1", "T1"], "today_rep_id": ["R1", "R2"]})


def reasons(how: str, home_km: float, skill: float, known: float) -> pd.DataFrame:
    names = ["territory_id", "rep_id", "home_km", "skill_fit_share", "relation_share"]
    values = [("T1", "R1", home_km, skill, known), ("T2", None, np.nan, np.nan, np.nan)]
    return list_reasons(
        pd.DataFrame(values, columns=names),
        ACCOUNTS,
        {"T1": Holding("R1", how)},
        pd.Series({"R1": 0.9}),
        settings=RepsOptions(far_home_km=100),
    )


def test_customers_skills_and_home_are_the_reasons_and_the_strongest_is_first() -> None:
    found = reasons("incumbent", home_km=70.0, skill=0.95, known=0.4)
    # Skills 0.95, then incumbency 0.9, then 30 % of nearness; known revenue says the same again.
    assert found["rep_reason"].tolist() == [
        "meets 95 % of its needs",
        "keeps 90 % of own revenue",
        "home 70 km from the centre",
    ]
    assert found["rep_reason_kind"].tolist() == ["skills", "incumbency", "home"]
    assert found["rep_reason_value"].tolist() == pytest.approx([95, 90, 70])
    assert found["unit"].tolist() == ["%", "%", "km"]
    assert found["reason_rank"].tolist() == [1, 2, 3]


def test_what_is_unknown_or_amounts_to_nothing_is_no_reason() -> None:
    found = reasons("assigned", home_km=np.nan, skill=np.nan, known=0.0)
    # A new rep who keeps one of two accounts, and of whom nothing else is known.
    assert found["rep_reason"].tolist() == ["1 of 2 accounts keeps the rep of today"]
    far = reasons("assigned", home_km=200.0, skill=0.2, known=0.0)
    assert far["rep_reason_kind"].tolist() == ["continuity", "skills"]


def test_a_second_reason_of_customers_fills_up_what_is_missing() -> None:
    found = reasons("incumbent", home_km=np.nan, skill=np.nan, known=0.4)
    assert found["rep_reason_kind"].tolist() == ["incumbency", "continuity", "known customers"]
