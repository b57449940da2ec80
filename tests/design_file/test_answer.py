"""What is written and printed."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.design_file.answer import Answer, write_answer
from territory_kit.design_file.limits import Balance
from territory_kit.design_file.request import Request

Ask = Callable[..., Request]
Divide = Callable[[Request], Answer]


def out_table(ids: list[str]) -> pd.DataFrame:
    columns = {"id": ids, "territory_id": ["1"] * len(ids), "centre_id": [ids[0]] * len(ids)}
    return pd.DataFrame(columns, dtype="str")


def test_what_a_spreadsheet_would_calculate_is_made_harmless_and_told(tmp_path: Path) -> None:
    notices = write_answer(out_table(["=1+1", "@x", "plain"]), tmp_path / "o.csv")
    assert pd.read_csv(tmp_path / "o.csv")["id"].tolist() == ["'=1+1", "'@x", "plain"]
    assert len(notices) == 1
    assert notices[0].endswith("in o.csv; mind it when you join the file: =1+1, @x.")


def test_numbers_below_zero_are_no_formulas_and_stay_as_they_are(tmp_path: Path) -> None:
    assert write_answer(out_table(["-7", "+3,5", "007"]), tmp_path / "o.csv") == ()
    out = pd.read_csv(tmp_path / "o.csv", dtype=str)
    assert out["id"].tolist() == ["-7", "+3,5", "007"]


def test_only_other_letters_bring_the_mark_of_utf_8(tmp_path: Path) -> None:
    """Excel needs it for accents; a program would take it for a part of the first header."""
    write_answer(out_table(["a"]), tmp_path / "o.csv")
    with (tmp_path / "o.csv").open(encoding="utf-8") as stream:
        assert next(csv.DictReader(stream))["id"] == "a"
    write_answer(out_table(["été"]), tmp_path / "o.csv")
    assert (tmp_path / "o.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_figures_for_programs_are_plain(ask: Ask, divide: Divide) -> None:
    figures = divide(ask(balances=(Balance("pop"),))).as_json(seconds=1.23456)
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures
    assert figures == {
        "units_count": 4,
        "territories_count": 2,
        "feasible": True,
        "objective": {"distance": 2.0, "moves": 0.0, "total": 2.0},
        "bound": 2.0,
        "gap": 0.0,
        "loads": {"1": {"pop": 10.0}, "2": {"pop": 10.0}},
        "violations": [],
        "explanations": [],
        "seconds": 1.235,
        "stop_reason": "converged",
        "iterations": figures["iterations"],
        "seed": 1,
        "reproducible": True,
        "notices": [],
    }


def test_broken_limits_are_listed_in_the_words_of_the_file(ask: Ask, divide: Divide) -> None:
    figures = divide(ask(balances=(Balance("pop", None, 11),))).as_json(seconds=1)
    assert (figures["feasible"], figures["gap"]) == (False, None)
    assert figures["violations"][0] == {
        "kind": "measure",
        "territory_id": "1",
        "measure": "pop",
        "side": "lower",
        "limit": 11.0,
        "load": 10.0,
        "amount": 1.0,
    }
    assert len(figures["explanations"]) > 2


def test_where_the_time_was_up_more_of_it_may_help(ask: Ask, divide: Divide) -> None:
    answer = divide(ask(balances=(Balance("pop", None, 11),)))
    cut = replace(answer, design=replace(answer.design, stop_reason="time_limit"))
    assert cut.explanations()[:-1] == answer.explanations()
    assert cut.explanations()[-1].startswith("The time was up")
    assert cut.as_json(seconds=1)["reproducible"] is False


def test_parts_of_a_territory_are_a_violation(ask: Ask, divide: Divide) -> None:
    # three pairs that nothing joins, two territories: one must lie apart
    units = "id,x,y,t\na,0,0,1\nb,1,0,1\nc,2,0,2\nd,3,0,2\ne,4,0,1\nf,5,0,1\n"
    edges = "p,q\na,b\nc,d\ne,f\n"
    answer = divide(ask(units, edges=edges, territories_count=2))
    kinds = {one["kind"] for one in answer.as_json(seconds=1)["violations"]}
    assert kinds == {"parts"}
    assert any("3 parts" in reason for reason in answer.explanations())


@pytest.mark.parametrize("load", ["takes", "pop"])
def test_what_capacities_bound_is_among_the_loads(ask: Ask, divide: Divide, load: str) -> None:
    units = "id,x,y,room,takes,pop\na,0,0,9,1,2\nb,1,0,9,1,2\n"
    request = ask(
        units,
        territories_count=1,
        balances=(Balance("pop"),),
        capacity_column="room",
        load_column=load,
    )
    expected = {"pop": 4.0, "takes": 2.0} if load == "takes" else {"pop": 4.0}
    assert divide(request).loads() == {"1": expected}
