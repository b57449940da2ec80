"""A task: one step of one region, as a notebook runs it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.errors import ParameterError, StaleResultError, TableError
from territory_kit.options import Options
from territory_kit.plan import STEPS, open_plan
from territory_kit.steps.result import StepResult
from territory_kit.walk import open_task, task

RESULT_OF = {
    "market": "market_accounts",
    "accounts": "account_quality",
    "territories": "assignment",
    "reps": "rep_plan",
    "review": "rep_review",
}


def test_the_first_step_has_its_inputs_and_what_it_reads_of_the_frame(folder: Path) -> None:
    opened = open_task("market", plan_dir=folder, region="Sud")
    assert opened.tables["accounts"]["region"].unique().tolist() == ["Sud"]
    assert set(opened.tables) == {"accounts", "reps", "benchmarks"}
    assert set(opened.upstream) == {"company"}


def test_five_steps_are_walked_one_after_the_other(walked: Path) -> None:
    plan = open_plan(walked)
    assert [plan.state(step, "Nord") for step in STEPS] == ["current"] * 5
    assert len(plan.read("territories", "Nord").tables["assignment"]) == 12
    for step, name in RESULT_OF.items():
        assert name in plan.read(step, "Nord").tables


def test_the_same_walk_gives_the_same_results(walked: Path) -> None:
    before = {step: open_plan(walked).read(step, "Nord").record for step in STEPS}
    for step in STEPS:
        opened = open_task(step, plan_dir=walked, region="Nord")
        opened.save(opened.run())
    after = {step: open_plan(walked).read(step, "Nord").record for step in STEPS}
    assert {s: r.tables for s, r in after.items()} == {s: r.tables for s, r in before.items()}


def test_a_step_is_refused_before_the_one_that_it_reads(folder: Path) -> None:
    with pytest.raises(StaleResultError, match=r"no result of step 1 market yet \(region Nord\)"):
        open_task("accounts", plan_dir=folder, region="Nord")


def test_a_step_has_the_results_of_those_before(walked: Path) -> None:
    opened = open_task("territories", plan_dir=walked, region="Nord")
    assert {"market_accounts", "account_quality", "accounts", "reps"} <= set(opened.tables)
    assert set(opened.upstream) == {"company", "market", "accounts"}


def test_another_number_of_territories_leaves_steps_1_and_2_current(walked: Path) -> None:
    """It changes the frame of the plan, but not what those steps read of it."""
    open_plan(walked).choose("Nord", "territories", territories_count=1)
    open_task("market", plan_dir=walked, region="Sud")
    plan = open_plan(walked)
    assert plan.read("company", "").tables["headcount"]["territories_count"].tolist() == [1, 2]
    states = [plan.state(step, "Nord") for step in STEPS]
    assert states == ["current", "current", "stale", "stale", "stale"]


def test_a_second_run_is_given_the_territories_of_the_first(walked: Path) -> None:
    """By which they keep their identity, also when the plan has changed since."""
    open_plan(walked).choose("Nord", "territories", tolerance_share=0.3)
    opened = open_task("territories", plan_dir=walked, region="Nord")
    assert len(opened.tables["previous_assignment"]) == 12
    assert "previous_assignment" not in open_task("market", plan_dir=walked, region="Nord").tables


def test_the_step_is_given_its_tables_region_and_options(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    def market(tables: Mapping[str, pd.DataFrame], *, region: str, options: Options) -> StepResult:
        given.extend([sorted(tables), region, options.market.attainable_share])
        return StepResult("market", region, {})

    monkeypatch.setitem(task.MAIN_FUNCTIONS, "market", market)
    parameters: dict[str, object] = {"attainable_share": 0.2}
    opened = open_task("market", plan_dir=folder, region="Nord", parameters=parameters)
    opened.run()
    assert given == [sorted(opened.tables), "Nord", pytest.approx(0.2)]


@pytest.mark.parametrize(
    ("lines", "day", "sentence"),
    [
        (
            "",
            date(2026, 3, 1),
            "The plan looks from 2026-03-01, the last visit or closed deal.",
        ),
        (
            "as_of_date: 2026-01-31\n",
            date(2026, 1, 31),
            "The plan looks from 2026-01-31, as set.",
        ),
    ],
)
def test_the_day_the_plan_looks_from_is_said(
    folder: Path, lines: str, day: date, sentence: str
) -> None:
    with (folder / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write(lines)
    opened = open_task("market", plan_dir=folder, region="Nord")
    assert opened.options.as_of_date == day
    assert opened.run().assumptions[-1] == sentence


def test_without_a_day_that_is_said_too(folder: Path) -> None:
    """There is no clock: a plan made again next year is the same plan."""
    (folder / "plan.yaml").write_text("inputs: {accounts: inputs/accounts.csv}", encoding="utf-8")
    opened = open_task("market", plan_dir=folder, region="Nord")
    assert opened.options.as_of_date is None
    assert opened.run().assumptions[-1].startswith("No day is known from which the plan looks")


@pytest.mark.parametrize(
    ("step", "region", "parameters", "message"),
    [
        ("markt", "Nord", {}, 'no such step: markt (open_task). Did you mean "market"?'),
        ("market", "Nrod", {}, "There is no such region: Nrod"),
        ("market", "Nord", {"attainable": 0.2}, "There is no such parameter: attainable"),
        ("market", "Nord", {"attainable_share": 2}, "market.attainable_share: '2' does not fit"),
    ],
)
def test_wrong_names_and_values_are_refused_before_any_work(
    folder: Path, step: str, region: str, parameters: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        open_task(step, plan_dir=folder, region=region, parameters=parameters)
    assert message in str(caught.value)
    assert not (folder / "results").exists()


def test_faults_that_block_the_plan_are_listed(folder: Path) -> None:
    with (folder / "inputs" / "accounts.csv").open("a", encoding="utf-8") as stream:
        stream.write("A01,Twin,48.1,2.5,Nord,R1,1,1\n")
    with pytest.raises(TableError, match="A01"):
        open_task("market", plan_dir=folder, region="Nord")


def test_faults_are_shown_for_the_region_and_escaped(folder: Path) -> None:
    with (folder / "inputs" / "accounts.csv").open("a", encoding="utf-8") as stream:
        stream.write("A<b>,Bar,48.1,2.5,Nord,R1,many,1\n")
    shown = open_task("market", plan_dir=folder, region="Nord").check()
    assert "A&lt;b&gt;" in shown._repr_html_()
    assert "A<b>" in str(shown)
    other = open_task("market", plan_dir=folder, region="Sud").check()
    assert "A<b>" not in str(other)


def test_a_saved_result_says_what_the_notebook_has_set(folder: Path) -> None:
    parameters: dict[str, object] = {"attainable_share": 0.2, "seed": None}
    opened = open_task("market", plan_dir=folder, region="Nord", parameters=parameters)
    opened.save(opened.run())
    record = open_plan(folder).read("market", "Nord").record
    assert record.parameters == {"attainable_share": 0.2}
    assert record.seconds > 0


def test_a_result_of_another_region_is_not_saved(folder: Path) -> None:
    opened = open_task("market", plan_dir=folder, region="Nord")
    with pytest.raises(ParameterError, match="belongs to another task: step market, region Sud"):
        opened.save(replace(opened.run(), region="Sud"))
