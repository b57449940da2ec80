"""Sources put together: the first one wins, and names are found wherever they stand."""

from datetime import date

import pandas as pd
import pytest

from territory_kit.errors import TableError
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.steps.result import StepResult


def test_the_first_source_wins() -> None:
    first = Evidence({"a": pd.DataFrame({"x": [1]})}, step="market")
    second = Evidence({"a": pd.DataFrame({"x": [2]}), "b": pd.DataFrame()}, step="review")
    both = gather(first, second)
    assert both.table("a")["x"].tolist() == [1]
    assert (both.step, sorted(both.tables)) == ("market", ["a", "b"])


def test_currency_and_day_come_from_the_options_of_a_task(
    review_result: StepResult, task: HasTables
) -> None:
    evidence = gather(review_result, task)
    assert (evidence.currency, evidence.as_of_date) == ("EUR", date(2026, 10, 31))


def test_without_a_given_day_the_last_visit_dates_the_data() -> None:
    visits = pd.DataFrame({"visit_date": pd.to_datetime(["2026-03-01", "2026-05-04"])})
    assert gather(Evidence({"visits": visits})).as_of_date == date(2026, 5, 4)


def test_findings_of_two_sources_are_not_repeated() -> None:
    both = gather(Evidence({}, findings=("one", "two")), Evidence({}, findings=("two",)))
    assert both.findings == ("one", "two")


def test_a_missing_table_is_named_with_what_to_do() -> None:
    with pytest.raises(TableError, match=r"balance\. Pass the result of the step that makes it"):
        gather().table("balance")


def test_a_territory_of_today_alone_has_a_colour_too() -> None:
    assignment = pd.DataFrame({"territory_id": ["T1", None], "current_territory_id": ["T1", "T9"]})
    assert set(gather(Evidence({"assignment": assignment})).colours()) == {"T1", "T9"}


def test_the_proposed_name_of_a_territory_goes_before_that_of_today() -> None:
    today = pd.DataFrame({"territory_id": ["T1", "T2"], "territory_name": ["Old", "Gone"]})
    plan = pd.DataFrame({"territory_id": ["T1"], "territory_name": ["New"]})
    evidence = gather(Evidence({"territory_today": today, "territory_plan": plan}))
    assert evidence.territory_names() == {"T1": "New", "T2": "Gone"}
