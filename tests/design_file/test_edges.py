"""Which units are neighbours."""

from collections.abc import Callable

import pytest

from territory_kit.design_file.inputs import read_inputs
from territory_kit.design_file.request import Request
from territory_kit.errors import TableError

Ask = Callable[..., Request]


def pairs(request: Request) -> object:
    edges = read_inputs(request).edges
    assert edges is not None
    return edges.tolist()


@pytest.mark.parametrize(
    "edges",
    [
        "unit_a,unit_b\n001,002\n003,004\n",
        "length,from,to\n5,001,002\n2,003,004\n",
        "Target;Length;Source\n002;1;001\n004;2;003\n",
        "neighbour,other\n001,002\n003,004\n",
    ],
)
def test_known_headers_are_found_else_the_first_two_columns_taken(ask: Ask, edges: str) -> None:
    assert pairs(ask(edges=edges)) == [[0, 1], [2, 3]]


def test_pairs_given_twice_or_of_a_unit_with_itself_count_once_and_never(ask: Ask) -> None:
    assert pairs(ask(edges="a,b\n001,002\n002,001\n003,003\n")) == [[0, 1]]


def test_edges_may_join_rows_without_identifier(ask: Ask) -> None:
    assert pairs(ask(edges="a,b\n1,4\n", id_column=None)) == [[0, 3]]


def test_units_without_neighbours_are_islands_and_told(ask: Ask) -> None:
    inputs = read_inputs(ask(edges="a,b\n001,003\n"))
    assert inputs.is_island.tolist() == [False, True, False, True]
    assert inputs.notices == ("2 units without neighbours need no connection: 002, 004.",)


def test_islands_may_be_declared(ask: Ask) -> None:
    units = "id,x,y,isle\n1,0,0,\n2,1,0,yes\n3,2,0,no\n"
    request = ask(units, edges="a,b\n1,2\n2,3\n", islands_column="isle")
    assert read_inputs(request).is_island.tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("edges", "message"),
    [
        (
            "a,b\n1,002\n",
            'A neighbour is none of the units: "1" (edges.csv, column a, 1 row: row 2)',
        ),
        ("a,b\n001,\n", "A neighbour is missing (edges.csv, column b, 1 row: row 2)"),
        ("a\n001\n", "The file of neighbours has a single column (edges.csv)"),
        ("<html>", "The file is no table: a web page or XML (edges.csv)"),
    ],
)
def test_faults_of_edges_are_named(ask: Ask, edges: str, message: str) -> None:
    with pytest.raises(TableError) as refused:
        read_inputs(ask(edges=edges))
    assert message in str(refused.value)


def test_what_is_neither_yes_nor_no_is_no_island(ask: Ask) -> None:
    units = "id,x,y,isle\n1,0,0,\n2,1,0,perhaps\n"
    with pytest.raises(TableError, match='neither yes nor no: "perhaps"'):
        read_inputs(ask(units, edges="a,b\n1,2\n", islands_column="isle"))
