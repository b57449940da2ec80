import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options, Travel, Visits
from territory_kit.steps.driving import drive, find_homes, find_middle

OPTIONS = Options(
    travel=Travel(circuity=1.0, speed_km_per_hour=50, parking_hours=0.1), visits=Visits(per_day=2)
)
DEGREE_KM = 6371.0088 * np.pi / 180


def accounts(lat_deg: list[float], visits: list[float], *, remote: list[bool]) -> pd.DataFrame:
    """Make accounts on the equator's meridian, all in territory T."""
    return pd.DataFrame(
        {
            "territory_id": "T",
            "lat_deg": lat_deg,
            "lon_deg": 0.0,
            "visits_per_year": visits,
            "is_remote": remote,
        }
    )


def test_the_middle_is_the_account_from_which_all_are_nearest() -> None:
    points = np.array([[0.0, 0], [1, 0], [10, 0], [np.nan, np.nan]])
    # Ways with equal weights: 0 -> 11, 1 -> 10, 10 -> 19. With weight 9 on the last: it is 19.
    assert find_middle(points, np.array([1.0, 1, 1, 1])) == 1
    assert find_middle(points, np.array([1.0, 1, 9, 1])) == 2
    assert find_middle(points, np.zeros(4)) == 1
    assert find_middle(points[3:], np.ones(1)) is None


def test_one_account_is_driven_to_from_home_and_back_each_time() -> None:
    rows = accounts([1.0], [10.0], remote=[False])
    driven = drive(pd.Series(["T"]), rows, OPTIONS, homes={"T": (0.0, 0.0)})
    # 10 visits x 2 x one degree (111.2 km); 50 km/h and 0.1 h to park each time.
    road_km = 20 * DEGREE_KM
    assert driven["travel_km_per_year"].tolist() == pytest.approx([road_km])
    assert driven["tour_hours_per_year"].tolist() == pytest.approx([road_km / 50 + 1.0])


def test_without_a_home_days_start_at_the_centre() -> None:
    driven = drive(pd.Series(["T"]), accounts([1.0], [10.0], remote=[False]), OPTIONS)
    assert driven["travel_km_per_year"].tolist() == [0.0]
    assert driven[["centre_lat_deg", "centre_lon_deg"]].to_numpy().tolist() == [[1.0, 0.0]]


def test_remote_accounts_are_not_driven_to() -> None:
    rows = accounts([0.0, 1.0], [10.0, 99.0], remote=[False, True])
    driven = drive(pd.Series(["T"]), rows, OPTIONS)
    assert driven["travel_km_per_year"].tolist() == [0.0]
    assert driven["tour_hours_per_year"].tolist() == pytest.approx([1.0])


def test_a_territory_without_a_known_place_has_no_centre_and_no_km() -> None:
    rows = accounts([np.nan], [10.0], remote=[False])
    driven = drive(pd.Series(["T", "empty"]), rows, OPTIONS)
    assert driven["territory_id"].tolist() == ["T", "empty"]
    assert driven["travel_km_per_year"].tolist() == [0.0, 0.0]
    assert driven["centre_lat_deg"].isna().all()


def test_homes_are_those_of_the_reps_that_have_one() -> None:
    held = pd.DataFrame({"territory_id": ["T1", "T2", "T3"], "rep_id": ["R1", "R2", None]})
    reps = pd.DataFrame(
        {"rep_id": ["R1", "R2"], "home_lat_deg": [45.0, None], "home_lon_deg": [5.0, 5.0]}
    )
    assert find_homes(held.astype("str"), reps.astype({"rep_id": "str"})) == {"T1": (45.0, 5.0)}
