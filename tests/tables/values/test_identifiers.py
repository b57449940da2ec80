from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.values.identifiers import are_rounded, plain_ids

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]
HEAD = "account_id,account_name\n"


def texts(*ids: str | None) -> pd.Series:
    return pd.Series(ids, dtype="str")


@pytest.mark.parametrize(
    ("ids", "plain"),
    [
        pytest.param(["18203.0", "18204,00", "A1"], ["18203", "18204", "A1"], id="zeros"),
        pytest.param([" 007 ", "7"], ["007", "7"], id="spaces"),
        pytest.param(["1.0", "1.2"], ["1.0", "1.2"], id="decimals mean something"),
        pytest.param(["FR.01.0", "1.0"], ["FR.01.0", "1.0"], id="codes with dots"),
        pytest.param(["1.8E+10", "2.0"], ["1.8E+10", "2"], id="rounded beside whole"),
    ],
)
def test_needless_decimals_are_taken_off(ids: list[str], plain: list[str]) -> None:
    assert plain_ids(texts(*ids)).tolist() == plain


def test_only_numbers_with_an_exponent_and_its_sign_were_rounded() -> None:
    ids = texts("1.82034E+10", "1,82034e+10", "2E+15", "12E4", "1E5", "A+B", None)
    assert are_rounded(ids).tolist() == [True, True, True, False, False, False, False]


def test_rounded_identifiers_stop_the_plan_and_are_no_duplicates(read: Read) -> None:
    frame, faults = read("accounts", f"{HEAD}1.82034E+10,Bar\n1.82034E+10,Pub\n7,Inn\n")
    assert len(frame) == 3
    fault = faults["rounded_ids"]
    assert (fault.severity, fault.row_numbers) == ("blocking", (2, 3))
    assert "as text" in fault.remedy
    assert "duplicate_key" not in faults


def test_other_duplicates_are_still_said(read: Read) -> None:
    _, faults = read("accounts", f"{HEAD}1.82034E+10,Bar\n7,Pub\n7,Inn\n")
    assert faults["duplicate_key"].row_numbers == (3, 4)


def test_rounded_references_are_set_missing(read: Read) -> None:
    frame, faults = read(
        "accounts", "account_id,account_name,current_rep_id\nA1,Bar,1.82034E+10\nA2,Pub,R1\n"
    )
    assert frame["current_rep_id"].fillna("").tolist() == ["", "R1"]
    assert (faults["rounded_ids"].severity, faults["rounded_ids"].ids) == ("repaired", ("A1",))


def test_faults_name_rows_by_the_identifier_without_decimals(read: Read) -> None:
    frame, faults = read("accounts", f"{HEAD}18203.0,Bar\n18204.0,\n")
    assert frame["account_id"].tolist() == ["18203", "18204"]
    assert faults["decimal_ids"].severity == "notice"
    assert faults["decimal_ids"].value == '"18203.0", "18204.0"'
    assert faults["missing_value"].ids == ("18204",)
