"""Rows below those of a text file; what stands above keeps every byte."""

from pathlib import Path

import pandas as pd
import pytest

from territory_kit.errors import TableError
from territory_kit.tables import Source, append_rows, read_input

NEEDED = ("scope", "value", "action", "target")
ROWS = pd.DataFrame(
    {
        "override_id": ["O2"],
        "scope": ["account"],
        "value": ["007"],
        "action": ["to_territory"],
        "target": ["T1"],
        "reason": ["near, and é"],
    }
)
HEAD = "scope,value,action,target,reason"
FIRST = "account,A1,to_territory,T2,"
SMALL_PRINT = (
    "Confidential Information - Do Not Distribute\nCopyright 2026 Maker Inc. All rights reserved.\n"
)
MAPPED = {"scope": "Über", "value": "Was", "action": "Tun", "target": "Wohin", "reason": "Weil"}


def appended(
    tmp_path: Path, content: bytes, columns: dict[str, str] | None = None
) -> tuple[bytes, Source]:
    """Return what is added to a file, and where the file stands."""
    source = Source(tmp_path / "o.csv", columns or {})
    source.file.write_bytes(content)
    added = append_rows("overrides", source, ROWS, needed=NEEDED)
    assert added.startswith(content)
    return added[len(content) :], source


@pytest.mark.parametrize(
    ("content", "added"),
    [
        pytest.param(
            f"{HEAD}\n{FIRST}\n".encode(),
            'account,007,to_territory,T1,"near, and é"\n'.encode(),
            id="commas",
        ),
        pytest.param(
            f"{HEAD}\n{FIRST}".encode(),
            '\naccount,007,to_territory,T1,"near, and é"\n'.encode(),
            id="no line end",
        ),
        pytest.param(
            f"{HEAD}\r\n{FIRST}\r\n".encode("utf-8-sig"),
            'account,007,to_territory,T1,"near, and é"\r\n'.encode(),
            id="byte-order mark, Windows",
        ),
        pytest.param(
            f"{HEAD}\n{FIRST}über\n".replace(",", ";").encode("cp1252"),
            "account;007;to_territory;T1;near, and é\n".encode("cp1252"),
            id="semicolons, cp1252",
        ),
        pytest.param(
            f"{HEAD}\n{FIRST}\n".replace(",", "\t").encode("utf-16"),
            "account\t007\tto_territory\tT1\tnear, and é\n".encode("utf-16-le"),
            id="tabs, utf-16",
        ),
        pytest.param(
            f"sep=;\n{HEAD}\n{FIRST}\n".replace(",", ";").encode(),
            "account;007;to_territory;T1;near, and é\n".encode(),
            id="the line for Excel",
        ),
        pytest.param(
            f"{HEAD}\n".encode(),
            'account,007,to_territory,T1,"near, and é"\n'.encode(),
            id="headers only",
        ),
    ],
)
def test_rows_are_written_as_the_file_is(tmp_path: Path, content: bytes, added: bytes) -> None:
    assert appended(tmp_path, content)[0] == added


def test_other_names_another_order_and_further_columns_are_kept(tmp_path: Path) -> None:
    content = "Wohin;Mark;Was;Über;Tun;Weil\nT2;3,5;A1;account;to_territory;\n".encode()
    added, source = appended(tmp_path, content, MAPPED)
    assert added.decode() == "T1;;007;account;to_territory;near, and é\n"
    source.file.write_bytes(content + added)
    table, _ = read_input("overrides", source)
    assert sorted(table["value"]) == ["007", "A1"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(
            b"scope,value,action\naccount,A1,house\n",
            "The file has no column for what is to be added",
            id="no target",
        ),
        pytest.param(
            f"{HEAD}\n{FIRST}\n{FIRST}\n\n{SMALL_PRINT}".encode(),
            "Rows cannot be added to the file by themselves",
            id="small print below the table",
        ),
    ],
)
def test_what_would_not_be_read_is_left_to_a_person(
    tmp_path: Path, content: bytes, what: str
) -> None:
    with pytest.raises(TableError, match=f"^{what} .*Add these by hand below the last row:\nscope"):
        appended(tmp_path, content)


def test_the_lines_for_a_person_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        appended(tmp_path, b"action;scope;value\nhouse;account;A1\n")
    assert str(caught.value).endswith("action;scope;value\nto_territory;account;007")


def test_texts_that_a_spreadsheet_would_calculate_are_made_harmless(tmp_path: Path) -> None:
    source = Source(tmp_path / "o.csv")
    source.file.write_text(f"{HEAD}\n{FIRST}\n", encoding="utf-8")
    rows = ROWS.assign(reason="=1+1")
    with pytest.raises(TableError, match="'=1\\+1"):
        append_rows("overrides", source, rows, needed=NEEDED)
