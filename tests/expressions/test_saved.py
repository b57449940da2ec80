"""Filters that are saved under a name."""

import pytest

from territory_kit.errors import ParameterError
from territory_kit.expressions import parse_saved


def test_filters_keep_their_order_and_names() -> None:
    texts = {"b": 'city="Paris"', "a": "size > 1"}
    filters = parse_saved(texts, columns={"city": "text", "size": "number"})
    assert {name: str(found) for name, found in filters.items()} == {
        "b": 'city = "Paris"',
        "a": "size > 1",
    }


def test_a_fault_says_in_which_filter_it_stands() -> None:
    with pytest.raises(ParameterError) as caught:
        parse_saved({"scope": "town = 1"}, columns={"city": "text"})
    assert caught.value.where == "scope; position 1"
    assert caught.value.value == "town"


def test_an_empty_filter_says_where_it_stands() -> None:
    with pytest.raises(ParameterError, match=r"The filter is empty \(rules: a\)"):
        parse_saved({"rules: a": " "}, columns={})
