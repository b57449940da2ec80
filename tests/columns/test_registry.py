"""Every column and table is declared once, and found by its name."""

from collections import Counter

import pytest

from territory_kit.columns import (
    INPUT_COLUMNS,
    INPUT_TABLES,
    RESULT_COLUMNS,
    RESULT_TABLES,
    find_column,
    get_table,
    input_names,
)
from territory_kit.columns.registry import declared
from territory_kit.errors import ParameterError

COLUMNS = (*INPUT_COLUMNS, *RESULT_COLUMNS)
TABLES = (*INPUT_TABLES, *RESULT_TABLES)


def test_every_column_is_declared_once() -> None:
    counts = Counter(column.name for column in COLUMNS)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_table_is_declared_once() -> None:
    counts = Counter(table.name for table in TABLES)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_column_of_a_table_is_declared() -> None:
    used = {name for table in TABLES for name in table.columns}
    assert sorted(name for name in used if find_column(name) is None) == []


def test_every_declared_column_stands_in_a_table() -> None:
    used = {name for table in TABLES for name in table.columns}
    assert sorted({column.name for column in COLUMNS} - used) == []


def test_required_columns_and_keys_stand_in_their_table() -> None:
    for table in TABLES:
        assert set(table.required) | set(table.key) <= set(table.columns), table.name
        assert len(set(table.columns)) == len(table.columns), table.name


def test_columns_of_a_choice_have_choices_and_only_they() -> None:
    wrong = [c.name for c in COLUMNS if (c.kind == "choice") != bool(c.choices)]
    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "endings"),
    [
        ("share", ("_share",)),
        ("money", ("_amount", "_amount_per_year", "amount")),
        ("date", ("_date",)),
        ("id", ("_id", "postal_code")),
    ],
)
def test_names_end_in_their_unit(kind: str, endings: tuple[str, ...]) -> None:
    names = [column.name for column in COLUMNS if column.kind == kind]
    assert [name for name in names if not name.endswith(endings)] == []


def test_yes_or_no_columns_start_with_is() -> None:
    names = [column.name for column in COLUMNS if column.kind == "yes_no"]
    assert [name for name in names if not name.startswith(("is_", "has_"))] == []


def test_every_column_and_table_says_what_it_means() -> None:
    for meaning in (*(column.meaning for column in COLUMNS), *(table.meaning for table in TABLES)):
        assert meaning[0].isupper()
        assert meaning.endswith(".")


def test_a_member_of_a_family_is_found_by_its_own_name() -> None:
    column = find_column("need_wine_share")
    assert column is not None
    assert column.name == "need_<skill>_share"


def test_a_column_of_its_own_goes_before_a_family() -> None:
    """It looks like a skill called "fit"."""
    column = find_column("skill_fit_share")
    assert column is not None
    assert column.name == "skill_fit_share"


def test_an_undeclared_column_is_none() -> None:
    assert find_column("shoe_size") is None


def test_a_column_that_must_be_declared_and_is_not_gets_a_suggestion() -> None:
    with pytest.raises(ParameterError, match=r'column: acount_id\. Did you mean "account_id"'):
        declared("acount_id")


def test_a_table_that_is_not_declared_gets_a_suggestion() -> None:
    with pytest.raises(ParameterError, match=r'no such table: acounts\. Did you mean "accounts"'):
        get_table("acounts")


def test_inputs_are_those_of_a_plan() -> None:
    assert input_names()[0] == "accounts"
    assert len(input_names()) == len(INPUT_TABLES)
