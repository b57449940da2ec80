"""Why accounts move: accounts counted by reason."""

from io import StringIO

import pandas as pd
import pytest

from territory_kit import columns, report
from territory_kit.report.evidence import Evidence, HasTables
from territory_kit.report.moves import REASON_WORDS
from territory_kit.steps.result import StepResult

REASONS = """
account_id|reason_kind|territory_id|measure|reason_value|missed_value
A0007|closer|T1|closer_km|12|
A0007|relieves|T2|workload_hours_per_year|9|4
A0008|relieves|T2|workload_hours_per_year|7|0
A0008|relieves|T2|potential_amount_per_year|900|0
A0009|override|T1|||
"""


@pytest.fixture(scope="module")
def moved(territories_result: StepResult) -> Evidence:
    """Evidence of step 3 with three moves."""
    reasons = pd.read_csv(StringIO(REASONS), sep="|")
    return Evidence({**territories_result.tables, "move_reasons": reasons})


def test_each_reason_counts_its_accounts_in_the_order_in_which_they_decide(
    moved: Evidence, task: HasTables
) -> None:
    """Three accounts; one of the two that relieve could not go back, its limit would break."""
    table = report.move_reasons(moved, task)
    assert table.headings[:3] == ("Reason", "Accounts", "A limit asks for it")
    assert [row[:3] for row in table.rows] == [
        ("Decided by an override", "1", "0"),
        ("Closer to the new centre", "1", "0"),
        ("Relieves a full territory: workload", "2", "1"),
        ("Relieves a full territory: potential", "1", "0"),
    ]
    assert "Reasons of 3 moves" in table.caption


def test_hours_and_revenue_are_those_of_the_accounts(moved: Evidence) -> None:
    assignment = moved.tables["assignment"].set_index("account_id")
    hours = assignment.loc[["A0007", "A0008"], "workload_hours_per_year"].sum()
    table = report.move_reasons(moved)
    assert table.headings[3].startswith("Workload")
    assert float(table.rows[2][3]) == round(hours, 1)


def test_a_plan_without_moves_has_no_reasons(territories_result: StepResult) -> None:
    tables = {
        **territories_result.tables,
        "move_reasons": columns.empty_frame("move_reasons"),
    }
    assert report.move_reasons(Evidence(tables)).rows == ()


def test_every_kind_of_reason_has_words() -> None:
    declared = columns.find_column("reason_kind")
    assert declared is not None
    assert set(REASON_WORDS) == set(declared.choices)
