from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options, TerritoriesOptions
from territory_kit.steps.reps import match_reps
from territory_kit.steps.result import StepResult
from territory_kit.steps.review import review_plan
from territory_kit.steps.territories import divide_region

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
Tables = dict[str, pd.DataFrame]
OPTIONS = Options(
    as_of_date=date(2026, 10, 31),
    plan_start_date=date(2027, 1, 1),
    territories=TerritoriesOptions(
        tolerance_share=0.2, potential_tolerance_share=None, max_iterations=8
    ),
)


@pytest.fixture(scope="module")
def region(make_region: MakeRegion, make_table: MakeTable) -> Tables:
    """Make six accounts: T1 of R1 has four, T2 of R2 two; number 4 lies between the towns."""
    ids = ["1", "2", "3", "4", "5", "6"]
    tables = make_region(
        account_id=ids,
        lat_deg=[45.0] * 6,
        lon_deg=[5.0, 5.0, 5.0, 5.6, 6.0, 6.0],
        city=["West"] * 3 + ["East"] * 3,
        current_territory_id=["T1"] * 4 + ["T2"] * 2,
        current_rep_id=["R1"] * 4 + ["R2"] * 2,
        potential_amount_per_year=[1000.0] * 6,
        revenue_amount_per_year=[100.0] * 6,
        account_class=["A"] * 6,
    )
    reps = make_table(
        "reps",
        rep_id=["R1", "R2"],
        rep_name=["Ann", "Bob"],
        home_lat_deg=[45.0, 45.0],
        home_lon_deg=[5.0, 6.0],
        quota_amount_per_year=[500.0, 300.0],
    )
    visits = make_table(
        "visits",
        account_id=["1", "1", "4", "5"],
        rep_id=["R1", "R1", "R1", "R2"],
        visit_date=["2026-01-01", "2026-02-01", "2026-03-01", "2020-01-01"],
        distance_km=[10.0, 10.0, 30.0, 99.0],
    )
    deals = make_table("deals", deal_id=["d"], account_id=["4"], amount=[50.0], is_won=[None])
    return {**tables, "reps": reps, "visits": visits, "deals": deals}


def review(tables: Tables, options: Options = OPTIONS) -> StepResult:
    """Walk steps 3 to 5."""
    for step in (divide_region, match_reps):
        tables = {**tables, **step(tables, region="R", options=options).tables}
    return review_plan(tables, region="R", options=options)


@pytest.fixture(scope="module")
def reviewed(region: Tables) -> StepResult:
    """Review the region as it is."""
    return review(region)


def values(result: StepResult, figure: str) -> tuple[float, float, str]:
    table = result.tables["comparison"]
    (row,) = table.loc[table["figure"] == figure].to_dict("records")
    return row["today_value"], row["proposal_value"], row["reading"]


def test_the_plan_is_better_than_today_and_says_why(reviewed: StepResult) -> None:
    assert reviewed.figures["verdict"] == "adopt"
    today, proposal, reading = values(reviewed, "Largest deviation of workload")
    assert today > 25
    assert proposal <= 20
    assert reading == "better"
    assert str(reviewed.figures["verdict_reason"]).startswith("Largest deviation of workload goes")


def test_one_row_for_each_rep_with_visits_km_quota_and_key_accounts(
    reviewed: StepResult,
) -> None:
    ann, bob = reviewed.tables["rep_review"].to_dict("records")
    assert (ann["rep_name"], bob["rep_name"]) == ("Ann", "Bob")
    assert (ann["quota_amount_per_year"], ann["accounts_count"]) == (500, 3)
    # Of 36 wanted, two visits of the last year at accounts that stay; the third account goes.
    assert (ann["ideal_visits_per_year"], ann["actual_visits_per_year"]) == (36, 2)
    assert ann["reached_share"] == pytest.approx(2 / 36)
    # What Ann declared in the year, in today's territory; Bob's visit is too old.
    assert ann["declared_km_per_year"] == 50
    assert np.isnan(bob["declared_km_per_year"])
    assert (ann["key_kept_count"], ann["key_gained_count"], ann["key_given_count"]) == (3, 0, 1)
    assert (bob["key_kept_count"], bob["key_gained_count"], bob["key_given_count"]) == (2, 1, 0)


def test_what_changes_hands_is_listed_with_price_and_open_deals(reviewed: StepResult) -> None:
    (move,) = reviewed.tables["moves"].to_dict("records")
    assert (move["account_id"], move["from_rep_id"], move["to_rep_id"]) == ("4", "R1", "R2")
    # 100 x 30 % x 15 %.
    assert move["move_price_amount"] == pytest.approx(4.5)
    assert move["open_deals_amount"] == 50
    rows = reviewed.tables["disruption"].set_index("kind")["accounts_count"]
    assert rows.to_dict() == {"all": 1, "chosen": 1, "forced": 0}
    assert reviewed.figures["changed_count"] == 1


