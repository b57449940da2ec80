import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territory_kit.tables.links.salesforce_ids import long_ids, short_ids

ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def ids(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        # 001A0 | 00000 | 6Vm9r: the fourth is a capital (2^3 = 8: I); none (A); the second (2: C)
        ("001A00000" + "06Vm9r", "001A0000006Vm9rIAC"),
        # no capital at all: 0, 0, 0
        ("0" * 15, "0" * 15 + "AAA"),
        # capitals only: 31, the last of the alphabet, three times
        ("A" * 15, "A" * 15 + "555"),
    ],
)
def test_the_three_last_characters_tell_the_capitals(short: str, long: str) -> None:
    assert long_ids(ids(short)).tolist() == [long]
    assert short_ids(ids(long)).tolist() == [short]


@pytest.mark.parametrize(
    "value",
    [
        "001A0000006Vm9rIAX",  # the checksum of another identifier
        "001a0000006Vm9rIAC",  # a capital was lost
        "001A0000006Vm9r",
        "R1",
        "001A0000006Vm9r IAC",
        "",
    ],
)
def test_what_is_no_18_character_identifier_stays(value: str) -> None:
    assert short_ids(ids(value, None)).fillna("none").tolist() == [value, "none"]


def test_only_15_letters_and_digits_have_a_long_form() -> None:
    assert long_ids(ids("R1", "001A0000006Vm9rIAC", "001A0000006Vm9é", None)).empty


@given(st.lists(st.text(ALPHANUMERIC, min_size=15, max_size=15), max_size=5))
def test_both_forms_lead_to_each_other(short: list[str]) -> None:
    assert short_ids(long_ids(ids(*short))).tolist() == short
