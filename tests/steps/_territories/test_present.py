from collections.abc import Callable

import pandas as pd

from territory_kit.options import Options
from territory_kit.steps._territories.division import prepare
from territory_kit.steps._territories.present import measure_today, units_today

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]


def test_today_has_listed_territories_even_empty_ones_and_names_for_all(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    tables = make_region(
        account_id=["1", "2", "3"],
        city=["Lyon", "Paris", "Nice"],
        current_territory_id=["T1", "T2", "T9"],
    )
    territories = make_table(
        "territories",
        territory_id=["T1", "T3", "T9"],
        territory_name=["Home", "Empty", "Elsewhere"],
        region=[None, "R", "S"],
    )
    setup = prepare({**tables, "territories": territories}, region="R", options=Options())
    today = measure_today(setup)
    # T2 is not listed but has an account; T9 belongs to another region.
    assert today["territory_id"].tolist() == ["T1", "T2", "T3"]
    assert today["territory_name"].tolist() == ["Home", "Paris", "Empty"]
    assert today["accounts_count"].tolist() == [1, 1, 0]
    assert units_today(setup)["account_id"].tolist() == ["1", "2"]


def test_a_territory_that_only_a_rule_speaks_of_does_not_exist_today(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    tables = make_region(account_id=["1", "2"], current_rep_id=["R1", None])
    overrides = make_table(
        "overrides", scope=["account"], value=["2"], action=["to_rep"], target=["R2"]
    )
    reps = make_table("reps", rep_id=["R1", "R2"])
    tables |= {"overrides": overrides, "reps": reps}
    setup = prepare(tables, region="R", options=Options())
    assert setup.existing["territory_id"].tolist() == ["T-R1", "T-R2"]
    assert measure_today(setup)["territory_id"].tolist() == ["T-R1"]


def test_without_owners_there_is_no_today(make_region: MakeRegion) -> None:
    setup = prepare(make_region(account_id=["1"]), region="R", options=Options())
    assert measure_today(setup).empty
