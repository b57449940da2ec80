"""The workbook for the inputs asks for what the declarations say, and reads as empty."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from territory_kit import columns
from territory_kit.plan.input_examples import EXAMPLE, EXAMPLE_ROWS
from territory_kit.plan.input_workbook import write_input_workbook
from territory_kit.tables import Source, read_input

INPUTS = columns.input_names()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the workbook once."""
    path = tmp_path_factory.mktemp("inputs") / "inputs.xlsx"
    write_input_workbook(path, currency="CHF")
    return path


@pytest.fixture(scope="module")
def book(file: Path) -> Workbook:
    """Read the workbook back with another library."""
    return openpyxl.load_workbook(file)


def _named(name: str) -> list[str]:
    return [column for column in columns.get_table(name).columns if "<" not in column]


def _headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def _rule(sheet: Worksheet, place: int) -> tuple[str, str, str]:
    cell = f"{get_column_letter(place)}1000"
    rules = [r for r in sheet.data_validations.dataValidation if cell in r.sqref]
    assert len(rules) <= 1, "a cell has one rule"
    return (rules[0].type, rules[0].formula1, rules[0].errorStyle) if rules else ("", "", "")


def test_there_is_a_sheet_for_each_input_between_help_and_dictionary(book: Workbook) -> None:
    assert book.sheetnames == ["Read me", *INPUTS, "Dictionary"]


def test_inputs_that_come_from_elsewhere_have_no_sheet(tmp_path: Path) -> None:
    write_input_workbook(tmp_path / "i.xlsx", currency="EUR", leave_out=["accounts", "places"])
    made = openpyxl.load_workbook(tmp_path / "i.xlsx")
    assert not {"accounts", "places"} & set(made.sheetnames)
    inputs = {row[0] for row in made["Dictionary"].iter_rows(min_row=2, values_only=True)}
    assert inputs == set(INPUTS) - {"accounts", "places"}


@pytest.mark.parametrize("name", INPUTS)
def test_headings_are_the_declared_columns_in_our_order(book: Workbook, name: str) -> None:
    assert _headings(book[name]) == _named(name)
    assert book[name].freeze_panes == "B2"


@pytest.mark.parametrize("name", INPUTS)
def test_each_column_has_the_rule_of_its_kind(book: Workbook, name: str) -> None:
    """Outside the range a warning is enough: reading names the fault."""
    for place, column_name in enumerate(_named(name), start=1):
        column = columns.find_column(column_name)
        assert column is not None
        kind, first, style = _rule(book[name], place)
        if column.choices or column.kind == "yes_no":
            choices = ",".join(column.choices) or "yes,no"
            assert (kind, first) == ("list", f'"{choices}"'), column_name
        elif column.is_number:
            assert kind == "decimal", column_name
            assert column.low is None or float(first) == column.low, column_name
        else:
            assert kind == ("date" if column.kind == "date" else ""), column_name
        assert style == ("warning" if kind else ""), column_name


def test_a_comment_says_what_a_column_means(book: Workbook) -> None:
    comments = {str(cell.value): str(cell.comment.text) for cell in book["accounts"][1]}
    assert comments["account_id"] == "Required.\nIdentifier of the account, as in the CRM."
    assert comments["potential_amount_per_year"] == (
        "What the account could spend on what we sell.\nUnit: CHF per year.\nAllowed: from 0."
    )
    assert comments["lock"].endswith("Allowed: none, rep, territory.")


def test_required_columns_are_dark(book: Workbook) -> None:
    dark = [str(c.value) for c in book["visits"][1] if c.fill.fgColor.rgb == "FF1F4E79"]
    assert dark == ["account_id", "rep_id", "visit_date"]


@pytest.mark.parametrize("name", ["account_id", "postal_code", "parent_account_id"])
def test_codes_are_text_so_that_leading_zeros_survive(book: Workbook, name: str) -> None:
    letter = get_column_letter(_named("accounts").index(name) + 1)
    styles = {key: d.number_format for key, d in book["accounts"].column_dimensions.items()}
    # equal neighbours share one entry, named after the first of them
    before = [key for key in styles if (len(key), key) <= (len(letter), letter)]
    assert styles[max(before, key=lambda key: (len(key), key))] == "@"


def test_the_dictionary_lists_every_column_with_families(book: Workbook) -> None:
    rows = list(book["Dictionary"].iter_rows(min_row=2, values_only=True))
    listed = [(row[0], row[1]) for row in rows]
    assert listed == [(name, c) for name in INPUTS for c in columns.get_table(name).columns]
    need = next(row for row in rows if row[1] == "need_<skill>_share")
    assert need[3:] == ("share", "%", "0 to 1", "How much the account needs a skill.")


def test_the_first_sheet_says_what_to_do_in_five_lines(book: Workbook) -> None:
    lines = [row[0] for row in book["Read me"].iter_rows(min_row=3, values_only=True)]
    assert [str(line)[:2] for line in lines] == ["1.", "2.", "3.", "4.", "5."]
    assert "money is in CHF" in str(lines[3])


@pytest.mark.parametrize("name", INPUTS)
def test_examples_are_valid_rows_with_marked_identifiers(book: Workbook, name: str) -> None:
    rows = list(book[name].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(EXAMPLE_ROWS[name])
    assert all(str(row[0]).startswith(EXAMPLE) for row in rows)
    for example in EXAMPLE_ROWS[name]:
        assert set(example) <= set(_named(name))
        assert set(columns.get_table(name).required) <= set(example)


@pytest.mark.parametrize("name", INPUTS)
def test_the_untouched_workbook_reads_as_no_rows(file: Path, name: str) -> None:
    frame, faults = read_input(name, Source(file, sheet=name), currency="CHF")
    assert frame.empty
    codes = [fault.code for fault in faults]
    assert codes == ["example_rows", "no_rows"]


@pytest.mark.parametrize("name", INPUTS)
def test_a_row_like_the_example_has_no_fault(file: Path, tmp_path: Path, name: str) -> None:
    """What the workbook shows, an analyst may write."""
    filled = openpyxl.load_workbook(file)
    for row in filled[name].iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.removeprefix(EXAMPLE)
    filled.save(tmp_path / "filled.xlsx")
    source = Source(tmp_path / "filled.xlsx", sheet=name)
    frame, faults = read_input(name, source, currency="CHF")
    assert len(frame) == len(EXAMPLE_ROWS[name])
    assert faults == ()


def test_the_same_workbook_has_the_same_bytes(file: Path, tmp_path: Path) -> None:
    write_input_workbook(tmp_path / "again.xlsx", currency="CHF")
    assert (tmp_path / "again.xlsx").read_bytes() == file.read_bytes()


def test_a_currency_is_text_and_never_a_formula(tmp_path: Path) -> None:
    write_input_workbook(tmp_path / "i.xlsx", currency='=HYPERLINK("x")')
    made = openpyxl.load_workbook(tmp_path / "i.xlsx")
    assert not [c for sheet in made for row in sheet for c in row if c.data_type == "f"]
