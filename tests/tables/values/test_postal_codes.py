"""Spreadsheets store 01067 as 1067; the zero is put back where the country tells the length."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.tables import Fault, Source, read_input

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]


def read_codes(
    folder: Path, codes: list[object], countries: list[str], country: str = ""
) -> tuple[list[str], dict[str, Fault]]:
    ids = [f"{place}" for place in range(1067, 1067 + len(codes))]
    table = pd.DataFrame({"account_id": ids, "account_name": "x"})
    table["account_id"] = table["account_id"].astype(int)
    cells = pd.Series(codes, dtype="object")
    table = table.assign(postal_code=cells, country=countries)
    table.to_excel(folder / "a.xlsx", index=False)
    frame, faults = read_input("accounts", Source(folder / "a.xlsx"), country=country)
    assert frame["account_id"].tolist() == ids
    return frame["postal_code"].tolist(), {fault.code: fault for fault in faults}


def test_a_lost_zero_is_put_back_and_said(tmp_path: Path) -> None:
    """A1 and A2 lost one; 10115 and the Austrian 1010 are whole; 106 lost more than one."""
    codes: list[object] = [1067, 2138, 10115, 1010, 106]
    countries = ["DE", "USA", "Germany", "AT", "DE"]
    found, faults = read_codes(tmp_path, codes, countries)
    assert found == ["01067", "02138", "10115", "1010", "106"]
    assert faults["lost_leading_zeros"].severity == "repaired"
    assert faults["lost_leading_zeros"].message == (
        'Postal codes are stored as numbers and have lost the zero they begin with: "1067", "2138" '
        "(a.xlsx, column postal_code, 2 rows: 1067, 1068). It was put back. Format "
        "the column as text in the spreadsheet, so that it stays."
    )


def test_texts_and_countries_without_a_length_are_left_alone(tmp_path: Path) -> None:
    found, faults = read_codes(tmp_path, ["1067", "01067", 1067], ["DE", "DE", "GB"])
    assert found == ["1067", "01067", "1067"]
    assert not faults


def test_without_a_country_of_its_own_that_of_the_plan_counts(tmp_path: Path) -> None:
    found, _ = read_codes(tmp_path, [6000], [""], country="France")
    assert found == ["06000"]


@pytest.mark.parametrize("code", ["1067", "01067"])
def test_a_text_file_keeps_what_it_has(read: Read, code: str) -> None:
    text = f"account_id,account_name,postal_code,country\nA1,x,{code},DE\n"
    frame, faults = read("accounts", text)
    assert frame["postal_code"].tolist() == [code]
    assert not faults
