from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._review.handover import sum_disruption, trace_hands
from territory_kit.steps.ownership import own_today
from territory_kit.steps.roster import list_owners

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
Trace = Callable[..., pd.DataFrame]
OPTIONS = Options(as_of_date=date(2026, 10, 31))
# R1 stays, R2 leaves, R3 has left, V is an open job, R9 is an inside rep.
PEOPLE = {
    "rep_id": ["R1", "R2", "R3", "V", "R9"],
    "rep_name": ["Ann", "Bob", "Cat", "Open", "Ina"],
    "role": ["owner", "owner", "owner", "owner", "inside"],
    "is_vacancy": [False, False, False, True, False],
    "end_date": [None, "2026-12-31", None, None, None],
    "is_active": [True, True, False, None, None],
}


@pytest.fixture
def trace(make_region: MakeRegion, make_table: MakeTable) -> Trace:
    """Trace accounts from today's rep and territory to the rep and territory of the plan."""

    def make(
        *rows: tuple[str | None, str | None, str, str | None],
        has_reps: bool = True,
        is_forced: Sequence[bool] | None = None,
    ) -> pd.DataFrame:
        reps, today, now, later = zip(*rows, strict=True)
        ids = [str(row) for row in range(len(rows))]
        tables = make_region(
            account_id=ids,
            current_rep_id=reps,
            current_territory_id=today,
            revenue_amount_per_year=[1000.0] * len(rows),
        )
        moved = [a is not None and a != b for a, b in zip(today, now, strict=True)]
        tables["assignment"] = make_table(
            "assignment",
            account_id=ids,
            territory_id=now,
            current_territory_id=today,
            is_moved=moved,
            is_forced=is_forced or [False] * len(rows),
            move_reason=["nearer" if move else None for move in moved],
            revenue_amount_per_year=[1000.0] * len(rows),
        )
        holders = dict(zip(now, later, strict=True))
        tables["rep_plan"] = make_table(
            "rep_plan", territory_id=list(holders), rep_id=list(holders.values())
        )
        people = make_table("reps", **PEOPLE) if has_reps else None
        if people is not None:
            tables["reps"] = people
        owners = list_owners(people, region="R", start=pd.Timestamp("2027-01-01"))
        ownership = own_today(tables["accounts"], territories=None, reps=people, region="R")
        return trace_hands(tables, ownership, owners, OPTIONS)

    return make


@pytest.mark.parametrize(
    ("row", "changes", "forced", "reason"),
    [
        pytest.param(("R1", "T1", "T1", "R1"), False, False, None, id="stays with its rep"),
        pytest.param(("R1", "T1", "T2", None), True, False, "nearer", id="goes to another"),
        pytest.param(
            ("R2", "T1", "T1", None), True, True, "the rep leaves: Bob", id="the rep leaves"
        ),
        pytest.param(
            ("R3", "T1", "T1", None), True, True, "the rep has left: Cat", id="the rep has left"
        ),
        pytest.param(
            ("R1", "T1", "T1", "R2"), True, False, "the territory gets another rep", id="swap"
        ),
        pytest.param(
            ("R1", "T1", "T1", None), True, False, "nobody has the territory yet", id="vacant"
        ),
        pytest.param((None, None, "T1", "R1"), False, False, None, id="new account"),
        pytest.param(("V", "T1", "T2", "R1"), False, False, None, id="open job before"),
        pytest.param(("R9", None, "T1", "R1"), False, False, None, id="served by an inside rep"),
        pytest.param(("R1", "T1", "T2", "R1"), False, False, None, id="moves with its rep"),
    ],
)
def test_an_account_changes_hands_when_its_rep_changes(
    trace: Trace,
    *,
    row: tuple[str | None, str | None, str, str | None],
    changes: bool,
    forced: bool,
    reason: str | None,
) -> None:
    (hand,) = trace(row).to_dict("records")
    found = hand["move_reason"] if isinstance(hand["move_reason"], str) else None
    assert (hand["changes_hands"], hand["is_forced"], found) == (changes, forced, reason)
    # 1,000 x 30 % x 15 % where it changes hands.
    assert hand["move_price_amount"] == pytest.approx(45 if changes else 0)


def test_without_reps_it_is_the_territory_that_counts(trace: Trace) -> None:
    hands = trace(
        ("R1", "T1", "T1", None), ("R1", "T1", "T2", None), (None, None, "T2", None), has_reps=False
    )
    assert hands["changes_hands"].tolist() == [False, True, False]


def test_without_reps_a_new_name_of_a_territory_moves_nothing(trace: Trace) -> None:
    """T1 ends and N1 has two of its three accounts; N2 has one, and nothing else of T1 is left."""
    hands = trace(
        ("R1", "T1", "N1", None),
        ("R1", "T1", "N1", None),
        ("R1", "T1", "N2", None),
        ("R2", "T2", "T2", None),
        (None, None, "N1", None),
        has_reps=False,
    )
    assert hands["changes_hands"].tolist() == [False, False, True, False, False]
    assert hands["to_hand"].iloc[4] == "territory T1"
    assert hands["move_price_amount"].tolist() == pytest.approx([0, 0, 45, 0, 0])


def test_without_reps_a_territory_that_stays_takes_no_other_name(trace: Trace) -> None:
    # All of T1 goes to T2, which has an account of its own: T1 is gone, not renamed.
    hands = trace(("R1", "T1", "T2", None), ("R2", "T2", "T2", None), has_reps=False)
    assert hands["changes_hands"].tolist() == [True, False]


def test_forced_and_chosen_moves_are_added_up_apart(trace: Trace) -> None:
    hands = trace(
        ("R1", "T1", "T1", "R1"),
        ("R1", "T1", "T2", None),
        ("R1", "T1", "T2", None),
        ("R2", "T2", "T2", None),
        (None, None, "T2", None),
        is_forced=[False, True, False, False, False],
    )
    rows = sum_disruption(hands).set_index("kind")
    # Of four accounts that somebody has, three change: one ended territory and one leaving rep.
    assert rows["accounts_count"].to_dict() == {"all": 3, "chosen": 1, "forced": 2}
    assert rows["accounts_share"].to_dict() == {"all": 0.75, "chosen": 0.25, "forced": 0.5}
    assert rows["move_price_amount"].to_dict() == pytest.approx(
        {"all": 135, "chosen": 45, "forced": 90}
    )
