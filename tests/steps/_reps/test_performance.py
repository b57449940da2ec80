from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import RepsOptions
from territory_kit.steps._reps.performance import measure_performance, say_performance
from territory_kit.steps.ownership import own_today

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
SETTINGS = RepsOptions()


@pytest.fixture
def measure(make_region: MakeRegion, make_table: MakeTable) -> Callable[..., pd.DataFrame]:
    """Measure reps with one account each, of the revenue and potential given."""

    def run(revenue: list[float], potential: list[float], source: str = "given") -> pd.DataFrame:
        names = [f"R{number:02d}" for number in range(len(revenue))]
        tables = make_region(
            account_id=names,
            current_rep_id=names,
            revenue_amount_per_year=revenue,
            potential_amount_per_year=potential,
        )
        tables["market_accounts"] = tables["market_accounts"].assign(potential_source=source)
        tables["assignment"] = make_table("assignment", account_id=names)
        people = make_table("reps", rep_id=names, rep_name=names)
        ownership = own_today(tables["accounts"], territories=None, reps=people, region="R")
        return measure_performance(people, tables, ownership, settings=SETTINGS)

    return run


def test_below_ten_reps_the_others_share_of_potential_is_expected(
    measure: Callable[..., pd.DataFrame],
) -> None:
    found = measure([30.0, 40.0, 100.0], [100.0, 100.0, 200.0])
    # The others of the first sell 40 % and 50 %: 45 of 100; of the third 30 % and 40 %: 70 of 200.
    assert found["expected_amount_per_year"].tolist() == pytest.approx([45, 40, 70])
    assert found["performance_share"].tolist() == pytest.approx([30 / 45, 1, 100 / 70])
    assert (found["low_expected_amount_per_year"] < found["expected_amount_per_year"]).all()
    assert found["is_outside"].tolist() == [False, False, False]
    (sentence,) = say_performance(found, SETTINGS)
    assert "the share of it that the other reps of the region sell" in sentence
    assert "Not for pay decisions alone" in sentence


def test_from_ten_reps_on_potential_accounts_and_workload_are_weighed(
    measure: Callable[..., pd.DataFrame],
) -> None:
    potential = [100.0 + 10 * number for number in range(12)]
    revenue = [0.5 * value + (1 if place % 2 else -1) for place, value in enumerate(potential)]
    revenue[3] += 40
    found = measure(revenue, potential)
    assert found["is_outside"].tolist() == [place == 3 for place in range(12)]
    assert found["studentised_residual"].abs().idxmax() == 3
    assert "number of accounts and workload" in say_performance(found, SETTINGS)[0]


def test_one_rep_has_nobody_to_be_held_against(measure: Callable[..., pd.DataFrame]) -> None:
    found = measure([30.0], [100.0])
    assert np.isnan(found["performance_share"]).tolist() == [True]
    assert found["is_outside"].isna().tolist() == [True]


def test_without_money_nothing_is_compared_and_nothing_is_said(
    measure: Callable[..., pd.DataFrame],
) -> None:
    found = measure([0.0, 0.0], [1.0, 1.0], "equal")
    assert found.empty
    assert say_performance(found, SETTINGS) == ()
