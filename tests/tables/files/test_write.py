import os
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from territory_kit.errors import TableError
from territory_kit.tables.files.write import neutralise, write_csv, write_excel

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_made_text(text: str) -> None:
    assert neutralise(pd.DataFrame({"name": [text]}))["name"].item() == "'" + text


@pytest.mark.parametrize("text", ["Café", "1+1", "a=b", "", "x" * 40_000])
def test_other_text_stays(text: str) -> None:
    assert neutralise(pd.DataFrame({"name": [text]}))["name"].item() == text[:32_767]


def test_headings_are_made_harmless_and_numbers_stay() -> None:
    table = pd.DataFrame({"=cmd": [-1.5], "is_new": pd.array([None], dtype="boolean")})
    safe = neutralise(table)
    assert safe.columns.tolist() == ["'=cmd", "is_new"]
    assert safe.iloc[0, 0] == -1.5
    assert table.columns[0] == "=cmd"


def test_missing_text_stays_missing() -> None:
    assert neutralise(pd.DataFrame({"name": [None, "a"]}))["name"].isna().tolist() == [True, False]


def test_csv_opens_in_excel_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    write_csv(pd.DataFrame({"name": ["Café", "=1+1"], "n": [1.5, None]}), file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(file, encoding="utf-8-sig")
    assert back["name"].tolist() == ["Café", "'=1+1"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_excel_holds_no_formula(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    table = pd.DataFrame({"name": ['=HYPERLINK("http://x")', "\x07bell"], "n": [1, 2]})
    write_excel({"moves": table}, file)
    cells = [list(row) for row in load_workbook(file)["moves"].iter_rows()]
    assert [cell.value for cell in cells[1]] == ['\'=HYPERLINK("http://x")', 1]
    assert cells[2][0].value == "bell"
    assert all(cell.data_type != "f" for row in cells for cell in row)


def test_names_of_sheets_are_made_fit_and_different(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    table = pd.DataFrame({"n": [1]})
    write_excel({"a/b:c": table, "A B C": table, "x" * 40: table, "x" * 35: table, "": table}, file)
    assert load_workbook(file).sheetnames == [
        "a b c",
        "A B C 2",
        "x" * 31,
        "x" * 29 + " 2",
        "Sheet",
    ]


def test_a_failed_write_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(TableError) as caught:
        write_csv(pd.DataFrame({"n": [1]}), file)
    assert str(caught.value) == (
        f"The file cannot be written: Permission denied ({file}). "
        "Close it where it is open, and check that the folder can be written."
    )
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="The file cannot be written"):
        write_excel({"a": pd.DataFrame({"n": [1]})}, tmp_path / "none" / "a.xlsx")


def test_workbooks_have_typed_cells_a_frozen_header_and_readable_widths(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    day = pd.Timestamp(2026, 5, 3)
    table = pd.DataFrame(
        {
            "n": [1.5, None],
            "day": [day, pd.NaT],
            "link": ["https://example.org", None],
            "digits": ["007", "1"],
            "note": ["x" * 300, "x" * 300],
            "empty": pd.Series([None, None], dtype="str"),
        }
    )
    write_excel({"a": table}, file)
    sheet = load_workbook(file)["a"]
    first, second = list(sheet.iter_rows(min_row=2))
    assert [cell.value for cell in first[:4]] == [1.5, day, "https://example.org", "007"]
    assert first[1].number_format == "yyyy-mm-dd"
    assert first[2].hyperlink is None
    assert [cell.value for cell in second] == [None, None, None, "1", "x" * 300, None]
    assert sheet.freeze_panes == "A2"
    widths = [sheet.column_dimensions[letter].width for letter in "ACE"]
    assert [round(width) for width in widths] == [9, 22, 61]
