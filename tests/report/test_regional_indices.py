"""Areas by buying power above our sales: at most twelve, or what to add."""

import pandas as pd

from territory_kit import columns, report
from territory_kit.report import Evidence

EMPTY = columns.empty_frame("regional_indices")


def areas(gaps: list[float]) -> pd.DataFrame:
    values: dict[str, object] = {
        "area_id": [f"{place:02d}" for place in range(len(gaps))],
        "area_name": "Here",
        "accounts_count": 3,
        "buying_power_share": 0.01,
        "share_base": "region",
        "compared_power_share": 0.2,
        "sales_share": 0.1,
        "power_gap_share": gaps,
        "category_index": 120.0,
        "brand_index": 80.0,
        "opportunity_index": 67.0,
        "area_reading": "whitespace",
    }
    return pd.DataFrame(values).astype(EMPTY.dtypes.to_dict())


def test_the_areas_with_the_largest_gap_come_first() -> None:
    rows = [0.001 * place for place in range(13)]
    shown = report.regional_indices(Evidence({"regional_indices": areas(rows)}))
    assert (len(shown.rows), shown.rows[0][0]) == (12, "12")
    assert shown.caption.startswith("One row per area of the region with statistics")


def test_without_statistics_it_says_what_to_add() -> None:
    shown = report.regional_indices(Evidence({"regional_indices": EMPTY}))
    assert shown.caption.startswith(
        "No regional statistics given: add regional_statistics.csv with area_id, area_name, "
        "income_share, retail_sales_share, population_share, category_sales_share and "
        "brand_sales_share."
    )


def test_statistics_of_other_areas_are_not_called_missing() -> None:
    given = columns.empty_frame("regional_statistics").reindex(range(1))
    evidence = Evidence({"regional_indices": EMPTY, "regional_statistics": given})
    caption = report.regional_indices(evidence).caption
    assert caption.startswith("No area of the regional statistics lies in the region.")
