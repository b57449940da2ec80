from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import pytest

from territory_kit.columns import empty_frame
from territory_kit.tables import Fault, check_inputs, keep_rows


def table(name: str, **columns: Sequence[object]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    names = [str(column) for column in empty_frame(name)]
    cells = {column: columns.get(column, [None] * count) for column in names}
    return pd.DataFrame(cells).astype(empty_frame(name).dtypes.to_dict())


def faults_of(
    inputs: Mapping[str, pd.DataFrame], code: str, *, as_of: date | None = None
) -> list[Fault]:
    return [fault for fault in check_inputs(inputs, as_of=as_of) if fault.code == code]


ACCOUNTS = table(
    "accounts",
    account_id=["A1", "A2", "A3"],
    region=["North", "North", "South"],
    current_rep_id=["R1", "R9", None],
    current_territory_id=["T1", "T9", None],
    parent_account_id=["A3", "A9", None],
)
REPS = table("reps", rep_id=["R1", "R2"], region=["North", "East"])


def test_unknown_owners_are_named() -> None:
    (fault,) = faults_of({"accounts": ACCOUNTS, "reps": REPS}, "unknown_owner")
    assert fault.severity == "notice"
    assert fault.message == (
        'Rows of accounts name an owner who is not in reps: "R9" (column current_rep_id, 1 row: '
        "A2). Correct it, or add the rep, with is_active no for one who has left. Until then these "
        "accounts count as their territory's rep's, else as nobody's."
    )


def test_unknown_territories_regions_and_parents_are_named() -> None:
    territories = table("territories", territory_id=["T1"], region=["West"], rep_id=["R8"])
    inputs = {"accounts": ACCOUNTS, "reps": REPS, "territories": territories}
    found = [(f.code, f.table, f.column, f.value, f.rows) for f in check_inputs(inputs)]
    assert found == [
        ("unknown_owner", "accounts", "current_rep_id", '"R9"', "1 row: A2"),
        ("unknown_territory", "accounts", "current_territory_id", '"T9"', "1 row: A2"),
        ("unknown_account", "accounts", "parent_account_id", '"A9"', "1 row: A2"),
        ("unknown_owner", "territories", "rep_id", '"R8"', "1 row: T1"),
        ("unknown_region", "territories", "region", '"West"', "1 row: T1"),
        ("unknown_region", "reps", "region", '"East"', "1 row: R2"),
    ]
    assert [fault.what for fault in check_inputs(inputs)][1:5] == [
        "Rows of accounts name a territory that is not in territories",
        "Rows of accounts name an account that is not in accounts",
        "Rows of territories name an owner who is not in reps",
        "Rows of territories name a region that is not in accounts",
    ]


def test_who_recommended_us_must_be_an_account() -> None:
    ids = ["A1", "A2", "A3"]
    named = table("accounts", account_id=ids, referred_by_account_id=["A2", None, "A8"])
    (fault,) = faults_of({"accounts": named}, "unknown_account")
    assert (fault.column, fault.value, fault.rows) == (
        "referred_by_account_id",
        '"A8"',
        "1 row: A3",
    )


def test_visits_and_deals_of_unknown_accounts_and_reps_are_counted() -> None:
    visits = table("visits", account_id=["A9", "A9", "A1"], rep_id=["R1", "R7", "R1"])
    inputs = {"accounts": ACCOUNTS, "reps": REPS, "visits": visits}
    (unknown_account,) = [
        fault for fault in faults_of(inputs, "unknown_account") if fault.table == "visits"
    ]
    assert unknown_account.rows == "2 rows: A9"
    (unknown_owner,) = [
        fault for fault in faults_of(inputs, "unknown_owner") if fault.table == "visits"
    ]
    assert unknown_owner.value == '"R7"'


def test_without_the_other_table_nothing_is_unknown() -> None:
    visits = table("visits", account_id=["A1"], rep_id=["R1"])
    assert not faults_of({"accounts": ACCOUNTS, "visits": visits}, "unknown_owner")
    inputs = {"accounts": ACCOUNTS, "reps": empty_frame("reps")}
    assert not faults_of(inputs, "unknown_owner")


def test_regions_of_reps_do_not_matter_where_accounts_have_none() -> None:
    inputs = {
        "accounts": ACCOUNTS.assign(
            region=table("accounts", account_id=["A1", "A2", "A3"])["region"]
        ),
        "reps": REPS,
    }
    assert not faults_of(inputs, "unknown_region")


def test_identifiers_that_differ_only_by_case_are_kept_and_said() -> None:
    ids = ["001A0000006Vm9r", "001A0000006Vm9R", "001A0000006Vm9x"]
    accounts = table("accounts", account_id=ids)
    (fault,) = check_inputs({"accounts": accounts})
    assert fault.code == "differ_by_case"
    assert fault.severity == "notice"
    assert fault.message == (
        "Identifiers differ only by upper and lower case: "
        '"001A0000006Vm9R is 001A0000006Vm9RIAS", "001A0000006Vm9r is 001A0000006Vm9rIAC" (column '
        "account_id, 2 rows: 001A0000006Vm9R, 001A0000006Vm9r). They were kept apart, but "
        "spreadsheets take them for equal. Export Salesforce's 18-character form."
    )


def test_other_identifiers_have_no_longer_form() -> None:
    (fault,) = check_inputs({"accounts": table("accounts", account_id=["a1", "A1"])})
    assert fault.remedy == "They were kept apart. If they are one, write them alike."


def test_regions_that_differ_only_by_case_are_said_with_all_their_accounts() -> None:
    accounts = table(
        "accounts",
        account_id=["A1", "A2", "A3", "A4"],
        region=["North", "north", "North", "South"],
    )
    (fault,) = check_inputs({"accounts": accounts})
    assert fault.message == (
        'Regions differ only by case, accents, hyphens, dots or spaces: "North", "north" (column '
        "region, 3 rows: A1, A2, A3). They are planned apart. If they are one, write them alike."
    )


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("North West", "North-West", True),
        ("North West", "NORTHWEST", True),
        ("South East", "South  East", True),
        ("Auvergne-Rhône-Alpes", "Auvergne Rhone Alpes", True),
        ("St. Gallen", "St Gallen", True),
        ("Zone 1-2", "Zone 12", False),
        ("North", "North 1", False),
        ("-", "--", False),
    ],
)
def test_regions_that_are_only_spelled_otherwise_are_said(
    one: str, other: str, *, is_alike: bool
) -> None:
    accounts = table("accounts", account_id=["A1", "A2"], region=[one, other])
    faults = check_inputs({"accounts": accounts})
    assert [fault.code for fault in faults] == ["differ_by_case"] * is_alike


