"""What each number of territories gives and costs, worked out by hand."""

from collections.abc import Callable, Sequence

import pandas as pd
import pytest

from territory_kit.options import Costs, Hours, Options, TerritoriesOptions, Travel
from territory_kit.steps._territories.alternatives import try_variants
from territory_kit.steps._territories.division import divide, prepare
from territory_kit.steps._territories.sizing import list_sizes, mean_margin, rep_cost
from territory_kit.steps._territories.sizing_rules import list_rules
from territory_kit.steps.roster import list_owners

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
# Four accounts at one place, 12 h each, and reps of 24 h: one rep reaches two of them.
ACCOUNTS: dict[str, Sequence[object]] = {
    "account_id": ["1", "2", "3", "4"],
    "lat_deg": [45.0] * 4,
    "lon_deg": [5.0] * 4,
    "potential_amount_per_year": [4000.0, 3000.0, 2000.0, 1000.0],
    "revenue_amount_per_year": [500.0] * 4,
}
OPTIONS = Options(
    hours=Hours(per_day=1, days_per_year=24, field_share=1, prospecting_share=0),
    travel=Travel(parking_hours=0),
    costs=Costs(rep_amount_per_year=1000, margin_share=0.3),
)


def sized(
    tables: dict[str, pd.DataFrame], *, count: int = 2, has_money: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame]:
    settings = TerritoriesOptions(
        territories_count=count, potential_tolerance_share=None, max_iterations=5
    )
    options = OPTIONS.model_copy(update={"territories": settings})
    setup = prepare(tables, region="R", options=options)
    owners = list_owners(tables.get("reps"), region="R", start=None)
    division = divide(setup, settings)
    sizes = list_sizes(division, try_variants(division), owners, has_money=has_money)
    return sizes, list_rules(division, owners, sizes, has_money=has_money).set_index("sizing_rule")


def test_one_rep_reaches_the_accounts_that_are_worth_most_for_an_hour(
    make_region: MakeRegion,
) -> None:
    sizes, _ = sized(make_region(**ACCOUNTS))
    assert sizes["territories_count"].tolist() == [1, 2, 3, 4]
    assert sizes["is_chosen"].tolist() == [False, True, False, False]
    assert sizes["territory_hours_per_year"].tolist() == pytest.approx([48, 24, 16, 12])
    assert sizes["capacity_share"].tolist() == pytest.approx([2, 1, 2 / 3, 0.5])
    assert sizes["accounts_reached_share"].tolist() == pytest.approx([0.5, 1, 1, 1])
    assert sizes["potential_reached_share"].tolist() == pytest.approx([0.7, 1, 1, 1])
    assert sizes["reps_cost_amount_per_year"].tolist() == pytest.approx([1000, 2000, 3000, 4000])


def test_driving_from_the_centre_takes_hours_of_the_accounts_that_are_visited(
    make_region: MakeRegion,
) -> None:
    """Nobody would have the hours of the review, where the way counts, if sizing left it out."""
    near, _ = sized(make_region(**ACCOUNTS), count=1)
    far, _ = sized(make_region(**ACCOUNTS | {"lat_deg": [45.0, 45.0, 45.0, 47.0]}), count=1)
    names = ["territory_hours_per_year", "capacity_share", "accounts_reached_share"]
    more = far[names].head(1) > near[names].head(1)
    assert more[names[:2]].all(axis=None)
    assert not more["accounts_reached_share"].any()


def test_the_last_rep_returns_margin_on_what_is_reached_in_addition(
    make_region: MakeRegion,
) -> None:
    """7,000 and then 3,000 of potential, 35 % of it, 30 % margin, 1.75 years, on 1,000."""
    sizes, _ = sized(make_region(**ACCOUNTS))
    expected = [0.735 * 1.75 - 1, 0.315 * 1.75 - 1, -1, -1]
    assert sizes["roi_share"].tolist() == pytest.approx(expected)


def test_no_more_territories_are_tried_than_there_are_accounts(make_region: MakeRegion) -> None:
    one = {name: values[:1] for name, values in ACCOUNTS.items()}
    sizes, rules = sized(make_region(**one), count=1)
    assert sizes["territories_count"].tolist() == [1]
    assert rules.loc["workload build-up", "territories_count"] == 1


def test_each_rule_gives_its_number_exact_and_rounded(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    reps = make_table(
        "reps", rep_id=["A", "B"], region=["R"] * 2, quota_amount_per_year=[1500.0] * 2
    )
    _, rules = sized(make_region(**ACCOUNTS) | {"reps": reps})
    assert rules.index.tolist() == [
        "workload build-up: calls",
        "workload build-up: travel",
        "workload build-up",
        "breakdown",
        "break-even",
    ]
    # 48 h of calls and none of travel over 24 h; quotas of 3,000 over 2,000 of two reps
    assert rules["exact_count"].tolist()[:4] == pytest.approx([2, 0, 2, 3])
    assert rules["territories_count"].tolist()[2:] == [2, 3, 1]
    assert rules.loc["workload build-up: calls", "rule_assumption"] == (
        "48 h of calls, 24 h a year for each full-time rep."
    )
    assert "Of the numbers tried, that is 1 or fewer." in str(
        rules.loc["break-even", "rule_assumption"]
    )


def test_rules_without_their_inputs_say_what_is_missing(make_region: MakeRegion) -> None:
    sizes, rules = sized(make_region(**ACCOUNTS), has_money=False)
    assert sizes["roi_share"].isna().all()
    assert rules["rule_assumption"].tolist()[3:] == [
        "Not known: it needs quotas, reps and revenue of today.",
        "Not known: no potential is given in money.",
    ]
    assert rules["territories_count"].isna().tolist() == [True, True, False, True, True]


def test_a_rep_costs_what_those_who_stay_cost(make_table: MakeTable) -> None:
    reps = make_table(
        "reps",
        rep_id=["A", "B"],
        region=["R"] * 2,
        cost_amount_per_year=[60_000.0, 30_000.0],
        fte_share=[1.0, 0.5],
    )
    owners = list_owners(reps, region="R", start=None)
    assert rep_cost(owners, OPTIONS) == pytest.approx(60_000)
    assert rep_cost(owners.head(0), OPTIONS) == 1000


def test_margins_weigh_by_potential() -> None:
    units = pd.DataFrame(
        {"margin_share": [0.5, None], "potential_amount_per_year": [1000.0, 3000.0]}
    )
    # 0.5 · 1/4 + 0.3 · 3/4
    assert mean_margin(units, OPTIONS) == pytest.approx(0.35)
    assert mean_margin(units.assign(potential_amount_per_year=0.0), OPTIONS) == pytest.approx(0.4)
