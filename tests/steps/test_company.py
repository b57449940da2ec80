from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.options import Options
from territory_kit.steps.accounts import evaluate_accounts
from territory_kit.steps.company import frame_company
from territory_kit.steps.market import define_market
from territory_kit.steps.result import StepResult

MakeTable = Callable[..., pd.DataFrame]
Tables = dict[str, pd.DataFrame]


def options_of(headcount: int | None, **territories: object) -> Options:
    return Options.model_validate(
        {
            "headcount": headcount,
            "territories": territories,
            "travel": {"parking_hours": 0.0, "circuity": 1.0},
        }
    )


@pytest.fixture
def tables(make_table: MakeTable) -> Tables:
    """Ten calls of 10, 30, 30 and 30 hours without any way, and a house account of 900 hours.

    Regions: North 10 h, South 60 h, none 30 h.
    """
    ids = ["1", "2", "3", "4", "5"]
    frame = {name: columns.empty_frame(name) for name in ("benchmarks", "score_bounds")}
    return {
        **frame,
        "class_cuts": make_table("class_cuts", account_class=["A"], lowest_value=[7.0]),
        "accounts": make_table(
            "accounts",
            account_id=ids,
            account_name=ids,
            region=["North", "South", "South", None, "North"],
        ),
        "market_accounts": make_table(
            "market_accounts",
            account_id=ids,
            is_in_scope=[True] * 5,
            potential_amount_per_year=[5.0, 10.0, 20.0, 40.0, 80.0],
            coverage=["field", None, "remote", "field", "house"],
            lat_deg=[48.0] * 5,
            lon_deg=[2.0] * 5,
        ),
        "account_quality": make_table(
            "account_quality",
            account_id=ids,
            visits_per_year=[10.0] * 5,
            visit_hours=[1.0, 3.0, 3.0, 3.0, 90.0],
            call_channel=["visit", "visit", "phone", "visit", "visit"],
        ),
    }


REGIONS = ("(no region)", "North", "South")


def frame(tables: Tables, headcount: int | None, **fixed: int) -> StepResult:
    options = {
        region: options_of(headcount, territories_count=fixed.get(region)) for region in REGIONS
    }
    return frame_company(tables, options_by_region=options)


def shares(result: StepResult) -> dict[str, float]:
    table = result.tables["headcount"]
    return dict(zip(table["region"], table["territories_count"], strict=True))


def test_workload_and_potential_are_summed_by_region_without_house_accounts(
    tables: Tables,
) -> None:
    headcount = frame(tables, 10).tables["headcount"].set_index("region")
    assert headcount["workload_hours_per_year"].to_dict() == pytest.approx(
        {"(no region)": 30, "North": 10, "South": 60}
    )
    assert headcount.loc["North", "potential_amount_per_year"] == 5
    assert headcount["accounts_count"].to_dict() == {"(no region)": 1, "North": 1, "South": 2}


def test_headcount_is_shared_by_workload(tables: Tables) -> None:
    result = frame(tables, 10)
    assert shares(result) == {"(no region)": 3, "North": 1, "South": 6}
    assert result.findings == ()
    assert result.tables["headcount"]["headcount_source"][2] == (
        "by workload: 60 of 100 h, which share 10 territories"
    )


def test_every_region_gets_at_least_one(tables: Tables) -> None:
    """Shares of 4 are 1.2, 0.4 and 2.4: North gets one, the other two share three as 1 to 2."""
    assert shares(frame(tables, 4)) == {"(no region)": 1, "North": 1, "South": 2}


def test_a_number_that_is_set_is_kept_and_the_rest_is_shared(tables: Tables) -> None:
    """South has 2 of 6; the others share 4 as 30 to 10 hours."""
    result = frame(tables, 6, South=2)
    assert shares(result) == {"(no region)": 3, "North": 1, "South": 2}
    assert result.tables["headcount"]["headcount_source"][2] == "set for the region"


