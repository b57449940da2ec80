from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables.links.accounts import link_accounts

MakeTable = Callable[..., pd.DataFrame]
SHORT, LONG = "001A0000006Vm9r", "001A0000006Vm9rIAC"
OTHER = "001A0000006Vm9R"


@pytest.fixture
def accounts(make_table: MakeTable) -> pd.DataFrame:
    return make_table(
        "accounts",
        account_id=[SHORT, OTHER, "A3", "A4"],
        account_name=["Café du Port", "Pub", "Inn", "Inn"],
        parent_account_id=[None, LONG, None, None],
    )


def dealt(make_table: MakeTable, *named: str | None) -> pd.DataFrame:
    ids = [f"D{number}" for number, _ in enumerate(named, start=1)]
    return make_table("deals", deal_id=ids, account_id=named)


@pytest.mark.parametrize(
    ("named", "account"),
    [
        (SHORT, SHORT),
        (LONG, SHORT),
        ("Café du Port", SHORT),
        ("CAFE  du port", SHORT),
        (f"{LONG}; A3", SHORT),
        ("Pub;Inn", OTHER),
        ("A9", "A9"),
        ("A9;A3", "A9;A3"),
        ("Inn", None),
    ],
)
def test_an_account_is_found_by_either_form_or_name(
    make_table: MakeTable, accounts: pd.DataFrame, named: str, account: str | None
) -> None:
    linked, _ = link_accounts({"accounts": accounts, "deals": dealt(make_table, named)})
    tables = {"deals": dealt(make_table, named), **linked}
    found = tables["deals"]["account_id"].iloc[0]
    assert found == account if account else pd.isna(found)


def test_the_accounts_own_identifiers_are_never_changed(accounts: pd.DataFrame) -> None:
    linked, faults = link_accounts({"accounts": accounts})
    assert linked["accounts"]["account_id"].tolist() == accounts["account_id"].tolist()
    assert linked["accounts"]["parent_account_id"].tolist()[1] == SHORT
    assert [fault.code for fault in faults] == ["joined_id_forms"]


def test_who_recommended_us_is_found_by_name_too(make_table: MakeTable) -> None:
    named = make_table(
        "accounts",
        account_id=["A1", "A2"],
        account_name=["Pub", "Inn"],
        referred_by_account_id=[None, "Pub"],
    )
    linked, _ = link_accounts({"accounts": named})
    assert linked["accounts"]["referred_by_account_id"].tolist()[1] == "A1"


def test_accounts_with_18_characters_take_references_with_15(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=[LONG], account_name=["Bar"])
    visits = make_table("visits", account_id=[SHORT, OTHER], rep_id=["R1", "R1"])
    linked, (fault,) = link_accounts({"accounts": accounts, "visits": visits})
    assert linked["visits"]["account_id"].tolist() == [LONG, OTHER]
    assert (fault.code, fault.rows_count) == ("joined_id_forms", 1)


def test_names_are_said(make_table: MakeTable, accounts: pd.DataFrame) -> None:
    _, faults = link_accounts({"accounts": accounts, "deals": dealt(make_table, "Pub", "PUB")})
    (fault,) = [fault for fault in faults if fault.table == "deals"]
    assert fault.message == (
        'Accounts are not named by identifier, but by name: "PUB", "Pub" (column '
        "account_id, 2 rows: D1, D2). Identifiers were put in. Check one of them."
    )


def test_a_name_that_several_accounts_have_is_a_fault_and_the_row_stays(
    make_table: MakeTable, accounts: pd.DataFrame
) -> None:
    linked, faults = link_accounts({"accounts": accounts, "deals": dealt(make_table, "Inn")})
    (fault,) = [fault for fault in faults if fault.table == "deals"]
    assert len(linked["deals"]) == 1
    assert (fault.code, fault.severity) == ("ambiguous_account", "repaired")
    assert fault.message == (
        'Accounts are named in a way that fits several: "Inn (A3, A4)" (column account_id, 1 row: '
        "D1). The account was set unknown; the row stays. Export the account's identifier."
    )


def test_the_first_of_several_accounts_counts(
    make_table: MakeTable, accounts: pd.DataFrame
) -> None:
    _, faults = link_accounts({"accounts": accounts, "deals": dealt(make_table, "A3;A4")})
    (fault,) = [fault for fault in faults if fault.code == "several_accounts"]
    assert fault.message == (
        'Rows name several accounts: "A3;A4" (column account_id, 1 row: D1). They count for the '
        "first. Put the account that is meant first."
    )


def test_one_record_in_both_forms_is_said(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=[SHORT, LONG, OTHER])
    _, (fault,) = link_accounts({"accounts": accounts})
    assert (fault.code, fault.severity) == ("same_id_two_forms", "notice")
    assert fault.message == (
        f'One Salesforce identifier is listed with 15 and with 18 characters: "{SHORT}", "{LONG}" '
        f"(column account_id, 2 rows: {SHORT}, {LONG}). Both rows were kept. Keep one of each."
    )


def test_territories_and_overrides_are_joined_too(
    make_table: MakeTable, accounts: pd.DataFrame
) -> None:
    long_territory, short_territory = "0MIA0000006Vm9rOAC", "0MIA0000006Vm9r"
    tables = {
        "accounts": accounts.assign(current_territory_id=short_territory),
        "territories": make_table("territories", territory_id=[long_territory]),
        "overrides": make_table(
            "overrides",
            override_id=["O1", "O2"],
            scope=["account", "city"],
            value=[LONG, "Pub"],
            action=["to_territory", "house"],
            target=[short_territory, None],
        ),
    }
    linked, _ = link_accounts(tables)
    assert set(linked["accounts"]["current_territory_id"]) == {long_territory}
    assert linked["overrides"]["value"].tolist() == [SHORT, "Pub"]
    assert linked["overrides"]["target"].iloc[0] == long_territory


@pytest.mark.parametrize(
    ("known", "named", "account"),
    [
        pytest.param(["1", "20"], "000020", "20", id="zeros in the reference"),
        pytest.param(["000001", "000020"], "20", "000020", id="zeros in the identifier"),
        pytest.param(["1", "01"], "01", "01", id="the very identifier"),
        pytest.param(["1", "01"], "001", "", id="two fit"),
        pytest.param(["1"], "10", "10", id="zeros at the end"),
        pytest.param(["A1"], "0A1", "0A1", id="no number"),
        pytest.param(["0"], "000", "000", id="nothing but zeros"),
    ],
)
def test_numbers_are_joined_without_leading_zeros_where_one_fits(
    make_table: MakeTable, known: list[str], named: str, account: str
) -> None:
    accounts = make_table("accounts", account_id=known)
    linked, _ = link_accounts({"accounts": accounts, "deals": dealt(make_table, named)})
    deals = linked.get("deals", dealt(make_table, named))
    assert deals["account_id"].fillna("").tolist() == [account]


def test_numbers_joined_without_leading_zeros_are_said(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=["1", "2"])
    _, (fault,) = link_accounts({"accounts": accounts, "deals": dealt(make_table, "001", "2")})
    assert (fault.code, fault.severity, fault.ids) == ("joined_without_zeros", "notice", ("D1",))
    assert fault.value == '"001"'
