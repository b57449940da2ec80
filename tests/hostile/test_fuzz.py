"""Tables that nobody would write by hand: each loads or ends in our error, and keeps its rows.

2,000 examples in every run of the tests; ``make fuzz`` tries 20,000 others. How many, and whether
they are the same each time, the profile of the settings says (tests/conftest.py).
"""

import csv
import io
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territory_kit import columns
from territory_kit.errors import TerritoryKitError
from territory_kit.plan import open_plan
from territory_kit.tables import Fault, Source, faults_frame, faults_html, faults_text, read_traced
from territory_kit.tables.read import Traced

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
    "EXAMPLE-1",
    "Total",
    "Grand Total",
    "Confidential Information - Do Not Distribute",
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
PLAIN = re.compile(r"[!-~](?:[ -~]*[!-~])?")
# Codes of the faults that name rows which are in the file and not in the table.
LEAVE_OUT = ("preamble", "footer", "example_rows", "second_header", "total_rows")
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
    """A file, and what is known of it beforehand.

    Parameters
    ----------
    name
        Name of the file.
    content
        Its bytes.
    kind
        How it was written.
    filled
        Fewest and most rows, the header included, in which a reader may see anything.
    rows
        Its cells as written, where they are told apart beyond doubt.
    """

    name: str
    content: bytes
    kind: str
    filled: tuple[int, int] = (0, 10_000)
    rows: tuple[tuple[str, ...], ...] = ()


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
    is_exact = encoding.startswith("utf")
    count = sum(any(map(str.strip, row)) for row in rows)
    filled = (count, count) if is_exact else _filled(rows)
    return Hostile(f"{table}.csv", content, encoding, filled, tuple(map(tuple, rows)))


@st.composite
def careless_files(draw: st.DrawFn, table: str) -> Hostile:
    """Write a table without any quotation marks, or cut it anywhere."""
    rows = draw(tables_of(table))
    delimiter, line_end = draw(st.sampled_from(",;\t|")), draw(line_ends)
    content = line_end.join(delimiter.join(row) for row in rows).encode(errors="replace")
    ending = draw(st.sampled_from(["csv", "txt", "xlsx", "parquet", "xls", ""]))
    cut = content[: draw(st.integers(0, 4000))]
    lines = [line.split(delimiter) for line in re.split("\r\n|\r|\n", cut.decode(errors="replace"))]
    # an open quotation mark may take further lines into its cell
    filled = (0, len(lines)) if b'"' in cut else _filled(lines)
    return Hostile(f"{table}.{ending}", cut, "careless", filled)


@st.composite
def workbooks(draw: st.DrawFn, table: str) -> Hostile:
    """Write a table as a workbook whose cells are texts, numbers, days and formulas."""
    rows = draw(tables_of(table))
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "d.m.yy"}) as book:
        sheet = book.add_worksheet(draw(st.sampled_from([table, "Sheet1", "Données"])))
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                kind = draw(st.integers(0, 9)) if at else 0
                _write_cell(sheet, at, place, cell, kind=kind)
                # how a number or day reads is not for this test to say
                row[place] = "\N{REPLACEMENT CHARACTER}" if 1 <= kind <= _TYPED_COUNT else cell
    filled = _filled(rows, typed="\N{REPLACEMENT CHARACTER}")
    written = tuple(map(tuple, rows))
    return Hostile(f"{table}.xlsx", stream.getvalue(), "workbook", filled, written)


line_ends = st.sampled_from(["\n", "\r\n", "\r"])
junk = st.binary(max_size=200).map(lambda content: Hostile("x.csv", content, "junk"))
any_file = st.sampled_from(TABLES).flatmap(
    lambda table: st.tuples(
        st.just(table),
        st.one_of(
            text_files(table), text_files(table), careless_files(table), workbooks(table), junk
        ),
    )
)


_TYPED_COUNT = 4


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


