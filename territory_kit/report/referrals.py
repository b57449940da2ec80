"""Who would recommend us, and what that can be expected to bring, by kind of answer."""

import pandas as pd

from territory_kit.methods.referral import FIRST_PROMOTER, HIGHEST_ANSWER, LAST_DETRACTOR
from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show_frame

_GROUPS = {
    f"promoters ({FIRST_PROMOTER} and {HIGHEST_ANSWER})": (FIRST_PROMOTER, HIGHEST_ANSWER),
    f"passives ({LAST_DETRACTOR + 1} and {FIRST_PROMOTER - 1})": (
        LAST_DETRACTOR + 1,
        FIRST_PROMOTER - 1,
    ),
    f"detractors (0 to {LAST_DETRACTOR})": (0, LAST_DETRACTOR),
}
_SUMS = ["revenue_amount_per_year", "referral_value_amount_per_year"]
_MEANING = "Accounts by their answer to how likely they are to recommend us, 0 to 10."
_NO_VALUE = (
    "What they bring is not known: it takes ten answers, and accounts that say who recommended us "
    "to them (referred_by_account_id)."
)
_NO_ANSWER = "No account has answered: the column referral_score of accounts takes 0 to 10."


def referrals(*sources: HasTables) -> ShownTable:
    """Show promoters, passives and detractors with what they buy and can be expected to bring.

    Parameters
    ----------
    *sources
        Hold ``account_referral``.

    Returns
    -------
    ShownTable
        Three rows; without answers none, and the caption says what is missing.
    """
    evidence = gather(*sources)
    table = evidence.table("account_referral")
    if table.empty:
        empty = pd.DataFrame({"referral_group": []})
        return show_frame(empty, evidence, caption=_NO_ANSWER)
    rows = [
        {"referral_group": name, "accounts_count": len(own), **own[_SUMS].sum(min_count=1)}
        for name, (low, high) in _GROUPS.items()
        for own in [table[table["referral_score"].between(low, high)]]
    ]
    is_valued = bool(table[_SUMS[1]].notna().any())
    shown = ["referral_group", "accounts_count", *(_SUMS if is_valued else _SUMS[:1])]
    return show_frame(
        pd.DataFrame(rows)[shown],
        evidence,
        caption=_MEANING if is_valued else f"{_MEANING} {_NO_VALUE}",
        headings={"referral_group": "Answer"},
    )
