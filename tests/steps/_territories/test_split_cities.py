"""Divided cities and what keeping each whole would change, worked out by hand."""

import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._territories.measure import measure_territories
from territory_kit.steps._territories.split_cities import list_split_cities

OPTIONS = Options()


def units(**changes: list[object]) -> pd.DataFrame:
    """Make Ash, mostly of T1, and Birch, of T2 alone; two territories of 30 hours each."""
    rows = pd.DataFrame(
        {
            "account_id": ["1", "2", "3", "4", "5"],
            "territory_id": ["T1", "T1", "T2", "T2", "T2"],
            "city": ["Ash", "Ash", "Ash", "Birch", "Birch"],
            "country": [None] * 5,
            "postal_code": [None] * 5,
            "team": [""] * 5,
            "workload_hours_per_year": [20.0, 10.0, 6.0, 12.0, 12.0],
            "potential_amount_per_year": [100.0] * 5,
            "lat_deg": [45.0, 45.0, 45.0, 45.1, 45.1],
            "lon_deg": [5.0] * 5,
            "visits_per_year": [12.0] * 5,
            "is_remote": [False] * 5,
            "bound_territory_id": [None] * 5,
            "together_id": [None] * 5,
            **changes,
        }
    )
    same = ("revenue_amount_per_year", "call_hours_per_year", "travel_hours_per_year")
    places = ("city", "country", "postal_code")
    texts = ("territory_id", "team", "bound_territory_id", "together_id", *places)
    return rows.assign(**dict.fromkeys(same, 0.0)).astype(dict.fromkeys(texts, "str"))


def plan(of: pd.DataFrame, team: str = "") -> pd.DataFrame:
    slots = pd.DataFrame(
        {"territory_id": ["T1", "T2"], "territory_name": ["North", "South"], "size_share": [1, 1]}
    )
    return measure_territories(of, slots.assign(team=team, is_provisional=False), OPTIONS)


def found(of: pd.DataFrame) -> pd.DataFrame:
    return list_split_cities(of, plan(of), OPTIONS)


def test_a_divided_city_goes_to_who_has_most_of_its_work() -> None:
    (row,) = found(units()).to_dict("records")
    assert (row["city"], row["holder_territory_id"]) == ("Ash", "T1")
    assert (row["parts_count"], row["accounts_count"], row["moved_count"]) == (2, 3, 1)
    assert row["held_count"] == 0
    assert row["potential_amount_per_year"] == 300
    # 36 and 24 hours instead of 30 and 30: 20 points more
    assert row["deviation_change_share"] == pytest.approx(0.2)
    # nobody drives from Birch to Ash any more
    assert row["change_km_per_year"] < 0


def test_a_city_without_parts_or_without_a_name_is_not_listed() -> None:
    assert found(units(city=["Ash", "Ash", None, "Birch", None])).empty
    assert found(units(city=[None] * 5)).empty


def test_two_cities_of_one_name_are_not_one_divided_city() -> None:
    """T1 has Ash in the south, T2 Ash a degree further north: nothing is divided."""
    apart = units(lat_deg=[45.0, 45.0, 46.0, 46.0, 46.0])
    assert found(apart).empty
    both = units(lat_deg=[45.0, 45.0, 46.0, 46.0, 45.0], city=["Ash"] * 5).assign(
        postal_code=pd.Series(["69001", "69001", "71000", "71000", "69002"], dtype="str")
    )
    (row,) = found(both).to_dict("records")
    # Of the southern one T2 has account 5; the northern one is all hers.
    assert (row["city"], row["accounts_count"], row["moved_count"]) == ("Ash (69001)", 3, 1)


def test_teams_share_a_city_without_dividing_it() -> None:
    teams = units(team=["a", "a", "b", "b", "b"])
    assert list_split_cities(teams, plan(units()), OPTIONS).empty


def test_who_is_bound_or_in_a_group_is_counted() -> None:
    assert found(units(bound_territory_id=[None, None, "T2", None, None]))["held_count"].item() == 1
    assert found(units(together_id=[None, None, "3", "3", None]))["held_count"].item() == 1


def test_without_work_the_part_with_most_accounts_is_the_largest() -> None:
    idle = units(workload_hours_per_year=[0.0] * 5, city=["Ash"] * 5)
    row = found(idle).iloc[0]
    assert row["holder_territory_id"] == "T2"
    assert row["deviation_change_share"] == 0


def test_cities_with_most_potential_come_first_whatever_the_order() -> None:
    two = units(
        city=["Birch", "Ash", "Ash", "Birch", "Birch"],
        potential_amount_per_year=[500.0, 1.0, 1.0, 1.0, 1.0],
    )
    assert found(two)["city"].tolist() == ["Birch", "Ash"]
    shuffled = two.iloc[::-1]
    pd.testing.assert_frame_equal(
        list_split_cities(shuffled, plan(two), OPTIONS), list_split_cities(two, plan(two), OPTIONS)
    )
