"""Cells of columns as filters compare them."""

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from territory_kit.errors import TableError
from territory_kit.expressions.cells import Bools, Kind, comparable, fold, read_cells

NAN = float("nan")
DAYS = ["1969-12-31 23:59:59", "2026-01-31 14:00:00", "NaT"]


def equal_rows(cells: Any, kind: Kind, value: Any) -> list[bool]:  # noqa: ANN401 - any cells
    """Mark the rows of one column that equal a value."""
    column = read_cells(pd.DataFrame({"x": cells}), {"x": kind})["x"]
    marked: list[bool] = column.where(lambda found: found == comparable(value)).tolist()
    return marked


@pytest.mark.parametrize("dtype", ["str", "string", "category", object, pd.ArrowDtype(pa.string())])
def test_texts_are_equal_without_case_and_outer_blanks(dtype: Any) -> None:  # noqa: ANN401 - dtypes
    cells = pd.Series(["Paris", "  pARIS ", "Pa ris", None, " ", ""], dtype=dtype)
    assert equal_rows(cells, "text", " PARIS") == [True, True, False, False, False, False]


def test_letters_are_equal_however_they_are_put_together() -> None:
    # one character, and a letter with a mark behind it
    assert fold("ÉTÉ") == fold("e\u0301te\u0301")
    assert fold("STRASSE") == fold("Straße")
    assert fold(" a ") == " a "


def test_cells_of_blanks_are_missing() -> None:
    table = pd.DataFrame({"x": ["a", "", "  ", None, "\u00a0"]})
    assert read_cells(table, {"x": "text"})["x"].known.tolist() == [True] + [False] * 4


@pytest.mark.parametrize(
    "dtype", ["float64", "float32", "Int64", "Float64", object, pd.ArrowDtype(pa.int64())]
)
def test_numbers_of_all_types_are_compared(dtype: Any) -> None:  # noqa: ANN401 - dtypes
    assert equal_rows(pd.Series([1, 3, None], dtype=dtype), "number", 3.0) == [False, True, False]


def test_whole_numbers_need_no_gap() -> None:
    assert equal_rows(pd.Series([1, 3], dtype="int64"), "number", 3.0) == [False, True]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_dates_are_compared_by_their_day(unit: str) -> None:
    cells = pd.Series(np.array(DAYS, dtype=f"datetime64[{unit}]"))
    assert equal_rows(cells, "date", date(2026, 1, 31)) == [False, True, False]
    # before 1970 times count backwards
    assert equal_rows(cells, "date", date(1969, 12, 31)) == [True, False, False]


def test_the_day_is_that_of_the_tables_own_zone() -> None:
    cells = pd.Series(pd.to_datetime(["2026-01-31 00:30"])).dt.tz_localize("Europe/Paris")
    assert equal_rows(cells, "date", date(2026, 1, 31)) == [True]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(pd.Series([date(2026, 1, 31), None], dtype=object), id="days"),
        pytest.param(pd.Series([datetime(2026, 1, 31, 9, tzinfo=UTC), pd.NaT], dtype=object)),
        pytest.param(
            pd.Series([date(2026, 1, 31), None], dtype=pd.ArrowDtype(pa.date32())), id="arrow"
        ),
    ],
)
def test_days_as_objects_are_dates_too(cells: "pd.Series[Any]") -> None:
    assert equal_rows(cells, "date", date(2026, 1, 31)) == [True, False]


@pytest.mark.parametrize("dtype", ["boolean", object])
def test_yes_and_no_are_compared(dtype: Any) -> None:  # noqa: ANN401 - dtypes
    cells = pd.Series([True, False, None], dtype=dtype)
    assert equal_rows(cells, "yes_no", value=True) == [True, False, False]
    assert equal_rows(cells, "yes_no", value=False) == [False, True, False]


@pytest.mark.parametrize("kind", ["text", "number", "date", "yes_no"])
@pytest.mark.parametrize(
    "cells", [[None, None], [NAN, NAN], [pd.NA, None], pd.Series([], dtype=object)]
)
def test_a_column_without_values_is_of_any_kind(kind: Kind, cells: Any) -> None:  # noqa: ANN401
    values: dict[Kind, object] = {
        "text": "a",
        "number": 1.0,
        "date": date(2026, 1, 1),
        "yes_no": True,
    }
    assert not any(equal_rows(cells, kind, values[kind]))


@pytest.mark.parametrize(
    ("cells", "kind", "held", "found"),
    [
        pytest.param(["1", "2"], "number", "numbers", "texts", id="numbers as text"),
        pytest.param([1.0, 2.0], "text", "texts", "numbers", id="postcodes as numbers"),
        pytest.param(["2026-01-31"], "date", "dates", "texts", id="dates as text"),
        pytest.param([0, 1], "yes_no", "yes and no", "numbers", id="0 and 1"),
        pytest.param([True, False], "number", "numbers", "yes and no", id="yes as number"),
        pytest.param(
            ["a", 5], "text", "texts", "other things, or several kinds of them", id="mixture"
        ),
        pytest.param(
            [["a"], "b"], "text", "texts", "other things, or several kinds of them", id="lists"
        ),
        pytest.param(
            [1 + 2j], "number", "numbers", "other things, or several kinds of them", id="complex"
        ),
    ],
)
def test_cells_of_another_kind_are_refused(
    cells: list[Any], kind: Kind, held: str, found: str
) -> None:
    with pytest.raises(TableError) as caught:
        read_cells(pd.DataFrame({"x": cells}), {"x": kind})
    assert str(caught.value) == (
        f"A column does not hold {held}, as the filter takes it: {found} (column x). "
        f"Turn its cells into {held}, or read the filter with its real kind."
    )


def test_columns_that_are_not_there_or_there_twice_are_named_together() -> None:
    table = pd.DataFrame([[1, 2, 3]], columns=["a", "b", "b"])
    message = (
        r"^The filter asks for columns that the table does not have exactly once: b, c\. "
        r"Add them to the table, or ask the filter for other columns\.$"
    )
    with pytest.raises(TableError, match=message):
        read_cells(table, {"c": "number", "a": "number", "b": "number"})


def test_a_column_without_values_is_not_compared_at_all() -> None:
    """No test would suit it: an empty text column may come as numbers that are all missing."""
    column = read_cells(pd.DataFrame({"x": [NAN, NAN]}), {"x": "text"})["x"]

    def refuse(_: object) -> Bools:
        pytest.fail("there is nothing to compare")

    assert column.where(refuse).tolist() == [False, False]


def test_a_test_is_not_asked_about_missing_cells() -> None:
    column = read_cells(pd.DataFrame({"x": [1.0, NAN, 3.0]}), {"x": "number"})["x"]
    always = column.where(lambda found: np.ones(len(found), dtype=bool))
    assert always.tolist() == [True, False, True]
