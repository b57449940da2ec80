"""Sentences of the case on public data follow its numbers, whatever they are."""

import pandas as pd
import pytest

from tools.case_iowa_sentences import enclave_sentences, penetration_sentence, price_sentence

# Five cities in a row, 0.1 degrees apart, and one far in the south.
CITIES = pd.DataFrame(
    {
        "account_id": list("abcdef"),
        "account_name": ["ANN", "BEE", "CEE", "DEE", "EEL", "FAR"],
        "territory_id": ["T1", "T1", "T2", "T1", "T1", "T2"],
        "lat_deg": [42.0, 42.0, 42.0, 42.0, 42.0, 41.0],
        "lon_deg": [-93.2, -93.1, -93.0, -92.9, -92.8, -93.0],
        "potential_amount_per_year": [10.0, 10.0, 60.0, 10.0, 10.0, 20.0],
    }
)
TERRITORIES = pd.DataFrame(
    {
        "territory_id": ["T1", "T2"],
        "territory_name": ["North", "South"],
        "potential_amount_per_year": [40.0, 80.0],
    }
)


def test_a_city_among_those_of_another_territory_is_named_with_what_hangs_on_it() -> None:
    """South holds 80, 20 without Cee; the mean of 40 and 80 is 60."""
    [sentence] = enclave_sentences(CITIES, TERRITORIES, neighbours_count=2)
    assert sentence.startswith(
        "Cee lies among cities of the territory North and belongs to the territory South, which "
        "without it would hold USD 20 of potential; the mean of all territories is USD 60."
    )


def test_where_every_city_has_a_neighbour_of_its_own_nothing_is_said() -> None:
    connected = CITIES.assign(territory_id=["T1", "T1", "T1", "T2", "T2", ""]).replace("", None)
    assert enclave_sentences(connected, TERRITORIES, neighbours_count=2) == []


@pytest.mark.parametrize(
    ("buying", "words"),
    [(8, "growth must come from depth"), (7, "new customers can still be won")],
)
def test_penetration_says_where_growth_lies(buying: int, words: str) -> None:
    """High is 80 % and more: 8 of 10."""
    assert words in penetration_sentence(buying, 10)


@pytest.mark.parametrize(
    ("plan_km", "sentence"),
    [
        (58.5, "The plan pays for its limits with 2.5 km a call."),
        (55.0, "The plan's calls are 1.0 km nearer than those of k-means."),
        (56.0, "The plan's calls are as near as those of k-means."),
    ],
)
def test_the_price_of_balance_has_its_sign(plan_km: float, sentence: str) -> None:
    assert price_sentence(plan_km, 56.0) == sentence
