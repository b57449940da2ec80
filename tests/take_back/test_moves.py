"""Which moves can be taken back: four rows by hand, one for each reason not to."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.errors import StaleResultError
from territory_kit.options import Options
from territory_kit.plan import Plan, open_plan
from territory_kit.take_back import TakeBack, find_moves

ACCOUNTS = ["A1", "A2", "A3", "=A4", "A5"]


def _frame(table: str, **values: object) -> pd.DataFrame:
    rows = pd.DataFrame(values)
    return rows.reindex(columns=list(columns.get_table(table).columns)).astype(
        columns.empty_frame(table).dtypes.to_dict()
    )


def _plan(overrides: pd.DataFrame | None = None, **changed: pd.Series | list[str]) -> Plan:
    """Make a plan of one region: A1 to A3 and =A4 move from T1 to T2, A5 does not."""
    unpaid = _frame(
        "unpaid_moves",
        account_id=ACCOUNTS[:4],
        account_name="Bar",
        from_territory_id="T1",
        to_territory_id="T2",
        shortfall_amount=[10.0, 20.0, 30.0, 40.0],
    ).assign(**changed)
    territories = pd.DataFrame(
        {"territory_id": ["T1", "T2"], "territory_name": ["Brest", "Vannes"]}
    )
    accounts = _frame("accounts", account_id=ACCOUNTS, account_name="Bar").assign(
        group_id=pd.array(["G", None, "H", None, "G"], dtype="str")
    )
    tables: dict[str, Any] = {"unpaid_moves": unpaid, "territory_plan": territories}
    inputs = {"accounts": accounts} | ({} if overrides is None else {"overrides": overrides})
    fake = SimpleNamespace(
        settings=SimpleNamespace(currency="EUR"),
        regions=lambda: ("Nord",),
        options=lambda _region: Options(),
        inputs=lambda: SimpleNamespace(tables=inputs),
        read=lambda _step, _region: SimpleNamespace(tables=tables),
    )
    return cast("Plan", fake)


def _ids(found: TakeBack) -> list[str]:
    return found.moves["account_id"].tolist()


def test_moves_are_named_with_both_territories_and_what_they_fall_short_by() -> None:
    found = find_moves(_plan(), [])
    assert found.moves.iloc[0].to_dict() == {
        "region": "Nord",
        "account_id": "A1",
        "account_name": "Bar",
        "from_territory_id": "T1",
        "from_territory_name": "Brest",
        "to_territory_id": "T2",
        "to_territory_name": "Vannes",
        "shortfall_amount": 10.0,
    }
    assert (_ids(found), found.currency) == (["A1", "A2", "A3"], "EUR")


def test_an_identifier_that_a_spreadsheet_would_calculate_is_left_to_a_person() -> None:
    (sentence,) = find_moves(_plan(), ["Nord"]).skipped
    assert sentence == (
        "Not taken back: 1 move, because a spreadsheet would take their identifier or territory "
        "for a formula: write them by hand."
    )


def test_a_move_of_the_rep_alone_is_not_taken_back() -> None:
    found = find_moves(_plan(to_territory_id=["T1", "T1", "T2", "T2"]), [])
    assert _ids(found) == ["A3"]
    assert (
        "Not taken back: 2 moves, because only the rep changes, the territory stays."
        in found.skipped
    )


def test_a_territory_that_the_plan_does_not_have_takes_nobody_back() -> None:
    territories = pd.Series(["T9", None, "T1", "T1"], dtype="str")
    found = find_moves(_plan(from_territory_id=territories), [])
    assert _ids(found) == ["A3"]
    assert (
        "Not taken back: 2 moves, because the plan does not have their territory of today."
        in found.skipped
    )


@pytest.mark.parametrize(
    ("status", "ids"),
    [
        pytest.param("accepted", ["A1", "A3"], id="holds"),
        pytest.param("refused", ["A1", "A2", "A3"], id="does not hold"),
    ],
)
def test_what_an_override_decides_is_not_decided_again(status: str, ids: list[str]) -> None:
    overrides = _frame(
        "overrides",
        override_id=["O1"],
        scope="account",
        value="A2",
        action="keep_together",
        status=status,
    )
    found = find_moves(_plan(overrides), [])
    assert _ids(found) == ids
    sentence = "Not taken back: 1 move, because an override speaks of the account already."
    assert (sentence in found.skipped) is ("A2" not in ids)


def test_accounts_of_the_same_group_are_announced() -> None:
    # A5 stays in its territory, but is of one group with A1.
    assert find_moves(_plan(), []).followers == (
        "Kept together with these and taken back too, where nothing else binds them: "
        "1 other account of their groups."
    )


def test_without_results_the_step_to_run_is_named(plan: Path) -> None:
    accounts = plan / "inputs" / "accounts.csv"
    text = accounts.read_text(encoding="utf-8").replace("Bar 1,", "Pub 1,")
    accounts.write_text(text, encoding="utf-8")
    with pytest.raises(StaleResultError, match=r"older than .* \(region Nord\)\. Run all cells of"):
        find_moves(open_plan(plan), [])
