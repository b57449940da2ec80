from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._reps.vacancies import list_vacancy_options

OPTIONS = Options()
KM_OF_DEGREE = 111.195
BACKFILL = "The territory stays whole for a successor, and accounts meet one rep;"
ABSORB = "Nobody is hired, but the territory is gone and its accounts change rep for good;"
PEOPLE = pd.DataFrame(
    {
        "rep_id": ["R1", "R2"],
        "rep_name": ["Ann", "Bob"],
        "capacity_hours_per_year": [100.0, 100.0],
        "fte_share": [1.0, 1.0],
        "home_lat_deg": [45.0, 46.0],
        "home_lon_deg": [5.0, 5.0],
    }
)


@pytest.fixture
def region() -> dict[str, pd.DataFrame]:
    """Make T1 of R1 and T2 of R2 on one meridian, and T3, vacant, between them."""
    accounts = pd.DataFrame(
        {
            "account_id": ["1", "2", "3", "4"],
            "territory_id": ["T1", "T2", "T3", "T3"],
            "call_hours_per_year": [40.0, 90.0, 30.0, 20.0],
            "visits_per_year": [0.0] * 4,
            "lat_deg": [45.0, 46.0, 45.1, 45.9],
            "lon_deg": [5.0] * 4,
            "is_remote": False,
        }
    )
    plan = pd.DataFrame(
        {
            "territory_id": ["T1", "T2", "T3"],
            "territory_name": ["One", "Two", "Three"],
            "team": "",
            "rep_id": ["R1", "R2", None],
            "rep_name": ["Ann", "Bob", None],
            "is_vacant": [False, False, True],
            "tour_hours_per_year": 0.0,
            "travel_km_per_year": 0.0,
            "centre_lat_deg": [45.0, 46.0, 45.1],
            "centre_lon_deg": 5.0,
        }
    ).astype({"rep_id": "str"})
    fit = pd.DataFrame(
        {
            "territory_id": ["T3", "T3"],
            "rep_id": ["R1", "R2"],
            "fit_share": [0.6, 0.8],
            "failed_gates": ["", ""],
        }
    )
    return {"plan": plan, "accounts": accounts, "people": PEOPLE, "fit": fit}


@pytest.fixture
def work_out() -> Callable[..., pd.DataFrame]:
    def run(region: dict[str, pd.DataFrame]) -> pd.DataFrame:
        names = ("plan", "accounts", "people", "fit")
        return list_vacancy_options(*(region[name] for name in names), options=OPTIONS)

    return run


def test_the_best_fit_with_free_hours_stands_in_or_the_nearest_take_the_accounts(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    found = work_out(region)
    # R2 fits best and has 10 of 100 hours left: 90 + 30 + 20 are 140 %. Absorbed, account 3 goes
    # to T1 (40 + 30) and account 4 to T2 (90 + 20 = 110 %).
    assert found["vacancy_option"].tolist() == ["backfill", "absorb"]
    assert found["taken_by"].tolist() == ["Bob", "One (1 account) and Two (1 account)"]
    assert found["capacity_share"].tolist() == pytest.approx([1.4, 1.1])
    assert found["extra_hours_per_year"].tolist() == [50, 50]
    assert found["option_reason"].tolist() == [
        f"{BACKFILL} Bob would be at 140 % of the hours.",
        f"{ABSORB} Two would be at 110 % of the hours.",
    ]


def test_who_has_no_hours_left_stands_in_only_where_nobody_has(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    full = region["people"].assign(capacity_hours_per_year=[100.0, 90.0])
    first = work_out({**region, "people": full}).iloc[0]
    assert (first["taken_by"], first["capacity_share"]) == ("Ann", 0.9)
    assert str(first["option_reason"]).endswith("it fits into the hours.")
    nobody = region["people"].assign(capacity_hours_per_year=10.0)
    assert work_out({**region, "people": nobody})["taken_by"].iloc[0] == "Bob"


def test_extra_driving_starts_at_the_home_of_who_stands_in(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    driven = region["accounts"].assign(visits_per_year=[0.0, 0.0, 0.0, 1.0])
    found = work_out({**region, "accounts": driven})
    # One visit, a tenth of a degree from Bob's home and back, at 1.3 km of road.
    assert found["extra_km_per_year"].tolist() == pytest.approx(
        [0.2 * KM_OF_DEGREE * 1.3] * 2, rel=1e-3
    )


def test_who_fails_a_gate_does_not_stand_in(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    gated = region["fit"].assign(failed_gates=["wine", "wine"])
    assert work_out({**region, "fit": gated})["vacancy_option"].tolist() == ["absorb"]


def test_accounts_without_a_place_go_where_the_territory_is_nearest(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    lost = region["accounts"].assign(lat_deg=[45.0, 46.0, 45.1, np.nan])
    assert work_out({**region, "accounts": lost})["taken_by"].iloc[1] == "One (2 accounts)"


def test_without_a_vacancy_or_without_a_rep_there_is_no_row(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    plan = region["plan"]
    assert work_out({**region, "plan": plan.head(2)}).empty
    assert work_out({**region, "plan": plan.tail(1)}).empty


def test_a_vacant_territory_without_accounts_needs_nothing(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    found = work_out({**region, "accounts": region["accounts"].head(2)})
    assert found["extra_hours_per_year"].tolist() == [0, 0]
    assert "nan" not in found.to_string().replace("NaN", "")


def test_another_team_neither_stands_in_nor_takes_the_accounts(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    """T2 and Bob fit best and lie near, but they sell something else."""
    plan = region["plan"].assign(team=["wine", "beer", "wine"])
    fit = region["fit"].assign(is_other_team=[False, True])
    found = work_out({**region, "plan": plan, "fit": fit})
    assert found["vacancy_option"].tolist() == ["backfill", "absorb"]
    assert found["taken_by"].tolist() == ["Ann", "One (2 accounts)"]


def test_a_team_of_its_own_that_is_vacant_has_no_option(
    region: dict[str, pd.DataFrame], work_out: Callable[..., pd.DataFrame]
) -> None:
    plan = region["plan"].assign(team=["beer", "beer", "wine"])
    fit = region["fit"].assign(is_other_team=True)
    assert work_out({**region, "plan": plan, "fit": fit}).empty
