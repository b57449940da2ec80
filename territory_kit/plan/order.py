"""Which step comes after which, and what each one reads.

A step is given exactly these tables, and reads exactly these options, so that what its result
depends on is known.
"""

from typing import Literal

StepName = Literal["market", "accounts", "territories", "reps", "review"]

STEPS: tuple[StepName, ...] = ("market", "accounts", "territories", "reps", "review")

# The frame of the whole plan, made before step 1 of any region.
COMPANY_STEP = "company"

UPSTREAM: dict[str, tuple[str, ...]] = {
    COMPANY_STEP: (),
    **{step: (COMPANY_STEP, *STEPS[:position]) for position, step in enumerate(STEPS)},
}

# Places are in the accounts already: their coordinates.
_TERRITORIES = ("accounts", "reps", "territories", "overrides")

INPUTS_OF_STEP: dict[str, tuple[str, ...]] = {
    COMPANY_STEP: ("accounts",),
    "market": ("accounts", "reps", "regional_statistics"),
    "accounts": ("accounts", "deals", "visits"),
    "territories": (*_TERRITORIES, "deals"),
    "reps": (*_TERRITORIES, "deals", "visits"),
    "review": (*_TERRITORIES, "deals", "visits", "account_team"),
}

# The other tables of the frame may change without making the step's result stale.
COMPANY_TABLES_OF_STEP: dict[str, tuple[str, ...]] = {
    "market": ("benchmarks",),
    "accounts": ("score_bounds", "class_cuts"),
    "territories": ("headcount",),
    "reps": (),
    "review": ("region_goals",),
}

# All of an option or of a group of options, or those named of the group. Words that only the
# report prints, and what only reading the inputs needs, are read by no step.
OptionNames = dict[str, bool | set[str]]

_CALLS = {"per_class", "prospect_share", "hours_per_class", "remote_hours"}
_RETURN_OF_REPS = {"second_year_share", "third_year_share"}
_PRICE_OF_MOVES = {"margin_share", "loss_share", "dormant_loss_share", "dormant_months"}
_SCOPE: OptionNames = {"as_of_date": True, "country": True, "market": True}
_VALUES: OptionNames = {"currency": True, "accounts": True, "visits": _CALLS}
_NET_PROFIT: OptionNames = {
    "costs": {"km_amount", "call_amount", "rep_amount_per_year", "margin_share"},
    "hours": {"per_day", "days_per_year"},
    "travel": {"circuity", "speed_km_per_hour"},
}
_ROAD: OptionNames = {
    "as_of_date": True,
    "plan_start_date": True,
    "travel": True,
    "visits": {"per_day"},
}

# What the frame reads of the options of a region; the rest of it is of the whole plan.
COMPANY_OPTIONS_OF_REGION: OptionNames = {
    "headcount": True,
    "territories": {"territories_count"},
    "travel": True,
}

# What it reads besides, which is set for the whole plan only.
_SHARED = {"method", "basis", "prior_year_share", "won_share", "over_assignment_shares"}
COMPANY_OPTIONS_OF_PLAN: OptionNames = {"quotas": {"goal_amount", "growth_share", *_SHARED}}

OPTIONS_OF_STEP: dict[str, OptionNames] = {
    COMPANY_STEP: {**_SCOPE, **_VALUES, **COMPANY_OPTIONS_OF_PLAN, **COMPANY_OPTIONS_OF_REGION},
    "market": {**_SCOPE, "hours": True, "visits": _CALLS, "travel": True},
    "accounts": {
        **_VALUES,
        **_NET_PROFIT,
        "as_of_date": True,
        "seed": True,
        "visits": {*_CALLS, "per_day"},
    },
    "territories": {
        **_ROAD,
        "currency": True,
        "seed": True,
        "market": {"attainable_share"},
        "territories": True,
        "costs": {"km_amount", "rep_amount_per_year", *_RETURN_OF_REPS, *_PRICE_OF_MOVES},
        "hours": True,
    },
    "reps": {
        **_ROAD,
        "reps": True,
        "costs": {
            "km_amount",
            "call_amount",
            "rep_amount_per_year",
            "margin_share",
        },
        "hours": True,
    },
    "review": {
        **_ROAD,
        "country": True,
        "currency": True,
        "territories": {
            "tolerance_share",
            "potential_tolerance_share",
            "most_moved_share",
            "most_moved_revenue_share",
            "most_moved_revenue_share_per_rep",
        },
        "review": True,
        "quotas": {"band_ratios", "goal_amount", *_SHARED},
        "costs": {
            "km_amount",
            "call_amount",
            "rep_amount_per_year",
            "fiscal_power",
            "mileage_scales",
            "selling_cost_share",
            "hiring_amount",
            "ramp_months",
            "vacancy_months",
            *_PRICE_OF_MOVES,
        },
        "hours": True,
    },
}
