from datetime import date

import pandas as pd

from territory_kit.options import Options
from territory_kit.steps.dates import data_day, start_day

OCTOBER, JANUARY = date(2026, 10, 31), date(2027, 1, 1)


def test_a_plan_without_any_day_looks_from_nowhere() -> None:
    assert data_day(Options()) is None
    assert start_day(Options()) is None


def test_the_new_territories_start_on_the_day_that_is_set() -> None:
    options = Options(as_of_date=OCTOBER, plan_start_date=JANUARY)
    assert data_day(options) == pd.Timestamp(OCTOBER)
    assert start_day(options) == pd.Timestamp(JANUARY)


def test_without_a_start_the_new_territories_start_on_the_day_of_the_data() -> None:
    assert start_day(Options(as_of_date=OCTOBER)) == pd.Timestamp(OCTOBER)