def test_too_small_a_headcount_is_a_finding(tables: Tables) -> None:
    result = frame(tables, 2)
    assert shares(result) == {"(no region)": 1, "North": 1, "South": 1}
    assert list(result.findings) == [
        (
            "The regions get 3 territories together, but the plan's headcount is 2: what is set "
            "for regions, and at least one for each other region, does not add up to it."
        )
    ]


def test_without_headcount_nothing_is_shared(tables: Tables) -> None:
    result = frame(tables, None)
    assert result.tables["headcount"].empty
    assert result.findings == ()
    assert result.figures["workload_hours_per_year"] == pytest.approx(100)


def test_without_regions_all_accounts_belong_to_the_one_there_is(tables: Tables) -> None:
    accounts = tables["accounts"].assign(region=pd.Series([None] * 5, dtype="str"))
    result = frame_company(
        {**tables, "accounts": accounts}, options_by_region={"Whole plan": options_of(3)}
    )
    assert shares(result) == {"Whole plan": 3}
    assert result.tables["headcount"]["accounts_count"].tolist() == [4]


def test_a_region_without_accounts_in_scope_still_gets_a_row(tables: Tables) -> None:
    market = tables["market_accounts"]
    market = market.assign(is_in_scope=(market["account_id"] != "1").astype("boolean"))
    assert shares(frame({**tables, "market_accounts": market}, 10))["North"] == 1


def test_travel_counts_for_visits_only(tables: Tables) -> None:
    """111.19 km from each other, 10 visits at 50 km/h: 22.24 h for each of the two in the field."""
    market = tables["market_accounts"].assign(
        lat_deg=[48.0, 48.0, 60.0, 49.0, 48.0], is_in_scope=[False, True, True, True, False]
    )
    accounts = tables["accounts"].assign(region="South")
    moved = {**tables, "accounts": accounts, "market_accounts": market}
    hours = frame(moved, 10).tables["headcount"].set_index("region")["workload_hours_per_year"]
    assert hours["South"] == pytest.approx(90 + 2 * 10 * 111.195 / 50, rel=1e-4)


def test_scales_go_on_as_they_came(tables: Tables) -> None:
    assert frame(tables, None).tables["class_cuts"]["lowest_value"].tolist() == [7]


def test_a_region_evaluated_in_the_frame_gets_the_classes_of_the_plan(
    make_table: MakeTable,
) -> None:
    """The largest account of the small region is not large in the plan: its class is C."""
    accounts = make_table(
        "accounts",
        account_id=["1", "2", "3"],
        account_name=["Ash", "Birch", "Cedar"],
        region=["North", "North", "South"],
        potential_amount_per_year=[900.0, 90.0, 10.0],
        revenue_amount_per_year=[90.0, 9.0, 1.0],
    )
    plan: Tables = {"accounts": accounts}
    for step in (define_market, evaluate_accounts):
        plan |= step(plan, region="", options=Options()).tables
    options = {"North": Options(), "South": Options()}
    south: Tables = {
        **frame_company(plan, options_by_region=options).tables,
        "accounts": accounts[accounts["region"] == "South"],
    }
    for step in (define_market, evaluate_accounts):
        south |= step(south, region="South", options=Options()).tables
    assert south["account_quality"]["account_class"].tolist() == ["C"]
    whole = plan["account_quality"].set_index("account_id")
    assert south["account_quality"]["score"].tolist() == [whole.loc["3", "score"]]


def test_row_order_changes_nothing(tables: Tables) -> None:
    shuffled = {name: table.sample(frac=1, random_state=5) for name, table in tables.items()}
    pd.testing.assert_frame_equal(
        frame(tables, 7).tables["headcount"], frame(shuffled, 7).tables["headcount"]
    )


def test_inputs_stay_as_they_are(tables: Tables) -> None:
    before = {name: table.copy() for name, table in tables.items()}
    frame(tables, 7)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, before[name])
