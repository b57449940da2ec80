import numpy as np
import pandas as pd

from territory_kit.options import RepsOptions
from territory_kit.steps._reps.matching import match_all
from territory_kit.steps._reps.wishes import (
    match_by_wishes,
    read_wishes,
    say_matching,
    say_unknown_wishes,
)

NOBODY_BOUND = pd.DataFrame({"territory_id": [], "rep_id": [], "weight": []})
PEOPLE = pd.DataFrame(
    {"rep_id": ["R1", "R2"], "preferred_territory_ids": [" T2; T1;T2 ", None]}
).astype({"preferred_territory_ids": "str"})
BY_WISHES = RepsOptions(matching="preferences")
# R1 and R2 both fit T1 best; R1 fits everywhere better.
GAINS = np.array([[0.9, 0.7], [0.8, 0.1]])
FIT = pd.DataFrame(
    {
        "territory_id": ["T1", "T1", "T2", "T2"],
        "rep_id": ["R1", "R2", "R1", "R2"],
        "fit_share": GAINS.ravel(),
    }
)


def matched(accounts: pd.DataFrame, wishes: dict[str, list[str]]) -> dict[str, tuple[str, str]]:
    found = match_all(FIT, accounts, bound=NOBODY_BOUND, keep_incumbents=True, wishes=wishes)
    return {name: (holding.rep_id, holding.how) for name, holding in sorted(found.items())}


def known(*rows: tuple[str, str, float]) -> pd.DataFrame:
    names = ["territory_id", "today_rep_id", "revenue_amount_per_year"]
    return pd.DataFrame(rows, columns=names)


def test_wishes_are_read_best_first_and_each_once() -> None:
    assert read_wishes(PEOPLE) == {"R1": ["T2", "T1"]}
    assert read_wishes(PEOPLE[["rep_id"]]) == {}


def test_a_wish_goes_before_fit() -> None:
    # Without wishes R1 asks for T1 and gets it; with the wish for T2, T1 is left to R2.
    assert matched(known(), {}) == {"T1": ("R1", "wished"), "T2": ("R2", "wished")}
    assert matched(known(), {"R1": ["T2"]}) == {"T1": ("R2", "wished"), "T2": ("R1", "wished")}


def test_of_two_who_wish_for_the_same_the_better_fit_has_it() -> None:
    assert match_by_wishes(GAINS, ["T1", "T2"], ["R1", "R2"], {"R1": ["T2"], "R2": ["T2"]}) == [
        (0, 1),
        (1, 0),
    ]


def test_incumbents_come_before_wishes() -> None:
    found = matched(known(("T2", "R2", 50.0)), {"R1": ["T2"]})
    assert found == {"T1": ("R1", "wished"), "T2": ("R2", "incumbent")}


def test_a_forbidden_wish_is_passed_over() -> None:
    gains = np.array([[0.9, 0.7], [np.nan, 0.1]])
    assert match_by_wishes(gains, ["T1", "T2"], ["R1", "R2"], {"R1": ["T2", "T9"]}) == [
        (0, 0),
        (1, 1),
    ]


def test_what_is_asked_for_in_vain_is_named() -> None:
    assert say_unknown_wishes(PEOPLE, {"T1"}, BY_WISHES) == (
        "Reps wish for territories that the proposal does not have: T2.",
    )
    assert say_unknown_wishes(PEOPLE, {"T1", "T2"}, BY_WISHES) == ()
    assert say_unknown_wishes(PEOPLE, {"T1"}, RepsOptions()) == ()


def test_the_matching_used_is_said() -> None:
    assert say_matching(PEOPLE, RepsOptions()) == "free reps go where the sum of fits is largest"
    words = (
        "free reps ask for the territories they wish for, then by fit, and each territory takes "
        "the best fit of those who ask, so that no two would rather have each other"
    )
    assert say_matching(PEOPLE, BY_WISHES) == words
    assert say_matching(PEOPLE[["rep_id"]], BY_WISHES) == f"{words}; no rep has named a wish"
