"""The workbook of a region, read back with another library: types, formats, hostile texts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, cast

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from territory_kit import columns
from territory_kit.errors import StaleResultError
from territory_kit.plan import STEPS, Plan, Saved, open_plan
from territory_kit.render import workbook
from territory_kit.render.workbook import WIDEST, write_workbook

PLAN = "name: =HYPERLINK(1)\ncurrency: CHF\ninputs: {accounts: inputs/accounts.csv}\n"
ACCOUNTS = "account_id,account_name,city,region\nA1,Anne,Lyon,Nord\n"
HOSTILE = ["=1+1", "@SUM(A1)", "https://example.org", "007", "a\x0bb", "x" * 40_000]
SHAPE = "territory_shape"


class _Rendered(Protocol):
    folder: Path


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Open a plan without results; tests hand in the tables that they need."""
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return open_plan(tmp_path)


def _tables(name: str, **cells: list[Any]) -> dict[str, pd.DataFrame]:
    return {name: pd.DataFrame(cells).convert_dtypes(dtype_backend="numpy_nullable")}


def _written(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, by_step: Mapping[str, Mapping[str, pd.DataFrame]]
) -> Workbook:
    def read(step: str, _region: str) -> Saved:
        return cast("Saved", _Result(by_step.get(step, {})))

    monkeypatch.setattr(plan, "read", read)
    file = plan.folder / "region.xlsx"
    write_workbook(plan, "Nord", file)
    return openpyxl.load_workbook(file)


class _Result:
    """The tables of a result, without its record."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.tables = tables


def _column(sheet: Worksheet, heading: str) -> list[Any]:
    place = [cell.value for cell in sheet[1]].index(heading) + 1
    return [sheet.cell(row, place) for row in range(2, sheet.max_row + 1)]


def test_the_first_sheet_lists_all_others(rendered: _Rendered, tmp_path: Path) -> None:
    """Sheet, step, table, meaning, rows and units; each name leads to its sheet."""
    plan = open_plan(rendered.folder)
    write_workbook(plan, "Nord", tmp_path / "nord.xlsx")
    book = openpyxl.load_workbook(tmp_path / "nord.xlsx")
    saved = {step: plan.read(step, "Nord").tables for step in STEPS}
    names = [name for tables in saved.values() for name in tables]
    assert book.sheetnames[0] == "contents"
    assert sorted(book.sheetnames[1:]) == sorted(names)
    rows = list(book["contents"].iter_rows(min_row=2, max_row=1 + len(names), values_only=True))
    listed = {str(row[0]): row for row in rows}
    plan_row = listed["territory_plan"]
    assert plan_row[1:5] == (
        "territories",
        "Territory plan",
        "One row per proposed territory.",
        len(saved["territories"]["territory_plan"]),
    )
    assert "EUR per year, h per year, km per year" in str(plan_row[5])
    assert book["contents"]["A2"].hyperlink.location == f"'{rows[0][0]}'!A1"


def test_each_sheet_has_every_row_and_column_of_its_table(
    rendered: _Rendered, tmp_path: Path
) -> None:
    """Headings stay in view, filter, and are bold, on every sheet."""
    plan = open_plan(rendered.folder)
    write_workbook(plan, "Nord", tmp_path / "nord.xlsx")
    book = openpyxl.load_workbook(tmp_path / "nord.xlsx")
    for step in STEPS:
        for name, table in plan.read(step, "Nord").tables.items():
            sheet = book[name]
            assert (sheet.max_row, sheet.max_column) == (len(table) + 1, table.shape[1])
            assert sheet.freeze_panes == "B2"
            assert sheet.auto_filter.ref.startswith("A1:")
            assert all(cell.font.bold for cell in sheet[1])


def test_the_same_results_have_the_same_bytes(rendered: _Rendered, tmp_path: Path) -> None:
    plan = open_plan(rendered.folder)
    files = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for file in files:
        write_workbook(plan, "Nord", file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert {file.name for file in tmp_path.iterdir()} == {"a.xlsx", "b.xlsx"}


def test_a_heading_says_its_unit_and_its_comment_the_meaning(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = _tables("territory_plan", territory_id=["T1"], potential_amount_per_year=[5e6])
    sheet = _written(plan, monkeypatch, {"territories": tables})["territory_plan"]
    assert [cell.value for cell in sheet[1]] == ["Territory id", "Potential (CHF per year)"]
    meaning = columns.find_column("potential_amount_per_year")
    assert meaning is not None
    words = sheet["B1"].comment.text.splitlines()
    assert words[:3] == ["potential_amount_per_year", meaning.meaning, "Unit: CHF per year."]


@pytest.mark.parametrize(
    ("column", "value", "number_format"),
    [
        ("territory_id", "007", "@"),
        ("size_share", 0.125, "0.0%"),
        ("potential_amount_per_year", 1_250_000.0, "#,##0"),
        ("hour_potential_amount", 12.5, "#,##0.00"),  # money of less than a thousand
        ("travel_km_per_year", 12_345.6, "#,##0"),
        ("centre_km", 12.3, "#,##0.0"),
        ("workload_hours_per_year", 1234.5, "#,##0.0"),
        ("visit_hours", 0.75, "#,##0.00"),
        ("accounts_count", 1200.0, "#,##0"),
        ("visits_per_year", 4.5, "#,##0.0"),
        ("lat_deg", 48.85661, "0.00000"),
        ("workload_index", 104.0, "#,##0"),
        ("field_rank", 3.0, "#,##0"),
        ("rank_gap", 2.0, "#,##0"),
        ("studentised_residual", -1.25, "#,##0.00"),
    ],
)
def test_a_number_is_a_number_in_the_format_of_its_unit(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, column: str, value: float | str, number_format: str
) -> None:
    tables = _tables(SHAPE, **{column: [value]})
    cell = _written(plan, monkeypatch, {"territories": tables})[SHAPE]["A2"]
    assert (cell.value, cell.number_format) == (value, number_format)


def test_dates_are_dates_and_yes_or_no_are_words(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day that Excel cannot count stays a text."""
    days = pd.to_datetime(pd.Series(["2026-12-31", "1899-01-02", None])).astype("datetime64[us]")
    flags = pd.Series([True, False, pd.NA], dtype="boolean")
    table = pd.DataFrame({"rep_id": ["R1", "R2", "R3"], "end_date": days, "is_capped": flags})
    sheet = _written(plan, monkeypatch, {"reps": {"rep_strengths": table}})["rep_strengths"]
    first, early, missing = (row for row in sheet.iter_rows(min_row=2))
    assert first[1].is_date
    assert first[1].value.date().isoformat() == "2026-12-31"
    assert first[1].number_format == "yyyy-mm-dd"
    assert [early[1].value, missing[1].value] == ["1899-01-02", None]
    assert [first[2].value, early[2].value, missing[2].value] == ["yes", "no", None]


