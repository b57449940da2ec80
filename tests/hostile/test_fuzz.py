"""Tables that nobody would write by hand: each loads or ends in our error, and keeps its rows.

2,000 examples in every run of the tests; ``make fuzz`` tries 20,000 others. How many, and whether
they are the same each time, the profile of the settings says (tests/conftest.py).
"""

import csv
import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territory_kit import columns
from territory_kit.errors import TerritoryKitError
from territory_kit.plan import open_plan
from territory_kit.tables import Fault, Source, faults_frame, faults_html, faults_text, read_input

TABLES = columns.input_names()
Cells = list[list[str]]

NASTY = (
    "",
    " ",
    "0",
    "-0",
    "1e400",
    "-1e308",
    "1" * 400,
    "0.000000000000000000000000001",
    "1,234.56",
    "1.234,56",
    "1 234,56 €",
    "1’234.50 CHF",
    "$5",
    "USD 5",
    "12%",
    "150 %",
    "(500)",
    "5-",
    "0x1F",
    "1_000",
    "٣٤٥",
    "½",
    "²",
    "nan",
    "NaN",
    "NULL",
    "None",
    "N/A",
    "#REF!",
    "inf",
    "-Infinity",
    "true",
    "yes",
    "ja",
    "2026-02-30",
    "31.12.2026",
    "12/31/2026",
    "31/12/26",
    "2026-12-31T23:59:59Z",
    "2026-12-31 10:00:00+05:30",
    "0000-00-00",
    "9999-12-31",
    "99999-01-01",
    "1600-01-01",
    "46000",
    "46000.5",
    "Dec 31, 2026",
    "20261231",
    "48.85",
    "-91",
    "181",
    "48°51'N",
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "@SUM(A1)",
    "+33 1 23",
    "-1+1",
    "<script>alert(1)</script>",
    "[red]x",
    'a "quoted" b',
    '"',
    "'",
    "a,b",
    "a;b",
    "a\tb",
    "a|b",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "\x1b[2J",
    "\x00",
    "\x0b",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\u202eabc",
    "الرباط",
    "e\u0301",
    "🇫🇷",
    "x" * 300,
    "EXAMPLE",
    "FR",
    "France",
    "75001",
    "A1",
    "a1",
    "0015000000AbCdE",
    "0015000000AbCdEAAV",
    "customer",
    "remote",
    "rep",
    "account",
    "to_territory",
    "R1",
    "T1",
)
EVERYDAY = ("Name", "ID", "Total", "Revenue (EUR)", "Latitude", "Owner", "Date", "Notes", "Land")
OUR_HEADERS = tuple(
    sorted(
        {name for table in TABLES for name in columns.get_table(table).columns if "<" not in name}
    )
)
CRM_HEADERS = (
    *("Account ID", "Account Name", "Billing City", "Billing Zip/Postal Code", "Annual Revenue"),
    *("Owner ID", "Account Owner", "Opportunity ID", "Amount", "Probability (%)", "Close Date"),
    *("Record ID", "Company name", "Company owner", "Deal Stage", "HubSpot Owner ID"),
    *("accountid", "name", "address1_city", "revenue", "ownerid", "transactioncurrencyid"),
    *("Assigned", "Duration (Minutes)", "Account ID 18", "IsClosed", "IsWon", "CurrencyIsoCode"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp932")

texts = st.text(max_size=12)
cells = st.one_of(st.sampled_from(NASTY), st.sampled_from(NASTY), texts, st.integers().map(str))
headers = st.one_of(
    st.sampled_from(OUR_HEADERS),
    st.sampled_from(CRM_HEADERS),
    st.sampled_from(EVERYDAY),
    st.sampled_from(NASTY),
    texts,
)
EXAMPLES = settings().max_examples
one_of_many = settings(
    max_examples=19 * EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    deadline=None,
)
one_of_some = settings(one_of_many, max_examples=EXAMPLES)


@dataclass(frozen=True)
class Hostile:
    """A file and how many rows it holds.

    Parameters
    ----------
    name
        Name of the file.
    content
        Its bytes.
    rows_count
        Rows behind the header with anything in them; None where only a reader can tell.
    """

    name: str
    content: bytes
    rows_count: int | None


@st.composite
def tables_of(draw: st.DrawFn, table: str) -> Cells:
    """Make a header and up to six rows, mostly of this table and with its required columns."""
    declared = columns.get_table(table)
    ours = st.sampled_from([name for name in declared.columns if "<" not in name])
    head = [*declared.required] if draw(st.booleans()) else []
    head += draw(st.lists(st.one_of(ours, headers), min_size=not head, max_size=6))
    width = len(head)
    ragged = draw(st.integers(0, 3)) == 0
    widths = st.integers(0, width + 2) if ragged else st.just(width)
    row = widths.flatmap(lambda n: st.lists(cells, min_size=n, max_size=n))
    return [head, *draw(st.lists(row, max_size=6))]


@st.composite
def text_files(draw: st.DrawFn, table: str) -> Hostile:
    """Write a table as text, with a delimiter, encoding and line end of its own."""
    rows = draw(tables_of(table))
    delimiter = draw(st.sampled_from(",;\t|"))
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=draw(line_ends)
    )
    writer.writerows(rows)
    encoding = draw(st.sampled_from(ENCODINGS))
    content = stream.getvalue().encode(encoding, errors="replace")
    # what an encoding lacks becomes "?", so a blank cell may be filled: then nobody counts
    is_exact = encoding.startswith("utf")
    return Hostile(f"{table}.csv", content, _filled_count(rows) if is_exact else None)


@st.composite
def careless_files(draw: st.DrawFn, table: str) -> Hostile:
    """Write a table without any quotation marks, or cut it anywhere."""
    rows = draw(tables_of(table))
    delimiter, line_end = draw(st.sampled_from(",;\t|")), draw(line_ends)
    content = line_end.join(delimiter.join(row) for row in rows).encode(errors="replace")
    ending = draw(st.sampled_from(["csv", "txt", "xlsx", "parquet", "xls", ""]))
    return Hostile(f"{table}.{ending}", content[: draw(st.integers(0, 4000))], None)


@st.composite
def workbooks(draw: st.DrawFn, table: str) -> Hostile:
    """Write a table as a workbook whose cells are texts, numbers, days and formulas."""
    rows = draw(tables_of(table))
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "d.m.yy"}) as book:
        sheet = book.add_worksheet(draw(st.sampled_from([table, "Sheet1", "Données"])))
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                _write_cell(sheet, at, place, cell, kind=draw(st.integers(0, 9)) if at else 0)
    return Hostile(f"{table}.xlsx", stream.getvalue(), None)


