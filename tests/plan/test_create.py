"""New plan folders open as plans, whatever they are made from, or are not made at all."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territory_kit.columns import input_names
from territory_kit.errors import ParameterError, TableError, TerritoryKitError
from territory_kit.plan import open_plan
from territory_kit.plan.create import copy_sample, create_plan
from territory_kit.plan.settings import read_plan_file
from territory_kit.tables.places.geonames import list_cities


@pytest.fixture(autouse=True)
def few_cities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for cities in Monaco only: where accounts lie is not asked here, and takes long."""
    monkeypatch.setattr(
        "territory_kit.tables.places.locate.list_cities", lambda _: list_cities(("MC",))
    )


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the inputs of new plans unread, where a test does not ask for what is in them."""
    monkeypatch.setattr("territory_kit.plan.create._first_region", lambda _: "")


def write(path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_new_plan_opens_and_says_that_its_accounts_are_to_be_filled_in(tmp_path: Path) -> None:
    create_plan(tmp_path / "Nord: 2027")
    plan = open_plan(tmp_path / "Nord: 2027")
    assert plan.name == "Nord: 2027"
    with pytest.raises(TableError, match=r"inputs\.xlsx"):
        plan.inputs()


@pytest.mark.usefixtures("unread")
def test_all_inputs_can_be_filled_in_in_one_workbook(tmp_path: Path) -> None:
    create_plan(tmp_path / "new")
    book = openpyxl.load_workbook(tmp_path / "new" / "inputs" / "inputs.xlsx")
    assert {*input_names()} <= {*book.sheetnames}
    inputs = read_plan_file(tmp_path / "new").inputs
    assert {name: (entry.file, entry.sheet) for name, entry in inputs.items()} == {
        name: ("inputs/inputs.xlsx", name) for name in input_names()
    }


@pytest.mark.usefixtures("unread")
def test_the_notebooks_come_with_the_plan(tmp_path: Path) -> None:
    create_plan(tmp_path / "new")
    names = [file.name for file in (tmp_path / "new" / "notebooks").glob("*.ipynb")]
    assert "00-start-here.ipynb" in names


def test_an_export_is_copied_as_it_is_and_read(tmp_path: Path) -> None:
    text = "Account ID;Account Name\r\n001;Café\r\n"
    export = write(tmp_path / "Export (1).TXT", text, encoding="latin-1")
    create_plan(tmp_path / "new", exports=[export])
    assert (tmp_path / "new/inputs/Export (1).TXT").read_bytes() == export.read_bytes()
    accounts = open_plan(tmp_path / "new").inputs().tables["accounts"]
    assert accounts[["account_id", "account_name"]].to_numpy().tolist() == [["001", "Café"]]
    book = openpyxl.load_workbook(tmp_path / "new" / "inputs" / "inputs.xlsx")
    assert "accounts" not in book.sheetnames


@pytest.mark.parametrize(
    ("folder", "exports", "currency", "country", "is_from_deals", "region"),
    [
        (
            "salesforce_report",
            "accounts opportunities events users",
            "EUR",
            "FR",
            True,
            "Bretagne",
        ),
        (
            "salesforce_data_loader",
            "accounts opportunities events users",
            "GBP",
            "GB",
            True,
            "Scotland",
        ),
        ("hubspot", "companies deals reps", "USD", "US", False, "Ohio"),
    ],
)
def test_the_exports_of_a_crm_make_a_plan_without_any_editing(
    crm_exports: Path,
    tmp_path: Path,
    folder: str,
    exports: str,
    currency: str,
    country: str,
    is_from_deals: bool,  # noqa: FBT001 - pytest hands in cases by place
    region: str,
) -> None:
    files = [crm_exports / folder / f"{name}.csv" for name in exports.split()]
    made = create_plan(tmp_path / "new", exports=files)
    assert made.exports[0].table == "accounts"
    assert (made.draft.currency, made.draft.country) == (currency, country)
    assert made.draft.is_revenue_from_deals == is_from_deals
    plan = open_plan(tmp_path / "new")
    plan.inputs().require_usable()
    assert region in plan.regions()
    assert plan.inputs().tables["accounts"]["revenue_amount_per_year"].sum() > 0


def test_the_workbook_of_dynamics_makes_a_plan_without_any_editing(
    crm_exports: Path, dynamics_workbook: Path, tmp_path: Path
) -> None:
    files = [dynamics_workbook, crm_exports / "dynamics" / "reps.csv"]
    made = create_plan(tmp_path / "new", exports=files)
    assert (made.draft.currency, made.draft.country) == ("EUR", "")
    plan = open_plan(tmp_path / "new")
    plan.inputs().require_usable()
    assert plan.regions() == ("Bayern", "Oberösterreich")


@pytest.mark.usefixtures("unread")
def test_the_sheets_of_one_workbook_become_several_inputs(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    accounts = book.create_sheet("Kunden")
    accounts.append(["Kundennummer", "Firma", "PLZ"])
    accounts.append(["1", "Alt GmbH", "80331"])
    reps = book.create_sheet("Team")
    reps.append(["Personalnummer", "Name"])
    reps.append(["7", "Ute Weiß"])
    book.save(tmp_path / "Vertrieb.xlsx")
    create_plan(tmp_path / "new", exports=[tmp_path / "Vertrieb.xlsx"])
    inputs = read_plan_file(tmp_path / "new").inputs
    assert (inputs["accounts"].file, inputs["accounts"].sheet) == ("inputs/Vertrieb.xlsx", "Kunden")
    assert (inputs["reps"].file, inputs["reps"].sheet) == ("inputs/Vertrieb.xlsx", "Team")


def test_missing_required_columns_are_said_in_the_file_and_by_check(tmp_path: Path) -> None:
    export = write(tmp_path / "list.csv", "Firma;Ort\nAlt;Hof\n")
    (accounts,) = create_plan(tmp_path / "new", exports=[export]).exports
    assert accounts.missing == ("account_id",)
    text = (tmp_path / "new" / "plan.yaml").read_text(encoding="utf-8")
    assert "account_id:  # REQUIRED: write its header behind the colon" in text
    faults = open_plan(tmp_path / "new").checked_inputs.faults
    (missing,) = [fault for fault in faults if fault.code == "missing_column"]
    assert "inputs: accounts: columns: account_id" in missing.remedy


@pytest.mark.usefixtures("unread")
def test_a_single_file_that_tells_nothing_counts_as_the_accounts(tmp_path: Path) -> None:
    export = write(tmp_path / "x.csv", "foo;bar\n1;2\n")
    (accounts,) = create_plan(tmp_path / "new", exports=[export]).exports
    assert (accounts.table, accounts.missing) == ("accounts", ("account_id", "account_name"))


ACCOUNTS = "account_id,account_name\n1,A\n"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        # two files for one input
        (
            {"a.csv": ACCOUNTS, "b.csv": ACCOUNTS},
            r"Several exports are accounts: a.csv: list of accounts; b.csv: list of accounts \(--",
        ),
        # nothing to plan with
        (
            {"team.csv": "rep_id,rep_name\n1,Ute\n"},
            r"No export is the accounts: team.csv: list of reps \(--from\). Give the export",
        ),
        # a file too many
        (
            {"a.csv": ACCOUNTS, "odd.csv": "foo,bar\n1,2\n"},
            r"An export is not recognised by its headers: odd.csv \(--from\). Leave it out",
        ),
        # cannot be read
        ({"a.csv": ACCOUNTS, "web.csv": "<html><table>"}, r"The file is no table: .*web\.csv"),
        ({"empty.csv": ""}, r"The file is empty .*empty\.csv"),
    ],
)
def test_exports_that_make_no_plan_are_refused_and_nothing_is_made(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    exports = [write(tmp_path / name, text) for name, text in files.items()]
    with pytest.raises(TerritoryKitError, match=message):
        create_plan(tmp_path / "new", exports=exports)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(files)


def test_when_a_copy_fails_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = write(tmp_path / "a.csv", ACCOUNTS)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("territory_kit.plan.create.shutil.copyfile", full)
    with pytest.raises(TerritoryKitError, match="The disk is full"):
        create_plan(tmp_path / "new", exports=[export])
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("accounts 2026.csv", "accounts 2026.csv"),
        ("Kunden.CSV", "Kunden.CSV"),
        ("Köln.csv", "accounts.csv"),
        ("CON.csv", "accounts.csv"),
        ("con.x.csv", "accounts.csv"),
        ("=cmd.csv", "accounts.csv"),
        ("-rf.csv", "accounts.csv"),
        (".hidden", "accounts"),
        ("a'b.csv", "accounts.csv"),
        ("inputs.xlsx", "accounts.xlsx"),  # the name of the workbook to fill in
        (f"{'a' * 120}.csv", "accounts.csv"),
    ],
)
@pytest.mark.usefixtures("unread")
def test_the_copy_has_a_name_that_every_system_takes(tmp_path: Path, name: str, copy: str) -> None:
    export = write(tmp_path / name, ACCOUNTS)
    create_plan(tmp_path / "new", exports=[export])
    assert read_plan_file(tmp_path / "new").inputs["accounts"].file == f"inputs/{copy}"
    assert (tmp_path / "new" / "inputs" / copy).read_bytes() == export.read_bytes()


@pytest.mark.usefixtures("unread")
def test_files_of_the_same_name_from_two_folders_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    accounts = write(tmp_path / "one" / "export.csv", ACCOUNTS)
    reps = write(tmp_path / "two" / "EXPORT.csv", "rep_id,rep_name\n1,Ute\n")
    create_plan(tmp_path / "new", exports=[reps, accounts])
    inputs = read_plan_file(tmp_path / "new").inputs
    assert inputs["accounts"].file == "inputs/export.csv"
    assert inputs["reps"].file == "inputs/reps.csv"


HEADERS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters='"\r\n\0'), min_size=1, max_size=20
).filter(lambda text: text.strip() == text and text != "")


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(HEADERS, min_size=1, max_size=4, unique_by=str.casefold))
def test_any_headers_make_a_folder_that_opens(
    tmp_path_factory: pytest.TempPathFactory, headers: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    heads = ",".join(f'"{header}"' for header in ["Kundennummer", "Firma", *headers])
    cells = ",".join(['"1"', '"Alt"', *(['"x"'] * len(headers))])
    export = write(folder / "accounts.csv", f"{heads}\n{cells}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("territory_kit.plan.create._first_region", lambda _: "")
        made = create_plan(folder / "new", exports=[export])
    entry = read_plan_file(folder / "new").inputs["accounts"]
    assert entry.columns == dict(made.exports[0].columns)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(ParameterError, match="The folder is not empty"):
        create_plan(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine", encoding="utf-8")
    with pytest.raises(ParameterError, match="The folder is not empty"):
        create_plan(tmp_path / "new")


@pytest.mark.usefixtures("unread")
def test_an_empty_folder_is_filled_where_it_is(tmp_path: Path) -> None:
    """Somebody may be standing in it."""
    folder = tmp_path / "new"
    folder.mkdir()
    before = folder.stat().st_ino
    create_plan(folder)
    assert folder.stat().st_ino == before
    assert (folder / "plan.yaml").is_file()
    assert [file.name for file in tmp_path.iterdir()] == ["new"]


def test_the_sample_is_copied_once(tmp_path: Path) -> None:
    copy_sample(tmp_path / "sample")
    (tmp_path / "sample" / "plan.yaml").write_text("mine", encoding="utf-8")
    copy_sample(tmp_path / "sample")
    assert (tmp_path / "sample" / "plan.yaml").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "sample" / "inputs" / "accounts.csv").is_file()
