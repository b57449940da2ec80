from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables.links.owners import link_owners

MakeTable = Callable[..., pd.DataFrame]
SHORT, LONG = "005A0000006Vm9r", "005A0000006Vm9rIAC"


@pytest.fixture
def reps(make_table: MakeTable) -> pd.DataFrame:
    return make_table(
        "reps",
        rep_id=["R1", "R2", "R3", "R4"],
        crm_user_id=[SHORT, None, None, None],
        rep_name=["Anne Le Goff", "Yann Kéré", "Jo Roux", "Jo Roux"],
        email=["anne@firm.example", None, "Jo@Firm.example", None],
        is_active=[True, False, None, None],
    )


def owned(make_table: MakeTable, *owners: str | None) -> pd.DataFrame:
    ids = [f"A{number}" for number, _ in enumerate(owners, start=1)]
    return make_table("accounts", account_id=ids, current_rep_id=owners)


@pytest.mark.parametrize(
    ("owner", "rep"),
    [
        ("R1", "R1"),
        (SHORT, "R1"),
        (LONG, "R1"),
        ("Anne@Firm.example", "R1"),
        ("Anne Le Goff (anne@firm.example)", "R1"),
        ("Anne Le Goff", "R1"),
        ("LE GOFF, anne", "R1"),
        ("yann kere", "R2"),
        ("R9", "R9"),
        ("Anne", "Anne"),
        ("Jo Roux", None),  # two reps have that name
        ("Unassigned", None),
        ("(No owner)", None),
    ],
)
def test_an_owner_is_found_by_identifier_e_mail_or_name(
    make_table: MakeTable, reps: pd.DataFrame, owner: str, rep: str | None
) -> None:
    linked, _ = link_owners({"accounts": owned(make_table, owner), "reps": reps})
    found = linked["accounts"]["current_rep_id"].iloc[0]
    assert found == rep if rep else pd.isna(found)


def test_what_was_found_is_said_by_way(make_table: MakeTable, reps: pd.DataFrame) -> None:
    accounts = owned(make_table, "R1", LONG, "anne le goff", "Le Goff, Anne", "JO@firm.example")
    _, (fault,) = link_owners({"accounts": accounts, "reps": reps})
    assert fault.code == "resolved_owners"
    assert fault.severity == "notice"
    assert fault.what == "Owners are not named by identifier, but by CRM user, e-mail or name"
    assert fault.row_numbers == (3, 4, 5, 6)


def test_an_identifier_in_the_other_form_is_joined(make_table: MakeTable) -> None:
    reps = make_table("reps", rep_id=[LONG], rep_name=["Anne"])
    linked, (fault,) = link_owners({"accounts": owned(make_table, SHORT), "reps": reps})
    assert linked["accounts"]["current_rep_id"].tolist() == [LONG]
    assert fault.message == (
        f'Salesforce identifiers stand here with 15 characters and there with 18: "{SHORT}" '
        "(column current_rep_id, 1 row: A1). They were joined. Nothing to do."
    )


def test_a_name_that_several_reps_have_is_a_fault(
    make_table: MakeTable, reps: pd.DataFrame
) -> None:
    _, (fault,) = link_owners({"accounts": owned(make_table, "R1", "Jo Roux"), "reps": reps})
    assert (fault.code, fault.severity) == ("ambiguous_owner", "repaired")
    assert fault.message == (
        'Owners are named in a way that fits several: "Jo Roux (R3, R4)" (column current_rep_id, '
        "1 row: A2). The owner was set unknown. Export the owner's identifier or e-mail address."
    )


def test_a_word_for_nobody_is_no_owner_even_without_reps(make_table: MakeTable) -> None:
    linked, (fault,) = link_owners({"accounts": owned(make_table, "R1", "Nicht zugewiesen")})
    assert linked["accounts"]["current_rep_id"].fillna("nobody").tolist() == ["R1", "nobody"]
    assert (fault.code, fault.severity, fault.ids) == ("unknown_owner", "repaired", ("A2",))
    assert fault.message == (
        'An owner is a word for nobody: "Nicht zugewiesen" (column current_rep_id, 1 row: A2). It '
        "was set missing. Where somebody is responsible, name the rep."
    )


