import pandas as pd

from territory_kit.steps.cases import first_case


def test_the_first_case_that_holds_gives_the_text() -> None:
    one, two = pd.Series([True, True, False]), pd.Series([True, False, False])
    default = pd.Series(["d", "d", None], dtype="str")
    # Row 0: both hold, the first wins. Row 1: the first. Row 2: the default, which is missing.
    chosen = first_case([(two, "second"), (one, pd.Series(["a", "b", "c"]))], default)
    assert chosen.fillna("missing").tolist() == ["second", "b", "missing"]


def test_without_rows_there_is_nothing_to_choose() -> None:
    nothing = pd.Series([], dtype="str")
    assert first_case([(pd.Series([], dtype=bool), "a")], nothing).tolist() == []
