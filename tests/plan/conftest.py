"""A plan of two regions with four accounts, small enough to follow by hand."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.plan import Plan, Record, open_plan
from territory_kit.steps.result import StepResult

PLAN = """\
name: Two regions
inputs:
  accounts: inputs/accounts.csv
  reps: inputs/reps.csv
  visits: inputs/visits.csv
"""
ACCOUNTS = """\
account_id,account_name,lat_deg,lon_deg,region,current_rep_id
A1,Bar Un,48.1,-1.7,Nord,R1
A2,Bar Deux,48.2,-1.6,Nord,R1
A3,Bar Trois,43.3,5.4,Île Sud,R2
A4,Bar Quatre,43.4,5.5,Île Sud,R1
"""
REPS = "rep_id,rep_name,region\nR1,Anne,Nord\nR2,Yann,Île Sud\n"
VISITS = "account_id,rep_id,visit_date\nA1,R1,2026-03-01\nA3,R2,2026-02-01\n"


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the plan folder, and read its inputs once so that each copy has the snapshot."""
    plan = tmp_path_factory.mktemp("plans") / "two-regions"
    (plan / "inputs").mkdir(parents=True)
    (plan / "plan.yaml").write_text(PLAN, encoding="utf-8")
    for name, text in {"accounts": ACCOUNTS, "reps": REPS, "visits": VISITS}.items():
        (plan / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8")
    open_plan(plan).inputs()
    return plan


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """Return a plan folder of the test's own."""
    return Path(shutil.copytree(original, tmp_path / "two-regions"))


@pytest.fixture
def plan(folder: Path) -> Plan:
    """Open the plan folder."""
    return open_plan(folder)


@pytest.fixture
def add_settings(folder: Path) -> Callable[[str], Plan]:
    """Return what adds lines to plan.yaml and opens the plan anew."""

    def add(lines: str) -> Plan:
        with (folder / "plan.yaml").open("a", encoding="utf-8") as stream:
            stream.write(lines)
        return open_plan(folder)

    return add


@pytest.fixture
def result() -> Callable[..., StepResult]:
    """Return what makes a small result of any step."""

    def make(step: str, region: str = "Nord", question: str = "Who?") -> StepResult:
        questions = pd.DataFrame({"question": [question], "answer_by_date": [pd.NaT]})
        return StepResult(step, region, {"questions": questions}, {"questions_count": 1.0})

    return make


@pytest.fixture
def save(result: Callable[..., StepResult]) -> Callable[..., None]:
    """Return what saves small results of all steps up to one, as a walk would."""

    def save_up_to(plan: Plan, last: str, region: str = "Nord", question: str = "Who?") -> None:
        upstream: dict[str, Record] = {}
        for step in ("company", "market", "accounts", "territories", "reps", "review"):
            whole = step == "company"
            options: Options | dict[str, Options] = (
                plan.options_by_region() if whole else plan.options(region)
            )
            made = result(step, "" if whole else region, question if step == last else "Who?")
            plan.save(made, options=options, upstream=upstream, seconds=0.0)
            saved = plan.previous(step, made.region)
            assert saved is not None
            upstream[step] = saved.record
            if step == last:
                return

    return save_up_to
