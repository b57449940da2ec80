"""Faults as files: a workbook to correct by, a page, a text, a table."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from territory_kit.errors import TableError
from territory_kit.tables import Fault, write_faults
from territory_kit.tables.faults import workbook
from territory_kit.tables.faults.cells import cell_address, cells_text
from territory_kit.tables.faults.trace import Affected

FAULT = Fault(
    severity="repaired",
    code="not_a_number",
    table="accounts",
    column="potential_amount_per_year",
    file="export.xlsx",
    ids=("=A1", "A2"),
    rows_count=2,
    value='"12 k€", "n/c"',
    what="A value is not a number",
    remedy="It was set missing. Correct it in the file.",
    header="Potential",
    row_numbers=(17, 22),
    sheet="accounts",
    position=3,
    row_values=("n/c", "12 k€"),
    affected_share=0.042,
    affected_measure="potential",
)
WHOLE = replace(
    FAULT,
    severity="notice",
    code="percent",
    ids=(),
    rows_count=0,
    row_numbers=(),
    row_values=(),
    affected_share=None,
)


@pytest.mark.parametrize(
    ("fault", "expected", "reason"),
    [
        (FAULT, "accounts!C17, C22", "a workbook has the name of its sheet"),
        (replace(FAULT, sheet=""), "C17, C22", "a text file has none"),
        (replace(FAULT, sheet="L'été 1"), "'L''été 1'!C17, C22", "a name that needs marks"),
        (replace(FAULT, position=28), "accounts!AB17, AB22", "beyond column Z"),
        (replace(FAULT, position=0), "accounts!17:17, 22:22", "rows alone"),
        (WHOLE, "accounts!C:C", "a whole column"),
        (replace(WHOLE, position=0), "", "a whole file"),
    ],
)
def test_cells_are_named_as_a_spreadsheet_does(fault: Fault, expected: str, reason: str) -> None:
    assert cells_text(fault) == expected, reason


def test_long_lists_of_cells_are_cut_and_counted() -> None:
    many = replace(FAULT, row_numbers=tuple(range(2, 362)))
    assert cells_text(many).startswith("accounts!C2, C3, ")
    assert cells_text(many).endswith("C20, C21, … 340 more")
    assert cell_address(many, 9) == "accounts!C9"


def _sheet(path: Path, name: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]


def test_the_workbook_lists_faults_cells_and_codes(tmp_path: Path) -> None:
    path = tmp_path / "faults.xlsx"
    write_faults([WHOLE, FAULT], path, Affected(0.042, "potential"))
    head, first, second = _sheet(path, "Faults")
    row = dict(zip(head, first, strict=True))
    assert row == {
        "severity": "repaired",
        "code": "not_a_number",
        "input": "accounts",
        "file": "export.xlsx",
        "sheet": "accounts",
        "column": "potential_amount_per_year",
        "header": "Potential",
        "what": "A value is not a number",
        "value": '"12 k€", "n/c"',
        "cells": "accounts!C17, C22",
        "rows": 2,
        "ids": "'=A1, A2",
        "affected share": 0.042,
        "share of": "potential",
        "remedy": "It was set missing. Correct it in the file.",
    }
    assert second[:2] == ("notice", "percent")
    cells = _sheet(path, "Cells")
    assert [row[3:8] for row in cells[1:]] == [
        ("accounts!C17", 17, "'=A1", "potential_amount_per_year", "n/c"),
        ("accounts!C22", 22, "A2", "potential_amount_per_year", "12 k€"),
    ]
    assert [row[:2] for row in _sheet(path, "Codes")] == [
        ("code", "faults"),
        ("not_a_number", 1),
        ("percent", 1),
    ]


def test_the_workbook_can_be_filtered_and_its_header_stays_in_view(tmp_path: Path) -> None:
    path = tmp_path / "faults.xlsx"
    write_faults([FAULT, WHOLE], path)
    sheet = openpyxl.load_workbook(path)["Faults"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:O3"
    assert sheet["A2"].fill.start_color.rgb == "FFFBF0C9"
    assert sheet["H2"].alignment.wrap_text
    assert sheet["M2"].number_format == "0.0%"


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "faults.xlsx"
    hostile = replace(
        FAULT, value="=1+1", what="http://example.com", header="@SUM(A1)", sheet="+x", file="-1"
    )
    write_faults([hostile], path)
    sheet = openpyxl.load_workbook(path)["Faults"]
    assert {cell.data_type for cell in sheet[2]} == {"s", "n"}
    assert not any(cell.hyperlink for cell in sheet[2])
    assert sheet["I2"].value == "'=1+1"


def test_cells_that_do_not_fit_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_CELL_ROWS_COUNT", 3)
    write_faults([FAULT, replace(FAULT, position=4), FAULT], tmp_path / "faults.xlsx")
    rows = _sheet(tmp_path / "faults.xlsx", "Cells")
    assert len(rows) == 5
    assert rows[-1][0] == "3 more faulty cells do not fit on this sheet."


def test_no_faults_make_a_workbook_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "faults.xlsx"
    write_faults([], path)
    assert [len(_sheet(path, name)) for name in ("Faults", "Cells", "Codes")] == [1, 1, 1]
    assert openpyxl.load_workbook(path).properties.description == "No faults found."


def test_the_ending_says_what_is_written(tmp_path: Path) -> None:
    for ending in (".txt", ".html", ".csv", ".XLSX"):
        write_faults([FAULT], tmp_path / f"faults{ending}")
    assert "not_a_number" in (tmp_path / "faults.txt").read_text(encoding="utf-8")
    assert (tmp_path / "faults.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    table = pd.read_csv(tmp_path / "faults.csv")
    assert table["cells"].tolist() == ["accounts!C17, C22"]
    assert (tmp_path / "faults.XLSX").read_bytes().startswith(b"PK")
    with pytest.raises(ValueError, match=r"ends in none of \.csv, \.html, \.txt, \.xlsx"):
        write_faults([FAULT], tmp_path / "faults.pdf")


@pytest.mark.parametrize("ending", [".txt", ".html", ".csv", ".xlsx"])
def test_nothing_is_written_where_the_folder_cannot_be(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "none" / f"faults{ending}"
    with pytest.raises(TableError, match="The file cannot be written") as caught:
        write_faults([FAULT], path)
    assert "Close it where it is open" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_text_with_half_a_character_is_written(tmp_path: Path) -> None:
    """Files of other programs may hold half of a pair of surrogates."""
    for ending in (".txt", ".html", ".csv", ".xlsx"):
        write_faults([replace(FAULT, value="\ud83d", ids=("\ud83d",))], tmp_path / f"f{ending}")
