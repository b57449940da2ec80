"""Inputs are read and checked once; a snapshot saves the next reader the work."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from territory_kit import tables
from territory_kit.errors import TableError
from territory_kit.options import Options
from territory_kit.plan import Plan, open_plan
from territory_kit.plan.inputs import Inputs, last_day, read_inputs
from territory_kit.tables import Source


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the inputs that are read from their files."""
    names: list[str] = []
    read_traced = tables.read_traced

    def note(name: str, *args: object, **options: object) -> tables.Traced:
        names.append(name)
        return read_traced(name, *args, **options)  # type: ignore[arg-type] # passed on as they are

    monkeypatch.setattr(tables, "read_traced", note)
    return names


def _with_duplicate(folder: Path) -> Plan:
    with (folder / "inputs" / "accounts.csv").open("a", encoding="utf-8") as stream:
        stream.write("A1,Bar Un again,48.1,-1.7,Nord,R1\n")
    return open_plan(folder)


def test_accounts_have_coordinates_with_their_source(plan: Plan) -> None:
    accounts = plan.inputs().tables["accounts"]
    assert accounts["coordinate_source"].tolist() == ["given"] * 4
    assert set(plan.inputs().tables) == {"accounts", "reps", "visits"}


def test_blocking_faults_stop_the_plan_and_are_all_listed(folder: Path) -> None:
    (folder / "inputs" / "reps.csv").unlink()
    with pytest.raises(TableError) as caught:
        _with_duplicate(folder).inputs()
    text = str(caught.value)
    assert "2 faults to correct first" in text
    assert "A1" in text
    assert "reps.csv" in text


def test_all_faults_can_be_seen_although_some_block(folder: Path) -> None:
    faults = _with_duplicate(folder).checked_inputs.faults
    assert [fault.ids for fault in faults if fault.severity == "blocking"] == [("A1", "A1")]


def test_a_plan_reads_its_inputs_once(folder: Path, reads: list[str]) -> None:
    _with_duplicate(folder)
    plan = open_plan(folder)
    assert plan.checked_inputs is plan.checked_inputs
    assert sorted(reads) == ["accounts", "reps", "visits"]


def test_the_next_reader_takes_the_snapshot(plan: Plan, reads: list[str]) -> None:
    first = plan.inputs()
    second = open_plan(plan.folder).inputs()
    assert reads == []
    assert second.faults == first.faults
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(second.tables[name], table)


def test_a_snapshot_is_what_reading_the_files_gives(plan: Plan, reads: list[str]) -> None:
    from_snapshot = plan.inputs()
    for file in plan.folder.glob(".cache/*/*"):
        file.unlink()
    from_files = open_plan(plan.folder).inputs()
    assert reads == ["accounts", "reps", "visits"]
    assert from_files.faults == from_snapshot.faults
    for name, table in from_files.tables.items():
        pd.testing.assert_frame_equal(from_snapshot.tables[name], table)


def test_the_hash_of_an_input_is_kept_with_the_snapshot(plan: Plan, reads: list[str]) -> None:
    from_snapshot = plan.inputs()
    for file in plan.folder.glob(".cache/*/*"):
        file.unlink()
    assert open_plan(plan.folder).inputs().hashes == from_snapshot.hashes
    assert reads == ["accounts", "reps", "visits"]


def test_the_hash_of_an_input_is_that_of_what_it_says(folder: Path) -> None:
    """Neither an export in another order, nor another name of the file, is another table."""
    before = open_plan(folder).inputs().hashes
    head, *rows = (folder / "inputs/accounts.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join([head.replace(",", ";"), *(row.replace(",", ";") for row in rows[::-1])])
    (folder / "inputs/export.csv").write_text(text, encoding="utf-8")
    settings = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(
        settings.replace("inputs/accounts.csv", "inputs/export.csv"), encoding="utf-8"
    )
    assert open_plan(folder).inputs().hashes == before


def test_a_place_that_locates_an_account_changes_the_accounts(folder: Path) -> None:
    """So a step that reads accounts needs no places."""
    accounts = "account_id,account_name,postal_code,country\nA1,Bar,29000,FR\n"
    (folder / "inputs/accounts.csv").write_text(accounts, encoding="utf-8")
    places = "place_id,country,postal_code,lat_deg,lon_deg\nP1,FR,29000,{},-4.1\n"
    sources = {name: Source(folder / f"inputs/{name}.csv") for name in ("accounts", "places")}
    hashes = []
    for lat in (48.0, 48.1):
        sources["places"].file.write_text(places.format(lat), encoding="utf-8")
        hashes.append(read_inputs(sources, options=Options(), folder=folder).hashes["accounts"])
    assert hashes[0] != hashes[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "inputs/reps.csv").write_text("rep_id,rep_name\nR1,Ann\n"),
        lambda folder: (folder / "plan.yaml").write_text(
            (folder / "plan.yaml").read_text(encoding="utf-8") + "currency: CHF\n",
            encoding="utf-8",
        ),
        lambda folder: next(folder.glob(".cache/*/reps.parquet")).write_bytes(b"PAR1"),
        lambda folder: next(folder.glob(".cache/*/read.json")).write_text("[{}]"),
    ],
    ids=["another file", "another currency", "a damaged table", "damaged faults"],
)
def test_a_snapshot_that_does_not_fit_is_not_used(
    folder: Path, reads: list[str], change: Callable[[Path], object]
) -> None:
    change(folder)
    open_plan(folder).inputs()
    assert reads == ["accounts", "reps", "visits"]


