"""Why the best accounts have their score, as a reader sees it."""

import pandas as pd

from territory_kit import report
from territory_kit.report.evidence import Evidence


def test_whole_points_add_up_to_the_rounded_score() -> None:
    evidence = Evidence(
        {
            "account_quality": pd.DataFrame(
                {
                    "account_id": ["1", "2", "3"],
                    "account_class": ["A", "B", "B"],
                    "score": [99.9, 20.0, float("nan")],
                }
            ),
            "score_reasons": pd.DataFrame(
                {
                    "account_id": ["1", "1", "1", "2"],
                    "criterion": ["potential_amount_per_year", "beds_count", "margin_share"] * 1
                    + ["margin_share"],
                    "points": [33.3, 33.3, 33.3, 20.0],
                }
            ),
            "market_accounts": pd.DataFrame(
                {"account_id": ["1", "2", "3"], "account_name": ["Ash", "Birch", "Cedar"]}
            ),
        }
    )
    shown = report.score_reasons(evidence)
    assert shown.headings[-1] == "Why"
    assert [row[0] for row in shown.rows] == ["Ash", "Birch"]
    assert shown.rows[0][-1] == "potential 34, beds count 33, margin 33"
    assert shown.rows[1][-1] == "margin 20"
