import pandas as pd
import pytest

from territory_kit.options import Options, RepsOptions
from territory_kit.steps._reps.doubling import add_territories, say_added, say_most
from territory_kit.steps._reps.matching import Holding

PEOPLE = pd.DataFrame(
    {
        "rep_id": ["R1", "R2"],
        "capacity_hours_per_year": [100.0, 100.0],
        "fte_share": [1.0, 0.5],
        "home_lat_deg": [45.0, 46.0],
        "home_lon_deg": [5.0, 5.0],
    }
)
# No visits in person and so no driving: T1 takes 40 h of 100, T2 20 h of 50, T3 30 h, T4 25 h.
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["1", "2", "3", "4"],
        "territory_id": ["T1", "T2", "T3", "T4"],
        "call_hours_per_year": [40.0, 20.0, 30.0, 25.0],
        "visits_per_year": [0.0] * 4,
        "lat_deg": [45.0, 46.0, 45.1, 45.9],
        "lon_deg": [5.0] * 4,
        "is_remote": False,
    }
)
HELD = {"T1": Holding("R1", "incumbent"), "T2": Holding("R2", "assigned")}


def fit(failed: str = "") -> pd.DataFrame:
    rows = [(t, r, 0.5, "") for t in ("T1", "T2") for r in ("R1", "R2")]
    rows += [("T3", "R1", 0.2, ""), ("T3", "R2", 0.9, "")]
    rows += [("T4", "R1", 0.3, failed), ("T4", "R2", 0.4, "")]
    return pd.DataFrame(rows, columns=["territory_id", "rep_id", "fit_share", "failed_gates"])


def added(most: int, pairs: pd.DataFrame, accounts: pd.DataFrame = ACCOUNTS) -> dict[str, str]:
    options = Options(reps=RepsOptions(most_territories=most))
    found = add_territories(HELD, accounts, PEOPLE, pairs, options=options)
    return {name: one.rep_id for name, one in sorted(found.items()) if one.how == "added"}


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (1, {}),
        # R2 has 30 h left: T3 by fit fits exactly, and T4 goes to R1, who has 60 h left.
        (2, {"T3": "R2", "T4": "R1"}),
        (3, {"T3": "R2", "T4": "R1"}),
    ],
)
def test_who_has_free_hours_takes_what_is_left(most: int, expected: dict[str, str]) -> None:
    assert added(most, fit()) == expected


def test_a_gate_holds_for_a_further_territory_too() -> None:
    # Only R2 passes for T4, with 30 h left; R1 takes T3, though R2 fits it better.
    assert added(2, fit("wine")) == {"T3": "R1", "T4": "R2"}


def test_what_no_hours_are_left_for_stays_vacant() -> None:
    busy = ACCOUNTS.assign(call_hours_per_year=[40.0, 20.0, 30.0, 61.0])
    assert added(2, fit(), busy) == {"T3": "R2"}


def test_nobody_holds_more_than_the_most() -> None:
    # R1 alone has hours for both: 60 h for 30 h and 25 h.
    busy = ACCOUNTS.assign(call_hours_per_year=[40.0, 50.0, 30.0, 25.0])
    assert added(2, fit(), busy) == {"T4": "R1"}
    assert added(3, fit(), busy) == {"T3": "R1", "T4": "R1"}


def test_nobody_to_add_to_adds_nothing() -> None:
    options = Options(reps=RepsOptions(most_territories=2))
    assert add_territories({}, ACCOUNTS, PEOPLE, fit(), options=options) == {}


def test_who_takes_several_is_named() -> None:
    plan = pd.DataFrame(
        {
            "territory_name": ["Two", "One", "Three"],
            "rep_id": ["R1", "R1", None],
            "rep_name": ["Ann", "Ann", None],
        }
    )
    assert say_added(plan) == ("1 rep takes more than one territory: Ann (One and Two).",)
    assert say_added(plan.iloc[1:]) == ()
    assert say_most(RepsOptions()) == ()
    (sentence,) = say_most(RepsOptions(most_territories=2))
    assert sentence.startswith("A rep takes up to 2 territories where some would have no rep")
