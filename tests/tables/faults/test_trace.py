"""Faults are traced to cells and accounts, and weighed by potential."""

from dataclasses import replace

import pandas as pd
import pytest

from territory_kit.tables import Fault
from territory_kit.tables.faults.trace import (
    Affected,
    measure_faults,
    measure_together,
    trace_faults,
)
from territory_kit.tables.reading import Reading

# Potential is 1000 in all, revenue 200, and there are four accounts.
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["A1", "A2", "A3", "A4"],
        "potential_amount_per_year": [100.0, 300.0, 600.0, None],
        "revenue_amount_per_year": [50.0, None, None, 150.0],
    },
    index=[2, 3, 4, 5],
)
VISITS = pd.DataFrame({"account_id": ["A2", "A1", "A9", None]}, index=[2, 3, 4, 5]).astype("str")
READINGS = {
    "visits": Reading("visits", "log.xlsx", {"rep_id": "Wer"}, "Besuche", {"Tag": 1, "Wer": 2})
}


def _fault(table: str, column: str, *ids: str, file: str = "f.csv") -> Fault:
    return Fault("repaired", "negative", table, column, file, ids, len(ids), "", "What", "Do.")


def _without(*columns: str) -> pd.DataFrame:
    return ACCOUNTS.drop(columns=list(columns))


@pytest.mark.parametrize(
    ("fault", "accounts", "expected", "reason"),
    [
        (_fault("accounts", "city", "A1", "A2"), ACCOUNTS, "40.0 % of potential", "400 / 1000"),
        (_fault("accounts", "city", "A2", "A2"), ACCOUNTS, "30.0 % of potential", "counts once"),
        (_fault("accounts", "city", "A4"), ACCOUNTS, "no known potential", "has none"),
        (
            _fault("accounts", "potential_amount_per_year", "A4"),
            ACCOUNTS,
            "75.0 % of revenue",
            "potential itself is at fault: 150 / 200",
        ),
        (
            _fault("accounts", "city", "A4"),
            _without("potential_amount_per_year"),
            "75.0 % of revenue",
            "no potential",
        ),
        (
            _fault("accounts", "city", "A4"),
            _without("potential_amount_per_year", "revenue_amount_per_year"),
            "25.0 % of accounts",
            "no money at all",
        ),
        (_fault("accounts", "city"), ACCOUNTS, "", "a fault of the whole column"),
        (_fault("accounts", "city", "row 9"), ACCOUNTS, "", "a row without identifier"),
        (_fault("reps", "email", "A1"), ACCOUNTS, "", "reps have no potential"),
        (_fault("accounts", "city", "A1"), None, "", "accounts that cannot be read"),
        (_fault("accounts", "city", "A1"), ACCOUNTS.iloc[:0], "", "no accounts"),
    ],
)
def test_each_fault_has_its_share(
    fault: Fault, accounts: pd.DataFrame | None, expected: str, reason: str
) -> None:
    (measured,) = measure_faults([fault], accounts)
    assert measured.affected == expected, reason


def test_faults_together_count_each_account_once_and_no_notices() -> None:
    first, second = _fault("accounts", "city", "A1", "A2"), _fault("accounts", "email", "A2")
    notice = replace(_fault("accounts", "city", "A3"), severity="notice")
    assert measure_together([first, second, notice], ACCOUNTS) == Affected(0.4, "potential")
    assert str(Affected(0.4, "potential")) == "40.0 % of potential"
    assert measure_together([notice], ACCOUNTS) is None
    assert measure_together([first], None) is None


def test_rows_of_visits_are_those_of_their_accounts() -> None:
    fault = replace(_fault("visits", "rep_id", "row 2", "row 4", "row 5"), row_numbers=(2, 4, 5))
    tables = {"accounts": ACCOUNTS, "visits": VISITS}
    (traced,) = trace_faults([fault], tables=tables, readings={})
    assert traced.account_ids == ("A2", "A9", "")
    assert traced.affected == "30.0 % of potential"


def test_accounts_are_not_stored_twice() -> None:
    fault = replace(_fault("accounts", "city", "A1"), row_numbers=(2,))
    (traced,) = trace_faults([fault], tables={"accounts": ACCOUNTS}, readings={})
    assert traced.account_ids == ()


def test_an_account_that_was_named_by_its_row_is_found() -> None:
    fault = replace(_fault("accounts", "", "row 3"), row_numbers=(3,))
    (traced,) = trace_faults([fault], tables={"accounts": ACCOUNTS}, readings={})
    assert traced.accounts == ("A2",)


def test_what_is_found_between_tables_gets_its_file_and_column() -> None:
    found = replace(_fault("visits", "rep_id", "A2", file=""), row_numbers=(2,))
    (traced,) = trace_faults([found], tables={"visits": VISITS}, readings=READINGS)
    assert (traced.file, traced.sheet, traced.header, traced.position) == (
        "log.xlsx",
        "Besuche",
        "Wer",
        2,
    )


def test_what_has_a_file_keeps_it() -> None:
    (traced,) = trace_faults([_fault("visits", "rep_id")], tables={}, readings=READINGS)
    assert (traced.file, traced.position) == ("f.csv", 0)


def test_the_share_does_not_depend_on_the_order_of_rows() -> None:
    fault = _fault("accounts", "city", "A1", "A2", "A3")
    assert measure_faults([fault], ACCOUNTS[::-1]) == measure_faults([fault], ACCOUNTS)
