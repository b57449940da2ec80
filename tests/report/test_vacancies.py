"""Without rows one line says why."""

import pandas as pd
import pytest

from territory_kit import columns, report
from territory_kit.report import Evidence


@pytest.mark.parametrize(
    ("is_vacant", "said"),
    [
        (False, "Every territory has a rep. 0 rows."),
        (True, "Territories are vacant, but no rep who stays has one and could take another."),
    ],
)
def test_without_rows_one_line_says_why(is_vacant: bool, said: str) -> None:  # noqa: FBT001 - a case
    plan = pd.DataFrame({"is_vacant": pd.array([is_vacant], dtype="boolean")})
    empty = columns.empty_frame("vacancy_options")
    shown = report.vacancies(Evidence({"rep_plan": plan, "vacancy_options": empty}))
    assert shown.rows == ()
    assert shown.caption.startswith(said)


def test_both_options_stand_under_each_other() -> None:
    rows = pd.DataFrame(
        {
            "territory_name": ["Brest"] * 2,
            "vacancy_option": ["backfill", "absorb"],
            "capacity_share": [1.4, 1.1],
        }
    )
    plan = pd.DataFrame({"is_vacant": pd.array([True], dtype="boolean")})
    shown = report.vacancies(Evidence({"rep_plan": plan, "vacancy_options": rows}))
    assert [row[-1] for row in shown.rows] == ["140", "110"]
