"""What is left out of a step, summed by reason."""

import pandas as pd

_POTENTIAL = "potential_amount_per_year"


def sum_by_reason(accounts: pd.DataFrame) -> pd.DataFrame:
    """Count the accounts that carry a reason why they are left out, and their potential.

    Parameters
    ----------
    accounts
        Needs ``account_id``, ``left_out_reason`` and ``potential_amount_per_year``; accounts that
        are not left out have no reason.

    Returns
    -------
    pandas.DataFrame
        One row per reason, most accounts first: ``left_out_reason``, ``accounts_count``,
        ``potential_amount_per_year`` and its share of the potential of all accounts.
    """
    total = accounts[_POTENTIAL].sum()
    return (
        accounts.dropna(subset=["left_out_reason"])
        .assign(accounts_count=1)
        .groupby("left_out_reason", as_index=False)[["accounts_count", _POTENTIAL]]
        .sum()
        .assign(potential_share=lambda sums: sums[_POTENTIAL] / total if total else float("nan"))
        .sort_values(["accounts_count", "left_out_reason"], ascending=[False, True])
    )
