from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest

from territory_kit.columns import empty_frame
from territory_kit.tables.places import locate
from territory_kit.tables.places.geonames import list_cities
from territory_kit.tables.places.locate import locate_accounts

# Latitudes and longitudes of the cities as GeoNames has them.
LYON = (45.74906, 4.84789)
WINDHOEK = (-22.55941, 17.08323)
_COUNTRIES = (("FR",), ("NA",), ("US",))


@pytest.fixture(autouse=True)
def _one_list_of_cities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the cities of all countries met here once: reading them takes seconds."""
    cities = list_cities(("FR", "NA", "US"))
    few = {codes: cities.loc[cities["country"].isin(codes)] for codes in _COUNTRIES}
    monkeypatch.setattr(locate, "list_cities", lambda codes: few[codes])


def table(name: str, columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    names = [str(column) for column in empty_frame(name)]
    cells = {column: columns.get(column, [None] * count) for column in names}
    return pd.DataFrame(cells).astype(empty_frame(name).dtypes.to_dict())


def accounts(**columns: Sequence[object]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return table("accounts", {"account_id": [f"A{i}" for i in range(count)], **columns})


def places(**columns: Sequence[object]) -> pd.DataFrame:
    return table("places", columns)


def found(
    table: pd.DataFrame, *, known: pd.DataFrame | None = None, country: str = "FR"
) -> list[tuple[float, float, str]]:
    located = locate_accounts(table, places=known, country=country)
    rows = located[["lat_deg", "lon_deg", "coordinate_source"]].itertuples(index=False)
    return [(float(lat), float(lon), str(source)) for lat, lon, source in rows]


def test_given_coordinates_stay() -> None:
    table = accounts(lat_deg=[1.5], lon_deg=[2.5], city=["Lyon"])
    assert found(table) == [(1.5, 2.5, "given")]


def test_half_a_pair_does_not_count_as_given() -> None:
    table = accounts(lat_deg=[1.5], lon_deg=[np.nan], city=["Lyon"])
    assert found(table) == [(*LYON, "city")]


def test_places_come_before_cities_and_the_narrowest_place_first() -> None:
    known = places(
        postal_code=["69001", "69001", None],
        city=["Lyon", "Autre", "Nowhere"],
        lat_deg=[10.0, 20.0, 30.0],
        lon_deg=[1.0, 2.0, 3.0],
    )
    table = accounts(
        postal_code=["69001", "69 001", "69002"], city=["LYON 1er", "Ailleurs", "nowhere"]
    )
    assert found(table, known=known) == [
        (10.0, 1.0, "places"),
        (15.0, 1.5, "places"),  # the mean of both places with that postal code
        (30.0, 3.0, "places"),
    ]


def test_places_of_another_country_are_not_used() -> None:
    known = places(country=["DE"], postal_code=["69001"], lat_deg=[50.0], lon_deg=[8.0])
    assert found(accounts(postal_code=["69001"]), known=known)[0][2] == "none"


@pytest.mark.parametrize("city", ["Lyon", "LYON", "lyon 3e", "Lyon CEDEX 03"])
def test_cities_are_found_whatever_case_and_district(city: str) -> None:
    assert found(accounts(city=[city])) == [(*LYON, "city")]


def test_windhoek_in_country_na_is_found() -> None:
    table = accounts(city=["Windhoek"], country=["NA"])
    assert found(table, country="FR") == [(*WINDHOEK, "city")]


def test_the_state_decides_between_cities_of_one_name() -> None:
    table = accounts(city=["Springfield"] * 3, region=["Illinois", "MO", None])
    points = [(round(lat, 1), round(lon, 1)) for lat, lon, _ in found(table, country="US")]
    assert points == [(39.8, -89.6), (37.2, -93.3), (37.2, -93.3)]


def test_a_city_that_its_state_does_not_have_is_not_taken_from_another() -> None:
    assert found(accounts(city=["Chicago"], region=["Iowa"]), country="US")[0][2] == "none"


def test_known_accounts_of_the_region_attract_a_city_of_the_same_name() -> None:
    """Montreuil near Paris has 111,000 inhabitants, the one near Calais 2,700."""
    known = {"lat_deg": [50.9, 50.3, np.nan], "lon_deg": [1.8, 2.8, np.nan]}
    names = {"city": ["Calais", "Arras", "Montreuil"], "region": ["Pas-de-Calais"] * 3}
    calais = accounts(**known, **names)
    paris = calais.assign(lat_deg=[48.9, 48.5, np.nan], region="Nord")
    nowhere = accounts(city=["Montreuil"])
    assert [round(lat) for lat, *_ in found(calais)] == [51, 50, 50]
    assert round(found(paris)[2][0]) == 49
    assert round(found(nowhere)[0][0]) == 49


def test_neighbours_with_the_longest_common_postal_prefix_stand_in() -> None:
    table = accounts(
        lat_deg=[45.0, 47.0, 40.0, np.nan, np.nan, np.nan],
        lon_deg=[5.0, 5.0, 0.0, np.nan, np.nan, np.nan],
        postal_code=["69100", "69100", "69999", "69100", "69123", "13001"],
    )
    assert found(table)[3:] == [
        (46.0, 5.0, "postal_code"),
        (46.0, 5.0, "postal_code"),  # 691: the first two
        (pytest.approx(np.nan, nan_ok=True), pytest.approx(np.nan, nan_ok=True), "none"),
    ]


def test_two_digits_of_a_zip_code_are_too_few() -> None:
    table = accounts(
        lat_deg=[45.0, np.nan, np.nan],
        lon_deg=[5.0, np.nan, np.nan],
        postal_code=["55401-1234", "55402", "55999"],
    )
    assert [source for *_, source in found(table, country="US")] == [
        "given",
        "postal_code",
        "none",
    ]


def test_unknown_countries_and_empty_columns_are_no_obstacle() -> None:
    table = accounts(city=["Lyon", None], country=["Atlantis", None])
    assert [source for *_, source in found(table)] == ["none", "none"]


def test_the_order_of_rows_does_not_matter_and_the_input_stays() -> None:
    table = accounts(
        lat_deg=[45.1, 47.3, 40.7, np.nan, np.nan],
        lon_deg=[5.1, 5.2, 0.3, np.nan, np.nan],
        postal_code=["69100", "69100", "69101", "69100", "69123"],
    )
    before = table.copy()
    located = locate_accounts(table, places=None, country="FR")
    shuffled = locate_accounts(table.iloc[[3, 1, 4, 0, 2]], places=None, country="FR")
    pd.testing.assert_frame_equal(located, shuffled)
    pd.testing.assert_frame_equal(table, before)
    assert located.columns.tolist() == [*table.columns, "coordinate_source"]


def test_no_accounts_are_located_too() -> None:
    located = locate_accounts(empty_frame("accounts"), places=None, country="")
    assert located["coordinate_source"].dtype == "str"
    assert located.empty
