"""Driving priced by a mileage scale: by hand from the published French bands of 2023."""

import math
from datetime import date
from typing import Any

import pandas as pd
import pytest

from territory_kit.options import Costs, Options
from territory_kit.own_scales import OwnBand, OwnScale
from territory_kit.steps._review.mileage import driven_km, region_country, review_mileage
from territory_kit.steps._review.part import Part

FRENCH = pd.Series(["FR", "France", None], dtype="str")
NAME = "barème kilométrique, voitures"
# 0.50 a km whatever the distance
OWN = OwnScale(
    name="ours",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    bands=(OwnBand(fiscal_power=5, rate_amount_per_km=0.5),),
)


def options(day: date | None = date(2025, 6, 30), currency: str = "EUR", **costs: Any) -> Options:  # noqa: ANN401 - any option
    return Options(currency=currency, as_of_date=day, costs=Costs(km_amount=0.4, **costs))


def review(*rows: tuple[str | None, float, float | None]) -> pd.DataFrame:
    """Make territories: rep, estimated km, declared km."""
    reps, estimated, declared = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "territory_id": [f"T{number}" for number in range(len(rows))],
            "rep_id": pd.Series(reps, dtype="str"),
            "travel_km_per_year": pd.Series(estimated, dtype="float64"),
            "declared_km_per_year": pd.Series(declared, dtype="float64"),
        }
    )


TWO = review(("R1", 9_000, 10_000), ("R2", 4_000, None))


def amounts(part: Part) -> list[float]:
    return list(part.tables["mileage"]["mileage_amount_per_year"])


def test_declared_km_come_before_the_estimate_and_each_is_flagged() -> None:
    part = review_mileage(TWO, FRENCH, options())
    table = part.tables["mileage"]
    assert table["driven_km_per_year"].tolist() == [10_000, 4_000]
    assert table["km_source"].tolist() == ["declared", "estimated"]
    # 5 CV: 10,000 x 0.357 + 1,395, and 4,000 x 0.636
    assert amounts(part) == pytest.approx([4_965, 2_544])
    assert part.figures["mileage_amount_per_year"] == pytest.approx(7_509)
    (sentence,) = part.findings
    assert sentence == (
        "By the official mileage scale the driving of 2 reps comes to EUR 7.51 k a year, against "
        "EUR 5.60 k at the plan's 0.4 a km; km are declared by 1 of them, estimated for the others."
    )
    assert part.figures["mileage_words"] == f"Scale: {NAME}, fiscal power 5."


@pytest.mark.parametrize(
    ("power", "expected"),
    # 10,000 km: 3 CV 0.316 and 1,065; 7 CV 0.394 and 1,515
    [(3, 4_225), (7, 5_455)],
)
def test_the_fiscal_power_sets_the_rate(power: int, expected: float) -> None:
    part = review_mileage(review(("R1", 0, 10_000)), FRENCH, options(fiscal_power=power))
    assert amounts(part) == pytest.approx([expected])


def test_a_scale_that_has_ended_is_used_and_named() -> None:
    part = review_mileage(TWO, FRENCH, options(date(2026, 10, 31)))
    assert amounts(part) == pytest.approx([4_965, 2_544])
    sentence = (
        f"The scale {NAME} ended on 2025-12-31; amounts may be out of date; enter the new one "
        "under costs: mileage_scales."
    )
    assert sentence in part.assumptions
    assert str(part.figures["mileage_words"]).endswith(sentence)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 5, 1), "began on 2023-01-01 only"),
        (None, "the plan has no day to look from"),
    ],
)
def test_a_scale_that_may_not_hold_is_told(day: date | None, words: str) -> None:
    assert words in str(review_mileage(TWO, FRENCH, options(day)).figures["mileage_words"])


def test_a_scale_of_the_plans_own_is_used_from_its_first_day() -> None:
    part = review_mileage(TWO, FRENCH, options(date(2026, 10, 31), mileage_scales=(OWN,)))
    assert amounts(part) == [5_000, 2_000]
    assert part.figures["mileage_words"] == "Scale: ours, fiscal power 5."
    before = review_mileage(TWO, FRENCH, options(mileage_scales=(OWN,)))
    assert amounts(before) == pytest.approx([4_965, 2_544])


def test_outside_france_nothing_is_priced_unless_the_plan_has_a_scale() -> None:
    belgian = pd.Series(["BE", "BE", "FR"], dtype="str")
    part = review_mileage(TWO, belgian, options())
    assert part.tables["mileage"].empty
    assert not part.findings
    sentence = (
        "No official mileage scale is held for the country BE: driving is priced by the plan's "
        "price of a km alone. A scale of your own goes under costs: mileage_scales."
    )
    assert part.figures["mileage_words"] == sentence
    assert list(part.assumptions) == [sentence]
    own = options(date(2026, 10, 31), mileage_scales=(OWN,))
    assert amounts(review_mileage(TWO, belgian, own)) == [5_000, 2_000]


def test_money_of_another_currency_is_not_mixed() -> None:
    part = review_mileage(TWO, FRENCH, options(currency="CHF"))
    assert part.tables["mileage"].empty
    assert part.figures["mileage_words"] == (
        f"The scale {NAME} is in EUR, the plan in CHF: driving is not priced by it."
    )


@pytest.mark.parametrize("rows", [TWO.head(0), review((None, 5_000, None))])
def test_without_reps_one_sentence_says_so(rows: pd.DataFrame) -> None:
    part = review_mileage(rows, FRENCH, options())
    assert part.tables["mileage"].empty
    assert str(part.figures["mileage_words"]).startswith("Without reps")
    assert not part.findings


def test_a_rep_with_two_territories_has_one_row_and_declared_km_count_once() -> None:
    both = driven_km(review(("R1", 3_000, 7_000), ("R1", 2_000, 7_000)))
    assert both["driven_km_per_year"].tolist() == [7_000]
    estimated = driven_km(review(("R1", 3_000, None), ("R1", 2_000, None)))
    assert estimated["driven_km_per_year"].tolist() == [5_000]


def test_reps_whose_driving_is_not_known_are_left_out() -> None:
    assert driven_km(review(("R1", math.nan, None), ("R2", 1, None)))["rep_id"].tolist() == ["R2"]


@pytest.mark.parametrize(
    ("source", "words"),
    [(10.0, "all km are declared."), (None, "all km are estimated.")],
)
def test_one_source_for_all_is_told_as_such(source: float | None, words: str) -> None:
    part = review_mileage(review(("R1", 10, source)), FRENCH, options())
    assert part.findings[0].endswith(words)
    assert "the driving of 1 rep comes to" in part.findings[0]


def test_the_order_of_rows_does_not_matter() -> None:
    pd.testing.assert_frame_equal(driven_km(TWO.iloc[::-1]), driven_km(TWO))


@pytest.mark.parametrize(
    ("countries", "default", "country"),
    [
        (["fr", "France ", "BE"], "", "FR"),
        ([None, None, "BE"], "FR", "FR"),
        ([None], "", ""),
        ([], "FR", ""),
    ],
)
def test_the_country_is_that_of_most_accounts(
    countries: list[str | None], default: str, country: str
) -> None:
    assert region_country(pd.Series(countries, dtype="str"), default) == country
