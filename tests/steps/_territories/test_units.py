from collections.abc import Callable

import pandas as pd

from territory_kit.steps._territories.units import join_units
from territory_kit.steps.ownership import own_today

MakeRegion = Callable[..., dict[str, pd.DataFrame]]


def test_every_account_is_one_row_sorted_and_missing_sums_count_nothing(
    make_region: MakeRegion,
) -> None:
    tables = make_region(
        account_id=["2", "1"],
        lat_deg=[45.0, None],
        lon_deg=[5.0, 5.0],
        coverage=["remote", None],
        potential_amount_per_year=[100.0, None],
    )
    # Account 1 is out of scope, so step 2 says nothing of it.
    tables["account_quality"] = tables["account_quality"].iloc[:1]
    ownership = own_today(tables["accounts"], territories=None, reps=None, region="Here")
    units = join_units(tables, ownership)
    assert units["account_id"].tolist() == ["1", "2"]
    assert units["potential_amount_per_year"].tolist() == [0.0, 100.0]
    assert units["visits_per_year"].tolist() == [0.0, 12.0]
    assert units["is_remote"].tolist() == [False, True]
    assert units["is_located"].tolist() == [False, True]
