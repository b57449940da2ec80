"""Size and quality, largest customers, and the field's opinion, worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from territory_kit.steps._territories.rating import (
    agreement,
    ask_field,
    find_dependence,
    rate_plan,
)

PLAN = pd.DataFrame(
    {
        "territory_id": ["T1", "T2", "T3"],
        "territory_name": ["North", "South", "West"],
        "accounts_count": [3, 2, 1],
        # mean 100 h; 6 for an hour on average
        "workload_hours_per_year": [120.0, 100.0, 80.0],
        "potential_amount_per_year": [1200.0, 400.0, 200.0],
    }
)
UNITS = pd.DataFrame(
    {
        "territory_id": ["T1", "T1", "T1", "T2", "T2", "T3"],
        "revenue_amount_per_year": [70.0, 20.0, 10.0, 50.0, 50.0, 0.0],
    }
)
TODAY = PLAN.assign(hour_potential_amount=[10.0, 4.0, 2.5])


def test_size_and_quality_are_kept_apart() -> None:
    rated = rate_plan(PLAN, UNITS)
    assert rated["size_quality"].tolist() == ["big and rich", "big and poor", "small and poor"]


def test_concentration_counts_revenue_and_is_missing_without_any() -> None:
    rated = rate_plan(PLAN, UNITS)
    assert rated["largest_customer_share"].tolist()[:2] == pytest.approx([0.7, 0.5])
    # 0.49 + 0.04 + 0.01, and 0.25 + 0.25
    assert rated["herfindahl_share"].tolist()[:2] == pytest.approx([0.54, 0.5])
    assert rated[["largest_customer_share", "herfindahl_share"]].iloc[2].isna().all()


def test_one_customer_above_sixty_percent_is_a_finding() -> None:
    (text,) = find_dependence(rate_plan(PLAN, UNITS))
    assert text == (
        "North depends on one customer: 70 % of its revenue. Protect that account, or give the "
        "territory more."
    )


def test_the_field_is_compared_on_today_largest_disagreement_first() -> None:
    territories = pd.DataFrame(
        {
            "territory_id": ["T1", "T2", "T3"],
            "field_rank": [1, 3, 2],
            "field_note": [None, "-", None],
        }
    )
    found = ask_field(TODAY, territories)
    assert found["territory_id"].tolist() == ["T2", "T3", "T1"]
    assert found["model_rank"].tolist() == [2, 3, 1]
    assert found["rank_gap"].tolist() == [1, 1, 0]
    # 1 - 6 · 2 / (3 · 8)
    assert agreement(found) == {"rank_agreement": pytest.approx(0.5)}


def test_who_is_only_spoken_of_has_no_rank() -> None:
    territories = pd.DataFrame(
        {"territory_id": ["T1"], "field_rank": [np.nan], "field_note": ["Far away."]}
    )
    found = ask_field(TODAY, territories)
    assert math.isnan(found["rank_gap"].iloc[0])
    assert agreement(found) == {}


def test_a_field_that_says_nothing_gives_no_rows() -> None:
    assert ask_field(TODAY, None).empty
    assert agreement(ask_field(TODAY, None)) == {}
