"""What territories are called, and which units are bound to one."""

from collections.abc import Callable

import pytest

from territory_kit.design_file.inputs import read_inputs
from territory_kit.design_file.request import Request
from territory_kit.design_file.territories import Territories
from territory_kit.errors import TableError

Ask = Callable[..., Request]

NOW = "id,x,y,now,lock\na,0,0,S,\nb,1,0,S,\nc,2,0,N,\nd,3,0,,\n"


def territories(request: Request) -> Territories:
    return read_inputs(request).territories


def test_territories_are_numbered_where_none_are_known(ask: Ask) -> None:
    assert territories(ask(territories_count=3)).names == ("1", "2", "3")


def test_current_territories_keep_their_names_and_new_ones_get_free_numbers(ask: Ask) -> None:
    found = territories(ask(NOW.replace("N", "1"), territories_count=3, current_column="now"))
    assert found.names == ("S", "1", "2")
    assert found.current.tolist() == [0, 0, 1, -1]


def test_numbers_of_territories_are_sorted_as_numbers(ask: Ask) -> None:
    content = "id,x,y,now\na,0,0,10\nb,1,0,9\n"
    assert territories(ask(content, current_column="now")).names == ("9", "10")


def test_where_fewer_are_wanted_the_smallest_end_and_their_units_are_free(ask: Ask) -> None:
    inputs = read_inputs(ask(NOW, territories_count=1, current_column="now"))
    assert inputs.territories.names == ("S",)
    assert inputs.territories.current.tolist() == [0, 0, -1, -1]
    assert "not continued: N" in inputs.notices[0]


def test_a_territory_that_units_are_locked_to_stays(ask: Ask) -> None:
    content = NOW.replace("a,0,0,S,", "a,0,0,S,N")
    options = {"territories_count": 1, "current_column": "now", "locked_column": "lock"}
    assert territories(ask(content, **options)).names == ("N",)


def test_units_may_be_locked_to_territories_without_any_today(ask: Ask) -> None:
    found = territories(ask(NOW.replace("d,3,0,,", "d,3,0,,West"), locked_column="lock"))
    assert found.names == ("West", "1")
    assert found.locked.tolist() == [-1, -1, -1, 0]


def test_a_lock_that_could_be_yes_or_territory_1_is_a_fault(ask: Ask) -> None:
    content = "id,x,y,now,lock\na,0,0,1,1\nb,1,0,1,\nc,2,0,2,1\nd,3,0,2,\n"
    with pytest.raises(TableError, match="Locks can be read as yes or no, and as territories"):
        territories(ask(content, current_column="now", locked_column="lock"))


def test_a_lock_that_means_the_same_either_way_is_none(ask: Ask) -> None:
    content = "id,x,y,now,lock\na,0,0,1,1\nb,1,0,1,\nc,2,0,2,\nd,3,0,2,\n"
    found = territories(ask(content, current_column="now", locked_column="lock"))
    assert found.locked.tolist() == [0, -1, -1, -1]


def test_0_and_1_in_every_row_say_no_and_yes_even_where_territories_are_called_so(ask: Ask) -> None:
    content = "id,x,y,now,lock\na,0,0,0,1\nb,1,0,0,0\nc,2,0,1,1\nd,3,0,1,0\n"
    found = territories(ask(content, current_column="now", locked_column="lock"))
    assert found.locked.tolist() == [0, -1, 1, -1]


def test_yes_locks_a_unit_to_its_current_territory(ask: Ask) -> None:
    content = NOW.replace("c,2,0,N,", "c,2,0,N,yes").replace("d,3,0,,", "d,3,0,,no")
    found = territories(ask(content, current_column="now", locked_column="lock"))
    assert found.locked.tolist() == [-1, -1, 0, -1]


def test_0_and_1_are_territories_where_there_are_such_today(ask: Ask) -> None:
    content = "id,x,y,now,lock\na,0,0,1,0\nb,1,0,0,1\nc,2,0,0,\n"
    found = territories(ask(content, current_column="now", locked_column="lock"))
    assert (found.names, found.locked.tolist()) == (("0", "1"), [0, 1, -1])


def test_0_and_1_are_no_and_yes_where_there_are_no_such_territories(ask: Ask) -> None:
    content = "id,x,y,now,lock\na,0,0,N,0\nb,1,0,S,1\nc,2,0,N,\n"
    found = territories(ask(content, current_column="now", locked_column="lock"))
    assert (found.names, found.locked.tolist()) == (("N", "S"), [-1, 1, -1])


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (
            NOW.replace("d,3,0,,", "d,3,0,,yes"),
            {"current_column": "now", "locked_column": "lock"},
            "A unit is locked to its current territory, but has none",
        ),
        (
            "id,x,y,lock\na,0,0,A\nb,1,1,B\nc,1,2,C\n",
            {"locked_column": "lock"},
            "Units are locked to more territories than are asked for: 3 territories, 2 asked for",
        ),
        (
            "id,x,y,lock,g\na,0,0,A,g1\nb,1,1,B,g1\nc,1,2,,g1\n",
            {"locked_column": "lock", "together_column": "g"},
            "Units that are kept together are locked to different territories",
        ),
        (
            NOW,
            {"current_column": "nov"},
            'There is no such column: nov (units.csv). Did you mean "now"',
        ),
    ],
)
def test_contradictions_are_named(
    ask: Ask, content: str, options: dict[str, object], message: str
) -> None:
    with pytest.raises(TableError) as refused:
        territories(ask(content, **options))
    assert message in str(refused.value)
