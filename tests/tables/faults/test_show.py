"""Faults in one order, in groups, as table, text and HTML."""

from dataclasses import replace
from itertools import permutations

import pytest

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.faults.html import faults_html, faults_page
from territory_kit.tables.faults.show import (
    fault_cells,
    faults_frame,
    faults_text,
    group_faults,
    order_faults,
    summarise,
)
from territory_kit.tables.faults.trace import Affected

BELOW_ZERO = Fault(
    severity="repaired",
    code="negative",
    table="accounts",
    column="revenue_amount_per_year",
    file="export.xlsx",
    ids=("A2", "A1"),
    rows_count=2,
    value='"-5"',
    what="Revenue is below zero",
    remedy="It was set missing. Correct it in the file.",
    header="CA",
    row_numbers=(3, 2),
    sheet="Kunden",
    position=4,
    affected_share=0.05,
    affected_measure="potential",
)
TWICE = replace(BELOW_ZERO, severity="blocking", code="duplicate_key", table="reps", header="")
EMPTY = replace(
    TWICE,
    severity="notice",
    code="no_rows",
    ids=(),
    rows_count=0,
    row_numbers=(),
    column="",
    affected_share=None,
)
ALL = (EMPTY, BELOW_ZERO, TWICE)


def test_blocking_faults_come_first_whatever_their_order() -> None:
    for faults in permutations(ALL):
        assert order_faults(faults) == [TWICE, BELOW_ZERO, EMPTY]


def test_inputs_stand_in_our_order_and_columns_as_in_the_file() -> None:
    accounts = [replace(BELOW_ZERO, position=p) for p in (0, 2, 11)]
    others = [replace(BELOW_ZERO, table=table) for table in ("reps", "visits", "account_team")]
    assert order_faults([*others[::-1], *accounts[::-1]]) == [*accounts, *others]


def test_a_table_has_a_row_for_each_fault() -> None:
    table = faults_frame(ALL)
    assert table["severity"].tolist() == ["blocking", "repaired", "notice"]
    assert table["affected"].tolist() == ["5.0 % of potential", "5.0 % of potential", ""]
    assert " ".join(table.columns) == (
        "severity code table file column rows what value affected remedy"
    )


def test_no_faults_make_a_table_with_its_columns_and_no_empty_box() -> None:
    assert faults_frame([]).shape == (0, 10)
    assert faults_text([]) == "No faults found."
    assert faults_html([]) == '<p class="tk-faults-summary">No faults found.</p>'


@pytest.mark.parametrize(
    ("faults", "affected", "sentence"),
    [
        (ALL, None, "1 blocking, 1 repaired, 1 notice."),
        ([EMPTY, EMPTY], None, "0 blocking, 0 repaired, 2 notices."),
        (
            ALL,
            Affected(0.042, "potential"),
            "1 blocking, 1 repaired, 1 notice; blocked or repaired rows hold 4.2 % of potential.",
        ),
        ([], None, "No faults found."),
    ],
)
def test_one_sentence_counts(faults: list[Fault], affected: Affected | None, sentence: str) -> None:
    assert summarise(faults, affected) == sentence


def test_faults_of_one_severity_and_input_stand_together() -> None:
    found = group_faults([BELOW_ZERO, TWICE, replace(BELOW_ZERO, position=9)])
    assert [(title, len(members)) for title, members in found] == [
        ("Blocking: stops the plan — reps", 1),
        ("Repaired: a value was set missing or replaced, or a row left out — accounts", 2),
    ]


def test_the_text_counts_groups_and_lists() -> None:
    assert faults_text(ALL).splitlines()[:6] == [
        "1 blocking, 1 repaired, 1 notice.",
        "",
        "Blocking: stops the plan — reps",
        (
            '- Revenue is below zero: "-5" (export.xlsx, sheet Kunden, column '
            "revenue_amount_per_year, 2 rows: A1, A2; 5.0 % of potential). It was set missing. "
            "Correct it in the file. [duplicate_key]"
        ),
        "",
        "Repaired: a value was set missing or replaced, or a row left out — accounts",
    ]


def test_three_cells_say_what_where_and_what_to_do() -> None:
    assert fault_cells(BELOW_ZERO) == (
        'Revenue is below zero: "-5" [negative]',
        (
            'export.xlsx\nsheet Kunden\ncolumn revenue_amount_per_year ("CA")\n2 rows: A1, A2\n'
            "5.0 % of potential"
        ),
        "It was set missing. Correct it in the file.",
    )


def test_terminals_get_no_commands() -> None:
    hostile = replace(BELOW_ZERO, value="\x1b[31mred", ids=("\x07",), sheet="\x1b[2J")
    assert "\x1b" not in faults_text([hostile])
    assert "\x07" not in faults_text([hostile])
    assert not any("\x1b" in cell for cell in fault_cells(hostile))
    assert faults_frame([hostile])["value"].item() == "\ufffd[31mred"


def test_html_escapes_what_comes_from_outside() -> None:
    hostile = replace(
        BELOW_ZERO, ids=("<script>alert(1)</script>",), value="<b>", file='"<i>', sheet="<u>"
    )
    page = faults_html([hostile])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for tag in ("<script>", "<b>", "<i>", "<u>"):
        assert tag not in page


def test_html_counts_first_and_then_groups() -> None:
    page = faults_html(ALL, Affected(0.042, "potential"))
    assert page.startswith('<p class="tk-faults-summary">1 blocking, 1 repaired, 1 notice; ')
    assert page.count('scope="rowgroup"') == 3
    assert page.count("<tr style=") == 3
    assert "5.0 % of potential" in page


def test_many_notices_are_folded_and_what_was_lost_stays_open() -> None:
    notices = [replace(EMPTY, position=place) for place in range(4)]
    page = faults_html([*ALL, *notices], is_folded=True)
    head, folded = page.split("<details>")
    assert folded.startswith("<summary>5 notices: nothing was lost</summary><table")
    assert 'class="tk-blocking"' in head
    assert 'class="tk-repaired"' in head
    assert 'class="tk-notice"' not in head
    assert 'class="tk-notice"' in folded


def test_few_notices_and_those_of_a_report_stand_in_one_table() -> None:
    notices = [replace(EMPTY, position=place) for place in range(9)]
    few = faults_html([BELOW_ZERO, *notices[:3]], is_folded=True)
    for page in (few, faults_html([BELOW_ZERO, *notices])):
        assert "<details" not in page
        assert page.count("<table") == 1


def test_html_isolates_what_may_be_written_from_right_to_left() -> None:
    page = faults_html([replace(BELOW_ZERO, value='"שלום"', sheet="")])
    assert '<bdi dir="ltr">&quot;שלום&quot;</bdi>' in page


def test_columns_of_html_have_fixed_widths_that_long_words_cannot_push_apart() -> None:
    page = faults_html([replace(BELOW_ZERO, header="x" * 300)])
    assert "table-layout:fixed" in page
    assert page.count("overflow-wrap:anywhere") > 4
    assert "x" * 60 not in page


def test_a_page_of_its_own_loads_nothing() -> None:
    page = faults_page(ALL)
    assert page.startswith("<!DOCTYPE html>")
    assert faults_html(ALL) in page
    assert "src=" not in page
    assert "href=" not in page
