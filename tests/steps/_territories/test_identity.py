import pandas as pd
import pytest

from territory_kit.steps._territories.identity import match_previous, match_today, rename


def units(*rows: tuple[str, str | None, float]) -> pd.DataFrame:
    """Make accounts from territory now, today's territory and hours."""
    frame = pd.DataFrame(
        rows, columns=["territory_id", "today_territory_id", "workload_hours_per_year"]
    )
    frame["account_id"] = [f"A{row}" for row in range(len(rows))]
    return frame.astype({"territory_id": "str", "today_territory_id": "str", "account_id": "str"})


def slots(ids: list[str], **values: object) -> pd.DataFrame:
    defaults = {"team": "", "size_share": 1.0, "is_bound": False, "is_new": False}
    return pd.DataFrame({"territory_id": ids} | defaults | values).astype({"territory_id": "str"})


def test_a_redesigned_territory_keeps_the_name_of_the_one_it_resembles() -> None:
    # What the engine calls T1 is mostly today's T2, and the other way round.
    placed = units(("T1", "T2", 9), ("T1", "T1", 1), ("T2", "T1", 9))
    assert match_today(placed, slots(["T1", "T2"])) == {"T1": "T2", "T2": "T1"}


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"size_share": [1.0, 0.5]}, id="of another size"),
        pytest.param({"team": ["wine", "beer"]}, id="of another team"),
        pytest.param({"is_bound": [True, False]}, id="with bound accounts"),
    ],
)
def test_territories_that_differ_are_not_exchanged(values: dict[str, object]) -> None:
    placed = units(("T1", "T2", 9), ("T2", "T1", 9))
    assert {
        a: b for a, b in match_today(placed, slots(["T1", "T2"], **values)).items() if a != b
    } == {}


def test_what_resembles_nothing_takes_the_names_that_are_left() -> None:
    placed = units(("T1", "T3", 9), ("T2", None, 9), ("T3", None, 1))
    names = match_today(placed, slots(["T1", "T2", "T3"]))
    assert names == {"T1": "T3", "T2": "T1", "T3": "T2"}


def test_new_territories_keep_the_names_of_the_last_proposal() -> None:
    placed = units(("new-x-01", None, 5), ("new-x-02", None, 5), ("T1", "T1", 5))
    previous = pd.DataFrame({"account_id": ["A0", "A1"], "previous_id": ["new-x-02", "new-x-01"]})
    known = slots(["T1", "new-x-01", "new-x-02"], is_new=[False, True, True])
    names = match_previous(placed, known, previous.astype("str"), region="X")
    assert names == {"new-x-01": "new-x-02", "new-x-02": "new-x-01"}


def test_a_new_name_is_one_that_nothing_had() -> None:
    placed = units(("new-x-01", None, 5), ("new-x-02", None, 5))
    # The second territory of the last proposal is gone with its account; its name is not reused.
    previous = pd.DataFrame({"account_id": ["A0", "B"], "previous_id": ["new-x-01", "new-x-02"]})
    known = slots(["new-x-01", "new-x-02"], is_new=True)
    names = match_previous(placed, known, previous.astype("str"), region="X")
    # The region's mark has a hash, because "x" and "X" would look the same.
    assert names["new-x-01"] == "new-x-01"
    assert names["new-x-02"] not in {"new-x-01", "new-x-02"}


def test_names_of_todays_territories_are_not_given_to_new_ones() -> None:
    placed = units(("new-x-01", "T9", 5))
    previous = pd.DataFrame({"account_id": ["A0"], "previous_id": ["T9"]}).astype("str")
    names = match_previous(placed, slots(["new-x-01"], is_new=True), previous, region="X")
    assert names["new-x-01"].startswith("new-x-")


def test_names_are_exchanged_at_once() -> None:
    swapped = rename(units(("a", None, 1), ("b", None, 1), ("c", None, 1)), {"a": "b", "b": "a"})
    assert swapped["territory_id"].tolist() == ["b", "a", "c"]
