from dataclasses import asdict, replace

from territory_kit.tables.faults.fault import Fault, make_printable, shorten, show_values
from territory_kit.tables.faults.show import faults_frame, faults_html, faults_text

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
)
TWICE = replace(BELOW_ZERO, severity="blocking", code="duplicate_key", table="reps", header="")
EMPTY = replace(TWICE, severity="notice", code="no_rows", ids=(), rows_count=0, column="")


def test_a_message_says_what_which_value_where_and_what_to_do() -> None:
    assert BELOW_ZERO.message == (
        'Revenue is below zero: "-5" (export.csv, column revenue_amount_per_year ("CA"), '
        "2 rows: A1, A2). It was set missing. Correct it in the file."
    )


def test_five_identifiers_are_shown_and_all_are_counted() -> None:
    many = replace(BELOW_ZERO, ids=tuple(f"A{i}" for i in range(7)), rows_count=9)
    assert many.rows == "9 rows: A0, A1, A2, A3, A4 and 2 more (7 in all)"


def test_one_row_is_no_rows() -> None:
    assert replace(BELOW_ZERO, ids=("A1",), rows_count=1).rows == "1 row: A1"
    assert EMPTY.rows == ""


def test_blocking_faults_come_first_whatever_their_order() -> None:
    table = faults_frame([EMPTY, BELOW_ZERO, TWICE])
    assert table["severity"].tolist() == ["blocking", "repaired", "notice"]
    assert table.equals(faults_frame([TWICE, EMPTY, BELOW_ZERO]))
    assert " ".join(table.columns) == "severity code table file column rows what value remedy"


def test_no_faults_make_a_table_with_its_columns() -> None:
    assert faults_frame([]).shape == (0, 9)
    assert faults_text([]) == "No faults found."
    assert faults_html([]) == "<p>No faults found.</p>"


def test_the_text_counts_and_lists() -> None:
    assert faults_text([EMPTY, BELOW_ZERO, TWICE]).splitlines() == [
        "1 blocking, 1 repaired, 1 notice.",
        f"BLOCKING reps, duplicate_key: {TWICE.message}",
        f"REPAIRED accounts, negative: {BELOW_ZERO.message}",
        f"NOTICE reps, no_rows: {EMPTY.message}",
    ]


def test_html_escapes_what_comes_from_outside() -> None:
    hostile = replace(BELOW_ZERO, ids=("<script>alert(1)</script>",), value="<b>", file='"<i>')
    page = faults_html([hostile])
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert '<th scope="col">severity</th>' in page
    assert "<caption>0 blocking, 1 repaired, 0 notices.</caption>" in page


def test_terminals_get_no_commands() -> None:
    hostile = replace(BELOW_ZERO, value="\x1b[31mred\n\N{RIGHT-TO-LEFT OVERRIDE}", ids=("\x07",))
    assert "\x1b" not in faults_text([hostile])
    assert "\x07" not in hostile.rows
    assert faults_frame([hostile])["value"].item() == "\ufffd[31mred\ufffd\ufffd"
    assert make_printable("Café") == "Café"


def test_long_texts_are_cut_at_sixty_characters() -> None:
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 59 + "…"


def test_three_different_values_are_shown() -> None:
    assert show_values(["b", "a", "b"]) == '"a", "b"'
    assert show_values("edcba") == '"a", "b", "c" …'


def test_a_fault_survives_json() -> None:
    """The plan folder keeps faults as JSON, which turns tuples into lists."""
    back = asdict(BELOW_ZERO) | {"ids": ["A2", "A1"], "row_numbers": [3, 2]}
    assert Fault(**back) == BELOW_ZERO
