from collections.abc import Sequence

import pandas as pd

from territory_kit.steps._territories.naming import propose_names

Place = tuple[str, str | None, float, float]


def names(
    *places: Place, cities: Sequence[tuple[str, str, float]], is_whole: bool = False
) -> list[str]:
    """Name territories of id, name and centre, with cities of territory, city and potential."""
    columns = ["territory_id", "territory_name", "centre_lat_deg", "centre_lon_deg"]
    plan = pd.DataFrame(places, columns=columns).astype({"territory_name": "str"})
    of_units = ["territory_id", "city", "potential_amount_per_year"]
    units = pd.DataFrame(cities, columns=of_units).astype({"city": "str"})
    return propose_names(plan, units, region="Here", is_whole=is_whole).tolist()


def test_a_territory_is_named_after_the_city_with_most_potential() -> None:
    # Lyon has two accounts with 3 in all, Vienne one with 4.
    cities = [("T1", "Lyon", 1.0), ("T1", "Lyon", 2.0), ("T1", "Vienne", 4.0)]
    assert names(("T1", None, 45, 5), cities=cities) == ["Vienne"]


def test_capitals_do_not_make_another_city() -> None:
    cities = [("T1", "DES MOINES", 3.0), ("T1", "Des Moines", 3.0), ("T1", "Ames", 5.0)]
    assert names(("T1", None, 45, 5), cities=cities) == ["Des Moines"]


def test_a_name_that_is_given_stays() -> None:
    assert names(("T1", "Home", 45, 5), cities=[("T1", "Lyon", 1.0)]) == ["Home"]


def test_two_that_share_a_city_are_told_apart_by_direction() -> None:
    cities = [("T1", "Lyon", 1.0), ("T2", "Lyon", 1.0)]
    found = names(("T1", None, 45.0, 5.5), ("T2", None, 45.1, 4.5), cities=cities)
    assert found == ["Lyon East", "Lyon West"]


def test_a_new_one_is_told_apart_from_one_that_has_the_name() -> None:
    found = names(("T1", "Lyon", 46, 5), ("T2", None, 45, 5), cities=[("T2", "Lyon", 1.0)])
    assert found == ["Lyon", "Lyon South"]


def test_where_directions_are_not_enough_numbers_help() -> None:
    cities = [(name, "Lyon", 1.0) for name in ("T1", "T2", "T3")]
    places: list[Place] = [("T1", None, 45, 9), ("T2", None, 45, 9), ("T3", None, 45, 0)]
    assert names(*places, cities=cities) == ["Lyon East", "Lyon East 2", "Lyon West"]


def test_without_any_city_the_region_lends_its_name() -> None:
    assert names(("T1", None, float("nan"), float("nan")), cities=[]) == ["Here"]


def test_one_territory_for_the_whole_region_has_its_name() -> None:
    lyon = [("T1", "Lyon", 1.0)]
    assert names(("T1", None, 45, 5), cities=lyon, is_whole=True) == ["Here"]
    assert names(("T1", "Home", 45, 5), cities=lyon, is_whole=True) == ["Home"]