line_ends = st.sampled_from(["\n", "\r\n", "\r"])
junk = st.binary(max_size=200).map(lambda content: Hostile("x.csv", content, None))
any_file = st.sampled_from(TABLES).flatmap(
    lambda table: st.tuples(
        st.just(table),
        st.one_of(
            text_files(table), text_files(table), careless_files(table), workbooks(table), junk
        ),
    )
)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, at: int, place: int, cell: str, *, kind: int
) -> None:
    if kind == 1:
        sheet.write_number(at, place, len(cell) / 3)
    elif kind == 2:
        sheet.write_datetime(at, place, datetime(1900 + len(cell), 2, 28, 12, 30))  # noqa: DTZ001 - a workbook's dates have no zone
    elif kind == 3:
        sheet.write_boolean(at, place, bool(cell))
    elif kind == 4:
        sheet.write_formula(at, place, "=1/0", value="#DIV/0!")
    else:
        sheet.write_string(at, place, cell)


def _filled_count(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows with anything in them behind the first of these, which is the header."""
    return max(sum(any(cell.strip() for cell in row) for row in rows) - 1, 0)


def _is_unreadable(faults: Sequence[Fault]) -> bool:
    return any(fault.code == "unreadable_file" for fault in faults)


def _assert_can_be_told(faults: tuple[Fault, ...]) -> None:
    """Every way of showing faults takes whatever they hold."""
    text = faults_text(faults)
    assert all(ch.isprintable() for fault in faults for ch in fault.message)
    assert "<script" not in faults_html(faults)
    assert len(faults_frame(faults)) <= len(faults)
    assert len(text) < 10_000 * (1 + len(faults))


@given(any_file)
@one_of_many
@pytest.mark.slow
def test_any_file_is_read_or_refused_and_keeps_its_rows(case: tuple[str, Hostile]) -> None:
    table, hostile = case
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / hostile.name
        file.write_bytes(hostile.content)
        frame, faults = read_input(table, Source(file), currency="EUR", country="FR")
    _assert_can_be_told(faults)
    assert set(columns.empty_frame(table).columns) <= set(frame.columns)
    if hostile.rows_count is not None and not _is_unreadable(faults):
        assert len(frame) == hostile.rows_count


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Hostile]:
    """Make a plan's inputs: accounts, and some others."""
    others = draw(st.lists(st.sampled_from(TABLES[1:]), max_size=3, unique=True))
    return {table: draw(text_files(table)) for table in ("accounts", *others)}


@given(plans())
@one_of_some
@pytest.mark.slow
def test_any_plan_opens_or_says_why_not(files: dict[str, Hostile]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder)
        lines = [f"  {table}: {hostile.name}" for table, hostile in files.items()]
        (plan / "plan.yaml").write_text("\n".join(["inputs:", *lines]), encoding="utf-8")
        for hostile in files.values():
            (plan / hostile.name).write_bytes(hostile.content)
        inputs = open_plan(plan).checked_inputs
        _assert_can_be_told(inputs.faults)
        unread = {fault.table for fault in inputs.faults if fault.code == "unreadable_file"}
        for table, hostile in files.items():
            if hostile.rows_count is not None and table not in unread:
                assert len(inputs.tables[table]) == hostile.rows_count
        try:
            regions = open_plan(plan).regions()
        except TerritoryKitError as error:
            assert error.remedy  # noqa: PT017 - either end is right
        else:
            slugs = {open_plan(plan).slug(region).lower() for region in regions}
            assert len(slugs) == len(regions)
