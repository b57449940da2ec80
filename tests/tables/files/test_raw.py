from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.errors import TableError
from territory_kit.tables.files import raw as raw_module
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


def test_rows_with_other_widths_stay_and_are_said(tmp_path: Path) -> None:
    raw = read(tmp_path, "id,n,m\nA1,1\nA2,1,2,3\nA3,1,2,\n")
    assert raw.frame.to_numpy().tolist() == [["A1", "1", ""], ["A2", "1", "2"], ["A3", "1", "2"]]
    (fault,) = raw.faults
    assert fault.code == "uneven_rows"
    assert fault.row_numbers == (2, 3)
    assert fault.message == (
        'Rows have more or fewer cells than the 3 headers: "A1 | 1", "A2 | 1 | 2 | 3" '
        "(export.csv, 2 rows: row 2, row 3). Missing cells were left empty, further ones left out. "
        "A delimiter or line break inside a text needs quotation marks."
    )


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
    assert raw.number_style == "point"


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


def test_a_sealed_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "a.xlsx")
    assert str(caught.value) == (
        "The workbook has a password or the format of Excel before 2007 (a.xlsx). "
        "Open it in Excel and save it as .xlsx without a password."
    )


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
