"""Whatever names what: no row is lost, no argument changed, and the order does not matter."""

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.tables import link_inputs

MakeTable = Callable[..., pd.DataFrame]
WORDS = st.sampled_from(
    ["R1", "R2", "Anne", "ANNE", "A1", "Bar", "A1;A2", "Unassigned", "a@b.example", "", "?", None]
)
ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5)


def inputs(make_table: MakeTable, rows: list[tuple[str | None, ...]]) -> dict[str, pd.DataFrame]:
    first, second, third = zip(*rows, strict=True) if rows else ((), (), ())
    ids = [f"A{number}" for number in range(len(rows))]
    return {
        "accounts": make_table(
            "accounts", account_id=ids, account_name=first, current_rep_id=second, postal_code=third
        ),
        "reps": make_table("reps", rep_id=["R1", "R2", "R3"], rep_name=["Anne", "Yann", "anne"]),
        "deals": make_table("deals", deal_id=ids, account_id=first, rep_id=second, stage=third),
        "visits": make_table("visits", account_id=third, rep_id=first),
    }


@settings(max_examples=10, deadline=None, derandomize=True)
@given(rows=ROWS)
def test_no_row_is_lost_and_nothing_given_is_changed(
    make_table: MakeTable, rows: list[tuple[str | None, ...]]
) -> None:
    tables = inputs(make_table, rows)
    copies = {name: table.copy(deep=True) for name, table in tables.items()}
    linked, _ = link_inputs(tables, revenue_source="won_deals")
    assert list(linked) == list(tables)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, copies[name])
        pd.testing.assert_index_equal(linked[name].index, table.index)
        declared = linked[name][table.columns].dtypes
        pd.testing.assert_series_equal(declared, table.dtypes)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(rows=ROWS)
def test_the_order_of_rows_does_not_matter(
    make_table: MakeTable, rows: list[tuple[str | None, ...]]
) -> None:
    tables = inputs(make_table, rows)
    turned = {name: table.iloc[::-1] for name, table in tables.items()}
    linked, faults = link_inputs(tables)
    again, faults_again = link_inputs(turned)
    assert _told(faults) == _told(faults_again)
    for name, table in linked.items():
        pd.testing.assert_frame_equal(again[name].sort_index(), table)


def _told(faults: tuple[object, ...]) -> list[str]:
    return sorted(str(fault.message) for fault in faults)  # type: ignore[attr-defined] # faults


def test_linking_again_finds_nothing_new(make_table: MakeTable) -> None:
    tables = inputs(make_table, [("Bar", "Yann", "1"), ("BAR GmbH", "R1", "1")])
    linked, _ = link_inputs(tables)
    again, faults = link_inputs(linked)
    assert [fault.code for fault in faults] == ["near_duplicates"]
    for name, table in linked.items():
        pd.testing.assert_frame_equal(again[name], table)


def test_names_are_resolved_before_revenue_is_counted(make_table: MakeTable) -> None:
    tables: Mapping[str, pd.DataFrame] = {
        "accounts": make_table("accounts", account_id=["A1", "A2"], account_name=["Bar", "Pub"]),
        "deals": make_table(
            "deals",
            deal_id=["D1"],
            account_id=["PUB"],
            amount=[30.0],
            stage=["Closed Won"],
            close_date=["2026-05-01"],
        ),
    }
    linked, faults = link_inputs(tables, as_of=date(2026, 6, 1), revenue_source="won_deals")
    assert linked["accounts"]["revenue_amount_per_year"].tolist() == [0.0, 30.0]
    assert [fault.code for fault in faults] == [
        "resolved_accounts",
        "settled_deals",
        "revenue_from_deals",
    ]


def test_without_inputs_there_is_nothing_to_link() -> None:
    assert link_inputs({}) == ({}, ())
