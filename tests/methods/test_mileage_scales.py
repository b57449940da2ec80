"""Official mileage scales: the numbers as they were published."""

from datetime import date

import pytest

from territory_kit.errors import ParameterError
from territory_kit.methods.mileage import Scale, mileage_amount, scale_on
from territory_kit.methods.mileage_scales import FRENCH_SCALES

YEARS = [2023, 2024, 2025]
# Decree of 27 March 2023: rate up to 5,000 km, rate and fixed amount up to 20,000 km, rate beyond
DECREE = {
    3: (0.529, 0.316, 1065, 0.370),
    4: (0.606, 0.340, 1330, 0.407),
    5: (0.636, 0.357, 1395, 0.427),
    6: (0.665, 0.374, 1457, 0.447),
    7: (0.697, 0.394, 1515, 0.470),
}


def french_amount(km: float, power: int, *, electric: bool = False, year: int = 2024) -> float:
    scale = scale_on(date(year, 6, 1), FRENCH_SCALES)
    return mileage_amount(km, fiscal_power=power, is_electric=electric, scale=scale)


@pytest.mark.oracle
@pytest.mark.parametrize("power", DECREE)
@pytest.mark.parametrize("band", [0, 1, 2])
def test_each_rate_is_that_of_the_decree(power: int, band: int) -> None:
    short, middle, fixed, long = DECREE[power]
    km, expected = [
        (1000, 1000 * short),
        (10_000, 10_000 * middle + fixed),
        (30_000, 30_000 * long),
    ][band]
    assert french_amount(km, power) == pytest.approx(expected)
    assert french_amount(km, power, electric=True) == pytest.approx(1.2 * expected)


@pytest.mark.oracle
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("km", "power", "electric", "published"),
    [
        (8_000, 5, False, 4_251.00),  # worked example of a mileage guide (malibou)
        (5_000, 5, False, 3_180.00),
        (20_000, 5, False, 8_535.00),
        (20_000.01, 5, False, 8_540.00),
        (13_500, 4, False, 5_920.00),
        (25_000, 7, True, 14_100.00),
        (4_000, 5, False, 2_544.00),  # worked example of fiscalonline.com, 2025
    ],
)
def test_published_examples_hold_in_each_year_of_the_decree(
    year: int, km: float, power: int, *, electric: bool, published: float
) -> None:
    assert round(french_amount(km, power, electric=electric, year=year), 2) == published


@pytest.mark.parametrize("power", DECREE)
def test_more_km_never_cost_less(power: int) -> None:
    amounts = [french_amount(km, power) for km in (0, 4_999, 5_000, 5_001, 20_000, 20_001, 60_000)]
    assert amounts == sorted(amounts)


@pytest.mark.parametrize("power", DECREE)
@pytest.mark.parametrize("cut", [5_000, 20_000])
def test_bands_meet_within_a_few_euros(power: int, cut: int) -> None:
    """A mistyped fixed amount would part them."""
    assert french_amount(cut + 0.01, power) == pytest.approx(french_amount(cut, power), abs=16)


def test_stronger_cars_cost_more() -> None:
    for km in (3_000, 12_000, 40_000):
        amounts = [french_amount(km, power) for power in DECREE]
        assert amounts == sorted(amounts)


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2026, 1, 1)])
def test_a_year_without_a_scale_is_refused_with_the_years_that_have_one(day: date) -> None:
    with pytest.raises(ParameterError, match="known years are 2023, 2024, 2025"):
        scale_on(day, FRENCH_SCALES)


@pytest.mark.parametrize("scale", FRENCH_SCALES, ids=lambda scale: scale.name)
def test_each_scale_names_its_decree_and_currency(scale: Scale) -> None:
    assert "arrêté du" in scale.source
    assert scale.currency == "EUR"
