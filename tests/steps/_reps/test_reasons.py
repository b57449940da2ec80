import numpy as np
import pandas as pd
import pytest

from territory_kit.steps._reps.matching import Holding
from territory_kit.steps._reps.reasons import explain_holdings, explain_vacancy

NAN = np.nan


@pytest.mark.parametrize(
    ("how", "kept", "numbers", "text"),
    [
        pytest.param(
            "incumbent",
            0.84,
            (12.4, 0.75, 0.5),
            "keeps 84 % of own revenue; home 12 km from the centre; meets 75 % of its needs",
            id="incumbent",
        ),
        pytest.param(
            "bound",
            1.0,
            (NAN, NAN, 0.5),
            "keeps 100 % of own revenue, and named accounts; home unknown; has 50 % of its revenue",
            id="bound",
        ),
        pytest.param(
            "incumbent",
            NAN,
            (NAN, NAN, 0.0),
            "keeps the accounts of today; home unknown; has 0 % of its revenue",
            id="nothing sold yet",
        ),
        pytest.param(
            "assigned",
            NAN,
            (3.0, 1.0, 0.0),
            "best fit among the free reps; home 3 km from the centre; meets 100 % of its needs",
            id="new",
        ),
    ],
)
def test_a_holding_has_three_reasons(
    how: str, kept: float, numbers: tuple[float, float, float], text: str
) -> None:
    names = ["territory_id", "rep_id", "home_km", "skill_fit_share", "relation_share"]
    rows = pd.DataFrame([("T1", "R1", *numbers), ("T2", None, NAN, NAN, NAN)], columns=names)
    holdings = {"T1": Holding("R1", how)}
    assert explain_holdings(rows, holdings, pd.Series({"R1": kept})) == [text, ""]


def test_a_vacancy_says_why_nobody_is_there() -> None:
    owners = pd.DataFrame(
        {
            "rep_id": ["R1", "V1", "R2", "R3"],
            "rep_name": ["Ann", "Open", "Bob", "Cat"],
            "is_leaving": [True, False, False, True],
            "is_vacancy": [False, True, False, False],
            "end_date": pd.Series(["2027-01-31", None, None, None]).astype("datetime64[us]"),
        }
    )
    assert explain_vacancy("R1", owners) == "Ann leaves on 2027-01-31; no rep is free"
    assert explain_vacancy("R3", owners) == "Cat has left; no rep is free"
    assert explain_vacancy("V1", owners) == "the job V1 is not filled; no rep is free"
    assert explain_vacancy("R2", owners) == "no rep is free"
    assert explain_vacancy(NAN, owners) == "no rep is free"
    assert explain_vacancy(NAN, owners.iloc[:0]) == "no reps are known"
