"""The market through one lens, as a reader sees it."""

import pandas as pd

from territory_kit import report
from territory_kit.report.evidence import Evidence


def evidence_of(**columns: object) -> Evidence:
    values: dict[str, object] = {
        "lens": ["geography", "size"],
        "lens_column": ["postal_code", "employees_count"],
        "lens_group": ["69", "up to 9"],
        "accounts_count": [4.0, 4.0],
        "customers_count": [1.0, 1.0],
        "penetration_share": [0.25, 0.25],
        "potential_amount_per_year": [400.0, 400.0],
        "revenue_amount_per_year": [100.0, 100.0],
        "wallet_share": [0.25, 0.25],
        "whitespace_amount_per_year": [300.0, 300.0],
        "overspent_count": [0.0, 1.0],
    }
    return Evidence({"market_lenses": pd.DataFrame(values | columns)}, currency="EUR")


def test_only_the_groups_of_the_lens_are_shown_under_their_name() -> None:
    shown = report.lens_table("geography", evidence_of())
    assert shown.headings[0] == "Postal area"
    assert [row[0] for row in shown.rows] == ["69"]
    assert shown.caption.startswith("The market by place. 1 row.")


def test_the_caption_counts_accounts_above_their_potential() -> None:
    shown = report.lens_table("size", evidence_of())
    assert "1 account above the potential, with no whitespace." in shown.caption


def test_a_lens_without_accounts_is_an_empty_table() -> None:
    empty = evidence_of().tables["market_lenses"].iloc[:0]
    assert report.lens_table("kind", Evidence({"market_lenses": empty})).rows == ()
