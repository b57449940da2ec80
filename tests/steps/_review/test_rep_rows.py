from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.options import Costs, Hours, Options
from territory_kit.steps._review.rep_rows import review_reps

MakeTable = Callable[..., pd.DataFrame]
# 1,000 h of capacity.
OPTIONS = Options(
    hours=Hours(per_day=8, days_per_year=250, field_share=0.5, prospecting_share=0),
    costs=Costs(km_amount=0.5, call_amount=2, rep_amount_per_year=70_000),
)


@pytest.fixture
def rows() -> pd.DataFrame:
    """Make two territories of the plan: T1 with a rep, T2 vacant."""
    return pd.DataFrame(
        {
            "territory_id": ["T1", "T2"],
            "rep_id": ["R1", None],
            "size_share": 1.0,
            "visits_per_year": 100.0,
            "call_hours_per_year": [300.0, 300.0],
            "tour_hours_per_year": [200.0, 900.0],
            "travel_km_per_year": [10_000.0, 20_000.0],
        }
    ).astype({"rep_id": "str"})


def hands(*moves: tuple[str | None, str, str, str]) -> pd.DataFrame:
    """Make accounts from hand of today, territory and hand of the plan, and class."""
    names = ["from_hand", "to_territory_id", "to_hand", "account_class"]
    frame = pd.DataFrame(moves, columns=names).astype("str")
    changes = frame["from_hand"].notna() & (frame["from_hand"] != frame["to_hand"])
    return frame.assign(changes_hands=changes, from_territory_id="T2")


def test_load_and_cost_by_hand(make_table: MakeTable, rows: pd.DataFrame) -> None:
    reps = make_table("reps", rep_id=["R1"], cost_amount_per_year=[60_000.0])
    found = review_reps(rows, reps, hands(("rep R1", "T1", "rep R1", "A")), options=OPTIONS)
    assert found["workload_hours_per_year"].tolist() == [500, 1200]
    assert found["capacity_share"].tolist() == pytest.approx([0.5, 1.2])
    assert found["travel_cost_amount_per_year"].tolist() == [5_000, 10_000]
    # People, km at 0.5 and 100 calls at 2.
    assert found["total_cost_amount_per_year"].tolist() == [65_200, 80_200]


def test_what_is_kept_gained_and_given(make_table: MakeTable, rows: pd.DataFrame) -> None:
    moves = hands(
        ("rep R1", "T1", "rep R1", "A"),  # kept
        ("rep R1", "T1", "rep R1", "C"),  # kept, but no key account
        ("rep R1", "T2", "territory T2", "A"),  # R1 gives it to the vacancy
        ("rep R2", "T1", "rep R1", "A"),  # R1 gains it from who has left T2
        (None, "T1", "rep R1", "B"),  # new: gained, and given by nobody
    )
    found = review_reps(rows, make_table("reps", rep_id=["R1"]), moves, options=OPTIONS)
    counts = found.set_index("territory_id")[
        ["key_kept_count", "key_gained_count", "key_given_count", "gained_count", "given_count"]
    ]
    assert list(counts.loc["T1"]) == [1, 1, 1, 2, 1]
    # T2 has given the key account of the rep who left.
    assert list(counts.loc["T2"]) == [0, 1, 1, 1, 1]


def test_who_holds_two_territories_gives_from_the_one_that_an_account_was_in(
    make_table: MakeTable, rows: pd.DataFrame
) -> None:
    """R1 goes on with T1 and T2; T9 has ended, and most of what R1 keeps of it is in T2."""
    both = pd.concat([rows, rows.iloc[:1].assign(territory_id="T3")], ignore_index=True)
    both = both.assign(rep_id=["R1", "R1", "R2"])
    moves = hands(
        ("rep R1", "T3", "rep R2", "A"),  # from T1
        ("rep R1", "T3", "rep R2", "A"),  # from T2
        ("rep R1", "T3", "rep R2", "A"),  # from T2
        ("rep R1", "T3", "rep R2", "C"),  # from T9
        ("rep R1", "T2", "rep R1", "A"),  # from T9
        ("rep R1", "T2", "rep R1", "C"),  # from T9
        ("rep R1", "T1", "rep R1", "A"),  # from T9
    ).assign(from_territory_id=["T1", "T2", "T2", "T9", "T9", "T9", "T9"])
    reps = make_table("reps", rep_id=["R1", "R2"])
    wanted = {"given_count": [1, 3, 0], "key_given_count": [1, 2, 0], "key_kept_count": [1, 1, 0]}
    for table in (moves, moves.iloc[::-1]):
        found = review_reps(both, reps, table, options=OPTIONS)
        assert {name: found[name].tolist() for name in wanted} == wanted
