import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from territory_kit.plan.input_workbook import write_input_workbook
from territory_kit.tables.files.mark import INPUT_MARK, is_input_workbook


def pack(**parts: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return content.getvalue()


def test_the_workbook_of_a_plan_keeps_its_mark_when_others_save_it(tmp_path: Path) -> None:
    write_input_workbook(tmp_path / "i.xlsx", currency="EUR")
    assert is_input_workbook(tmp_path / "i.xlsx")
    assert is_input_workbook((tmp_path / "i.xlsx").read_bytes())
    openpyxl.load_workbook(tmp_path / "i.xlsx").save(tmp_path / "other.xlsx")
    assert is_input_workbook(tmp_path / "other.xlsx")


def test_the_mark_is_found_where_libreoffice_puts_it() -> None:
    text = f'<meta:user-defined meta:name="{INPUT_MARK}">1</meta:user-defined>'
    assert is_input_workbook(pack(**{"meta.xml": text}))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"account_id", id="text"),
        pytest.param(b"PK\x03\x04 broken", id="damaged"),
        pytest.param(pack(**{"xl/workbook.xml": INPUT_MARK}), id="no properties"),
        pytest.param(pack(**{"docProps/custom.xml": f"<p>{INPUT_MARK}</p>"}), id="only a text"),
        pytest.param(
            pack(**{"meta.xml": " " * 2_000_000 + f'<p meta:name="{INPUT_MARK}"/>'}), id="too long"
        ),
    ],
)
def test_other_files_are_not_marked(content: bytes) -> None:
    assert not is_input_workbook(content)


def test_a_file_that_is_missing_is_not_marked(tmp_path: Path) -> None:
    assert not is_input_workbook(tmp_path / "none.xlsx")
