"""Prospects by their chance, and how well such chances came true."""

import pandas as pd

from territory_kit import columns, report
from territory_kit.report import Evidence


def evidence(chances: list[float]) -> Evidence:
    ids = [f"{row:02}" for row in range(len(chances))]
    tables = {
        "prospect_propensity": pd.DataFrame(
            {
                "account_id": ids,
                "propensity_share": chances,
                "propensity_reason": ["employees raises it"] * len(ids),
            }
        ),
        "propensity_reliability": pd.DataFrame(
            {"predicted_share": [0.15], "observed_share": [0.2], "accounts_count": [10.0]}
        ),
        "market_accounts": pd.DataFrame(
            {
                "account_id": ids,
                "account_name": [f"Bar {own}" for own in ids],
                "potential_amount_per_year": [100.0] * len(ids),
            }
        ),
        "account_quality": pd.DataFrame({"account_id": ids, "account_class": ["B"] * len(ids)}),
    }
    return Evidence(tables, currency="EUR", step="accounts")


def test_the_likeliest_come_first() -> None:
    table = report.likely_prospects(evidence([0.2, 0.7]))
    assert table.rows == (
        ("Bar 01", "B", "100", "70", "employees raises it"),
        ("Bar 00", "B", "100", "20", "employees raises it"),
    )
    assert table.headings[3:] == ("Chance to buy (%)", "Because")


def test_ten_are_shown_and_all_are_counted() -> None:
    table = report.likely_prospects(evidence([0.5] * 14))
    assert len(table.rows) == 10
    assert "10 of 14 rows." in table.caption


def test_chances_stand_beside_what_came_true() -> None:
    table = report.propensity_reliability(evidence([0.5]))
    assert table.rows == (("15", "20", "10"),)
    assert table.headings == ("Chance given (%)", "Bought (%)", "Accounts")


def test_without_a_model_both_captions_say_what_it_takes() -> None:
    names = ("prospect_propensity", "propensity_reliability", "market_accounts", "account_quality")
    nobody = Evidence({name: columns.empty_frame(name) for name in names}, step="accounts")
    for table in (report.likely_prospects(nobody), report.propensity_reliability(nobody)):
        assert table.rows == ()
        assert "it takes fifty accounts that bought and fifty that did not" in table.caption
