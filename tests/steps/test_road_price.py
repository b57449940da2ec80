import numpy as np
import pytest

from territory_kit.options import Costs, Hours, Options, Travel, Visits
from territory_kit.steps.road_price import hour_amount, km_amount, road_km_per_year

OPTIONS = Options(
    costs=Costs(km_amount=0.4, rep_amount_per_year=72_000),
    hours=Hours(per_day=8, days_per_year=250),
    travel=Travel(circuity=1.25, speed_km_per_hour=60),
    visits=Visits(per_day=5),
)


def test_a_km_costs_the_rate_and_the_time_of_the_rep() -> None:
    assert hour_amount(OPTIONS) == pytest.approx(36)
    assert km_amount(OPTIONS) == pytest.approx(1.0)


def test_ten_visits_on_two_days_take_two_ways_there_and_back() -> None:
    assert road_km_per_year(np.array([10.0]), OPTIONS).tolist() == pytest.approx([5.0])
