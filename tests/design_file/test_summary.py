"""What people read at a terminal."""

from collections.abc import Callable

import pytest

from territory_kit.design_file.answer import Answer
from territory_kit.design_file.limits import Balance
from territory_kit.design_file.request import Request
from territory_kit.design_file.summary import print_summary

Ask = Callable[..., Request]
Divide = Callable[[Request], Answer]


def test_a_summary_says_what_came_of_it(
    ask: Ask, divide: Divide, capsys: pytest.CaptureFixture[str]
) -> None:
    request = ask(balances=(Balance("pop"),))
    print_summary(divide(request), seconds=1.23)
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[:3] == [
        "4 units, 2 territories, all limits are kept.",
        "Objective 2; no division is better.",
        "pop: 10 to 10, allowed 9.5 to 10.5",
    ]
    assert lines[3] == "Stopped after 1.2 s: nothing helped any more. Seed 1."
    assert lines[5].split() == ["territory", "centre", "units", "pop"]
    assert len(lines) == 8


def test_many_territories_are_not_listed(
    ask: Ask, divide: Divide, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{n},{n},0\n" for n in range(31))
    print_summary(divide(ask(f"id,x,y\n{rows}", territories_count=31)), seconds=1)
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_texts_from_outside_are_no_commands_to_a_terminal(
    ask: Ask, divide: Divide, capsys: pytest.CaptureFixture[str]
) -> None:
    content = "id,x,y,[b]now\na,0,0,\x1b[31mN\nb,1,0,\x1b[31mN\n"
    print_summary(divide(ask(content, territories_count=1, current_column="[b]now")), seconds=1)
    assert "\x1b" not in capsys.readouterr().out
