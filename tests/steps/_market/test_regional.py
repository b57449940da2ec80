"""Buying power against our sales, area by area, worked out by hand."""

from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.steps._market.regional import index_areas, say_areas

MakeTable = Callable[..., pd.DataFrame]
# Shares of the nation: 29 has 0.5 x 2 % + 0.3 x 3 % + 0.2 x 1 % = 2.1 %, 35 has 0.9 %, 75 10 %.
STATISTICS: dict[str, list[object]] = {
    "area_id": ["29", "35", "75"],
    "area_name": ["Finistère", None, "Paris"],
    "income_share": [0.02, 0.01, 0.1],
    "retail_sales_share": [0.03, 0.01, 0.1],
    "population_share": [0.01, 0.005, 0.1],
    "category_sales_share": [0.02, 0.005, 0.1],
}


@pytest.fixture
def given(make_table: MakeTable) -> Callable[..., pd.DataFrame]:
    def make(**changes: list[object]) -> pd.DataFrame:
        return make_table("regional_statistics", **{**STATISTICS, **changes})

    return make


def accounts(codes: list[str | None], revenue: list[float | None]) -> pd.DataFrame:
    frame = pd.DataFrame({"postal_code": codes, "revenue_amount_per_year": revenue})
    return frame.astype({"postal_code": "str", "revenue_amount_per_year": "float64"})


# 29 sold 100 and 35 sold 300; two accounts lie nowhere.
HERE = accounts(["29000", "29200", "35000", "99000", None], [60.0, 40.0, 300.0, 1.0, 5.0])


def found(
    statistics: pd.DataFrame | None, in_scope: pd.DataFrame = HERE
) -> tuple[pd.DataFrame, str]:
    areas = index_areas(statistics, in_scope, region="Bretagne")
    columns.shape_result("regional_indices", areas)
    return areas.reset_index(drop=True), " ".join(say_areas(statistics, areas, region="Bretagne"))


def test_without_our_share_of_the_nation_areas_of_the_region_are_compared(
    given: Callable[..., pd.DataFrame],
) -> None:
    areas, sentence = found(given())
    assert areas["area_id"].tolist() == ["29", "35"]
    assert areas["accounts_count"].tolist() == [2, 1]
    assert areas["buying_power_share"].tolist() == pytest.approx([0.021, 0.009])
    # 2.1 and 0.9 of 3.0; 100 and 300 of 400.
    assert areas["compared_power_share"].tolist() == pytest.approx([0.7, 0.3])
    assert areas["sales_share"].tolist() == pytest.approx([0.25, 0.75])
    assert areas["power_gap_share"].tolist() == pytest.approx([0.45, -0.45])
    # 2 % of the category for 1 % of the people.
    assert areas["category_index"].tolist() == pytest.approx([200, 100])
    assert areas["area_reading"].tolist() == ["n/a", "n/a"]
    assert sentence == (
        "Buying power is above our share of sales in 1 of 2 areas, most in Finistère (29): 70.0 % "
        "of the buying power of the areas of the region, 25.0 % of our sales there."
    )


def test_our_share_of_the_nation_goes_before_the_accounts(
    given: Callable[..., pd.DataFrame],
) -> None:
    areas, sentence = found(given(brand_sales_share=[0.001, 0.01, None]))
    assert areas["power_gap_share"].tolist() == pytest.approx([0.02, -0.001])
    assert areas["brand_index"].tolist() == pytest.approx([10, 200])
    assert areas["opportunity_index"].tolist() == pytest.approx([5, 200])
    assert areas["area_reading"].tolist() == ["whitespace", "strong"]
    assert "2.1 % of the buying power of the nation, 0.1 % of our sales there." in sentence


def test_an_area_of_the_region_counts_without_an_account(
    given: Callable[..., pd.DataFrame],
) -> None:
    only = accounts(["29000"], [10.0])
    areas, sentence = found(given(region=[None, "Bretagne", None]), only)
    assert areas["accounts_count"].tolist() == [1, 0]
    assert areas["power_gap_share"].tolist() == pytest.approx([-0.3, 0.3])
    assert "most in 35: 30.0 %" in sentence


def test_an_area_that_contains_another_is_left_out(given: Callable[..., pd.DataFrame]) -> None:
    areas, _ = found(given(area_id=["29", "292", "35"]))
    # 29200 goes to the smaller area; 29 would count its buying power twice.
    assert areas["area_id"].tolist() == ["292", "35"]
    assert areas["accounts_count"].tolist() == [1, 1]


def test_a_row_of_the_region_alone_needs_our_share(given: Callable[..., pd.DataFrame]) -> None:
    names: list[object] = ["bretagne ", "Corse", "PACA"]
    areas, sentence = found(given(area_id=names))
    assert areas["accounts_count"].tolist() == [5]
    assert sentence == (
        "Buying power cannot be compared with our sales. Missing: brand_sales_share, or several "
        "areas in the region."
    )
    areas, sentence = found(given(area_id=names, brand_sales_share=[0.05, None, None]))
    assert areas["power_gap_share"].tolist() == pytest.approx([0.021 - 0.05])
    assert sentence == "In no area is buying power above our share of sales."


def test_what_is_missing_is_named(given: Callable[..., pd.DataFrame]) -> None:
    _, sentence = found(given(), HERE.assign(revenue_amount_per_year=float("nan")))
    assert sentence.endswith(
        "Missing: brand_sales_share, or revenue of accounts with postal codes."
    )
    _, sentence = found(given(income_share=[None] * 3))
    assert "Missing: income_share, retail_sales_share and population_share" in sentence
    areas, sentence = found(given(), HERE.iloc[3:])
    assert areas.empty
    assert sentence.startswith("The regional statistics have no area of Bretagne: give its name")
    areas, sentence = found(None)
    assert (len(areas), sentence) == (0, "")


def test_the_order_of_rows_does_not_matter(given: Callable[..., pd.DataFrame]) -> None:
    turned, sentence = found(given().iloc[::-1], HERE.iloc[::-1])
    pd.testing.assert_frame_equal(turned, found(given())[0])
    assert sentence == found(given())[1]
