import pandas as pd
import pytest

from territory_kit.steps._territories.same_city import tell_cities_apart

# A tenth of a degree of latitude are 11 km.
NEAR, FAR = 45.1, 46.0


def names(
    lat_deg: list[float | None],
    *,
    codes: list[str | None] | None = None,
    countries: list[str | None] | None = None,
) -> list[str]:
    """Name the city of accounts in Ash, the first at 45 degrees."""
    count = len(lat_deg)
    accounts = pd.DataFrame(
        {
            "account_id": [str(number) for number in range(count)],
            "city": "Ash",
            "country": countries or [None] * count,
            "postal_code": codes or [None] * count,
            "lat_deg": lat_deg,
            "lon_deg": 5.0,
        }
    ).astype({"country": "str", "postal_code": "str", "lat_deg": "float64"})
    turned = tell_cities_apart(accounts.iloc[::-1]).sort_index().tolist()
    found = tell_cities_apart(accounts).tolist()
    assert found == turned
    return found


@pytest.mark.parametrize(
    ("lat_deg", "codes"),
    [
        pytest.param([45.0, NEAR], ["69001", "38001"], id="near, other postal area"),
        pytest.param([45.0, NEAR, 45.2, 45.3], None, id="a chain of short steps"),
        pytest.param([None, None], ["69001", "38001"], id="no place is known"),
        pytest.param([45.0], None, id="one account"),
        pytest.param([], None, id="no account"),
    ],
)
def test_one_city_keeps_its_name(lat_deg: list[float | None], codes: list[str | None]) -> None:
    assert names(lat_deg, codes=codes) == ["Ash"] * len(lat_deg)


def test_cities_far_apart_have_the_postal_code_of_most_accounts() -> None:
    found = names([45.0, 45.0, NEAR, FAR], codes=["69002", "69001", "69001", "71000"])
    assert found == ["Ash (69001)"] * 3 + ["Ash (71000)"]


def test_without_codes_that_tell_cities_apart_they_are_numbered() -> None:
    assert names([45.0, FAR]) == ["Ash (1)", "Ash (2)"]
    assert names([45.0, FAR], codes=["69001", "69001"]) == ["Ash (1)", "Ash (2)"]


def test_an_account_without_a_place_goes_with_its_postal_area_or_with_most() -> None:
    codes = ["69001", "69002", "71000", "71999", None]
    found = names([45.0, 45.0, FAR, None, None], codes=codes)
    assert found == [f"Ash ({code})" for code in ("69001", "69001", "71000", "71000", "69001")]


def test_towns_of_one_name_on_both_sides_of_a_border_are_two() -> None:
    assert names([45.0, 45.0], codes=["79725", "5080"], countries=["DE", "CH"]) == [
        "Ash (79725)",
        "Ash (5080)",
    ]
    # Who says no country is where most are.
    assert names([45.0, 45.0, 45.0], countries=["DE", "DE", None]) == ["Ash"] * 3
