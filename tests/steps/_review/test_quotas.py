from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._review.part import Part
from territory_kit.steps._review.quotas import review_quotas

MakeTable = Callable[..., pd.DataFrame]

# T1 sold 300 of 600, T2 100 of 600.
PLACED = pd.DataFrame(
    {
        "account_id": ["1", "2", "3"],
        "territory_id": ["T1", "T1", "T2"],
        "revenue_amount_per_year": [100.0, 200.0, 100.0],
        "potential_amount_per_year": [200.0, 400.0, 600.0],
    }
)
REVIEW = pd.DataFrame(
    {
        "territory_id": ["T1", "T2"],
        "territory_name": ["West", "East"],
        "rep_id": ["R1", "R2"],
        "rep_name": ["Ann", "Bob"],
        "quota_amount_per_year": [500.0, np.nan],
        "size_share": [1.0, 1.0],
    }
)


def quotas(
    review: pd.DataFrame = REVIEW,
    placed: pd.DataFrame = PLACED,
    *,
    reps: pd.DataFrame | None = None,
    has_money: bool = True,
    **options: object,
) -> Part:
    settings = {"plan_start_date": date(2027, 1, 1), "quotas": {"goal_amount": 401, **options}}
    return review_quotas(
        {} if reps is None else {"reps": reps},
        review,
        placed,
        region="North",
        options=Options.model_validate(settings),
        has_money=has_money,
    )


def amounts(part: Part, base: str = "proposed") -> list[float]:
    return part.tables["quotas"][f"{base}_quota_amount_per_year"].tolist()


def test_all_four_bases_stand_beside_the_quota_and_add_up_to_the_goal() -> None:
    part = quotas()
    # Shares of T1: a half, three quarters, a half, and 5/8 for both together.
    assert amounts(part, "even") == [201, 200]
    assert amounts(part, "prior_year") == [301, 100]
    assert amounts(part, "potential") == [201, 200]
    assert amounts(part, "blend") == amounts(part) == [251, 150]
    assert part.figures["quotas_amount_per_year"] == 401
    assert part.tables["quotas"]["given_quota_amount_per_year"].iloc[0] == 500


def test_a_quota_is_hard_with_little_potential_for_it_and_easy_with_much() -> None:
    rows = quotas().tables["quotas"]
    assert rows["potential_quota_ratio"].tolist() == pytest.approx([600 / 251, 4])
    # The median is 3.195: ratios 0.748 and 1.252.
    assert rows["quota_reading"].tolist() == ["hard", "easy"]
    wide = quotas(band_ratios=(0.7, 1.3)).tables["quotas"]
    assert wide["quota_reading"].tolist() == ["fair", "fair"]


def test_bottom_up_quotas_are_what_the_accounts_let_expect() -> None:
    # 300 and 10 % of 300; 100 and 10 % of 500; the goal is not asked.
    assert amounts(quotas(method="bottom_up", won_share=0.1)) == [330, 150]


def test_down_the_waterfall_territories_carry_more_than_the_region() -> None:
    part = quotas(method="waterfall", basis="even", over_assignment_shares=(0, 0.1))
    assert amounts(part) == [221, 220]
    assert part.figures["region_goal_amount_per_year"] == 401
    assert "EUR 441; the region carries EUR 401, EUR 40 more than that" in part.assumptions[0]


def test_half_time_and_half_a_year_carry_less(make_table: MakeTable) -> None:
    reps = make_table(
        "reps",
        rep_id=["R1", "R2"],
        rep_name=["Ann", "Bob"],
        fte_share=[0.5, 1.0],
        start_date=["2020-01-01", "2027-07-02"],
    )
    review = REVIEW.assign(size_share=[0.5, 1.0])
    part = quotas(review, reps=reps, goal_amount=300)
    assert part.tables["quotas"]["months_count"].tolist() == [12, 6]
    # Half time all year against half a year: equal. Ann's potential is that of half time already.
    assert amounts(part, "even") == [150, 150]
    assert amounts(part, "potential") == [200, 100]
    assert "Quotas of 1 territory are for part of the year." in part.assumptions


def test_who_holds_two_territories_carries_one_of_the_equal_parts() -> None:
    """Else a rep who helps out would be asked for twice as much as the colleagues."""
    review = pd.concat([REVIEW, REVIEW.iloc[1:].assign(territory_id="T3")])
    review = review.assign(rep_id=["R1", "R2", "R2"])
    more = PLACED.iloc[2:].assign(account_id="4", territory_id="T3")
    part = quotas(review, pd.concat([PLACED, more]), goal_amount=400)
    assert amounts(part, "even") == [200, 100, 100]
    # All three have the same potential, and Bob serves two thirds of it.
    assert amounts(part, "potential") == [134, 133, 133]


def test_two_open_jobs_are_two_equal_parts() -> None:
    assert amounts(quotas(REVIEW.assign(rep_id=None), goal_amount=400), "even") == [200, 200]


def test_quotas_of_the_whole_year_are_not_called_those_of_a_part(make_table: MakeTable) -> None:
    late = make_table("reps", rep_id=["R1", "R2"], start_date=["2027-07-02", "2027-07-02"])
    part = quotas(reps=late)
    assert amounts(part, "even") == [201, 200]
    whole = "No rep is there all year: the territories carry the whole goal all the same."
    assert part.assumptions[1] == whole
    first = late.iloc[:1]
    part = quotas(reps=first, goal_amount=None, method="bottom_up", won_share=0.1)
    # 300 and 10 % of 300, though Ann comes in July.
    assert amounts(part) == [330, 150]
    assert part.assumptions[1] == (
        "Quotas are of the whole year also where the rep is there for part of it: 1 territory."
    )
    assert part.findings == []


def test_a_goal_that_bottom_up_does_not_use_is_told() -> None:
    (finding,) = quotas(method="bottom_up").findings
    assert finding.startswith("The goal of EUR 401 that is set is not used: bottom-up quotas")
    assert quotas().findings == []


def test_without_money_there_are_no_quotas_and_one_sentence_says_so() -> None:
    part = quotas(has_money=False)
    assert part.tables["quotas"].empty
    assert part.findings == ["Without potential or revenue in money there are no quotas."]


def test_one_territory_without_accounts_or_rep_carries_the_goal() -> None:
    alone = REVIEW.iloc[:1].assign(rep_id=None, rep_name=None)
    part = quotas(alone, PLACED.iloc[:0])
    assert amounts(part) == [401]
    assert part.tables["quotas"]["quota_reading"].tolist() == ["n/a"]
    assert not any("nan" in text for text in part.assumptions)
    assert quotas(REVIEW.iloc[:0]).tables["quotas"].empty


def test_potential_stands_in_for_a_missing_year_before() -> None:
    gap = PLACED.assign(revenue_amount_per_year=[100.0, 200.0, np.nan])
    part = quotas(placed=gap, basis="prior_year")
    # T2 gets half by potential, T1 the rest.
    assert amounts(part) == [201, 200]
    assert "Potential stands in for a missing year before in 1 territory." in part.assumptions


def test_the_order_of_rows_does_not_matter() -> None:
    turned = quotas(REVIEW.iloc[::-1], PLACED.iloc[::-1])
    pd.testing.assert_frame_equal(turned.tables["quotas"], quotas().tables["quotas"])
