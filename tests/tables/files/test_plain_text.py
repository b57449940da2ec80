import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territory_kit.tables.files.plain_text import split_plain


def split(text: str, width: int = 2, delimiter: str = ",") -> list[tuple[str, ...]] | None:
    table = split_plain(text, delimiter, width)
    return None if table is None else [*zip(*table.to_pydict().values(), strict=True)]


def test_cells_stay_as_they_are() -> None:
    text = 'id,n\r\n007,NA\r\n"x, y\nz","say ""hi"""\r\n, \r\n\r\n'
    assert split(text) == [("id", "n"), ("007", "NA"), ("x, y\nz", 'say "hi"'), ("", " ")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a,b\n\n1,2\n", id="blank line"),
        pytest.param("\na,b\n", id="blank first line"),
        pytest.param("a,b\n1\n", id="missing cell"),
        pytest.param("a,b\n1,2,3\n", id="cell too many"),
        pytest.param('a,b\n"1,2\n', id="open quotation mark"),
        pytest.param('a,b\n"1"x,2\n', id="text after a quotation mark"),
        pytest.param('a,b\n""x,2\n', id="text after an empty cell"),
        pytest.param('a,b\n "1",2\n', id="space before a quotation mark"),
        pytest.param('a,b\n5" pipe,2\n', id="inches"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_not_well_formed_is_left_to_the_other_reader(text: str) -> None:
    assert split(text) is None


@given(
    text=st.text(st.sampled_from('ab1 ",;\r\n'), max_size=30),
    delimiter=st.sampled_from(",;"),
)
def test_it_reads_as_the_reader_of_rows_or_not_at_all(text: str, delimiter: str) -> None:
    strict = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [tuple(row) for row in strict]
    except csv.Error:
        rows = []
    found = split(text, len(rows[0]) if rows else 1, delimiter)
    while rows and not rows[-1]:
        rows.pop()
    assert found is None or found == rows
