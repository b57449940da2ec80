"""Files written from results of hostile names: a spreadsheet finds texts in them, no formulas."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from territory_kit.plan import STEPS, open_plan
from territory_kit.tables import write_csv, write_excel

NAMES = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "\t=1",
    " =1",
    "=cmd|'/c'!A1",
)
STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def saved(make_plan: Callable[..., Path], walk_steps: Callable[[Path, str], Any]) -> dict[str, Any]:
    """Walk a plan whose names are formulas; return all result tables."""
    rows = [
        {
            "account_id": f"={n}",
            "account_name": NAMES[n % len(NAMES)],
            "city": NAMES[(n + 1) % len(NAMES)],
            "segment": NAMES[(n + 2) % len(NAMES)],
            "lat_deg": 48 + n / 100,
            "lon_deg": -2 + n / 50,
            "current_rep_id": f"=R{n % 2}",
            "potential_amount_per_year": 1000,
        }
        for n in range(10)
    ]
    reps = [{"rep_id": f"=R{n}", "rep_name": NAMES[n]} for n in range(2)]
    folder = make_plan({"accounts": rows, "reps": reps})
    opened = open_plan(folder)
    walk_steps(folder, opened.regions()[0])
    read = [opened.read(step, opened.regions()[0]) for step in STEPS]
    return {name: table for result in read for name, table in result.tables.items()}


def test_no_cell_of_a_workbook_is_a_formula(saved: dict[str, Any], tmp_path: Path) -> None:
    write_excel(saved, tmp_path / "results.xlsx")
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert cells
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    assert not [text for text in texts if text.startswith(STARTS)]


def test_no_cell_of_a_text_file_is_a_formula(saved: dict[str, Any], tmp_path: Path) -> None:
    for name, table in saved.items():
        write_csv(table, tmp_path / f"{name}.csv")
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [c for c in cells if c.strip().startswith(STARTS) and not _is_number(c)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
