import os
import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from territory_kit.errors import TableError
from territory_kit.tables.files import raw as raw_module
from territory_kit.tables.files.mark import INPUT_MARK
from territory_kit.tables.files.raw import Raw, read_raw
from territory_kit.tables.reading import Source


def read(folder: Path, content: bytes | str, name: str = "export.csv") -> Raw:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_raw("accounts", Source(file))


def test_every_cell_is_text_and_keeps_its_row_number(tmp_path: Path) -> None:
    raw = read(tmp_path, "id,n\n007,1\n\n008,\n")
    assert raw.frame.to_dict("index") == {2: {"id": "007", "n": "1"}, 4: {"id": "008", "n": ""}}
    assert raw.faults == ()


def test_blank_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    raw = read(tmp_path, "\n,\nid,n\nA1,1\n")
    assert raw.frame.index.tolist() == [4]


def test_rows_of_empty_cells_are_left_out_and_said(tmp_path: Path) -> None:
    raw = read(tmp_path, "id,n\nA1,1\n,\n ,\nA2,2\n")
    assert raw.frame["id"].tolist() == ["A1", "A2"]
    (fault,) = raw.faults
    assert fault.severity == "notice"
    assert fault.message == (
        "Rows without any value were left out: 2 rows, the first is row 3 (export.csv). "
        "Nothing to do, unless they should hold something."
    )


def test_of_rows_with_more_cells_than_headers_only_the_first_is_trusted(tmp_path: Path) -> None:
    raw = read(tmp_path, "id,n,m\nA2,1,2,3\nA3,1,2,\n")
    assert raw.frame.to_numpy().tolist() == [["A2", "", ""], ["A3", "1", "2"]]
    (fault,) = raw.faults
    assert fault.message == (
        'Rows have more cells than the 3 headers: "A2 | 1 | 2 | 3" (export.csv, 1 row: row 2). '
        "The cells after the first were left empty, because it is not known which moved. A "
        "delimiter or line break inside a text needs quotation marks: export again with them, or "
        "as a workbook."
    )
    assert (fault.code, fault.severity) == ("uneven_rows", "repaired")


def test_rows_with_fewer_cells_stay_and_are_said(tmp_path: Path) -> None:
    raw = read(tmp_path, "id,n,m\nA1,1\nA3,1,2\n")
    assert raw.frame.to_numpy().tolist() == [["A1", "1", ""], ["A3", "1", "2"]]
    (fault,) = raw.faults
    assert fault.code == "uneven_rows"
    assert fault.message == (
        'Rows have more or fewer cells than the 3 headers: "A1 | 1" '
        "(export.csv, 1 row: row 2). Missing cells were left empty, further ones left out. "
        "A delimiter or line break inside a text needs quotation marks."
    )


def test_cells_below_an_empty_last_header_have_not_moved(tmp_path: Path) -> None:
    raw = read(tmp_path, "id,n,\nA1,1,note\nA2,2,\n")
    assert raw.frame.to_numpy().tolist() == [["A1", "1"], ["A2", "2"]]
    (fault,) = raw.faults
    assert fault.row_numbers == (2,)


def test_repeated_and_empty_headers_get_names(tmp_path: Path) -> None:
    raw = read(tmp_path, "Name,,Name,Name,\nx,y,z,w,\n")
    assert raw.frame.columns.tolist() == ["Name", "(column 2)", "Name (2)", "Name (3)"]
    (fault,) = raw.faults
    assert fault.message == (
        'Several columns have the same header: "Name" (export.csv). The first is used; the others '
        'are called "… (2)" and so on. Give each its own.'
    )


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    (fault,) = read(tmp_path, "id;ville\n1;Orléans\n".encode("cp1252")).faults
    assert fault.message == (
        "The file is not in UTF-8, and its encoding was guessed: cp1252 (export.csv). "
        "Look at the accents in the names. If they are wrong, save it as CSV UTF-8."
    )


def test_a_workbook_has_its_rows_numbered_and_short_rows_are_no_fault(tmp_path: Path) -> None:
    pd.DataFrame({"id": ["A1", "A2"], "n": [1.5, None]}).to_excel(tmp_path / "a.xlsx", index=False)
    raw = read_raw("accounts", Source(tmp_path / "a.xlsx"))
    assert raw.frame.to_dict("index") == {2: {"id": "A1", "n": "1.5"}, 3: {"id": "A2", "n": ""}}
    assert raw.faults == ()
    assert raw.number_style is None


