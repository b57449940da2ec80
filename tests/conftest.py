"""What all tests share: the same examples in every run, and the CRM exports to try things on.

The last lines of a run say how many published numbers were reproduced.
"""

import csv
import os
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import settings

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