def test_an_owner_called_house_makes_a_house_account_where_coverage_is_empty(
    make_table: MakeTable, reps: pd.DataFrame
) -> None:
    accounts = owned(make_table, "House Account", "house", "Unassigned", "R1")
    accounts["coverage"] = pd.Series([None, "field", None, None], accounts.index, dtype="str")
    linked, faults = link_owners({"accounts": accounts, "reps": reps})
    table = linked["accounts"].fillna({"coverage": "", "current_rep_id": "nobody"})
    assert table["coverage"].tolist() == ["house", "field", "", ""]
    assert table["current_rep_id"].tolist() == ["nobody", "nobody", "nobody", "R1"]
    house, nobody = faults
    assert (house.code, house.severity, house.ids) == ("house_owner", "repaired", ("A1", "A2"))
    assert (nobody.code, nobody.ids) == ("unknown_owner", ("A3",))
    assert house.message == (
        'An owner is a word for a house account: "House Account", "house" (column current_rep_id, '
        "2 rows: A1, A2). The owner was set missing, and coverage to house where it was empty: the "
        "company keeps the account. To hand it out, write field in coverage or name the rep."
    )


def test_a_rep_called_house_is_a_rep_and_a_deal_of_the_house_is_nobodys(
    make_table: MakeTable,
) -> None:
    reps = make_table("reps", rep_id=["R1"], rep_name=["House"])
    linked, _ = link_owners({"accounts": owned(make_table, "House"), "reps": reps})
    assert linked["accounts"]["current_rep_id"].tolist() == ["R1"]
    deals = make_table("deals", deal_id=["D1"], rep_id=["House Account"])
    linked, (fault,) = link_owners({"deals": deals})
    assert linked["deals"]["rep_id"].isna().all()
    assert fault.code == "unknown_owner"


def test_accounts_of_a_rep_who_is_no_longer_active_are_said(
    make_table: MakeTable, reps: pd.DataFrame
) -> None:
    _, (fault,) = link_owners({"accounts": owned(make_table, "R1", "R2"), "reps": reps})
    assert (fault.code, fault.severity) == ("inactive_owner", "notice")
    assert fault.message == (
        'Rows of accounts name reps who are no longer active: "R2" (column current_rep_id, 1 row: '
        "A2). The plan hands over what they have, as forced moves. Name the new owner in the CRM, "
        "or set is_active in reps to yes."
    )


def test_visits_of_a_former_rep_are_history(make_table: MakeTable, reps: pd.DataFrame) -> None:
    visits = make_table("visits", account_id=["A1"], rep_id=["R2"])
    assert not link_owners({"visits": visits, "reps": reps})[1]


def test_only_overrides_to_a_rep_name_an_owner(make_table: MakeTable, reps: pd.DataFrame) -> None:
    overrides = make_table(
        "overrides",
        override_id=["O1", "O2"],
        action=["to_rep", "to_territory"],
        target=["Anne Le Goff", "Anne Le Goff"],
    )
    linked, _ = link_owners({"overrides": overrides, "reps": reps})
    assert linked["overrides"]["target"].tolist() == ["R1", "Anne Le Goff"]


def test_every_column_that_names_an_owner_is_linked(
    make_table: MakeTable, reps: pd.DataFrame
) -> None:
    tables = {
        "territories": make_table("territories", territory_id=["T1"], rep_id=["Anne Le Goff"]),
        "visits": make_table("visits", account_id=["A1"], rep_id=["Anne Le Goff"]),
        "deals": make_table("deals", deal_id=["D1"], rep_id=["Anne Le Goff"]),
        "account_team": make_table("account_team", account_id=["A1"], rep_id=["Anne Le Goff"]),
    }
    linked, _ = link_owners({**tables, "reps": reps})
    assert [frame["rep_id"].tolist() for frame in linked.values()] == [["R1"]] * 4
