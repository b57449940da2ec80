import pandas as pd

from territory_kit.tables.reading import Reading
from territory_kit.tables.values.cells import (
    find_sheet_errors,
    unread_faults,
    without_missing_words,
)


def test_failed_formulas_are_found_and_hashtags_are_not() -> None:
    cells = pd.Series(["#N/A", "#1 Pub", "#REF!", None, "x"], dtype="str")
    assert find_sheet_errors(cells).to_dict() == {0: "#N/A", 2: "#REF!"}


def test_words_for_missing_are_missing() -> None:
    words = pd.Series(["n/a", "NULL", "-", "0", "NA"], dtype="str")
    assert without_missing_words(words).dropna().tolist() == ["0"]


def test_no_values_are_no_fault() -> None:
    none = pd.Series(dtype="str")
    assert unread_faults(Reading("accounts", "a.csv"), "city", none, "odd", "is odd") == []
