"""What all tests share: the same examples in every run, and the CRM exports to try things on.

The last lines of a run say how many published numbers were reproduced.
"""

import csv
import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import settings

from territory_kit.plan import open_plan

# without a deadline: how long an example takes depends on what else the machine does
settings.register_profile("same-examples", derandomize=True, database=None, deadline=None)
# ten times as many, and others in each run
settings.register_profile("fuzz", database=None, deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same-examples"))

# a fault of the program must fail a test, not end as a sentence for analysts
os.environ["TERRITORY_KIT_DEBUG"] = "1"

CRM_EXPORTS = Path(__file__).parent / "fixtures" / "crm"
_HIDDEN_COLUMNS = "A:C"
_NUMBERS = ("Number of Employees", "Annual Revenue")
_MODIFIED = "(Do Not Modify) Modified On"
_PLAN = """\
name: Two regions
headcount: 3
inputs:
  accounts: inputs/accounts.csv
  reps: inputs/reps.csv
  visits: inputs/visits.csv
"""
_ACCOUNTS_HEAD = (
    "account_id,account_name,lat_deg,lon_deg,region,current_rep_id,"
    "potential_amount_per_year,revenue_amount_per_year\n"
)
_REPS = "rep_id,rep_name,region\nR1,Anne,Nord\nR2,Yann,Nord\nR3,Inès,Sud\n"
_VISITS = "account_id,rep_id,visit_date\nA01,R1,2026-03-01\nA13,R3,2026-02-01\n"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests of published numbers ran, where any was chosen."""
    counts = {
        outcome: sum("oracle" in found.keywords for found in terminalreporter.getreports(outcome))
        for outcome in ("passed", "skipped", "failed")
    }
    if any(counts.values()):
        failed = f", {counts['failed']} failed" if counts["failed"] else ""
        terminalreporter.write_line(
            f"oracle: {counts['passed']} tests against published numbers passed, "
            f"{counts['skipped']} skipped{failed}"
        )


@pytest.fixture(scope="session")
def crm_exports() -> Path:
    """Folder of the CRM exports; its README says what is in each."""
    return CRM_EXPORTS


@pytest.fixture(scope="session")
def dynamics_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Accounts as Dynamics exports them: three hidden columns, and a hidden sheet of options."""
    path = tmp_path_factory.mktemp("dynamics") / "Active Accounts 16-11-2026 9-12-44 AM.xlsx"
    write_dynamics_workbook(path)
    return path


def write_dynamics_workbook(path: Path) -> None:
    """Turn the two sheets that are kept as text into the workbook they stand for."""
    sheets = {"Active Accounts": "accounts.csv", "hiddenSheet": "hidden_sheet.csv"}
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy hh:mm"}) as book:
        for name, file in sheets.items():
            sheet = book.add_worksheet(name)
            text = (CRM_EXPORTS / "dynamics" / file).read_text(encoding="utf-8")
            headers, *rows = csv.reader(text.splitlines(keepends=True))
            sheet.write_row(0, 0, headers)
            for number, row in enumerate(rows, start=1):
                typed = [_typed(h, cell) for h, cell in zip(headers, row, strict=True)]
                sheet.write_row(number, 0, typed)
            if name == "hiddenSheet":
                sheet.very_hidden()
            else:
                sheet.set_column(_HIDDEN_COLUMNS, None, None, {"hidden": True})


def _typed(header: str, cell: str) -> str | float | datetime:
    if header in _NUMBERS and cell:
        return float(cell)
    return datetime.strptime(cell, "%Y-%m-%d %H:%M") if header == _MODIFIED else cell  # noqa: DTZ007 - a workbook's dates have no zone


@pytest.fixture(scope="session")
def two_regions_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the plan folder, and read its inputs once so that each copy has the snapshot."""
    plan = tmp_path_factory.mktemp("plans") / "two-regions"
    (plan / "inputs").mkdir(parents=True)
    (plan / "plan.yaml").write_text(_PLAN, encoding="utf-8")
    accounts = _ACCOUNTS_HEAD + "".join(_account(number) for number in range(20))
    for name, text in {"accounts": accounts, "reps": _REPS, "visits": _VISITS}.items():
        (plan / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8")
    open_plan(plan).inputs()
    return plan


@pytest.fixture
def two_regions(two_regions_once: Path, tmp_path: Path) -> Path:
    """Return a plan folder of the test's own."""
    return Path(shutil.copytree(two_regions_once, tmp_path / "two-regions"))


def _account(number: int) -> str:
    """Write one of 20 accounts: 12 in Nord around 48 N, 8 in Sud around 43 N."""
    is_north = number < 12
    place = f"{48 if is_north else 43}.{number:02d},{2 + number % 4}.5"
    owner = f"R{1 + number % 2}" if is_north else "R3"
    region = "Nord" if is_north else "Sud"
    money = f"{1000 * (number + 1)},{200 * number}"
    return f"A{number:02d},Bar {number},{place},{region},{owner},{money}\n"