def test_one_regions_report_shows_the_other_spellings() -> None:
    regions = ["N West", "n west", "N-West", "NWest", "N.West", "South", "south"]
    ids = [f"A{n}" for n in range(7)]
    (fault,) = check_inputs({"accounts": table("accounts", account_id=ids, region=regions)})
    assert fault.rows_count == 7
    kept = keep_rows(fault, [region == "NWest" for region in regions])
    assert kept.rows_count == 5
    assert kept.value == '"N West", "N-West", "N.West", "NWest", "n west"'


def test_dates_after_the_day_of_the_plan_are_said() -> None:
    accounts = table(
        "accounts",
        account_id=["A1", "A2"],
        last_activity_date=[pd.Timestamp(2062, 5, 18), pd.Timestamp(2026, 10, 31)],
        renewal_date=[pd.Timestamp(2062, 5, 18), None],
    )
    (fault,) = check_inputs({"accounts": accounts}, as_of=date(2026, 10, 31))
    assert fault.code == "future_date"
    assert fault.severity == "notice"
    assert fault.message == (
        'Something that has happened is dated after 2026-10-31: "2062-05-18" (column '
        "last_activity_date, 1 row: A1). The date was kept. Correct it in the file."
    )


@pytest.mark.parametrize(("last_activity", "faults_count"), [("2027-12-31", 0), ("2028-01-05", 1)])
def test_without_a_day_a_year_after_the_last_visits_is_the_future(
    last_activity: str, faults_count: int
) -> None:
    """Two visits: the 99 % of them that count end with the first, 2026-12-31."""
    accounts = table(
        "accounts", account_id=["A1"], last_activity_date=[pd.Timestamp(last_activity)]
    )
    visits = table(
        "visits",
        account_id=["A1", "A1"],
        visit_date=[pd.Timestamp(2026, 12, 31), pd.Timestamp(2099, 1, 1)],
    )
    inputs = {"accounts": accounts, "visits": visits}
    found = [fault for fault in faults_of(inputs, "future_date") if fault.table == "accounts"]
    assert len(found) == faults_count


def test_deals_that_are_closed_tell_the_day_too() -> None:
    deals = table(
        "deals",
        deal_id=["D1", "D2"],
        close_date=[pd.Timestamp(2026, 12, 31), pd.Timestamp(2027, 6, 30)],
        is_won=[True, None],
        open_date=[pd.Timestamp(2026, 1, 1), pd.Timestamp(2028, 6, 30)],
    )
    (fault,) = check_inputs({"deals": deals})
    assert (fault.table, fault.column, fault.ids) == ("deals", "open_date", ("D2",))


def test_clean_inputs_have_no_faults() -> None:
    accounts = table("accounts", account_id=["A1"], current_rep_id=["R1"])
    assert check_inputs({"accounts": accounts, "reps": table("reps", rep_id=["R1"])}) == ()
    assert check_inputs({}) == ()
