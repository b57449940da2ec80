"""Three kinds of answers, with what they buy and bring."""

from math import nan

import pandas as pd

from territory_kit import report
from territory_kit.report import Evidence


def shown(answers: list[float], worth: float) -> report.ShownTable:
    table = pd.DataFrame(
        {
            "account_id": [str(row) for row in range(len(answers))],
            "referral_score": answers,
            "revenue_amount_per_year": [100.0] * len(answers),
            "referral_share": [0.1] * len(answers),
            "referral_value_amount_per_year": [worth] * len(answers),
        }
    )
    tables = {"account_referral": table}
    return report.referrals(Evidence(tables, currency="EUR", step="accounts"))


def test_answers_are_summed_by_kind() -> None:
    table = shown([10.0, 9.0, 8.0], 50.0)
    assert table.rows == (
        ("promoters (9 and 10)", "2", "200", "100"),
        ("passives (7 and 8)", "1", "100", "50"),
        ("detractors (0 to 6)", "0", "–", "–"),
    )
    assert table.headings[-1] == "Referral value (EUR per year)"


def test_without_outcomes_no_value_is_shown_and_the_caption_says_why() -> None:
    table = shown([10.0], nan)
    assert table.headings == ("Answer", "Accounts", "Revenue (EUR per year)")
    assert "(referred_by_account_id)" in table.caption


def test_without_answers_the_caption_says_what_is_missing() -> None:
    assert shown([], nan).rows == ()
    assert "the column referral_score of accounts takes 0 to 10" in shown([], nan).caption