def _filled(rows: Sequence[Sequence[str]], typed: str = "") -> tuple[int, int]:
    """Count the rows with a plain letter, digit or sign, and those with anything but spaces."""
    plain = [any(PLAIN.search(cell) or (typed and cell == typed) for cell in row) for row in rows]
    # a space that another encoding takes for a letter, and the reverse: either may be seen
    some = [any(cell.strip(" ") for cell in row) for row in rows]
    return sum(plain), sum(some)


def _is_unreadable(faults: Sequence[Fault]) -> bool:
    return any(fault.code == "unreadable_file" for fault in faults)


def _assert_can_be_told(faults: tuple[Fault, ...]) -> None:
    """Every way of showing faults takes whatever they hold."""
    text = faults_text(faults)
    assert all(ch.isprintable() for fault in faults for ch in fault.message)
    assert "<script" not in faults_html(faults)
    assert len(faults_frame(faults)) <= len(faults)
    assert len(text) < 10_000 * (1 + len(faults))


def _left_out_count(faults: Sequence[Fault]) -> int:
    """Count the rows that faults say were left out."""
    return sum(fault.rows_count for fault in faults if fault.code in LEAVE_OUT)


def _assert_keeps_rows(hostile: Hostile, frame: pd.DataFrame, faults: Sequence[Fault]) -> None:
    fewest, most = hostile.filled
    # one is the header
    assert fewest <= len(frame) + 1 + _left_out_count(faults) <= max(most, 1)


def _assert_keeps_texts(hostile: Hostile, traced: Traced) -> None:
    """What is written in plain letters as an identifier or text is read as just that.

    But for rows whose cells have moved, which a fault says.
    """
    places = {name: traced.reading.positions[h] for name, h in traced.reading.headers.items()}
    moved = {n for f in traced.faults if f.code == "uneven_rows" for n in f.row_numbers}
    for name, place in places.items():
        column = columns.find_column(name)
        if column is None or column.kind not in {"id", "text"}:
            continue
        for number, value in traced.frame[name].drop(index=list(moved), errors="ignore").items():
            row = hostile.rows[int(str(number)) - 1]
            cell = row[place - 1].strip() if place <= len(row) else ""
            if PLAIN.fullmatch(cell) and not cell.startswith("#"):
                assert value == cell


@pytest.mark.slow
def test_any_file_is_read_or_refused_and_keeps_its_rows() -> None:
    """Most are read: a fuzz test of refusals would show little."""
    ends: dict[str, Counter[str]] = defaultdict(Counter)

    @given(any_file)
    @one_of_many
    def read_one(case: tuple[str, Hostile]) -> None:
        table, hostile = case
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / hostile.name
            file.write_bytes(hostile.content)
            traced = read_traced(table, Source(file), currency="EUR", country="FR")
        _assert_can_be_told(traced.faults)
        assert set(columns.empty_frame(table).columns) <= set(traced.frame.columns)
        is_read = not _is_unreadable(traced.faults)
        ends[hostile.kind]["read" if is_read else "refused"] += 1
        if is_read:
            _assert_keeps_rows(hostile, traced.frame, traced.faults)
        if is_read and hostile.rows:
            _assert_keeps_texts(hostile, traced)

    read_one()
    assert sorted(ends) == sorted([*ENCODINGS, "careless", "junk", "workbook"])
    for kind, counts in ends.items():
        assert counts["read"] > (0 if kind == "junk" else counts["refused"]), (kind, counts)
    assert any(counts["refused"] for counts in ends.values())


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
            if table not in unread:
                own = [fault for fault in inputs.faults if fault.table == table]
                _assert_keeps_rows(hostile, inputs.tables[table], own)
        again = open_plan(plan)
        try:
            regions = again.regions()
        except TerritoryKitError as error:
            assert error.remedy  # noqa: PT017 - either end is right
        else:
            assert len({again.slug(region).lower() for region in regions}) == len(regions)