def test_parquet_becomes_text_without_false_decimals(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "id": ["007", None],
            "whole": [7.0, None],
            "part": [1.5, 2.0],
            "day": [pd.Timestamp(2026, 5, 3), pd.NaT],
            "yes": pd.array([True, None], dtype="boolean"),
        }
    )
    table.to_parquet(tmp_path / "a.parquet")
    raw = read_raw("accounts", Source(tmp_path / "a.parquet"))
    assert raw.frame.iloc[0].tolist() == ["007", "7", "1.5", "2026-05-03", "True"]
    assert raw.frame.iloc[1].tolist() == ["", "", "2.0", "", ""]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (7.0, "7"),
        (-(2.0**62), "-4611686018427387904"),
        (2.0**63, "9.223372036854776e+18"),
        (1e19, "1e+19"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
    ],
)
def test_a_whole_float_of_any_size_becomes_text(tmp_path: Path, number: float, text: str) -> None:
    table = pd.DataFrame({"id": ["A1", "A2"], "n": [number, None]})
    table.to_parquet(tmp_path / "a.parquet")
    raw = read_raw("accounts", Source(tmp_path / "a.parquet"))
    assert raw.frame["n"].tolist() == [text, ""]


def test_identifiers_in_the_index_of_a_parquet_file_are_a_column(tmp_path: Path) -> None:
    table = pd.DataFrame({"account_id": ["A2", "A1"], "n": [1, 2]})
    table.set_index("account_id").to_parquet(tmp_path / "named.parquet")
    raw = read_raw("accounts", Source(tmp_path / "named.parquet"))
    assert raw.frame.to_dict("index") == {
        1: {"account_id": "A2", "n": "1"},
        2: {"account_id": "A1", "n": "2"},
    }
    table.set_index(pd.Index([7, 9])).to_parquet(tmp_path / "unnamed.parquet")
    raw = read_raw("accounts", Source(tmp_path / "unnamed.parquet"))
    assert raw.frame.columns.tolist() == ["account_id", "n"]
    assert raw.frame.index.tolist() == [1, 2]


