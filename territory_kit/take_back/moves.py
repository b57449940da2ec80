"""Which moves that do not pay can be taken back, and which not.

A move is taken back by an override that binds its account to the territory it is in today.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from territory_kit.plan import Plan
from territory_kit.steps.cases import first_case
from territory_kit.steps.dates import data_day
from territory_kit.steps.overrides import active_overrides, note_overrides
from territory_kit.take_back.rows import are_harmless
from territory_kit.wording import counted

_REP_ONLY = "only the rep changes, the territory stays"
_DECIDED = "an override speaks of the account already"
_CLOSED = "the plan does not have their territory of today"
_FORMULA = (
    "a spreadsheet would take their identifier or territory for a formula: write them by hand"
)
_NOTED = ["excluded_by", "housed_by", "sent_by", "kept_by"]
_OF_MOVES = [
    "region",
    "account_id",
    "account_name",
    "from_territory_id",
    "from_territory_name",
    "to_territory_id",
    "to_territory_name",
    "shortfall_amount",
]


@dataclass(frozen=True, eq=False)
class TakeBack:
    """The moves of a plan that can be taken back.

    Parameters
    ----------
    moves
        One row per move: region, account, its territory today and in the plan with their names,
        ``shortfall_amount``; sorted by region and account.
    currency
        Currency of the shortfall.
    skipped
        How many moves that do not pay stay, and why, one sentence each.
    followers
        What else goes back with them; empty: nothing.
    """

    moves: pd.DataFrame
    currency: str
    skipped: tuple[str, ...]
    followers: str


def find_moves(plan: Plan, regions: Sequence[str]) -> TakeBack:
    """Find the moves that do not pay and can be taken back.

    Parameters
    ----------
    plan
        The plan; the results of its regions are current.
    regions
        Names of the regions; empty: all.

    Returns
    -------
    TakeBack
        Moves of the current results.

    Raises
    ------
    ParameterError
        When a region is unknown.
    StaleResultError
        When a region has no current result; says which step to run again.
    """
    found = [_of_region(plan, region) for region in regions or plan.regions()]
    moves = pd.concat(found).sort_values(["region", "account_id"], ignore_index=True)
    is_taken = moves["kept_because"].isna()
    taken = moves.loc[is_taken, _OF_MOVES].reset_index(drop=True)
    return TakeBack(
        moves=taken,
        currency=plan.settings.currency,
        skipped=_skipped_words(moves.loc[~is_taken, "kept_because"]),
        followers=_follower_words(taken, plan.inputs().tables["accounts"]),
    )


def _of_region(plan: Plan, region: str) -> pd.DataFrame:
    """Return the moves of a region that do not pay, and why some are not taken back."""
    unpaid = plan.read("review", region).tables["unpaid_moves"]
    territories = plan.read("territories", region).tables["territory_plan"]
    names = territories.set_index("territory_id")["territory_name"]
    inputs = plan.inputs().tables
    active = active_overrides(inputs.get("overrides"), data_day(plan.options(region)))
    accounts = inputs["accounts"][["account_id", "group_id", "postal_code", "city"]]
    noted = note_overrides(accounts, active).set_index("account_id")[_NOTED]
    decided = noted.index[(noted >= 0).any(axis=1)]
    before = unpaid["from_territory_id"]
    cases = [
        (before == unpaid["to_territory_id"], _REP_ONLY),
        (unpaid["account_id"].isin(decided), _DECIDED),
        (~before.isin(territories["territory_id"]), _CLOSED),
        (~are_harmless(unpaid[["account_id", "from_territory_id"]]), _FORMULA),
    ]
    nothing = pd.Series(pd.NA, index=unpaid.index, dtype="str")
    return unpaid.assign(
        region=region,
        from_territory_name=before.map(names).astype("str"),
        to_territory_name=unpaid["to_territory_id"].map(names).astype("str"),
        kept_because=first_case(
            [(holds.fillna(value=False), text) for holds, text in cases], nothing
        ),
    )


def _skipped_words(reasons: pd.Series) -> tuple[str, ...]:
    counts = reasons.value_counts().sort_index()
    return tuple(
        f"Not taken back: {counted(int(count), 'move')}, because {reason}."
        for reason, count in counts.items()
    )


def _follower_words(taken: pd.DataFrame, accounts: pd.DataFrame) -> str:
    """Say how many accounts are kept together with those that go back."""
    is_taken = accounts["account_id"].isin(taken["account_id"])
    groups = accounts.loc[is_taken, "group_id"].dropna()
    others = int((accounts["group_id"].isin(groups) & ~is_taken).sum())
    if not others:
        return ""
    return (
        "Kept together with these and taken back too, where nothing else binds them: "
        f"{counted(others, 'other account')} of their groups."
    )
