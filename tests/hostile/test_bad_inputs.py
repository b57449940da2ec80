"""Bad input gets a clear error and nothing is lost: what an analyst reads, and the rows that stay.

``territory-kit check`` is what is run.
"""

import io
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from territory_kit import walk
from territory_kit.cli import app
from territory_kit.errors import ParameterError, TableError
from territory_kit.plan import open_plan

HEAD = (
    "account_id,account_name,lat_deg,lon_deg,country,region,potential_amount_per_year,"
    "revenue_amount_per_year"
)
ROWS = {
    "A1": "A1,Bar,48.11,-1.68,FR,Nord,1000,100",
    "A2": "A2,Pub,48.39,-4.49,FR,Nord,2000,200",
    "A3": "A3,Café,43.30,5.37,FR,Sud,3000,300",
    "A4": "A4,Bistro,43.60,1.44,FR,Sud,4000,400",
}
SETTINGS = "name: Small\ncountry: FR\ninputs: {accounts: inputs/accounts.csv}\n"
HOSTILE_NAMES = {
    "a script": "<script>alert(1)</script>",
    "a formula": '=HYPERLINK("http://x","y")',
    "right-to-left text": "مقهى \u202eabc",
    "300 characters": "Long name " * 30,
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Write a plan of four sound accounts in two regions."""
    folder = tmp_path / "small"
    (folder / "inputs").mkdir(parents=True)
    (folder / "plan.yaml").write_text(SETTINGS, encoding="utf-8")
    write(folder)
    return folder


def write(plan: Path, *, head: str = HEAD, **changed: str) -> None:
    """Write the accounts; a changed or further row stands under its identifier."""
    rows = [head, *(ROWS | changed).values()]
    (plan / "inputs" / "accounts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def check(plan: Path) -> tuple[int, str]:
    """Run `territory-kit check`; return its code and its text without frames and line breaks."""
    shown = CliRunner().invoke(app, ["check", str(plan)], env={"COLUMNS": "400"})
    assert shown.exception is None or isinstance(shown.exception, SystemExit)
    assert "Traceback" not in shown.output
    return shown.exit_code, " ".join(re.sub(r"[│┃─━]+", " ", shown.output).split())


def account_names(plan: Path) -> list[str]:
    return list(open_plan(plan).checked_inputs.tables["accounts"]["account_name"])


# ---- cells and columns ---------------------------------------------------------------------------


@dataclass(frozen=True)
class BadRow:
    """A row that is wrong, what must be read about it, and whether the plan can go on."""

    row: str
    says: tuple[str, ...]
    code: int = 0


BAD_ROWS = {
    "duplicate ids": BadRow(
        "A1,Twin,48,2,FR,Nord,1,1", ("Several rows have the same account_id", "A1"), 1
    ),
    "no id": BadRow(",Nameless,48,2,FR,Nord,1,1", ("Rows have no identifier", "row 6"), 1),
    "latitude and longitude swapped": BadRow(
        "A5,Swapped,-1.68,48.11,FR,Nord,1,1",
        ("Latitude and longitude are swapped", "-1.68 / 48.11", "A5", "They were turned round"),
    ),
    "coordinates 0/0": BadRow(
        "A5,Nowhere,0,0,FR,Nord,1,1",
        ("Coordinates are 0 / 0, in the sea off Africa", "A5", "They were set missing"),
    ),
    "coordinates in another country": BadRow(
        "A5,Abroad,40.42,-3.70,FR,Nord,1,1",
        ("Coordinates lie outside the country", "40.42 / -3.7", "A5", "They were kept"),
    ),
    "latitude beyond the pole": BadRow(
        "A5,Beyond,95,2,FR,Nord,1,1", ("Latitude is not between -90 and 90", "A5")
    ),
    "text in a number": BadRow(
        "A5,Wordy,48,2,FR,Nord,a lot,1",
        ('A value is not a number: "a lot"', "potential_amount_per_year", "A5"),
    ),
    "negative revenue": BadRow("A5,Minus,48,2,FR,Nord,1,-7", ("Revenue is below zero", "-7", "A5")),
    "two numbers in one cell": BadRow(
        "A5,Two,48,2,FR,Nord,1 / 2,1", ('A value is not a number: "1 / 2"', "A5")
    ),
    "an account without a name": BadRow(
        "A5,,48,2,FR,Nord,1,1", ("Rows have no account_name", "A5")
    ),
    "more cells than headers": BadRow(
        "A5,Wide,48,2,FR,Nord,1,1,2,3",
        ("more cells than the 8 headers", "it is not known which moved"),
    ),
    "fewer cells than headers": BadRow("A5,Narrow", ("more or fewer cells than the 8 headers",)),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_named_and_kept(name: str, plan: Path) -> None:
    bad = BAD_ROWS[name]
    write(plan, A5=bad.row)
    code, text = check(plan)
    assert code == bad.code, text
    assert [words for words in bad.says if words not in text] == [], text
    assert len(account_names(plan)) == 5


def test_a_missing_required_column_is_named_with_the_headers_that_are_there(plan: Path) -> None:
    write(plan, head=HEAD.replace("account_id", "key"))
    code, text = check(plan)
    assert code == 1
    assert "account_id" in text
    assert "account_name" in text
    assert len(account_names(plan)) == 4


def test_all_faults_are_told_at_once(plan: Path) -> None:
    """An analyst mends the file once, not once for each fault."""
    write(plan, A5="A1,Twin,95,2,FR,Nord,a lot,-7")
    text = check(plan)[1]
    expected = ("same account_id", "Latitude is not between", "a lot", "below zero")
    assert [words for words in expected if words not in text] == []


def test_faults_between_files_are_told_beside_those_that_block(plan: Path) -> None:
    """Else mending the first fault only uncovers the next."""
    write(plan, A5="A1,Twin,48,2,FR,Nord,1,1")
    (plan / "inputs" / "deals.csv").write_text("deal_id,account_id\nD1,A9\n", encoding="utf-8")
    inputs = "{accounts: inputs/accounts.csv, deals: inputs/deals.csv}"
    settings = SETTINGS.replace("{accounts: inputs/accounts.csv}", inputs)
    (plan / "plan.yaml").write_text(settings, encoding="utf-8")
    code, text = check(plan)
    assert code == 1
    assert "Several rows have the same account_id" in text
    assert 'Rows of deals name an account that is not in accounts: "A9"' in text


def test_a_hundred_columns_too_many_travel_along(plan: Path) -> None:
    extra = [f"extra_{n}" for n in range(100)]
    rows = {i: row + ",x" * 100 for i, row in ROWS.items()}
    write(plan, head=",".join([HEAD, *extra]), **rows)
    assert check(plan)[0] == 0
    assert set(extra) <= set(open_plan(plan).checked_inputs.tables["accounts"].columns)


# ---- files ---------------------------------------------------------------------------------------


def _workbook(*sheets: str) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for at, line in enumerate([HEAD, *ROWS.values()]):
                sheet.write_row(at, 0, line.split(","))
    return stream.getvalue()


BAD_FILES: Mapping[str, tuple[str, Callable[[], bytes], tuple[str, ...]]] = {
    "empty file": ("accounts.csv", lambda: b"", ("The file is empty", "Export it again")),
    "blank file": ("accounts.csv", lambda: b"\n \n\n", ("The file is empty",)),
    "headers only": (
        "accounts.csv",
        HEAD.encode,
        ("The file has headers, but no rows", "with its rows"),
    ),
    "web page": (
        "accounts.csv",
        lambda: b"<!DOCTYPE html><html></html>",
        ("The file is no table",),
    ),
    "web page that says it is a workbook": (
        "accounts.xls",
        lambda: b"<html><table></table></html>",
        ("The file is no table",),
    ),
    "picture": ("accounts.csv", lambda: b"\x89PNG\r\n\x1a\n\x00\x00", ("The file is no table",)),
    "half a workbook": (
        "accounts.xlsx",
        lambda: _workbook("accounts")[:2000],
        ("The workbook is damaged",),
    ),
    "archive that says it is a workbook": (
        "accounts.xlsx",
        lambda: b"PK\x05\x06" + b"\0" * 18,
        ("The file is a ZIP archive, and no workbook", "give the file that is inside"),
    ),
    "encrypted workbook": (
        "accounts.xlsx",
        lambda: b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        ("The workbook has a password", "take the password off"),
    ),
    "half a Parquet file": (
        "accounts.parquet",
        lambda: b"PAR1xx",
        ("The Parquet file is damaged",),
    ),
    "open quotation mark": (
        "accounts.csv",
        lambda: HEAD.encode() + b'\nA1,"Bar,48,2,FR,Nord,1,1\n',
        ("quotation mark",),
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(name: str, plan: Path) -> None:
    file, content, says = BAD_FILES[name]
    (plan / "inputs" / file).write_bytes(content())
    settings = SETTINGS.replace("accounts.csv", file)
    (plan / "plan.yaml").write_text(settings, encoding="utf-8")
    code, text = check(plan)
    assert code == 1
    assert [words for words in says if words not in text] == [], text


def test_a_workbook_of_200_mb_is_refused_before_it_is_read(plan: Path) -> None:
    file = plan / "inputs" / "accounts.xlsx"
    file.write_bytes(_workbook("accounts"))
    os.truncate(file, 200_000_000)
    (plan / "plan.yaml").write_text(SETTINGS.replace(".csv", ".xlsx"), encoding="utf-8")
    code, text = check(plan)
    assert code == 1
    assert "The workbook is too large: 200 MB (accounts.xlsx). Export the sheet as CSV" in text


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        ("accounts.csv", _workbook("accounts"), "The file is an Excel workbook"),
        ("accounts.xlsx", "\n".join([HEAD, *ROWS.values()]).encode(), "The file is a text file"),
    ],
    ids=["workbook called CSV", "CSV called workbook"],
)
def test_a_file_that_is_not_what_its_ending_says_is_read_as_what_it_is(
    file: str, content: bytes, what: str, plan: Path
) -> None:
    (plan / "inputs" / file).write_bytes(content)
    settings = SETTINGS.replace("accounts.csv", file)
    (plan / "plan.yaml").write_text(settings, encoding="utf-8")
    code, text = check(plan)
    assert code == 0
    assert what in text
    assert account_names(plan) == ["Bar", "Pub", "Café", "Bistro"]


def test_a_file_that_is_missing_is_named_with_what_to_do(plan: Path) -> None:
    (plan / "inputs" / "accounts.csv").unlink()
    code, text = check(plan)
    assert code == 1
    assert "Check the path in plan.yaml" in text


# ---- settings ------------------------------------------------------------------------------------


BAD_SETTINGS = {
    "unknown parameter": ("sead: 1", 'sead: there is no such setting. Did you mean "seed"?'),
    "unknown parameter of a step": (
        "territories: {tolerence_share: 0.1}",
        'tolerence_share: there is no such setting. Did you mean "tolerance_share"?',
    ),
    "unknown region": ("regions: {Nrod: {seed: 2}}", 'Did you mean "Nord"?'),
    "text in a number": ("seed: many", "seed: 'many' does not fit. Write a whole number."),
    "out of range": (
        "territories: {tolerance_share: 7}",
        "territories.tolerance_share: '7' does not fit, should be less than or equal to 1.",
    ),
    "twice": ("seed: 1\nseed: 2", '"seed" stands here twice'),
    "not closed": ("costs: {km_amount: 1", "The settings are not plain YAML"),
    "tag": ("seed: !!python/object/apply:os.system [ls]", "The settings are not plain YAML"),
    "own tag": ("seed: !secret x", "The settings are not plain YAML"),
    "alias": ("costs: &c {km_amount: 1}\nhours: *c", "aliases (*name) are not allowed"),
    "tab": ("costs:\n\tkm_amount: 1", "The settings are not plain YAML"),
    "words after the settings": ("x", "The settings are not plain YAML"),
}


@pytest.mark.parametrize("name", BAD_SETTINGS)
def test_a_bad_setting_is_named_with_what_to_do(name: str, plan: Path) -> None:
    lines, says = BAD_SETTINGS[name]
    (plan / "plan.yaml").write_text(SETTINGS + lines + "\n", encoding="utf-8")
    code, text = check(plan)
    assert code == 1
    assert says in text


def test_an_unknown_input_is_named(plan: Path) -> None:
    settings = SETTINGS.replace("{accounts:", "{acounts: x.csv, accounts:")
    (plan / "plan.yaml").write_text(settings, encoding="utf-8")
    code, text = check(plan)
    assert code == 1
    assert 'inputs.acounts: there is no such input. Did you mean "accounts"?' in text


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "42\n"])
def test_settings_that_are_no_mapping_are_refused(text: str, plan: Path) -> None:
    (plan / "plan.yaml").write_text(text, encoding="utf-8")
    code, said = check(plan)
    assert code == 1
    assert "The settings are not a list of `name: value` lines" in said
    assert "Start from the template of plan.yaml" in said


def test_an_unknown_region_is_told_on_the_command_line(plan: Path) -> None:
    shown = CliRunner().invoke(
        app, ["render", str(plan), "--region", "Nrod"], env={"COLUMNS": "200"}
    )
    assert shown.exit_code == 2
    assert 'Did you mean "Nord"? Known names: Nord, Sud.' in " ".join(shown.output.split())


def test_an_unknown_region_is_told_in_a_notebook(plan: Path) -> None:
    with pytest.raises(ParameterError, match=r'Nrod.*Did you mean "Nord"\? Known names: Nord, Sud'):
        walk.open_task("market", plan_dir=plan, region="Nrod")


def test_an_unknown_parameter_of_a_notebook_is_told(plan: Path) -> None:
    given = {"tolerence_share": 0.2}
    with pytest.raises(ParameterError, match='Did you mean "tolerance_share"'):
        walk.open_task("territories", plan_dir=plan, region="Nord", parameters=given)


def test_a_parameter_out_of_range_is_told(plan: Path) -> None:
    given = {"attainable_share": 7}
    with pytest.raises(ParameterError, match="attainable_share"):
        walk.open_task("market", plan_dir=plan, region="Nord", parameters=given)


def test_blocking_faults_stop_a_notebook_with_all_of_them(plan: Path) -> None:
    write(plan, A5="A1,Twin,48,2,FR,Nord,1,1", A6=",Nameless,48,2,FR,Nord,1,1")
    with pytest.raises(TableError, match="same account_id") as caught:
        walk.open_task("market", plan_dir=plan, region="Nord")
    assert "no identifier" in str(caught.value)


# ---- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_kept_as_it_is(name: str, plan: Path) -> None:
    text = HOSTILE_NAMES[name].strip()
    quoted = text.replace('"', '""')
    write(plan, A5=f'A5,"{quoted}",48,-2,FR,Nord,1,1')
    assert check(plan)[0] == 0
    assert text in account_names(plan)


@pytest.mark.parametrize("region", ["../../x", "CON", "nul.txt", "a/b", "C:\\x", "...", "~", "-rf"])
def test_folders_of_a_region_stay_inside_the_plan(region: str, plan: Path) -> None:
    write(plan, A5=f'A5,Bar,48,-2,FR,"{region}",1,1')
    assert check(plan)[0] == 0
    task = walk.open_task("market", plan_dir=plan, region=region)
    task.save(task.run())
    [record] = [file for file in plan.parent.rglob("record.json") if file.parent.name == "market"]
    assert record.is_relative_to(plan / "results")
    folder = record.parent.parent
    assert folder.parent == plan / "results"
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", folder.name)
    assert folder.name.lower() not in {"con", "nul"}


def test_two_regions_that_differ_by_case_have_two_folders_and_a_warning(plan: Path) -> None:
    write(plan, A5="A5,Bar,48,-2,FR,NORD,1,1")
    code, text = check(plan)
    assert code == 0
    assert "regions (3): NORD, Nord, Sud" in text
    assert "differ only" in text
    opened = open_plan(plan)
    assert opened.slug("NORD").lower() != opened.slug("Nord").lower()
