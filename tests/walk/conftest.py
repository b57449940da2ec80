"""A plan of two regions with few accounts, on which all steps can run."""

import shutil
from pathlib import Path

import pytest

from territory_kit.plan import STEPS, open_plan
from territory_kit.walk import open_task

PLAN = """\
name: Two regions
headcount: 3
inputs:
  accounts: inputs/accounts.csv
  reps: inputs/reps.csv
  visits: inputs/visits.csv
"""
ACCOUNTS_HEAD = (
    "account_id,account_name,lat_deg,lon_deg,region,current_rep_id,"
    "potential_amount_per_year,revenue_amount_per_year\n"
)
REPS = "rep_id,rep_name,region\nR1,Anne,Nord\nR2,Yann,Nord\nR3,Inès,Sud\n"
VISITS = "account_id,rep_id,visit_date\nA01,R1,2026-03-01\nA13,R3,2026-02-01\n"


def _account(number: int) -> str:
    """Write one of 20 accounts: 12 in Nord around 48 N, 8 in Sud around 43 N."""
    is_north = number < 12
    place = f"{48 if is_north else 43}.{number:02d},{2 + number % 4}.5"
    owner = f"R{1 + number % 2}" if is_north else "R3"
    region = "Nord" if is_north else "Sud"
    money = f"{1000 * (number + 1)},{200 * number}"
    return f"A{number:02d},Bar {number},{place},{region},{owner},{money}\n"


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the plan folder, and read its inputs once so that each copy has the snapshot."""
    plan = tmp_path_factory.mktemp("plans") / "two-regions"
    (plan / "inputs").mkdir(parents=True)
    (plan / "plan.yaml").write_text(PLAN, encoding="utf-8")
    accounts = ACCOUNTS_HEAD + "".join(_account(number) for number in range(20))
    for name, text in {"accounts": accounts, "reps": REPS, "visits": VISITS}.items():
        (plan / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8")
    open_plan(plan).inputs()
    return plan


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """Return a plan folder of the test's own."""
    return Path(shutil.copytree(original, tmp_path / "two-regions"))


@pytest.fixture(scope="session")
def walked_once(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run and save all five steps of the region Nord."""
    plan = Path(shutil.copytree(original, tmp_path_factory.mktemp("walked") / "two-regions"))
    for step in STEPS:
        opened = open_task(step, plan_dir=plan, region="Nord")
        opened.save(opened.run())
    return plan


@pytest.fixture
def walked(walked_once: Path, tmp_path: Path) -> Path:
    """Return a walked plan folder of the test's own."""
    return Path(shutil.copytree(walked_once, tmp_path / "walked"))
