"""Tables of a result belong together: the old ones or the new ones, never a mixture."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.errors import StaleResultError, TerritoryKitError
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
    with pytest.raises(StaleResultError, match=r"damaged .* Run step 1 market again"):
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


def test_the_message_names_the_table_and_the_step_to_run(
    plan: Plan, save: Callable[..., None]
) -> None:
    save(plan, "territories")
    file = next((plan.folder / "results/Nord/territories").glob("run-*/questions.parquet"))
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(StaleResultError) as caught:
        plan.read("territories", "Nord")
    text = str(caught.value)
    assert "changed by hand: questions.parquet" in text
    assert "Run step 3 territories again" in text
    assert "To change a result, change the inputs, plan.yaml or the overrides" in text


def test_a_frame_changed_by_hand_says_how_it_is_made_anew(
    plan: Plan, save: Callable[..., None]
) -> None:
    """Running a step would read the same frame again."""
    save(plan, "company")
    next((plan.folder / "results/_company/company").glob("run-*/*.parquet")).write_bytes(b"x")
    with pytest.raises(StaleResultError, match="Delete the folder results/_company"):
        plan.read("company", "")


def _change_record(plan: Plan, **changes: object) -> None:
    file = _market(plan) / "record.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    record["origin"]["package_version"] = "9.0"
    file.write_text(json.dumps({**record, **changes}), encoding="utf-8")


def test_a_result_of_another_version_is_stale(plan: Plan, save: Callable[..., None]) -> None:
    save(plan, "market")
    _change_record(plan)
    with pytest.raises(StaleResultError, match=r"made with version 9\.0 of territory_kit"):
        plan.read("market", "Nord")


def test_a_record_of_another_version_that_has_more_in_it_says_so(
    plan: Plan, save: Callable[..., None]
) -> None:
    save(plan, "market")
    _change_record(plan, weather="fine")
    with pytest.raises(StaleResultError, match=r"another version .*: version 9\.0, this is"):
        plan.read("market", "Nord")
    assert plan.state("market", "Nord") == "stale"


def test_a_record_that_cannot_be_read_at_all_is_told(plan: Plan, save: Callable[..., None]) -> None:
    save(plan, "market")
    record = _market(plan) / "record.json"
    record.unlink()
    record.mkdir()
    with pytest.raises(TerritoryKitError, match=r"cannot be used: Is a directory .*record\.json"):
        plan.read("market", "Nord")
