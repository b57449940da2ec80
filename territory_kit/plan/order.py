"""Which step comes after which, and what each one reads.

A step is given exactly these tables, so that what its result depends on is known.
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

# Coordinates of accounts come from places too.
_ACCOUNTS = ("accounts", "places")
_TERRITORIES = (*_ACCOUNTS, "reps", "territories", "overrides")

INPUTS_OF_STEP: dict[str, tuple[str, ...]] = {
    COMPANY_STEP: _ACCOUNTS,
    "market": (*_ACCOUNTS, "reps"),
    "accounts": _ACCOUNTS,
    "territories": _TERRITORIES,
    "reps": (*_TERRITORIES, "deals"),
    "review": (*_TERRITORIES, "deals", "visits", "account_team"),
}

# The other tables of the frame may change without making the step's result stale.
COMPANY_TABLES_OF_STEP: dict[str, tuple[str, ...]] = {
    "market": ("benchmarks",),
    "accounts": ("score_bounds", "class_cuts"),
    "territories": ("headcount",),
    "reps": (),
    "review": (),
}
