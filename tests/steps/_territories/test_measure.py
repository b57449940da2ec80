import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._territories.measure import (
    balance_rows,
    measure_territories,
    team_targets,
)
from territory_kit.steps._territories.problem import POTENTIAL, WORKLOAD


def slots(ids: list[str], **values: object) -> pd.DataFrame:
    frame = pd.DataFrame({"territory_id": ids, "team": "", "size_share": 1.0} | values)
    return frame.astype({"territory_id": "str", "team": "str"})


def units(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Make accounts from territory, workload and potential."""
    frame = pd.DataFrame(rows, columns=["territory_id", WORKLOAD, POTENTIAL])
    others = {
        "visits_per_year": 1.0,
        "revenue_amount_per_year": 1.0,
        "call_hours_per_year": 1.0,
        "travel_hours_per_year": 1.0,
        "lat_deg": 45.0,
        "lon_deg": 5.0,
        "is_remote": False,
    }
    return frame.astype({WORKLOAD: float, POTENTIAL: float}).assign(**others)


def test_sums_indexes_and_potential_per_hour_by_hand() -> None:
    measured = measure_territories(
        units(("T1", 10, 90), ("T1", 20, 0), ("T2", 10, 30)), slots(["T1", "T2"]), Options()
    )
    assert measured["accounts_count"].tolist() == [2, 1]
    assert measured[WORKLOAD].tolist() == [30, 10]
    # Targets: 20 h and 60 of potential each.
    assert measured["workload_index"].tolist() == [150, 50]
    assert measured["potential_index"].tolist() == [150, 50]
    assert measured["hour_potential_amount"].tolist() == [3, 3]
    assert measured["quality"].tolist() == ["medium", "medium"]
    assert measured["travel_km_per_year"].tolist() == [0, 0]


def test_a_territory_without_accounts_counts_nothing() -> None:
    measured = measure_territories(units(("T1", 10, 10)), slots(["T0", "T1"]), Options())
    assert measured["accounts_count"].tolist() == [0, 1]
    assert measured["workload_index"].tolist() == [0, 200]
    assert np.isnan(measured["hour_potential_amount"][0])
    assert measured["quality"].tolist() == ["n/a", "n/a"]


def test_without_any_load_every_territory_is_on_target() -> None:
    measured = measure_territories(units(("T1", 0, 0)), slots(["T0", "T1"]), Options())
    assert measured["workload_index"].tolist() == [100, 100]
    (workload, _) = balance_rows(measured, {}, state="today")
    assert workload["deviation_share"] == 0


def test_no_territories_can_be_measured() -> None:
    assert measure_territories(units(), slots([]), Options()).empty


def test_targets_are_set_within_each_team() -> None:
    measured = slots(["T1", "T2", "T3"], team=["wine", "beer", "wine"], size_share=[1, 1, 0.5])
    targets = team_targets(measured.assign(**{WORKLOAD: [20.0, 7.0, 10.0]}), WORKLOAD)
    # Wine has 30 h for sizes 1 and 0.5; beer has 7 h for one.
    assert targets.tolist() == [20, 7, 10]


def test_balance_is_measured_against_the_target_of_the_own_team() -> None:
    measured = slots(
        ["T1", "T2", "T3"],
        team=["wine", "wine", "beer"],
        **{WORKLOAD: [30.0, 10.0, 100.0], POTENTIAL: [1.0, 1.0, 1.0]},
    )
    workload, potential = balance_rows(measured, {WORKLOAD: 0.1}, state="proposal")
    # Wine: 30 and 10 against 20; beer is alone and on target.
    assert workload["lowest_share"] == pytest.approx(-0.5)
    assert workload["highest_share"] == pytest.approx(0.5)
    assert workload["deviation_share"] == pytest.approx(0.5)
    assert workload["target_value"] == pytest.approx(140 / 3)
    assert (workload["tolerance_share"], potential["tolerance_share"]) == (0.1, None)
    assert potential["gini_share"] == pytest.approx(0)
