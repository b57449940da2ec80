from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.options import RepsOptions
from territory_kit.steps._reps.win_rates import (
    closed_deals,
    group_win_rates,
    say_assumption,
    shrink,
)

MakeTable = Callable[..., pd.DataFrame]
SETTINGS = RepsOptions(expected_won_share=0.5, expected_deals_count=4.0)
ACCOUNTS = pd.DataFrame({"account_id": ["1", "2"], "today_rep_id": ["R1", "R2"]})
SEGMENTS = pd.Series({"1": "Hotel", "2": None})


@pytest.fixture
def deals(make_table: MakeTable) -> pd.DataFrame:
    """Make three deals of R1, one of them without a size, one of R2, and one that is open."""
    return make_table(
        "deals",
        deal_id=["a", "b", "c", "d", "e"],
        account_id=["1", "1", "1", "2", "2"],
        rep_id=["R1", "R1", None, None, "R2"],
        amount=[100.0, 900.0, None, 2000.0, 1.0],
        is_won=[True, False, True, True, None],
    )


def found_rates(deals: pd.DataFrame, people: pd.DataFrame, settings: RepsOptions) -> pd.DataFrame:
    return group_win_rates(people, closed_deals(deals, ACCOUNTS), SEGMENTS, settings=settings)


def test_a_rate_is_drawn_towards_what_the_plan_expects_where_reps_are_few() -> None:
    # One of one and none of two: (1 + 2) / (1 + 4) and (0 + 2) / (2 + 4).
    rate, low, high = shrink(np.array([1.0, 0, 0]), np.array([1.0, 2, 0]), settings=SETTINGS)
    assert rate.tolist() == pytest.approx([0.6, 1 / 3, np.nan], nan_ok=True)
    assert (low[:2] < rate[:2]).all()
    assert (rate[:2] < high[:2]).all()


def test_all_deals_won_do_not_make_a_perfect_rep() -> None:
    rate, _, high = shrink(np.array([2.0]), np.array([2.0]), settings=RepsOptions())
    # Expected (2 + 0.5) / 3, worth ten deals: (2 + 8.33) / 12.
    assert rate.tolist() == pytest.approx([(2 + 10 * 2.5 / 3) / 12])
    assert high[0] < 1


def test_rates_stand_by_size_then_by_segment_only_where_deals_are_closed(
    deals: pd.DataFrame, make_table: MakeTable
) -> None:
    people = make_table("reps", rep_id=["R1", "R2"], rep_name=["Ann", "Bob"])
    settings = SETTINGS.model_copy(update={"deal_size_amounts": (500.0, 1000.0)})
    found = found_rates(deals, people, settings)
    names = ["group_kind", "deal_group", "rep_name", "closed_count", "won_count"]
    assert found[names].to_numpy().tolist() == [
        ["deal size", "small (below 500)", "Ann", 1, 1],
        ["deal size", "medium (500 to 1,000)", "Ann", 1, 0],
        ["deal size", "large (from 1,000)", "Bob", 1, 1],
        ["deal size", "not known", "Ann", 1, 1],
        ["segment", "Hotel", "Ann", 3, 2],
        ["segment", "not known", "Bob", 1, 1],
    ]
    # Two of three, drawn towards two of four.
    assert found["shrunk_won_share"].tolist()[4] == pytest.approx(4 / 7)


def test_sizes_are_thirds_of_the_closed_deals_where_the_plan_names_none(
    make_table: MakeTable,
) -> None:
    amounts = [100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0]
    names = [str(number) for number in range(7)]
    deals = make_table(
        "deals", deal_id=names, account_id=["1"] * 7, amount=amounts, is_won=[True] * 7
    )
    people = make_table("reps", rep_id=["R1"], rep_name=["Ann"])
    found = found_rates(deals, people, SETTINGS)
    # A third of the way from the first to the seventh: 300 and 500, which begin the next size.
    assert found["deal_group"].tolist()[:3] == [
        "small (below 300)",
        "medium (300 to 500)",
        "large (from 500)",
    ]
    assert found["closed_count"].tolist()[:3] == [2, 2, 3]
    one = deals.assign(amount=50.0)
    assert found_rates(one, people, SETTINGS)["deal_group"].tolist()[0] == "from 50"


def test_without_closed_deals_there_are_no_rows_and_nothing_is_said(make_table: MakeTable) -> None:
    people = make_table("reps", rep_id=["R1"], rep_name=["Ann"])
    found = group_win_rates(people, closed_deals(None, ACCOUNTS), SEGMENTS, settings=SETTINGS)
    assert columns.shape_result("rep_win_rates", found).empty
    assert say_assumption(pd.DataFrame({"closed_count": [0.0]}), SETTINGS) == ()
    (sentence,) = say_assumption(pd.DataFrame({"closed_count": [1.0]}), SETTINGS)
    assert "with a chance of 90 %" in sentence
