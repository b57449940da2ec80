"""Which results a changed option makes stale: those of the first step that reads it, and later.

The frame of the whole plan comes before step 1. It is made anew by itself; results of regions are
current again when what they read of it is as before.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from territory_kit.options import Options
from territory_kit.plan import COMPANY, COMPANY_STEP, STEPS, Plan, open_plan

ORDER = (COMPANY_STEP, *STEPS)
NONE = "none"
# What they change stands in the tables that are read.
READ_WITH = {"exchange_rates": {"USD": 0.9}, "revenue_source": "won_deals"}
DEALS = "deal_id,account_id,amount,currency,stage,close_date\nD1,A1,90,{},Closed Won,2026-02-04\n"

OWN_SCALE = {
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "bands": [{"fiscal_power": 5, "rate_amount_per_km": 0.7}],
}

# option, another value, the first step whose result becomes stale
CHANGES: list[tuple[str, Any, str]] = [
    ("currency", "CHF", COMPANY_STEP),
    ("country", "FR", COMPANY_STEP),
    ("seed", 2, "accounts"),
    ("as_of_date", "2026-01-31", COMPANY_STEP),
    ("plan_start_date", "2027-01-01", "territories"),
    ("priorities", ["Grow bars."], NONE),
    ("unique", "Same-day delivery.", NONE),
    ("headcount", 2, COMPANY_STEP),
    ("market.account_types", ["customer"], COMPANY_STEP),
    ("market.countries", ["FR"], COMPANY_STEP),
    ("market.segments", ["bar"], COMPANY_STEP),
    ("market.excluded_segments", ["bar"], COMPANY_STEP),
    ("market.served_segments", ["bar"], COMPANY_STEP),
    ("market.minimum_employees_count", 5, COMPANY_STEP),
    ("market.scope", "employees_count > 1", COMPANY_STEP),
    ("market.segment_rules", {"small": "employees_count < 5"}, COMPANY_STEP),
    ("market.attainable_share", 0.1, COMPANY_STEP),
    ("market.benchmark_share", 0.5, COMPANY_STEP),
    ("accounts.weights", {"revenue_amount_per_year": 1.0}, COMPANY_STEP),
    ("accounts.preset", "profit", COMPANY_STEP),
    ("accounts.pairwise", {"referral_score/margin_share": 2}, COMPANY_STEP),
    ("accounts.bounds", {"revenue_amount_per_year": [0, 9]}, COMPANY_STEP),
    ("accounts.class_value", "score", COMPANY_STEP),
    ("accounts.class_shares", [0.5, 0.9], COMPANY_STEP),
    ("territories.mode", "redesign", "territories"),
    ("territories.territories_count", 2, COMPANY_STEP),
    ("territories.tolerance_share", 0.2, "territories"),
    ("territories.potential_tolerance_share", 0.5, "territories"),
    ("territories.move_price_factor", 0, "territories"),
    ("territories.most_moved_share", 0.2, "territories"),
    ("territories.most_moved_revenue_share", 0.2, "territories"),
    ("territories.most_moved_revenue_share_per_rep", 0.2, "territories"),
    ("territories.keep_open_deals", True, "territories"),
    ("territories.minimum_tenure_months", 12, "territories"),
    ("territories.max_iterations", 5, "territories"),
    ("reps.keep_incumbents", False, "reps"),
    ("reps.most_territories", 2, "reps"),
    ("reps.matching", "preferences", "reps"),
    ("reps.skill_weight", 0.1, "reps"),
    ("reps.home_weight", 0.1, "reps"),
    ("reps.relation_weight", 0.1, "reps"),
    ("reps.far_home_km", 50, "reps"),
    ("reps.swap_gain_share", 0.5, "reps"),
    ("reps.gates", {"wine": 0.5}, "reps"),
    ("reps.skill_segments", {"wine": ["bar"]}, "reps"),
    ("reps.deal_size_amounts", [10, 20], "reps"),
    ("reps.expected_won_share", 0.3, "reps"),
    ("reps.expected_deals_count", 5, "reps"),
    ("reps.interval_share", 0.8, "reps"),
    ("reps.quota_weight", 0.5, "reps"),
    ("reps.calls_weight", 0.1, "reps"),
    ("reps.target_cap", 2.0, "reps"),
    ("review.answer_by_date", "2026-12-01", "review"),
    ("review.worthwhile_share", 0.1, "review"),
    ("review.horizon_years", 3, "review"),
    ("quotas.goal_amount", 90_000, COMPANY_STEP),
    ("quotas.growth_share", 0.1, COMPANY_STEP),
    ("quotas.method", "waterfall", COMPANY_STEP),
    ("quotas.basis", "even", COMPANY_STEP),
    ("quotas.prior_year_share", 0.9, COMPANY_STEP),
    ("quotas.won_share", 0.1, COMPANY_STEP),
    ("quotas.over_assignment_shares", [0.1, 0.1], COMPANY_STEP),
    ("quotas.band_ratios", [0.7, 1.3], "review"),
    ("costs.km_amount", 0.4, "accounts"),
    ("costs.call_amount", 5, "accounts"),
    ("costs.night_amount", 99, NONE),
    ("costs.rep_amount_per_year", 60000, "accounts"),
    ("costs.hiring_amount", 9000, "review"),
    ("costs.ramp_months", 3, "review"),
    ("costs.vacancy_months", 2, "review"),
    ("costs.second_year_share", 0.4, "territories"),
    ("costs.third_year_share", 0.1, "territories"),
    ("costs.selling_cost_share", 0.2, "review"),
    ("costs.margin_share", 0.2, "accounts"),
    ("costs.fiscal_power", 6, "review"),
    ("costs.mileage_scales", [OWN_SCALE], "review"),
    ("costs.loss_share", 0.2, "territories"),
    ("costs.dormant_loss_share", 0.2, "territories"),
    ("costs.dormant_months", 6, "territories"),
    ("hours.per_day", 8, "market"),
    ("hours.days_per_year", 200, "market"),
    ("hours.field_share", 0.5, "market"),
    ("hours.prospecting_share", 0.2, "market"),
    ("visits.per_class", {"A": 20}, COMPANY_STEP),
    ("visits.prospect_share", 0.3, COMPANY_STEP),
    ("visits.hours_per_class", {"A": 2}, COMPANY_STEP),
    ("visits.remote_hours", 0.5, COMPANY_STEP),
    ("visits.per_day", 4, "accounts"),
    ("travel.circuity", 1.2, COMPANY_STEP),
    ("travel.speed_km_per_hour", 40, COMPANY_STEP),
    ("travel.parking_hours", 0.2, COMPANY_STEP),
]


def _first_stale(plan: Plan) -> str:
    states = [plan.state(step, COMPANY if step == COMPANY_STEP else "Nord") for step in ORDER]
    first = states.index("stale") if "stale" in states else len(states)
    assert states == ["current"] * first + ["stale"] * (len(states) - first)
    return (*ORDER, NONE)[first]


def _setting(option: str, value: object) -> str:
    group, _, name = option.rpartition(".")
    return yaml.safe_dump({group: {name: value}} if group else {name: value})


@pytest.mark.parametrize(("option", "value", "first"), CHANGES)
def test_an_option_makes_stale_what_reads_it(
    plan: Plan, save: Callable[..., None], option: str, value: object, first: str
) -> None:
    save(plan, "review")
    with (plan.folder / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write(_setting(option, value))
    assert _first_stale(open_plan(plan.folder)) == first


def test_every_option_is_in_the_table() -> None:
    every = {
        f"{name}.{leaf}" if leaf else name
        for name, option in Options.model_fields.items()
        for leaf in (
            type(option.default).model_fields if isinstance(option.default, BaseModel) else [""]
        )
    }
    assert {option for option, _, _ in CHANGES} | set(READ_WITH) == every


@pytest.mark.parametrize(
    ("option", "currency", "first"),
    [
        # no amount is in dollars
        ("exchange_rates", "EUR", NONE),
        # the amount of a deal is another one: what customers bought is counted by it
        ("exchange_rates", "USD", "accounts"),
        # the revenue of an account is another one
        ("revenue_source", "EUR", COMPANY_STEP),
    ],
)
def test_an_option_that_inputs_are_read_with_makes_stale_what_reads_another_table(
    folder: Path, save: Callable[..., None], option: str, currency: str, first: str
) -> None:
    (folder / "inputs" / "deals.csv").write_text(DEALS.format(currency), encoding="utf-8")
    settings = yaml.safe_load((folder / "plan.yaml").read_text(encoding="utf-8"))
    settings["inputs"]["deals"] = "inputs/deals.csv"
    before = {**settings, "exchange_rates": {"USD": 0.5}}
    (folder / "plan.yaml").write_text(yaml.safe_dump(before), encoding="utf-8")
    save(open_plan(folder), "review")
    after = {**before, option: READ_WITH[option]}
    (folder / "plan.yaml").write_text(yaml.safe_dump(after), encoding="utf-8")
    assert _first_stale(open_plan(folder)) == first


@pytest.mark.parametrize(
    ("option", "value", "first"),
    [
        ("costs.km_amount", 0.4, "accounts"),
        ("priorities", ["Grow bars."], NONE),
        ("market.attainable_share", 0.1, "market"),
        ("visits.per_class", {"A": 20}, "market"),
        ("travel.circuity", 1.2, COMPANY_STEP),
    ],
)
@pytest.mark.parametrize("region", ["Nord", "Île Sud"])
def test_an_option_of_one_region_concerns_the_others_through_the_frame_alone(
    plan: Plan, save: Callable[..., None], region: str, option: str, value: object, first: str
) -> None:
    """The frame shares the headcount by the workload of every region, and so by its roads."""
    save(plan, "review")
    setting = {"regions": {region: yaml.safe_load(_setting(option, value))}}
    with (plan.folder / "plan.yaml").open("a", encoding="utf-8") as stream:
        yaml.safe_dump(setting, stream, allow_unicode=True)
    is_elsewhere = region != "Nord" and first != COMPANY_STEP
    assert _first_stale(open_plan(plan.folder)) == (NONE if is_elsewhere else first)
