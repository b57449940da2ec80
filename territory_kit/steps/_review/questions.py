"""What the regional manager must answer, three to six questions, most urgent first."""

import pandas as pd
from pandas.api.typing import NaTType

from territory_kit.options import Options
from territory_kit.steps._review.verdict import broken_limits
from territory_kit.wording import counted, percent

# Hours are estimates: a tenth too many is no overload.
FULL_SHARE = 1.1
_FEWEST, _MOST = 3, 6
_WEEKS_BEFORE_START = 4
# Of one kind, so that a region with many vacancies is asked about other things too.
_MOST_OF_A_KIND = 2
_ALWAYS = (
    "Which accounts must stay with their rep for a reason that the data do not show?",
    "Do the wanted visits of each class fit what customers here expect?",
    "Which of today's borders must stay, for example because of distributors or roads?",
)


def ask(
    review: pd.DataFrame,
    plan: pd.DataFrame,
    hands: pd.DataFrame,
    *,
    options: Options,
    has_reps: bool,
    has_money: bool,
) -> pd.DataFrame:
    """Ask about what the data cannot decide.

    Parameters
    ----------
    review
        ``rep_review``.
    plan
        ``territory_plan``.
    hands
        From `handover.trace_hands`.
    options
        Options of the region.
    has_reps
        Whether reps are known.
    has_money
        Whether potential is money, and not a count of accounts.

    Returns
    -------
    pandas.DataFrame
        ``questions``, most urgent first.
    """
    kinds = [
        _vacancies(review) if has_reps else [],
        _limits(plan, options),
        _moves(hands, review, options.currency),
        _overload(review),
        _poor(plan, options.currency) if has_money else [],
    ]
    asked = [text for texts in kinds for text in texts[:_MOST_OF_A_KIND]][:_MOST]
    asked += _ALWAYS[: max(0, _FEWEST - len(asked))]
    return pd.DataFrame({"question": asked, "answer_by_date": _answer_by(options)})


def _vacancies(review: pd.DataFrame) -> list[str]:
    is_vacant = review["rep_id"].isna() & (review["accounts_count"] > 0)
    vacant = review.loc[is_vacant].sort_values(
        ["potential_amount_per_year", "territory_id"], ascending=[False, True]
    )
    return [
        f"{name} has no rep for its {counted(count, 'account')}: when is the job filled, and who "
        "covers it until then?"
        for name, count in zip(vacant["territory_name"], vacant["accounts_count"], strict=True)
    ]


def _limits(plan: pd.DataFrame, options: Options) -> list[str]:
    return [
        f"{text} May the limit be wider, or what may move?"
        for text in broken_limits(plan, options.territories)
    ]


def _moves(hands: pd.DataFrame, review: pd.DataFrame, currency: str) -> list[str]:
    names = review.set_index("territory_id")["territory_name"]
    chosen = hands.loc[hands["changes_hands"] & ~hands["is_forced"].astype(bool)]
    dear = chosen.loc[chosen["revenue_amount_per_year"] > 0].sort_values(
        ["revenue_amount_per_year", "account_id"], ascending=[False, True]
    )
    accounts = dear["account_name"].fillna(dear["account_id"])
    return [
        f"{account} ({revenue:,.0f} {currency} a year) would go to {names[territory_id]}: does "
        "that put the customer at risk?"
        for account, revenue, territory_id in zip(
            accounts, dear["revenue_amount_per_year"], dear["to_territory_id"], strict=True
        )
    ]


def _overload(review: pd.DataFrame) -> list[str]:
    full = review.loc[review["capacity_share"] > FULL_SHARE].sort_values(
        ["capacity_share", "territory_id"], ascending=[False, True]
    )
    return [
        f"{name} takes {percent(share)} of the hours of its rep: fewer visits, calls instead of "
        "visits, or a helping hand?"
        for name, share in zip(full["territory_name"], full["capacity_share"], strict=True)
    ]


def _poor(plan: pd.DataFrame, currency: str) -> list[str]:
    low = plan.loc[plan["quality"] == "low"].sort_values(["hour_potential_amount", "territory_id"])
    return [
        f"{name} offers {amount:,.0f} {currency} of potential per hour, the least of all: is "
        "potential missing in the data, or are visits too many?"
        for name, amount in low[["territory_name", "hour_potential_amount"]].head(1).to_numpy()
    ]


def _answer_by(options: Options) -> pd.Timestamp | NaTType:
    """Return the day that is set, else four weeks before the new territories start."""
    if options.review.answer_by_date is not None:
        return pd.Timestamp(options.review.answer_by_date)
    if options.plan_start_date is None:
        return pd.NaT
    return pd.Timestamp(options.plan_start_date) - pd.Timedelta(weeks=_WEEKS_BEFORE_START)
