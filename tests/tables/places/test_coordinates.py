from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables import Fault

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]


def accounts(*points: tuple[float | str, float | str], country: str = "") -> str:
    rows = [f"A{i},x,{lat},{lon},{country}" for i, (lat, lon) in enumerate(points, start=1)]
    return "\n".join(["account_id,account_name,lat_deg,lon_deg,country", *rows])


def test_zero_zero_is_missing(read: Read) -> None:
    frame, faults = read("accounts", accounts((0, 0.001), (48.1, 0), (48.2, 2)))
    assert frame["lat_deg"].isna().tolist() == [True, False, False]
    assert frame["lon_deg"].isna().tolist() == [True, False, False]
    assert faults["zero_coordinates"].severity == "repaired"
    assert faults["zero_coordinates"].message == (
        'Coordinates are 0 / 0, in the sea off Africa: "0.0 / 0.001" (accounts.csv, column '
        "lat_deg, 1 row: A1). They were set missing. Leave coordinates empty where they are not "
        "known."
    )


def test_half_a_pair_is_missing(read: Read) -> None:
    frame, faults = read("accounts", accounts((48, ""), ("", "")))
    assert frame[["lat_deg", "lon_deg"]].isna().all(axis=None)
    assert faults["half_coordinates"].message == (
        'Latitude or longitude is missing: "48.0 / nothing" (accounts.csv, column lat_deg, '
        "1 row: A1). The other was set missing too. Give both."
    )


@pytest.mark.parametrize("country", ["FR", "France", ""])
def test_one_swapped_pair_is_turned_round(read: Read, country: str) -> None:
    points = ((48.8, 2.3), (45.7, 4.8), (47.2, -1.5), (-1.5, 47.2))
    frame, faults = read("accounts", accounts(*points), country=country)
    assert frame[["lat_deg", "lon_deg"]].iloc[3].tolist() == [47.2, -1.5]
    assert set(faults) == {"swapped_coordinates"}
    assert faults["swapped_coordinates"].severity == "repaired"
    assert faults["swapped_coordinates"].message == (
        'Latitude and longitude are swapped: "-1.5 / 47.2" (accounts.csv, column lat_deg, '
        "1 row: A4). They were turned round. If all are, swap the two headers in plan.yaml."
    )


def test_all_pairs_swapped_are_turned_round_where_the_country_is_known(read: Read) -> None:
    frame, faults = read("accounts", accounts((2.3, 48.8), (4.8, 45.7)), country="FR")
    assert frame["lat_deg"].tolist() == [48.8, 45.7]
    assert faults["swapped_coordinates"].rows_count == 2


def test_a_latitude_beyond_the_pole_is_swapped(read: Read) -> None:
    frame, _ = read("accounts", accounts((-93.5, 42.1)))
    assert frame[["lat_deg", "lon_deg"]].iloc[0].tolist() == [42.1, -93.5]


def test_coordinates_in_another_country_are_kept_and_said(read: Read) -> None:
    points = ((48.8, 2.3), (-21.1, 55.5))
    frame, faults = read("accounts", accounts(*points), country="FR")
    assert frame["lat_deg"].tolist() == [48.8, -21.1]
    assert faults["outside_country"].severity == "notice"
    assert faults["outside_country"].message == (
        'Coordinates lie outside the country: "-21.1 / 55.5" (accounts.csv, column lat_deg, '
        "1 row: A2). They were kept. Correct them, or give the row its own country."
    )


def test_the_country_of_a_row_comes_before_the_plan(read: Read) -> None:
    _, faults = read("accounts", accounts((-21.1, 55.5), country="Reunion"), country="FR")
    assert not faults


def test_homes_of_reps_are_checked_too(read: Read) -> None:
    text = "rep_id,rep_name,home_lat_deg,home_lon_deg\nR1,a,0,0\n"
    frame, faults = read("reps", text)
    assert frame["home_lat_deg"].isna().all()
    assert faults["zero_coordinates"].column == "home_lat_deg"


def test_an_impossible_latitude_is_not_turned_into_another_ocean(read: Read) -> None:
    """Turned round it would lie at latitude 2, longitude 95: not in France either."""
    frame, faults = read("accounts", accounts((48.8, 2.3), (45.7, 4.8), (95, 2.3)), country="FR")
    assert "swapped_coordinates" not in faults
    assert frame["lat_deg"].iloc[2] != 2.3


def test_a_number_that_is_no_coordinate_does_no_harm(read: Read) -> None:
    """Two of them used to overflow the middle of the others."""
    frame, faults = read("accounts", accounts((0, 1e308), (0, 1e308)))
    assert frame["lon_deg"].isna().all()
    assert "not_a_number" in faults


def test_coordinates_of_a_table_that_has_none_travel_along(read: Read) -> None:
    """Where a visit began is a column of the file's own, and text."""
    visits = "account_id,rep_id,visit_date,lat_deg,lon_deg\nA1,R1,2026-01-05,48,2\n"
    frame, faults = read("visits", visits)
    assert len(frame) == 1
    assert not {"zero_coordinates", "half_coordinates"} & set(faults)
