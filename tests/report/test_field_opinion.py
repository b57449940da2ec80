"""The caption says how far field and model agree, or why that is not known."""

import pandas as pd

from territory_kit import report
from territory_kit.report import Evidence

OPINION = pd.DataFrame(
    {
        "territory_id": ["T1", "T2"],
        "territory_name": ["North", "South"],
        "hour_potential_amount": [9.0, 4.0],
        "model_rank": [1.0, 2.0],
        "field_rank": [2.0, 1.0],
        "rank_gap": [1.0, 1.0],
        "field_note": ["Far away.", None],
    }
)


def test_agreement_stands_in_the_caption() -> None:
    evidence = Evidence({"field_opinion": OPINION}, figures={"rank_agreement": 0.5})
    shown = report.field_opinion(evidence)
    assert shown.caption.startswith("Rank correlation of field and model: 0.50;")
    assert shown.rows[0][0] == "North"


def test_what_is_missing_is_said() -> None:
    few = report.field_opinion(Evidence({"field_opinion": OPINION}))
    assert few.caption.startswith("Too few territories are ranked")
    none = report.field_opinion(Evidence({"field_opinion": OPINION.head(0)}))
    assert none.caption.startswith("The field has ranked no territory")