def test_the_content_decides_what_a_file_is(tmp_path: Path) -> None:
    content = BytesIO()
    pd.DataFrame({"id": ["A1"]}).to_excel(content, index=False)
    raw = read(tmp_path, content.getvalue(), "export.csv")
    assert raw.frame["id"].tolist() == ["A1"]
    (fault,) = raw.faults
    assert fault.severity == "notice"
    assert fault.message == (
        "The file is an Excel workbook, which the ending of its name does not say: .csv "
        "(export.csv). It was read as what it is. Rename it to avoid confusion."
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n...", "a picture"),
        (b"\xff\xd8\xff\xe0...", "a picture"),
        (b"\x1f\x8b\x08...", "a packed file"),
    ],
)
def test_what_is_plainly_no_table_is_refused(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(TableError) as caught:
        read(tmp_path, content, "accounts.xlsx")
    assert str(caught.value) == (
        f"The file is no table: {kind} (accounts.xlsx). Export the table as CSV or .xlsx."
    )


def test_a_web_page_called_xls_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(tmp_path, "<html><table><tr><td>id</td></tr></table></html>", "report.xls")
    assert str(caught.value) == (
        "The file is no table: a web page or XML (report.xls). "
        "Export it as CSV or .xlsx; a page saved as .xls can be opened in Excel first."
    )


def test_text_called_xlsx_is_read_and_said(tmp_path: Path) -> None:
    raw = read(tmp_path, "id,n\nA1,1\n", "accounts.xlsx")
    assert raw.frame["id"].tolist() == ["A1"]
    (fault,) = raw.faults
    assert fault.message == (
        "The file is a text file, which the ending of its name does not say: .xlsx "
        "(accounts.xlsx). It was read as what it is. Rename it to avoid confusion."
    )


def test_a_workbook_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "big.xlsx"
    file.write_bytes(b"PK\x03\x04")
    os.truncate(file, 200_000_000)
    with pytest.raises(TableError) as caught:
        read_raw("accounts", Source(file))
    assert str(caught.value) == (
        "The workbook is too large: 200 MB (big.xlsx). Export the sheet as CSV, or keep only the "
        "rows and columns that are needed: 100 MB at most."
    )


def test_the_sheet_is_known_and_failed_formulas_are_said_to_be_unseen(tmp_path: Path) -> None:
    office = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    office += ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr(
            "content.xml",
            f"<office:document-content {office}><office:body><office:spreadsheet>"
            f'<table:table table:name="Accounts"><table:table-row>{cell}</table:table-row>'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    raw = read_raw("accounts", Source(tmp_path / "a.ods"))
    assert raw.sheet == "Accounts"
    (fault,) = raw.faults
    assert fault.sheet == "Accounts"
    assert fault.message == (
        "In a workbook of this format failed formulas such as #N/A look like empty cells (a.ods). "
        "If it has formulas, save it as .xlsx to see which failed."
    )


def test_a_failed_formula_comes_through_as_its_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["account_id", "account_name"])
        sheet.write_string(1, 0, "A1")
        sheet.write_formula(1, 1, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
    raw = read_raw("accounts", Source(tmp_path / "a.xlsx"))
    assert raw.frame["account_name"].tolist() == ["#N/A"]
    assert raw.sheet == "Data"


def workbook_with_examples(file: Path, *, is_ours: bool) -> None:
    with xlsxwriter.Workbook(file) as book:
        if is_ours:
            book.set_custom_property(INPUT_MARK, "1", "text")
        sheet = book.add_worksheet("accounts")
        for row, cells in enumerate((["account_id"], ["EXAMPLE-1"], ["A1"], [" EXAMPLE-2"])):
            sheet.write_row(row, 0, [*cells, "account_name" if row == 0 else "x"])


def test_example_rows_of_our_workbook_are_left_out_whatever_its_name(tmp_path: Path) -> None:
    workbook_with_examples(tmp_path / "a.xlsx", is_ours=True)
    raw = read_raw("accounts", Source(tmp_path / "a.xlsx"))
    assert raw.frame.to_dict("index") == {3: {"account_id": "A1", "account_name": "x"}}
    (fault,) = raw.faults
    assert fault.code == "example_rows"
    assert fault.message == (
        "Example rows, whose identifiers begin with EXAMPLE-, were left out: "
        '"EXAMPLE-1", "EXAMPLE-2" (a.xlsx, 2 rows: EXAMPLE-1, EXAMPLE-2). '
        "Nothing to do. Delete them in the workbook to no longer see this."
    )


def test_such_rows_of_any_other_workbook_are_rows(tmp_path: Path) -> None:
    workbook_with_examples(tmp_path / "a.xlsx", is_ours=False)
    raw = read_raw("accounts", Source(tmp_path / "a.xlsx"))
    assert raw.frame["account_id"].str.strip().tolist() == ["EXAMPLE-1", "A1", "EXAMPLE-2"]
    assert raw.faults == ()


def test_example_rows_of_a_text_file_are_rows(tmp_path: Path) -> None:
    raw = read(tmp_path, "account_id,account_name\nEXAMPLE-1,x\n")
    assert raw.frame["account_id"].tolist() == ["EXAMPLE-1"]
    assert raw.faults == ()


def test_damaged_parquet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(tmp_path, b"PAR1 nothing", "a.parquet")
    assert str(caught.value) == (
        "The Parquet file is damaged (a.parquet). Export it again, or save it as CSV."
    )


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n,,\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(TableError) as caught:
        read(tmp_path, content)
    assert str(caught.value) == "The file is empty (export.csv). Export it again, with its headers."


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read_raw("accounts", Source(tmp_path / "none.csv"))
    assert str(caught.value) == (
        f"The file cannot be read: No such file or directory ({tmp_path / 'none.csv'}). "
        "Check the path in plan.yaml, and that the file is not open elsewhere."
    )


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_module, "MAX_FILE_MB", 0)
    with pytest.raises(TableError) as caught:
        read(tmp_path, "id\nA1\n")
    assert str(caught.value) == (
        "The file is too large: 0 MB (export.csv). "
        "Keep only the rows and columns that are needed, 0 MB at most."
    )
