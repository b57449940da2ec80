import math

import pandas as pd
import pytest

from territory_kit.methods.call_costs import ChangeCost
from territory_kit.options import Costs, Options
from territory_kit.steps._review.change_costs import (
    count_places,
    idle_words,
    payback_words,
    review_change,
    tabulate_change,
    yearly_saving,
)
from territory_kit.steps._review.served import Served

OPTIONS = Options(costs=Costs(hiring_amount=10_000, ramp_months=6, vacancy_months=2))
NOBODY: frozenset[str] = frozenset()


def plan(reps: list[str | None], cost: float = 100.0) -> Served:
    territories = pd.DataFrame(
        {"rep_id": pd.Series(reps, dtype="str"), "total_cost_amount_per_year": cost}
    )
    return Served(pd.DataFrame(), territories)


def hands(from_reps: list[str]) -> pd.DataFrame:
    count = len(from_reps)
    return pd.DataFrame(
        {
            "account_id": [f"A{row}" for row in range(count)],
            "from_rep_id": from_reps,
            "closer_km": 0.0,
            "lat_deg": 45.0,
            "visits_per_year": 0.0,
            "call_hours_per_year": 0.0,
            "travel_hours_per_year": 0.0,
            "move_price_amount": 50.0,
            "changes_hands": True,
            "is_forced": True,
        }
    )


def people(*leaving: int) -> pd.DataFrame:
    ids = [f"R{row}" for row in range(1, len(leaving) + 1)]
    return pd.DataFrame(
        {"rep_id": ids, "is_leaving": [bool(each) for each in leaving], "is_vacancy": False}
    )


def test_a_place_that_only_the_change_opens_costs_hiring_ramp_and_empty_months() -> None:
    plans = (plan(["R1"]), plan(["R1", None]))
    part = review_change(plans, hands(["R1", "R1"]), 24_000, people(0), OPTIONS, remote_ids=NOBODY)
    table = part.tables["change_costs"].set_index("part")["one_off_amount"]
    # A territory brings 1,000 a month: half of it is lost in six months, all of it in two.
    assert table.tolist() == pytest.approx([10_000, 3_000, 2_000, 100, 15_100])
    assert part.figures["change_cost_amount"] == pytest.approx(15_100)
    assert part.figures["change_payback"] == (
        "The change costs EUR 15.1 k once and does not pay back: the proposal costs EUR 100 a year "
        "more than today."
    )
    assert not part.findings


def test_what_must_be_filled_or_handed_over_anyway_is_not_charged_to_the_change() -> None:
    plans = (plan(["R1", None, "R2"]), plan([None, None, "R2"]))
    part = review_change(plans, hands(["R1", "R2"]), 0, people(1, 0), OPTIONS, remote_ids=NOBODY)
    table = part.tables["change_costs"]
    # R1 leaves and one job is open today; only the account of R2 moves by the plan's choice.
    assert table["cases_count"].tolist()[:4] == [0, 0, 0, 1]
    assert part.figures["change_cost_amount"] == 50


def test_without_reps_no_place_is_counted() -> None:
    plans = (plan([None]), plan([None, None]))
    part = review_change(plans, hands([]), 0, people(), OPTIONS, remote_ids=NOBODY)
    assert part.figures["change_cost_amount"] == 0


@pytest.mark.parametrize(
    ("today", "proposal", "expected"),
    [
        ([], [None, "R1"], 1),
        (["R1"], [], 0),
        ([None, None], [None], 0),
        (["R1", "R2"], [None, "R2"], 1),
    ],
)
def test_places_are_those_beyond_what_today_needs(
    today: list[str | None], proposal: list[str | None], expected: int
) -> None:
    assert count_places(plan(today).territories, plan(proposal).territories, set()) == expected


def test_the_last_row_is_the_sum() -> None:
    table = tabulate_change(ChangeCost(1, 2, 3), 1, pd.Series([4.0, 5.0]))
    assert table["one_off_amount"].tolist() == [1, 2, 3, 9, 15]
    assert table["cases_count"].tolist()[:4] == [1, 1, 1, 2]


def test_the_saving_is_unknown_without_a_today() -> None:
    assert math.isnan(yearly_saving(plan([]), plan(["R1"])))
    assert yearly_saving(plan(["R1"], 300), plan(["R1"], 100)) == 200


@pytest.mark.parametrize(
    ("total", "saving", "expected"),
    [
        (900, 450, "The change costs EUR 900 once and pays back in 24 months: it saves EUR 450"),
        (10, 500, "The change costs EUR 10 once and pays back in 1 month: it saves EUR 500 a"),
        (0, 500, "The change costs nothing once, and saves EUR 500 a year"),
        (10, 0, "The change costs EUR 10 once and does not pay back: the proposal costs as much"),
        (10, -9, "The change costs EUR 10 once and does not pay back: the proposal costs EUR 9 a"),
        (10, math.nan, "The change costs EUR 10 once; without territories of today there is no"),
    ],
)
def test_the_pay_back_is_said_in_months(total: float, saving: float, expected: str) -> None:
    assert payback_words(total, saving, Options()).startswith(expected)


def test_pay_of_a_rep_who_stays_without_a_territory_is_told() -> None:
    """R1 and R2 hold territories today; R2 stays and gets none, R3 leaves."""
    people = pd.DataFrame(
        {
            "rep_id": ["R1", "R2", "R3"],
            "is_leaving": [False, False, True],
            "is_vacancy": [False] * 3,
        }
    )
    today = pd.DataFrame({"rep_id": ["R1", "R2", "R3"]})
    one = idle_words(today, pd.DataFrame({"rep_id": ["R1", None]}), people)
    assert one == " The pay of 1 rep who stays but gets no territory counts as saved."
    assert not idle_words(today, pd.DataFrame({"rep_id": ["R1", "R2"]}), people)


def test_a_change_that_costs_nothing_needs_no_months() -> None:
    words = payback_words(0.0, 100.0, Options(currency="EUR"))
    assert words == "The change costs nothing once, and saves EUR 100 a year."
