from datetime import date

import pandas as pd
import pytest

from territory_kit.options import Options, ReviewOptions
from territory_kit.steps._review.questions import ask

NOBODY = pd.DataFrame(
    {
        "account_id": pd.Series([], dtype="str"),
        "account_name": pd.Series([], dtype="str"),
        "changes_hands": pd.Series([], dtype=bool),
        "is_forced": pd.Series([], dtype=bool),
        "move_price_amount": pd.Series([], dtype=float),
        "revenue_amount_per_year": pd.Series([], dtype=float),
        "to_territory_id": pd.Series([], dtype="str"),
    }
)


def review(*names: str, **values: object) -> pd.DataFrame:
    defaults = {
        "territory_id": names,
        "territory_name": names,
        "rep_id": "R1",
        "accounts_count": 5.0,
        "potential_amount_per_year": 1.0,
        "capacity_share": 0.9,
    }
    return pd.DataFrame(defaults | values)


def plan(*names: str, **values: object) -> pd.DataFrame:
    defaults = {
        "territory_id": names,
        "territory_name": names,
        "workload_index": 100.0,
        "potential_index": 100.0,
        "quality": "medium",
        "hour_potential_amount": 40.0,
    }
    return pd.DataFrame(defaults | values)


def questions(
    reviewed: pd.DataFrame,
    planned: pd.DataFrame,
    hands: pd.DataFrame = NOBODY,
    *,
    has_reps: bool = True,
) -> list[str]:
    asked = ask(reviewed, planned, hands, options=Options(), has_reps=has_reps, has_money=True)
    return asked["question"].tolist()


def test_where_nothing_stands_out_three_questions_are_always_asked() -> None:
    asked = questions(review("One"), plan("One"))
    assert len(asked) == 3
    assert all(question.endswith("?") for question in asked)


def test_every_kind_of_trouble_is_asked_about_and_six_questions_are_enough() -> None:
    names = ("One", "Two", "Three")
    hands = pd.DataFrame(
        {
            "account_id": ["1", "2", "3", "4"],
            "account_name": ["Ash", None, "Cedar", "Dogwood"],
            "changes_hands": [True, True, True, True],
            "is_forced": [False, False, False, True],
            "move_price_amount": [10.0, 30.0, 20.0, 99.0],
            "revenue_amount_per_year": [1000.0, 3000, 2000, 9900],
            "to_territory_id": ["One", "One", "Two", "Two"],
        }
    ).astype({"account_name": "str"})
    asked = questions(
        review(
            *names, rep_id=[None] * 3, potential_amount_per_year=[1.0, 3, 2], capacity_share=1.25
        ),
        plan(*names, workload_index=[150.0, 75, 75], quality=["low", "low", "high"]),
        hands,
    )
    filled = "has no rep for its 5 accounts: when is the job filled, and who covers it until then?"
    limit = "Workload of One is 50 % above target, 10 % is allowed. May the limit be wider, or what"
    hours = "One takes 125 % of the hours of its rep: fewer visits, calls instead of visits, or a"
    assert asked == [
        f"Two {filled}",
        f"Three {filled}",
        f"{limit} may move?",
        "2 (3,000 EUR a year) would go to One: does that put the customer at risk?",
        "Cedar (2,000 EUR a year) would go to Two: does that put the customer at risk?",
        f"{hours} helping hand?",
    ]


def test_without_reps_nobody_is_asked_about_vacancies() -> None:
    asked = questions(review("One", rep_id=[None]), plan("One"), has_reps=False)
    assert not [question for question in asked if "has no rep" in question]


def test_a_poor_territory_is_asked_about() -> None:
    asked = questions(review("One"), plan("One", quality="low"))
    assert asked[0].startswith("One offers 40 EUR of potential per hour")


@pytest.mark.parametrize(
    ("options", "day"),
    [
        pytest.param(
            Options(review=ReviewOptions(answer_by_date=date(2026, 11, 27))), "2026-11-27", id="set"
        ),
        pytest.param(
            Options(plan_start_date=date(2027, 1, 1)),
            "2026-12-04",
            id="four weeks before the start",
        ),
        pytest.param(Options(as_of_date=date(2027, 1, 1)), None, id="no start, no day"),
    ],
)
def test_questions_have_a_last_day(options: Options, day: str | None) -> None:
    asked = ask(review("One"), plan("One"), NOBODY, options=options, has_reps=True, has_money=True)
    days = asked["answer_by_date"]
    assert days.isna().all() if day is None else (days == pd.Timestamp(day)).all()
