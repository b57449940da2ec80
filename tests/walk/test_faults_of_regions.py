"""What a region's faults say is true of the region, whatever the rest of the plan holds."""

import re
from collections.abc import Mapping

import pytest

from territory_kit import columns
from territory_kit.plan import open_plan
from territory_kit.plan.inputs import Inputs
from territory_kit.tables import Fault
from territory_kit.tables.faults.fault import show_values
from territory_kit.walk.select import select_faults, select_inputs

ACCOUNTS = """\
account_id,account_name,region,postal_code,current_rep_id,account_type
A1,ACME GmbH,Nord,10115,anne@firm.example,Kunde
A2,Acme,Sud,10115,"Le Goff, Anne",Interessent
A3,Kiosk,Nord,20095,R2,customer
A4,Bodega,Sud,50667,Yann Roux,customer
A5,Twin,Sud,50667,Sam Same,customer
a5,Twin Two,Nord,20095,Sam Same,customer
"""
REPS = """\
rep_id,rep_name,email,region
R1,Anne Le Goff,anne@firm.example,Nord
R2,Yann Roux,yann@firm.example,Sud
R3,Sam Same,,Nord
R4,Sam Same,,Sud
R5,Zoe Nowhere,,Norden
"""
DEALS = """\
deal_id,account_id,amount,close_date,is_won,stage
D1,A1,900,2026-05-04,yes,Closed Won
D2,A2,1200,2026-05-05,yes,Closed Won
D3,A3,500,2026-12-01,no,Prospecting
D4,A4,700,2026-12-01,no,Prospecting
D5,A4,,2026-05-06,yes,Closed Won
D6,A3;A1,300,2026-05-07,yes,Closed Won
"""
SETTINGS = """\
name: Two regions
as_of_date: 2026-10-31
revenue_source: won_deals
inputs: {accounts: inputs/accounts.csv, reps: inputs/reps.csv, deals: inputs/deals.csv}
"""
FILES = {"accounts": ACCOUNTS, "reps": REPS, "deals": DEALS}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """Read a plan of two regions with faults in both."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / "inputs").mkdir()
    (folder / "plan.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, text in FILES.items():
        (folder / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8")
    return open_plan(folder).inputs()


def _of_region(inputs: Inputs, region: str) -> dict[tuple[str, str, str], Fault]:
    """Return the faults of a region by code, table and severity."""
    selected = select_inputs(inputs.tables, region=region, names=columns.input_names())
    faults = select_faults(inputs.faults, tables=inputs.tables, selected=selected)
    return {(fault.code, fault.table, fault.severity): fault for fault in faults}


def test_no_words_of_a_fault_count_rows(inputs: Inputs) -> None:
    """The count of a fault's rows stands beside the words, and is narrowed with the rows."""
    with_rows = [fault for fault in inputs.faults if fault.rows_count]
    assert len(with_rows) > 6
    for fault in with_rows:
        assert not re.search(r"\d+ (rows?|deals?|accounts?|groups?|open|won)\b", fault.what)
        assert fault.value == show_values(text for text in fault.row_values if text), fault.code


def test_owners_found_by_name_are_those_of_the_region(inputs: Inputs) -> None:
    fault = _of_region(inputs, "Nord")["resolved_owners", "accounts", "notice"]
    assert (fault.ids, fault.value) == (("A1",), '"anne@firm.example"')
    assert fault.what == "Owners are not named by identifier, but by e-mail or name"


def test_words_that_were_translated_are_those_of_the_region(inputs: Inputs) -> None:
    fault = _of_region(inputs, "Sud")["translated_choice", "accounts", "notice"]
    assert fault.value == '"Interessent, read as prospect"'
    assert "Kunde" not in fault.message


def test_reps_who_could_be_meant_are_said_with_each_name(inputs: Inputs) -> None:
    fault = _of_region(inputs, "Sud")["ambiguous_owner", "accounts", "repaired"]
    assert (fault.ids, fault.value) == (("A5",), '"Sam Same (R3, R4)"')


def test_settled_deals_say_what_they_became(inputs: Inputs) -> None:
    fault = _of_region(inputs, "Sud")["settled_deals", "deals", "repaired"]
    assert (fault.ids, fault.value) == (("D4",), '"not won, now open"')


@pytest.mark.parametrize("region", ["Nord", "Sud"])
def test_a_pair_over_two_regions_stays_whole_in_both(inputs: Inputs, region: str) -> None:
    found = _of_region(inputs, region)
    alike = found["near_duplicates", "accounts", "notice"]
    assert alike.ids == ("A1", "A2")
    assert alike.value == '"ACME GmbH (like A2)", "Acme (like A1)"'
    assert set(found["differ_by_case", "accounts", "notice"].ids) == {"A5", "a5"}


@pytest.mark.parametrize("region", ["Nord", "Sud"])
def test_totals_say_that_they_are_of_the_whole_plan(inputs: Inputs, region: str) -> None:
    fault = _of_region(inputs, region)["revenue_from_deals", "accounts", "notice"]
    assert fault.value == "in the whole plan 4 deals, 2,400 in all, at 3 of 6 accounts"


def test_deals_without_revenue_are_those_of_the_region(inputs: Inputs) -> None:
    fault = _of_region(inputs, "Sud")["revenue_from_deals", "deals", "notice"]
    assert (fault.ids, fault.value) == (("D5",), '"no amount"')
    assert ("revenue_from_deals", "deals", "notice") not in _of_region(inputs, "Nord")


@pytest.mark.parametrize("region", ["Nord", "Sud"])
def test_a_rep_whom_no_region_claims_is_told_in_each(inputs: Inputs, region: str) -> None:
    """Else a region that was renamed for the reps alone would be told nowhere."""
    fault = _of_region(inputs, region)["unknown_region", "reps", "repaired"]
    assert (fault.ids, fault.value) == (("R5",), '"Norden"')
    assert "set missing" in fault.message


def test_the_regions_together_have_every_row_of_every_fault(inputs: Inputs) -> None:
    parts: list[Mapping[tuple[str, str, str], Fault]] = [
        _of_region(inputs, region) for region in ("Nord", "Sud")
    ]
    for fault in inputs.faults:
        key = (fault.code, fault.table, fault.severity)
        rows = {number for part in parts if key in part for number in part[key].row_numbers}
        assert rows == set(fault.row_numbers), key
