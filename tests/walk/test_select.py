"""Which rows of the inputs concern a region."""

import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.plan.regions import ALL_ACCOUNTS
from territory_kit.tables import Fault
from territory_kit.walk.select import select_faults, select_inputs

ALL = columns.input_names()


def _table(name: str, text: str) -> pd.DataFrame:
    """Make an input of lines; `-` stands for a missing value."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    rows = pd.DataFrame(lines, columns=head).replace("-", None)
    empty = columns.empty_frame(name)
    return rows.reindex(columns=empty.columns).astype(empty.dtypes.to_dict())


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Return inputs of two regions; A3 has none."""
    texts = {
        "accounts": """
            account_id account_name region current_rep_id current_territory_id
            A1         One          Nord   R1             T1
            A2         Two          Sud    R2             T1
            A3         Three        -      R3             -
        """,
        "reps": """
            rep_id rep_name region
            R1     Anne     Nord
            R2     Yann     Nord
            R3     Zoé      -
            R4     Inès     Sud
        """,
        "territories": """
            territory_id region
            T1           Nord
            T2           Sud
            T3           -
        """,
        "visits": """
            account_id rep_id visit_date
            A1         R1     2026-01-01
            A2         R1     2026-01-02
            A9         R1     2026-01-03
        """,
        "deals": "deal_id account_id\nD1 A1\nD2 A2",
        "account_team": "account_id rep_id\nA1 R4\nA2 R4",
        "overrides": """
            override_id scope   value action
            O1          account A1    house
            O2          account A2    house
        """,
    }
    return {name: _table(name, text) for name, text in texts.items()}


def _ids(tables: dict[str, pd.DataFrame], region: str) -> dict[str, list[str]]:
    selected = select_inputs(tables, region=region, names=ALL)
    return {name: table.iloc[:, 0].tolist() for name, table in selected.items()}


def test_a_region_has_its_accounts_and_what_belongs_to_them(
    tables: dict[str, pd.DataFrame],
) -> None:
    assert _ids(tables, "Sud") == {
        "accounts": ["A2"],
        # R2 works in Nord and owns A2; R4 works in Sud
        "reps": ["R2", "R4"],
        # A2 is in T1, which belongs to Nord
        "territories": ["T1", "T2"],
        "visits": ["A2"],
        "deals": ["D2"],
        "account_team": ["A2"],
        # what people decided in another region stays there
        "overrides": ["O2"],
    }


def test_accounts_without_a_region_have_their_owners(tables: dict[str, pd.DataFrame]) -> None:
    ids = _ids(tables, "(no region)")
    assert (ids["accounts"], ids["reps"], ids["territories"]) == (["A3"], ["R3"], [])


def test_in_a_plan_without_regions_everybody_works_everywhere(
    tables: dict[str, pd.DataFrame],
) -> None:
    nowhere = {
        name: table.assign(region=pd.Series(pd.NA, table.index, dtype="str"))
        if "region" in table
        else table
        for name, table in tables.items()
    }
    ids = _ids(nowhere, ALL_ACCOUNTS)
    assert ids["accounts"] == ["A1", "A2", "A3"]
    assert ids["reps"] == ["R1", "R2", "R3", "R4"]
    assert ids["territories"] == ["T1", "T2", "T3"]


def test_every_account_belongs_to_exactly_one_region(tables: dict[str, pd.DataFrame]) -> None:
    found = [
        i for region in ("Nord", "Sud", "(no region)") for i in _ids(tables, region)["accounts"]
    ]
    assert sorted(found) == ["A1", "A2", "A3"]


def test_only_wanted_inputs_are_given(tables: dict[str, pd.DataFrame]) -> None:
    names = ("accounts", "places")
    selected = select_inputs(tables, region="Nord", names=names)
    assert list(selected) == ["accounts"]


def test_indexes_start_at_0_and_the_inputs_stay_as_they_are(
    tables: dict[str, pd.DataFrame],
) -> None:
    before = tables["accounts"].copy()
    selected = select_inputs(tables, region="Sud", names=ALL)
    assert selected["accounts"].index.tolist() == [0]
    pd.testing.assert_frame_equal(tables["accounts"], before)


def _fault(table: str, *ids: str, accounts: tuple[str, ...] = ()) -> Fault:
    numbers = tuple(range(2, 2 + len(ids)))
    values = tuple(f"value of {i}" for i in ids)
    return Fault(
        severity="notice",
        code="negative",
        table=table,
        column="",
        file=f"{table}.csv",
        ids=ids,
        rows_count=len(ids),
        value="value of the first",
        what="What",
        remedy="Do.",
        row_numbers=numbers,
        row_values=values,
        account_ids=accounts,
    )


def _of_sud(tables: dict[str, pd.DataFrame], fault: Fault) -> list[Fault]:
    selected = select_inputs(tables, region="Sud", names=ALL)
    return list(select_faults([fault], tables=tables, selected=selected))


@pytest.mark.parametrize(
    ("fault", "expected", "reason"),
    [
        (_fault("accounts", "A1"), None, "an account of another region"),
        (_fault("accounts", "A1", "A2"), ("A2",), "the row of the other region is left out"),
        (_fault("accounts"), (), "the whole file"),
        (_fault("visits", "row 3"), ("row 3",), "a row whose account is not known"),
        (_fault("visits", "row 3", accounts=("A1",)), None, "a visit of another region"),
        (
            _fault("visits", "row 3", "row 4", "row 5", accounts=("A1", "A2", "A9")),
            ("row 4", "row 5"),
            "visits go with their accounts; no region can claim A9",
        ),
        (_fault("deals", "D1", "D2", accounts=("A1", "A2")), ("D2",), "so do deals"),
        (_fault("deals", "D2", accounts=("A1",)), None, "the account decides, as for the plan"),
        (_fault("account_team", "row 2", accounts=("A1",)), None, "and the team"),
        (_fault("reps", "R1", "R2"), ("R2",), "a rep of another region"),
        (_fault("overrides", "O1", "O2"), ("O2",), "a decision of another region"),
        (_fault("places"), None, "an input that the plan does not have"),
    ],
)
def test_faults_of_other_regions_are_left_out(
    tables: dict[str, pd.DataFrame],
    fault: Fault,
    expected: tuple[str, ...] | None,
    reason: str,
) -> None:
    found = _of_sud(tables, fault)
    assert [kept.ids for kept in found] == ([] if expected is None else [expected]), reason
    assert [kept.rows_count for kept in found] == ([] if expected is None else [len(expected)])


def test_only_inputs_with_faults_are_looked_through(tables: dict[str, pd.DataFrame]) -> None:
    """The inputs of a large plan hold all regions, and each step of each region comes here."""
    selected = select_inputs(tables, region="Sud", names=ALL)
    assert select_faults([], tables={}, selected=selected) == ()
    needed = {name: tables[name] for name in ("accounts", "deals")}
    assert select_faults([_fault("deals", "D2")], tables=needed, selected=selected)


def test_examples_and_row_numbers_are_those_of_the_region(tables: dict[str, pd.DataFrame]) -> None:
    (fault,) = _of_sud(tables, _fault("accounts", "A1", "A2"))
    assert fault.value == '"value of A2"'
    assert fault.row_numbers == (3,)


def test_shares_are_of_the_potential_of_the_region(tables: dict[str, pd.DataFrame]) -> None:
    tables["accounts"]["potential_amount_per_year"] = [900.0, 100.0, 0.0]
    (fault,) = _of_sud(tables, _fault("visits", "row 2", accounts=("A2",)))
    assert fault.affected == "100.0 % of potential"