def test_what_is_missing_is_an_empty_cell(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the hundred shown there is neither nan nor an empty text; no end is a word."""
    table = pd.DataFrame(
        {
            "territory_id": pd.Series(["T1", None, "T3"], dtype="str"),
            "centre_km": [100.0, float("nan"), float("inf")],
        }
    )
    sheet = _written(plan, monkeypatch, {"territories": {SHAPE: table}})[SHAPE]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["T1", 100],
        [None, None],
        ["T3", "inf"],
    ]


def test_texts_become_no_formula_link_or_number(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of accounts and of undeclared columns come from outside, so does the plan's name."""
    table = pd.DataFrame({"account_name": HOSTILE, "=cmd()": HOSTILE})
    book = _written(plan, monkeypatch, {"market": {"market_accounts": table}})
    sheet = book["market_accounts"]
    assert sheet["B1"].value == "'=cmd()"
    for heading in ("Account", "'=cmd()"):
        cells = _column(sheet, heading)
        assert [cell.value for cell in cells[:5]] == [
            "'=1+1",
            "'@SUM(A1)",
            "https://example.org",
            "007",
            "ab",
        ]
        assert len(cells[5].value) == 32_767
        assert {cell.data_type for cell in cells} == {"s"}
        assert not any(cell.hyperlink for cell in cells)
    notes = [str(row[0].value) for row in book["contents"].iter_rows(min_row=3)]
    assert "'=HYPERLINK(1), Nord." in notes


def test_columns_are_as_wide_as_their_cells_up_to_a_limit(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three columns one is short, one as long as its name, one longer than a screen."""
    tables = _tables(
        "moves", account_class=["A"], account_name=["x" * 30], move_reason=["reason " * 40]
    )
    sheet = _written(plan, monkeypatch, {"review": tables})["moves"]
    widths = [round(sheet.column_dimensions[letter].width) for letter in "ABC"]
    assert widths[0] < 12
    assert 30 < widths[1] <= 32
    assert widths[2] in {WIDEST, WIDEST + 1}  # the file adds the margin of a cell


def test_an_empty_table_has_its_headings(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """So has one without columns a sheet; the list says 0 rows."""
    tables = {"rep_swaps": columns.empty_frame("rep_swaps"), "fit": pd.DataFrame()}
    book = _written(plan, monkeypatch, {"reps": tables})
    assert book.sheetnames == ["contents", "rep_swaps", "fit"]
    assert book["rep_swaps"].max_row == 1
    assert book["rep_swaps"].max_column == len(columns.get_table("rep_swaps").columns)
    assert [book["contents"][f"E{row}"].value for row in (2, 3)] == [0, 0]
    assert book["contents"]["D3"].value in {None, ""}


def test_names_of_sheets_are_short_and_differ(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two steps may have a table of one name, and one may be called as the list is."""
    long = "a_name_of_a_table_that_goes_on_and_on"
    frame = pd.DataFrame({"rep_id": ["R1"]})
    by_step = {"market": {long: frame, "contents": frame}, "reps": {long: frame}}
    names = _written(plan, monkeypatch, by_step).sheetnames
    assert names == ["contents", long[:31], "contents 2", f"{long[:29]} 2"]
    assert all(len(name) <= 31 for name in names)


def test_more_rows_than_a_sheet_holds_are_told(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS_COUNT", 2)
    tables = _tables("class_cuts", account_class=["A", "B", "C"], lowest_value=[9.0, 4.0, 0.0])
    book = _written(plan, monkeypatch, {"accounts": tables})
    assert book["class_cuts"].max_row == 3
    assert book["contents"]["E2"].value == 3
    assert book["contents"]["D2"].value.endswith("Only the first 2 rows fit on its sheet.")


def test_a_stale_result_is_refused_and_the_old_file_stays(
    rendered: _Rendered, tmp_path: Path
) -> None:
    """Else figures of two states of the plan would stand in one file."""
    plan = open_plan(rendered.folder)
    file = tmp_path / "nord.xlsx"
    file.write_bytes(b"old")

    def refuse(step: str, _region: str) -> Saved:
        raise StaleResultError(f"The result of {step} is older than what it was made from")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "read", refuse)
        with pytest.raises(StaleResultError, match="result of market is older"):
            write_workbook(plan, "Nord", file)
    assert file.read_bytes() == b"old"