def test_accounts_of_a_rep_who_leaves_change_hands_because_they_must(region: Tables) -> None:
    reps = region["reps"].assign(end_date=pd.Series([None, "2026-12-31"]))
    result = review({**region, "reps": reps.astype({"end_date": "datetime64[us]"})})
    rows = result.tables["disruption"].set_index("kind")["accounts_count"]
    assert rows["forced"] == 2
    assert result.figures["verdict"] == "adopt with changes"
    assert result.tables["questions"]["question"].str.contains("has no rep").any()
    _, vacant, reading = values(result, "Territories without a rep")
    assert (vacant, reading) == (1, "worse")


def test_an_open_job_is_no_rep_today_and_none_tomorrow(region: Tables) -> None:
    result = review({**region, "reps": region["reps"].assign(is_vacancy=[False, True])})
    assert values(result, "Territories without a rep") == (1, 1, "equal")
    # The account that goes from R1 to the open job changes hands; those of the open job do not.
    assert result.tables["moves"]["account_id"].tolist() == ["4"]


@pytest.mark.parametrize("source", ["territory", "job"])
def test_an_open_job_of_half_size_costs_half_today_and_tomorrow(
    region: Tables, make_table: MakeTable, source: str
) -> None:
    """Else a plan that changes nothing would seem to save half a rep."""
    jobs = region["reps"].assign(is_vacancy=[False, True])
    sized = make_table("territories", territory_id=["T1", "T2"], rep_id=["R1", "R2"])
    if source == "job":
        jobs = jobs.assign(fte_share=[1.0, 0.5])
    else:
        sized = sized.assign(size_share=[1.0, 0.5])
    keep = OPTIONS.territories.model_copy(update={"mode": "keep"})
    options = OPTIONS.model_copy(update={"territories": keep})
    result = review({**region, "reps": jobs, "territories": sized}, options)
    rows = result.tables["contribution"].set_index(["territory_id", "state"])
    cost = rows["people_cost_amount_per_year"]
    pay = options.costs.rep_amount_per_year
    assert cost[("T2", "today")] == cost[("T2", "proposal")] == pytest.approx(pay / 2)
    assert any("costs and works like a rep for the size" in text for text in result.assumptions)


def test_a_plan_that_changes_nothing_keeps_today(region: Tables) -> None:
    settings = OPTIONS.territories.model_copy(update={"mode": "keep"})
    result = review(region, OPTIONS.model_copy(update={"territories": settings}))
    assert result.figures["verdict"] == "keep today"
    assert result.tables["moves"].empty


def test_a_potential_that_only_counts_accounts_is_said_first_and_asked_about_never(
    region: Tables,
) -> None:
    """Amounts that are no money must not be read as money."""
    counted = region["market_accounts"].assign(
        potential_source="equal", potential_amount_per_year=1.0
    )
    result = review({**region, "market_accounts": counted})
    assert result.findings[0].startswith("No potential or revenue is known: every account counts")
    assert not result.tables["questions"]["question"].str.contains("potential per hour").any()


def test_without_reps_visits_and_deals_the_review_says_what_they_would_add(
    region: Tables,
) -> None:
    bare = {name: region[name] for name in ("accounts", "market_accounts", "account_quality")}
    result = review(bare)
    assert [text.split(" this")[0] for text in result.findings] == [
        "Without reps",
        "Without visits",
        "Without deals",
    ]
    assert result.tables["rep_review"]["actual_visits_per_year"].isna().all()
    # Without reps it is the territory of an account that changes.
    assert result.tables["moves"]["account_id"].tolist() == ["4"]


def test_without_a_today_there_is_nothing_to_compare_with(region: Tables) -> None:
    nobody = {
        name: pd.Series([None] * 6, dtype="str")
        for name in ("current_territory_id", "current_rep_id")
    }
    accounts = region["accounts"].assign(**nobody)
    result = review({**region, "accounts": accounts})
    today, proposal, reading = values(result, "Distance")
    assert np.isnan(today)
    assert proposal > 0
    assert reading == "no comparison"
    assert result.figures["verdict"] == "first plan"
    assert result.tables["disruption"]["accounts_count"].tolist() == [0, 0, 0]


def test_accounts_that_wait_for_a_territory_are_found(region: Tables) -> None:
    is_new = region["accounts"]["account_id"] == "6"
    owned = region["accounts"][["current_territory_id", "current_rep_id"]]
    waiting = region["accounts"].assign(**owned.mask(is_new))
    result = review({**region, "accounts": waiting})
    assert "1 account without a rep today: they get a territory." in result.findings
    assert "Distance for each visit" in result.tables["comparison"]["figure"].tolist()


def test_the_order_of_rows_does_not_matter(region: Tables, reviewed: StepResult) -> None:
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in region.items()}
    again = review(turned)
    for name, table in reviewed.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name], obj=name)
    assert reviewed.figures == again.figures
