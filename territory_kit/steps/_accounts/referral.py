"""Who would recommend us, and what recommendations can be expected to bring.

Answers are whole numbers from 0 to 10 to the question how likely somebody is to recommend us.
What became of them is read from accounts that name who recommended us to them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit.methods.referral import (
    SHOWN_FROM_ANSWERS_COUNT,
    fitted_rule,
    promoter_score,
    referral_probabilities,
    referral_value,
)
from territory_kit.options import Options
from territory_kit.wording import agree, amount, counted, number, percent

_CONFIDENCE = 0.95
_WON_TYPES = ("customer", "former")


@dataclass(frozen=True)
class Referrals:
    """What is known of accounts that others have recommended us to.

    Parameters
    ----------
    referrers_count
        Accounts that have recommended us and have answered.
    leads_count
        Accounts that each referrer has brought; nan where there is none.
    won_share
        Share of these that became customers, 0 to 1; nan where there is none.
    margin_amount
        Margin on one of those customers, money per year; nan where it is not known.
    unread_count
        Answers that are no whole number.
    """

    referrers_count: int
    leads_count: float
    won_share: float
    margin_amount: float
    unread_count: int


def value_referrals(
    market: pd.DataFrame, given: pd.DataFrame, *, options: Options
) -> tuple[pd.DataFrame, Referrals]:
    """Compute the chance that accounts recommend us, and what that can be expected to bring.

    Parameters
    ----------
    market
        Accounts in scope: account_id, account_type, revenue_amount_per_year.
    given
        account_id, referral_score, referred_by_account_id, margin_share.
    options
        Options of the region: the margin where an account has none.

    Returns
    -------
    pandas.DataFrame
        Table ``account_referral``, by account: who has answered with a whole number. Chance and
        value are missing unless at least ten have answered and some of them, not all, have
        recommended us.
    Referrals
        What the value is made of.
    """
    own = ["account_id", "referral_score", "referred_by_account_id", "margin_share"]
    known = market[["account_id", "account_type", "revenue_amount_per_year"]].merge(
        given[own], how="left", on="account_id"
    )
    answered = known[known["referral_score"] % 1 == 0].sort_values("account_id", ignore_index=True)
    answers = np.asarray(answered["referral_score"], dtype=np.float64)
    is_brought = known["referred_by_account_id"].isin(known["account_id"])
    brought = known[is_brought & (known["referred_by_account_id"] != known["account_id"])]
    has_referred = np.asarray(answered["account_id"].isin(brought["referred_by_account_id"]))
    found = _referrals(
        brought,
        referrers_count=int(has_referred.sum()),
        unread_count=int(known["referral_score"].notna().sum()) - len(answers),
        margin_share=options.costs.margin_share,
    )
    chance = np.full(len(answers), np.nan)
    if len(answers) >= SHOWN_FROM_ANSWERS_COUNT and has_referred.any() and not has_referred.all():
        chance = referral_probabilities(answers, fitted_rule(answers, has_referred))
    parts = (found.leads_count, found.won_share, found.margin_amount)
    worth = referral_value(chance, *(np.full(len(answers), part) for part in parts))
    table = answered[["account_id", "referral_score", "revenue_amount_per_year"]]
    return table.assign(referral_share=chance, referral_value_amount_per_year=worth), found


def referral_findings(table: pd.DataFrame) -> Iterator[str]:
    """Say the promoter score with its interval, or that too few have answered for one.

    Parameters
    ----------
    table
        Table ``account_referral``.

    Yields
    ------
    str
        One sentence; none without answers.
    """
    score = promoter_score(np.asarray(table["referral_score"]), confidence=_CONFIDENCE)
    count = score.answers_count
    if not count:
        return
    interval = (
        f"between {number(score.low_points)} and {number(score.high_points)} points with a "
        f"confidence of {percent(_CONFIDENCE)}"
    )
    who = f"{counted(count, 'account', 'has')} answered how likely {_they(count)} to recommend us"
    if count < SHOWN_FROM_ANSWERS_COUNT:
        yield (
            f"Only {who}: too few for a promoter score, which takes {SHOWN_FROM_ANSWERS_COUNT}. It "
            f"lies {interval}."
        )
        return
    yield (
        f"{who}: a promoter score (promoters less detractors) of {number(score.score_points)} "
        f"points, {interval}."
    )


def referral_assumptions(table: pd.DataFrame, found: Referrals, *, currency: str) -> Iterator[str]:
    """Say what the value of referrals is made of, or what is missing for it.

    Parameters
    ----------
    table
        Table ``account_referral``.
    found
        What the value is made of.
    currency
        Currency of the plan.

    Yields
    ------
    str
        One sentence, and another where answers cannot be read.
    """
    if table.empty:
        yield (
            "No account has answered how likely it is to recommend us (referral_score), so nothing "
            "is said of referrals."
        )
    elif table["referral_value_amount_per_year"].isna().all():
        yield (
            "What referrals bring is not computed: it takes "
            f"{SHOWN_FROM_ANSWERS_COUNT} answers, accounts that say who recommended us to them "
            "(referred_by_account_id) and the revenue of those among them that became customers."
        )
    else:
        count = found.referrers_count
        yield (
            f"What referrals bring is the chance by answer, from {counted(count, 'account')} that "
            f"{agree('has', count)} recommended us, times "
            f"{number(found.leads_count, decimals=1)} accounts brought by each, "
            f"{percent(found.won_share)} of them won, at "
            f"{amount(found.margin_amount, currency)} of margin a year."
        )
    if found.unread_count:
        yield (
            f"{counted(found.unread_count, 'answer', 'is')} no whole number from 0 to 10 and "
            f"{agree('does', found.unread_count)} not count."
        )


def _referrals(
    brought: pd.DataFrame, *, referrers_count: int, unread_count: int, margin_share: float
) -> Referrals:
    """Average over the accounts that others have brought; nan where there is none."""
    is_won = brought["account_type"].isin(_WON_TYPES)
    margin = brought["margin_share"].fillna(margin_share)
    earned = (brought["revenue_amount_per_year"] * margin)[is_won].sort_values()
    referrers = brought["referred_by_account_id"].nunique()
    return Referrals(
        referrers_count=referrers_count,
        leads_count=len(brought) / referrers if referrers else np.nan,
        won_share=float(is_won.mean()) if referrers else np.nan,
        margin_amount=float(earned.mean()),
        unread_count=unread_count,
    )


def _they(count: int) -> str:
    return "it is" if count == 1 else "they are"
