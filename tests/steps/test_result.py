from collections.abc import Callable

import pandas as pd
import pytest
from pandera.errors import SchemaError

from territory_kit.steps.result import StepResult

MakeTable = Callable[..., pd.DataFrame]


def result_of(cuts: pd.DataFrame) -> StepResult:
    return StepResult(step="accounts", region="North", tables={"class_cuts": cuts})


def test_tables_get_their_declared_columns_and_are_sorted_by_identifier(
    make_table: MakeTable,
) -> None:
    moves = make_table("moves", account_id=["2", "1"], account_class=["B", "A"], colour=["red", ""])
    shaped = StepResult(step="review", region="North", tables={"moves": moves}).tables["moves"]
    assert "colour" not in shaped
    assert shaped["account_id"].tolist() == ["1", "2"]
    assert shaped["account_class"].tolist() == ["A", "B"]
    assert shaped.index.tolist() == [0, 1]


def test_classes_keep_the_order_in_which_the_step_tells_them(make_table: MakeTable) -> None:
    cuts = make_table("class_cuts", account_class=["B", "A"], lowest_value=[1.0, 9.0])
    assert result_of(cuts).tables["class_cuts"]["account_class"].tolist() == ["B", "A"]


def test_a_value_outside_its_declaration_is_refused(make_table: MakeTable) -> None:
    with pytest.raises(SchemaError, match="account_class"):
        result_of(make_table("class_cuts", account_class=["D"], lowest_value=[1.0]))


def test_a_row_that_stands_twice_is_refused(make_table: MakeTable) -> None:
    with pytest.raises(SchemaError, match="account_class"):
        result_of(make_table("class_cuts", account_class=["A", "A"], lowest_value=[1.0, 2.0]))


def test_a_result_cannot_be_changed(make_table: MakeTable) -> None:
    result = result_of(make_table("class_cuts", account_class=["A"], lowest_value=[1.0]))
    with pytest.raises(TypeError):
        result.tables["class_cuts"] = pd.DataFrame()  # type: ignore[index]  # what is tested
    with pytest.raises(TypeError):
        result.figures["count"] = 1  # type: ignore[index]  # what is tested
