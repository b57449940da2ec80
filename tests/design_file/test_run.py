"""From file to file, on tables whose answer is known."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from territory_kit.design_file.answer import Answer
from territory_kit.design_file.limits import Balance
from territory_kit.design_file.request import Request
from territory_kit.design_file.run import design_file
from territory_kit.errors import TableError

Ask = Callable[..., Request]
Divide = Callable[[Request], Answer]
Rows = Callable[[Request], dict[str, str]]

# Two pairs far apart: 1 and 2, 10 and 11.
LINE = "id,x,y,pop,now,g\na,1,0,4,N,\nb,2,0,1,N,\nc,10,0,1,S,\nd,11,0,1,S,\n"


def test_the_file_has_the_identifier_under_its_name_and_every_row_in_its_place(
    ask: Ask, divide: Divide
) -> None:
    request = ask("unit_id,x,y\n007,10,0\n001,0,0\n003,11,0\n002,1,0\n", id_column="unit_id")
    divide(request)
    out = pd.read_csv(request.out, dtype=str)
    assert out.columns.tolist() == ["unit_id", "territory_id", "centre_id"]
    assert out["unit_id"].tolist() == ["007", "001", "003", "002"]
    assert out["territory_id"].nunique() == 2
    assert out["territory_id"][0] == out["territory_id"][2]
    assert set(out["centre_id"]) <= set(out["unit_id"])


def test_the_centre_is_a_unit_of_the_territory_and_a_mean_has_none(
    ask: Ask, divide: Divide
) -> None:
    request = ask()
    divide(request)
    out = pd.read_csv(request.out, dtype=str).set_index("id")
    assert (out["territory_id"] == out["territory_id"][out["centre_id"]].to_numpy()).all()
    divide(ask(centre="mean"))
    assert pd.read_csv(request.out, dtype=str)["centre_id"].isna().all()


@pytest.mark.parametrize(
    ("centre", "distance", "total"),
    [
        # two pairs, each 1 apart: 1² from a medoid, 2 · 0.5² from a mean
        ("medoid", "squared", 2.0),
        ("medoid", "euclidean", 2.0),
        ("mean", "squared", 1.0),
        ("mean", "euclidean", 2.0),
    ],
)
def test_the_objective_adds_up_what_was_asked_for(
    ask: Ask, divide: Divide, centre: str, distance: str, total: float
) -> None:
    answer = divide(ask(centre=centre, distance=distance))
    assert answer.design.objective["total"] == pytest.approx(total)


def test_weights_count_distance(ask: Ask, divide: Divide) -> None:
    answer = divide(ask(LINE, weight_column="pop"))
    # a is heavy, so it is the centre of its pair: 1 · 1² beside 1 · 1²
    assert answer.design.objective["total"] == pytest.approx(2.0)
    assert "a" in answer.centre_ids


def test_a_tolerance_or_bounds_move_the_border(ask: Ask, rows: Rows) -> None:
    # pop 4 | 1, 1, 1 is the only division in which both hold 3 or 4 of 7
    found = rows(ask(LINE, balances=(Balance("pop", 0.2),)))
    assert len({found["b"], found["c"], found["d"]}) == 1 != len(set(found.values()))
    assert rows(ask(LINE, balances=(Balance("pop", None, 3, 4),))) == found


def test_current_territories_keep_their_identifiers(ask: Ask, rows: Rows) -> None:
    expected = {"a": "N", "b": "N", "c": "S", "d": "S"}
    assert rows(ask(LINE, current_column="now")) == expected
    swapped = LINE.replace("N", "?").replace("S", "N").replace("?", "S")
    assert rows(ask(swapped, current_column="now")) == {
        key: {"N": "S", "S": "N"}[value] for key, value in expected.items()
    }


def test_a_move_is_made_only_where_it_is_worth_its_price(ask: Ask, rows: Rows) -> None:
    # b belongs to S today; with N the distance is 1² instead of 8²
    content = LINE.replace("b,2,0,1,N", "b,2,0,1,S")
    assert rows(ask(content, current_column="now", move_price=50.0))["b"] == "N"
    assert rows(ask(content, current_column="now", move_price=100.0))["b"] == "S"


def test_the_price_of_moves_is_told_apart_from_distance(ask: Ask, divide: Divide) -> None:
    content = LINE.replace("b,2,0,1,N", "b,2,0,1,S")
    answer = divide(ask(content, current_column="now", move_price=50.0))
    assert answer.design.objective == pytest.approx({"distance": 2, "moves": 50, "total": 52})


def test_a_locked_unit_stays_where_it_is_locked_to(ask: Ask, rows: Rows) -> None:
    content = LINE.replace("a,1,0,4,N,", "a,1,0,4,N,yes")
    content = content.replace("b,2,0,1,N,", "b,2,0,1,S,yes")
    found = rows(ask(content, current_column="now", locked_column="g"))
    assert (found["a"], found["b"]) == ("N", "S")


def test_units_of_a_group_stay_together(ask: Ask, rows: Rows) -> None:
    content = LINE.replace("b,2,0,1,N,", "b,2,0,1,N,k").replace("d,11,0,1,S,", "d,11,0,1,S,k")
    found = rows(ask(content, together_column="g"))
    assert found["b"] == found["d"]


def test_a_centre_holds_no_more_than_its_capacity(ask: Ask, divide: Divide) -> None:
    content = "id,x,y,room,takes\na,1,0,2,1\nb,2,0,3,1\nc,3,0,1,1\nd,20,0,1,1\n"
    answer = divide(ask(content, capacity_column="room", load_column="takes"))
    assert answer.loads()[answer.names[answer.centre_ids.index("b")]] == {"takes": 3.0}


def test_territories_hang_together_where_neighbours_are_given(ask: Ask, rows: Rows) -> None:
    # a and b are nearest, but the way between them leads over c and d
    found = rows(ask(LINE, edges="one,two\na,c\nc,d\nd,b\n"))
    assert found["a"] != found["b"] == found["c"] == found["d"]


def test_the_order_of_the_rows_does_not_matter(ask: Ask, rows: Rows) -> None:
    generator = np.random.default_rng(5)
    places = generator.integers(0, 6, (60, 2))
    lines = [f"u{n:02d},{x},{y},{1 + n % 3}" for n, (x, y) in enumerate(places)]
    options = {"territories_count": 4, "balances": (Balance("pop"),)}
    first = rows(ask("\n".join(["id,x,y,pop", *lines]), **options))
    random.Random(3).shuffle(lines)  # noqa: S311 - no secret
    assert rows(ask("\n".join(["id,x,y,pop", *lines]), **options)) == first


def test_rows_without_identifier_are_answered_in_their_order(ask: Ask, divide: Divide) -> None:
    request = ask(LINE, id_column=None)
    divide(request)
    assert pd.read_csv(request.out)["row"].tolist() == [1, 2, 3, 4]


def test_limits_that_cannot_be_kept_leave_a_file_and_reasons_in_its_words(
    ask: Ask, divide: Divide
) -> None:
    request = ask(LINE, balances=(Balance("pop", None, 4, 9),))
    answer = divide(request)
    assert not answer.design.is_feasible
    assert len(pd.read_csv(request.out)) == 4
    reasons = answer.explanations()
    assert reasons[0] == "Measure pop: the lower limits ask for 8, all units hold 7; 1 are missing."
    assert any(
        reason.endswith("measure pop: 3 against a lower limit of 4, 1 missing.")
        for reason in reasons
    )


def test_reasons_name_units_and_groups_by_their_identifiers(ask: Ask, divide: Divide) -> None:
    content = LINE.replace("c,10,0,1,S,", "c,10,0,1,S,k").replace("d,11,0,1,S,", "d,11,0,1,S,k")
    request = ask(content, together_column="g", balances=(Balance("pop", None, 0, 1),))
    reasons = " ".join(divide(request).explanations())
    assert "unit a alone holds 4" in reasons
    assert "group k, kept together, holds 2" in reasons


def test_a_fault_leaves_an_older_file_as_it_is(ask: Ask, divide: Divide) -> None:
    request = ask("id,x,y\na,0,0\na,1,1\n")
    request.out.write_text("older", encoding="utf-8")
    with pytest.raises(TableError):
        divide(request)
    assert request.out.read_text(encoding="utf-8") == "older"
    assert len([*request.out.parent.iterdir()]) == 2


def test_a_place_that_cannot_be_written_is_refused_before_the_search(
    ask: Ask, divide: Divide, tmp_path: Path
) -> None:
    for out, reason in (
        (tmp_path / "none" / "out.csv", "there is no such folder"),
        (tmp_path, "this is no file"),
        (Path("/dev/null"), "this is no file"),
    ):
        with pytest.raises(TableError, match=reason):
            divide(Request(**{**vars(ask()), "out": out}))


def test_each_step_is_told(ask: Ask) -> None:
    told: list[str] = []
    design_file(ask(edges="a,b\n001,002\n"), started=0.0, tell=told.append)
    assert told == [
        "Read 4 units from units.csv.",
        "2 units without neighbours need no connection: 003, 004.",
        "Searching ...",
    ]


def test_as_many_territories_as_units_and_one_are_possible(ask: Ask, rows: Rows) -> None:
    assert len(set(rows(ask(territories_count=4)).values())) == 4
    assert set(rows(ask(territories_count=1)).values()) == {"1"}


def test_workbooks_are_read_too(ask: Ask, divide: Divide, tmp_path: Path) -> None:
    table = pd.DataFrame({"id": ["a", "b", "c"], "x": [0.5, 1.25, 9], "y": [0, 0, 0]})
    table.to_excel(tmp_path / "units.xlsx", index=False)
    request = Request(**{**vars(ask()), "units": tmp_path / "units.xlsx"})
    assert divide(request).table()["id"].tolist() == ["a", "b", "c"]


def test_empty_territories_are_told(tmp_path: Path) -> None:
    """Two groups cannot fill four territories."""
    units = tmp_path / "units.csv"
    units.write_text("id,x,y,g\na,0,0,1\nb,1,0,1\nc,5,0,2\nd,6,0,2\n", encoding="utf-8")
    request = Request(
        units,
        tmp_path / "out.csv",
        4,
        id_column="id",
        x_column="x",
        y_column="y",
        together_column="g",
    )
    told: list[str] = []
    answer = design_file(request, started=time.monotonic(), tell=told.append)
    assert any(line.startswith("2 territories have no unit") for line in told)
    assert any("have no unit" in notice for notice in answer.as_json(seconds=0.0)["notices"])


def test_an_apostrophe_before_an_identifier_stands_in_the_json_too(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("id,x,y\n=1+1,0,0\nb,1,0\n", encoding="utf-8")
    request = Request(units, tmp_path / "out.csv", 1, id_column="id", x_column="x", y_column="y")
    answer = design_file(request, started=time.monotonic(), tell=lambda _: None)
    assert any("apostrophe" in notice for notice in answer.as_json(seconds=0.0)["notices"])


@pytest.mark.parametrize(
    ("header", "options", "what"),
    [
        ("lock", {"locked_column": "lock"}, "Locks say yes or no"),
        ("row", {"id_column": None}, "Without --id"),
    ],
)
def test_what_cannot_be_meant_is_a_fault(
    tmp_path: Path, header: str, options: dict[str, str | None], what: str
) -> None:
    units = tmp_path / "units.csv"
    units.write_text(f"id,x,y,{header}\na,0,0,yes\nb,1,0,no\n", encoding="utf-8")
    given: dict[str, Any] = {"id_column": "id", "x_column": "x", "y_column": "y"} | options
    request = Request(units, tmp_path / "out.csv", 2, **given)
    with pytest.raises(TableError, match=what):
        design_file(request, started=time.monotonic(), tell=lambda _: None)


def test_a_unit_that_may_be_a_centre_with_capacity_needs_a_place(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("id,x,y,w,cap,load\na,0,0,1,10,1\nb,,,0,2,8\n", encoding="utf-8")
    request = Request(
        units,
        tmp_path / "out.csv",
        2,
        id_column="id",
        x_column="x",
        y_column="y",
        weight_column="w",
        capacity_column="cap",
        load_column="load",
    )
    with pytest.raises(TableError, match="A coordinate is missing"):
        design_file(request, started=time.monotonic(), tell=lambda _: None)


def test_millions_of_territories_are_refused_at_once(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("id,x,y\na,0,0\nb,1,0\n", encoding="utf-8")
    request = Request(
        units, tmp_path / "out.csv", 10**11, id_column="id", x_column="x", y_column="y"
    )
    with pytest.raises(TableError, match="more territories than units"):
        design_file(request, started=time.monotonic(), tell=lambda _: None)
