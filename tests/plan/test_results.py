"""Tables of a result belong together: the old ones or the new ones, never a mixture."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.errors import StaleResultError
from territory_kit.plan import Plan
from territory_kit.plan.results import read_record, read_saved, write_tables
from territory_kit.steps.result import StepResult

# Saves a result, and is killed when all tables are written but not yet the record.
_KILLED_SAVE = """
import os, signal, sys
import pandas as pd
from territory_kit.plan import folder, open_plan
from territory_kit.steps.result import StepResult

folder.write_record = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
plan = open_plan(sys.argv[1])
table = pd.DataFrame({"question": ["New?"], "answer_by_date": [pd.NaT]})
result = StepResult("market", "Nord", {"questions": table})
plan.save(result, options=plan.options("Nord"), upstream={}, seconds=0)
"""


def _market(plan: Plan) -> Path:
    return plan.folder / "results" / "Nord" / "market"


def test_tables_come_back_as_they_were_saved(
    plan: Plan, save: Callable[..., None], result: Callable[..., StepResult]
) -> None:
    save(plan, "market")
    saved = plan.read("market", "Nord")
    expected = result("market").tables["questions"]
    pd.testing.assert_frame_equal(saved.tables["questions"], expected)
    assert dict(saved.figures) == {"questions_count": 1.0}
    assert (saved.assumptions, saved.findings) == ((), ())


def test_the_run_before_is_removed(plan: Plan, save: Callable[..., None]) -> None:
    save(plan, "market")
    save(plan, "market")
    record = read_record(_market(plan))
    assert record is not None
    assert sorted(file.name for file in _market(plan).iterdir()) == ["record.json", record.run]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_killed_save_leaves_the_old_result_current(plan: Plan, save: Callable[..., None]) -> None:
    save(plan, "market")
    killed = subprocess.run([sys.executable, "-c", _KILLED_SAVE, str(plan.folder)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(_market(plan).glob("run-*"))) == 2, "the new tables were written"
    assert plan.state("market", "Nord") == "current"
    assert plan.read("market", "Nord").tables["questions"]["question"].tolist() == ["Who?"]


def test_what_a_killed_save_left_is_removed_by_the_next(
    plan: Plan, save: Callable[..., None]
) -> None:
    write_tables(_market(plan), {})
    save(plan, "market")
    assert len(list(_market(plan).glob("run-*"))) == 1


def test_a_changed_table_is_refused(plan: Plan, save: Callable[..., None]) -> None:
    save(plan, "market")
    file = next(_market(plan).glob("run-*/questions.parquet"))
    pd.DataFrame({"question": ["Other?"]}).to_parquet(file)
    with pytest.raises(StaleResultError, match=r"damaged or was changed by hand: questions\.parq"):
        plan.read("market", "Nord")


def test_a_missing_table_is_refused(plan: Plan, save: Callable[..., None]) -> None:
    save(plan, "market")
    next(_market(plan).glob("run-*/questions.parquet")).unlink()
    with pytest.raises(StaleResultError, match=r"damaged .* Run the step again"):
        plan.read("market", "Nord")


@pytest.mark.parametrize("text", ["", "{}", '{"step": "market"}', "\x00"])
def test_a_damaged_record_is_refused(plan: Plan, save: Callable[..., None], text: str) -> None:
    save(plan, "market")
    (_market(plan) / "record.json").write_text(text, encoding="utf-8")
    with pytest.raises(StaleResultError, match=r"damaged .*record\.json"):
        plan.read("market", "Nord")


def test_a_reader_between_two_saves_gets_the_new_result(
    plan: Plan, save: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is read, then a save removes its tables, then the tables are read."""
    save(plan, "market")
    old = read_record(_market(plan))
    save(plan, "market", question="New?")
    answers = iter([old])

    def first_old(folder: Path) -> object:
        return next(answers, None) or read_record(folder)

    monkeypatch.setattr("territory_kit.plan.results.read_record", first_old)
    saved = read_saved(_market(plan))
    assert saved is not None
    assert saved.tables["questions"]["question"].tolist() == ["New?"]


def test_nothing_saved_is_none(tmp_path: Path) -> None:
    assert read_saved(tmp_path / "market") is None
