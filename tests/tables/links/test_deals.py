"""CRM exports say "not won" of open deals too; ours are empty while open."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from territory_kit.tables.links.deals import last_past_day, settle_deals

MakeTable = Callable[..., pd.DataFrame]
AS_OF = date(2026, 10, 31)
PAST, FUTURE = "2026-05-01", "2027-02-01"


def settled(deals: pd.DataFrame, as_of: date | None = AS_OF) -> list[bool | None]:
    linked, _ = settle_deals({"deals": deals}, as_of=as_of)
    return [None if pd.isna(won) else bool(won) for won in linked["deals"]["is_won"]]


@pytest.mark.parametrize(
    ("is_closed", "is_won", "stage", "day", "settled_to", "reason"),
    [
        (False, False, "Prospecting", PAST, None, "is_closed says open"),
        (False, None, None, PAST, None, "open and empty already"),
        (True, False, "Prospecting", FUTURE, False, "is_closed goes before stage and day"),
        (True, True, None, PAST, True, "closed and won"),
        (None, False, "Closed Lost", FUTURE, False, "the stage goes before the day"),
        (None, False, "Closed", FUTURE, False, "closed, whatever the day"),
        (None, False, "Negotiation", PAST, None, "a usual open stage"),
        (None, False, "Stage 4", FUTURE, None, "will be closed later"),
        (None, False, None, FUTURE, None, "without a stage the day tells"),
        (None, False, "Stage 4", PAST, False, "nothing says that it is open"),
        (None, False, "Stage 4", None, False, "nothing says that it is open"),
        (None, True, "Negotiation", FUTURE, True, "won is never said by mistake"),
    ],
)
def test_a_deal_is_open_when_something_says_so(
    make_table: MakeTable,
    *,
    is_closed: bool | None,
    is_won: bool | None,
    stage: str | None,
    day: str | None,
    settled_to: bool | None,
    reason: str,
) -> None:
    deals = make_table(
        "deals",
        deal_id=["D1", "D2"],
        is_closed=[is_closed, True],
        is_won=[is_won, True],
        stage=[stage, None],
        close_date=[day, PAST],
    )
    assert settled(deals)[0] == settled_to, reason


def test_without_is_won_the_stage_tells(make_table: MakeTable) -> None:
    stages = ["Closed Won", "Perdue", "Negotiation", "Stage 4"]
    deals = make_table("deals", deal_id=list("abcd"), stage=stages)
    assert settled(deals) == [True, False, None, None]


def test_where_some_deals_say_won_an_empty_cell_means_open(make_table: MakeTable) -> None:
    deals = make_table(
        "deals", deal_id=["a", "b"], stage=["Closed Won", "Closed Won"], is_won=[True, None]
    )
    assert settled(deals) == [True, None]


def test_a_closed_deal_takes_the_end_from_stage_or_chance(make_table: MakeTable) -> None:
    deals = make_table(
        "deals",
        deal_id=list("abcd"),
        is_closed=[True] * 4,
        stage=["Gewonnen", None, None, None],
        win_share=[None, 1.0, 0.0, 0.5],
    )
    assert settled(deals) == [True, True, False, None]


def test_without_a_day_the_plan_looks_from_the_last_visit(make_table: MakeTable) -> None:
    """The deal is to be closed in February; the last visit was in January."""
    deals = make_table(
        "deals", deal_id=["a", "b"], is_won=[False, False], close_date=["2026-02-01", "2026-01-01"]
    )
    visits = make_table("visits", account_id=["A1"], visit_date=["2026-01-15"])
    linked, _ = settle_deals({"deals": deals, "visits": visits}, as_of=None)
    assert linked["deals"]["is_won"].isna().tolist() == [True, False]
    assert last_past_day({"deals": deals}) is None
    assert settled(deals, None) == [False, False]


def test_what_was_settled_is_said(make_table: MakeTable) -> None:
    deals = make_table(
        "deals",
        deal_id=["D1", "D2", "D3"],
        is_closed=[False, True, True],
        is_won=[False, None, False],
        stage=["Prospecting", "Closed Won", "Closed Lost"],
    )
    _, (said, guessed) = settle_deals({"deals": deals}, as_of=AS_OF)
    assert (said.code, said.severity) == ("settled_deals", "notice")
    assert said.message == (
        "Deals that are not closed were taken as open, whatever they say of being won: "
        '"not won, now open" (column is_won, 1 row: D1). Nothing to do.'
    )
    assert (guessed.code, guessed.severity) == ("settled_deals", "repaired")
    assert guessed.message == (
        "Whether deals are open, won or lost was settled from their stage and closing day: "
        '"nothing, now won" (column is_won, 1 row: D2). Check one of them. Where it is wrong, '
        "export is_closed and is_won."
    )


def test_deals_as_they_should_be_stay(make_table: MakeTable) -> None:
    deals = make_table(
        "deals", deal_id=list("abc"), is_won=[True, False, None], close_date=[PAST, PAST, FUTURE]
    )
    linked, faults = settle_deals({"deals": deals}, as_of=AS_OF)
    pd.testing.assert_frame_equal(linked["deals"], deals)
    assert not faults
    assert settle_deals({}, as_of=None) == ({}, [])


def test_closed_deals_without_an_outcome_are_named(make_table: MakeTable) -> None:
    """Otherwise they count neither as won nor as lost, and nobody sees it."""
    deals = make_table(
        "deals",
        deal_id=["D1", "D2", "D3", "D4"],
        is_closed=[True, True, None, False],
        is_won=[None, None, None, None],
        stage=["Closed - No Decision", "Closed Lost - No Budget", "Closed", "Closed"],
        close_date=[PAST] * 4,
    )
    _, faults = settle_deals({"deals": deals}, as_of=AS_OF)
    (fault,) = [fault for fault in faults if fault.code == "closed_without_outcome"]
    assert fault.ids == ("D1", "D3")
    assert fault.message == (
        "Deals are closed, and nothing says whether they were won: "
        '"Closed", "Closed - No Decision" (column is_won, 2 rows: D1, D3). They count neither as '
        "won nor as lost. Export is_won, or a stage such as Closed Won."
    )
