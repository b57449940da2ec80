import json
from dataclasses import replace

import pytest

from territory_kit.tables.faults.fault import (
    Fault,
    keep_rows,
    make_printable,
    share_text,
    shorten,
    show_values,
)

BELOW_ZERO = Fault(
    severity="repaired",
    code="negative",
    table="accounts",
    column="revenue_amount_per_year",
    file="export.csv",
    ids=("A2", "A1"),
    rows_count=2,
    value='"-5"',
    what="Revenue is below zero",
    remedy="It was set missing. Correct it in the file.",
    header="CA",
    row_numbers=(3, 2),
    row_values=("-5", "-7"),
)


def test_a_message_says_what_which_value_where_and_what_to_do() -> None:
    assert BELOW_ZERO.message == (
        'Revenue is below zero: "-5" (export.csv, column revenue_amount_per_year ("CA"), '
        "2 rows: A1, A2). It was set missing. Correct it in the file."
    )


def test_five_identifiers_are_shown_and_all_are_counted() -> None:
    many = replace(BELOW_ZERO, ids=tuple(f"A{i}" for i in range(7)), rows_count=1200)
    assert many.rows == "1,200 rows: A0, A1, A2, A3, A4 and 2 more"


def test_an_identifier_of_two_rows_is_shown_once() -> None:
    assert replace(BELOW_ZERO, ids=("A1", "A1")).rows == "2 rows: A1"


def test_one_row_is_no_rows() -> None:
    assert replace(BELOW_ZERO, ids=("A1",), rows_count=1).rows == "1 row: A1"
    assert replace(BELOW_ZERO, ids=(), rows_count=0).rows == ""


def test_an_unknown_code_is_refused() -> None:
    """Each code is explained in the index of faults."""
    with pytest.raises(ValueError, match="'odd' of a fault has no entry"):
        replace(BELOW_ZERO, code="odd")


def test_some_rows_have_their_own_examples_and_count() -> None:
    kept = keep_rows(BELOW_ZERO, [False, True])
    assert (kept.ids, kept.row_numbers, kept.rows_count) == (("A1",), (2,), 1)
    assert kept.value == '"-7"'


def test_a_fault_without_examples_keeps_its_value() -> None:
    assert keep_rows(replace(BELOW_ZERO, row_values=()), [True, False]).value == ""


def test_rows_that_are_told_together_stay_together() -> None:
    pairs = replace(
        BELOW_ZERO,
        ids=("A1", "A2", "A3", "A4"),
        row_values=("a", "b", "c", "d"),
        row_numbers=(2, 3, 4, 5),
        row_groups=("1", "1", "2", "2"),
    )
    kept = keep_rows(pairs, [False, True, False, False])
    assert (kept.ids, kept.row_groups, kept.rows_count) == (("A1", "A2"), ("1", "1"), 2)
    assert kept.value == '"a", "b"'


def test_accounts_are_named_by_their_own_identifiers_others_by_their_account() -> None:
    assert BELOW_ZERO.accounts == ("A2", "A1")
    assert replace(BELOW_ZERO, table="visits").accounts == ()
    assert replace(BELOW_ZERO, table="visits", account_ids=("A3", "")).accounts == ("A3", "")


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0421, "4.2 % of potential"),
        (0.0009, "< 0.1 % of potential"),
        (0.0, "no known potential"),
        (1.0, "100.0 % of potential"),
        (None, ""),
    ],
)
def test_shares_are_written_in_percent(share: float | None, text: str) -> None:
    assert share_text(share, "potential") == text
    fault = replace(BELOW_ZERO, affected_share=share, affected_measure="potential")
    assert fault.affected == text


def test_terminals_get_no_commands() -> None:
    hostile = replace(BELOW_ZERO, value="\x1b[31mred\n\N{RIGHT-TO-LEFT OVERRIDE}", ids=("\x07",))
    assert "\x1b" not in hostile.message
    assert "\x07" not in hostile.rows
    assert make_printable(hostile.value) == "\ufffd[31mred\ufffd\ufffd"
    assert make_printable("Café") == "Café"


def test_long_texts_are_cut_at_sixty_characters() -> None:
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 59 + "…"


def test_three_different_values_are_shown() -> None:
    assert show_values(["b", "a", "b"]) == '"a", "b"'
    assert show_values("edcba") == '"a", "b", "c" …'


def test_a_fault_survives_json() -> None:
    """The plan folder keeps faults as JSON, which turns tuples into lists."""
    assert Fault(**json.loads(json.dumps(vars(BELOW_ZERO)))) == BELOW_ZERO


def test_rows_are_shown_in_their_order() -> None:
    rows = replace(BELOW_ZERO, ids=("row 10", "row 9"))
    assert rows.rows == "2 rows: row 9, row 10"