def test_faults_name_a_file_as_it_is_called_now(folder: Path) -> None:
    accounts = folder / "inputs" / "accounts.csv"
    accounts.write_text("account_id,account_name\nA1,\n", encoding="utf-8")
    open_plan(folder).inputs()
    accounts.rename(accounts.with_name("customers.csv"))
    settings = folder / "plan.yaml"
    text = settings.read_text(encoding="utf-8").replace("accounts.csv", "customers.csv")
    settings.write_text(text, encoding="utf-8")
    files = {f.file for f in open_plan(folder).checked_inputs.faults if f.table == "accounts"}
    assert files == {"customers.csv"}


def test_one_snapshot_is_kept(folder: Path) -> None:
    (folder / "inputs/reps.csv").write_text("rep_id,rep_name\nR1,Ann\n", encoding="utf-8")
    open_plan(folder).inputs()
    assert len(list((folder / ".cache").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_read_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "inputs/reps.csv").write_text("rep_id,rep_name\nR9,Ann\n", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert open_plan(folder).inputs().tables["reps"]["rep_id"].tolist() == ["R9"]


def _inputs(visits: list[str], closed: dict[str, bool | None]) -> Inputs:
    deals = pd.DataFrame(
        {
            "close_date": pd.to_datetime(pd.Series(list(closed), dtype="str")),
            "is_won": pd.array(list(closed.values()), dtype="boolean"),
        }
    )
    visited = pd.DataFrame({"visit_date": pd.to_datetime(pd.Series(visits, dtype="str"))})
    return Inputs({"visits": visited, "deals": deals}, (), {})


@pytest.mark.parametrize(
    ("visits", "closed", "until", "expected", "reason"),
    [
        (["2026-01-05", "2026-01-03"], {}, None, date(2026, 1, 5), "the last visit"),
        (["2026-01-05"], {"2026-02-01": False}, None, date(2026, 2, 1), "a deal that was lost"),
        (["2026-01-05"], {"2026-12-01": None}, None, date(2026, 1, 5), "an open deal lies ahead"),
        (["2026-01-05", "2026-03-01"], {}, date(2026, 2, 1), date(2026, 1, 5), "after the start"),
        (["2026-01-05", "2205-01-01"], {}, None, date(2026, 1, 5), "a slip of the pen"),
        ([], {}, None, None, "no day at all"),
    ],
)
def test_the_last_day_is_that_of_a_visit_or_closed_deal(
    visits: list[str],
    closed: dict[str, bool | None],
    until: date | None,
    expected: date | None,
    reason: str,
) -> None:
    assert last_day(_inputs(visits, closed), until=until) == expected, reason


def test_a_region_that_no_account_has_is_unknown_to_reps_too(tmp_path: Path) -> None:
    """A region renamed in one file only must not lose its reps."""
    (tmp_path / "accounts.csv").write_text(
        "account_id,account_name,region,lat_deg,lon_deg\nA1,Bar,Breizh,48,-3\n"
    )
    (tmp_path / "reps.csv").write_text("rep_id,rep_name,region\nR1,Anne,Bretagne\nR2,Yann,Breizh\n")
    sources = {name: Source(tmp_path / f"{name}.csv") for name in ("accounts", "reps")}
    inputs = read_inputs(sources, options=Options(), folder=tmp_path)
    assert inputs.tables["reps"]["region"].fillna("unknown").tolist() == ["unknown", "Breizh"]
    assert [fault.code for fault in inputs.faults] == ["unknown_region"]


def test_inputs_are_put_together(tmp_path: Path) -> None:
    """Owners by name, deals by account name, revenue from them, dollars at a rate of a half."""
    (tmp_path / "accounts.csv").write_text(
        'account_id,account_name,current_rep_id,lat_deg,lon_deg\nA1,Bar,"Le Goff, Anne",48,-3\n'
    )
    (tmp_path / "reps.csv").write_text("rep_id,rep_name,is_active\nR1,Anne Le Goff,no\n")
    (tmp_path / "deals.csv").write_text(
        "deal_id,account_id,amount,currency,stage,close_date\nD1,BAR,90,USD,Closed Won,2026-05-04\n"
    )
    sources = {name: Source(tmp_path / f"{name}.csv") for name in ("accounts", "reps", "deals")}
    options = Options(exchange_rates={"USD": 0.5}, revenue_source="won_deals")
    inputs = read_inputs(sources, options=options, folder=tmp_path)
    accounts = inputs.tables["accounts"]
    assert accounts["current_rep_id"].tolist() == ["R1"]
    assert accounts["revenue_amount_per_year"].tolist() == [45.0]
    assert inputs.tables["deals"]["account_id"].tolist() == ["A1"]
    found = {fault.code: fault for fault in inputs.faults}
    assert sorted(found) == [
        "converted_currency",
        "inactive_owner",
        "resolved_accounts",
        "resolved_owners",
        "revenue_from_deals",
        "settled_deals",
    ]
    owner = found["resolved_owners"]
    assert (owner.file, owner.position, owner.row_numbers) == ("accounts.csv", 3, (2,))
