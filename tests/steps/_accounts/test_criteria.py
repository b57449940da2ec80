"""What cannot be known of an account is no missing data."""

from math import nan

import pandas as pd
import pytest

from territory_kit.steps._accounts.criteria import share_of_data

WEIGHTS = {
    "potential_amount_per_year": 2.0,
    "revenue_amount_per_year": 5.0,
    "margin_share": 2.0,
    "referral_score": 1.0,
}


def shares(account_type: str, *values: float) -> float:
    criteria = pd.DataFrame([values], columns=[*WEIGHTS], dtype=float)
    return float(share_of_data(criteria, pd.Series([account_type]), weights=WEIGHTS)[0])


def test_all_weight_counts_for_a_customer() -> None:
    """Potential and revenue: (2 + 5) / 10."""
    assert shares("customer", 900, 100, nan, nan) == pytest.approx(0.7)


def test_a_prospect_of_known_potential_lacks_nothing() -> None:
    """Revenue, margin and answers cannot exist: 2 / 2."""
    assert shares("prospect", 900, nan, nan, nan) == 1


def test_an_answer_of_a_former_customer_counts() -> None:
    """Potential unknown, answer known: 1 / (2 + 1)."""
    assert shares("former", nan, nan, nan, 8) == pytest.approx(1 / 3)


def test_a_prospect_of_unknown_potential_has_no_data() -> None:
    assert shares("prospect", nan, nan, nan, nan) == 0


def test_where_no_criterion_can_exist_the_share_is_zero() -> None:
    criteria = pd.DataFrame({"margin_share": [nan]})
    share = share_of_data(criteria, pd.Series(["prospect"]), weights={"margin_share": 1.0})
    assert share.tolist() == [0]
