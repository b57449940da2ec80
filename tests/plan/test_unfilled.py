"""Sheets of the input workbook without rows count as not given."""

from pathlib import Path

import openpyxl
import pytest

from territory_kit import tables
from territory_kit.options import Options
from territory_kit.plan.input_workbook import write_input_workbook
from territory_kit.plan.inputs import Inputs, read_inputs
from territory_kit.tables import Source


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Write the workbook of a new plan."""
    (tmp_path / "inputs").mkdir()
    write_input_workbook(tmp_path / "inputs/inputs.xlsx", currency="EUR")
    return tmp_path / "inputs/inputs.xlsx"


def _fill(workbook: Path, name: str, *rows: dict[str, object]) -> None:
    book = openpyxl.load_workbook(workbook)
    headings = [cell.value for cell in book[name][1]]
    for row in rows:
        book[name].append([row.get(str(heading)) for heading in headings])
    book.save(workbook)


def _read(workbook: Path, *names: str) -> Inputs:
    sources = {name: Source(workbook, sheet=name) for name in names}
    return read_inputs(sources, options=Options(), folder=workbook.parents[1])


def _fault_of(inputs: Inputs, code: str) -> tables.Fault:
    (fault,) = [fault for fault in inputs.faults if fault.code == code]
    return fault


ACCOUNT = {"account_id": "A1", "account_name": "Bar", "lat_deg": 48.1, "lon_deg": -1.7}


def test_inputs_that_are_not_filled_in_are_not_there(workbook: Path) -> None:
    _fill(workbook, "accounts", ACCOUNT)
    inputs = _read(workbook, "accounts", "reps", "visits")
    assert set(inputs.tables) == {"accounts"}
    assert inputs.tables["accounts"]["account_id"].tolist() == ["A1"]
    notice = _fault_of(inputs, "inputs_not_filled")
    assert (notice.severity, notice.value) == ("notice", "reps, visits")
    assert [fault for fault in inputs.faults if fault.table in {"reps", "visits"}] == [notice]


def test_filling_in_one_sheet_leaves_the_inputs_of_the_others_as_they_were(workbook: Path) -> None:
    _fill(workbook, "accounts", ACCOUNT)
    names = ("accounts", "reps", "visits")
    before = _read(workbook, *names)
    _fill(workbook, "visits", {"account_id": "A1", "rep_id": "R1", "visit_date": "2026-03-01"})
    after = _read(workbook, *names)
    assert set(before.hashes) == {"accounts"}
    assert set(after.hashes) == {"accounts", "visits"}
    assert after.hashes["accounts"] == before.hashes["accounts"]


def test_they_are_not_there_for_the_next_reader_either(workbook: Path) -> None:
    _fill(workbook, "accounts", ACCOUNT)
    first = _read(workbook, "accounts", "reps")
    again = _read(workbook, "accounts", "reps")
    assert set(again.tables) == {"accounts"}
    assert again.faults == first.faults


def test_accounts_that_are_not_filled_in_block_the_plan_and_say_where_to(workbook: Path) -> None:
    inputs = _read(workbook, "accounts", "reps")
    fault = _fault_of(inputs, "no_rows")
    assert fault.severity == "blocking"
    assert "not filled in yet" in fault.message
    assert "sheet accounts of inputs.xlsx" in fault.message


def test_the_workbook_may_be_moved_and_renamed(workbook: Path, tmp_path: Path) -> None:
    _fill(workbook, "accounts", ACCOUNT)
    moved = workbook.rename(tmp_path / "our data.xlsx")
    sources = {name: Source(moved, sheet=name) for name in ("accounts", "reps", "visits")}
    inputs = read_inputs(sources, options=Options(), folder=tmp_path)
    assert set(inputs.tables) == {"accounts"}
    assert _fault_of(inputs, "inputs_not_filled").file == "our data.xlsx"
    assert not [fault for fault in inputs.faults if fault.code == "no_rows"]


def test_a_file_of_ones_own_without_rows_stays_a_fault(tmp_path: Path) -> None:
    """It was exported for something: nobody expects it to be empty."""
    (tmp_path / "reps.csv").write_text("rep_id,rep_name\n", encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("account_id,account_name\nA1,Bar\n", encoding="utf-8")
    sources = {name: Source(tmp_path / f"{name}.csv") for name in ("accounts", "reps")}
    inputs = read_inputs(sources, options=Options(), folder=tmp_path)
    assert set(inputs.tables) == {"accounts", "reps"}
    assert _fault_of(inputs, "no_rows").table == "reps"


def test_a_sheet_without_its_headings_is_a_fault_and_not_an_empty_sheet(workbook: Path) -> None:
    _fill(workbook, "accounts", ACCOUNT)
    book = openpyxl.load_workbook(workbook)
    book["reps"].delete_rows(1, 10)
    book.save(workbook)
    inputs = _read(workbook, "accounts", "reps")
    assert [f.table for f in inputs.faults if f.severity == "blocking"] == ["reps"]
