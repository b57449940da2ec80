"""Open and closed deals of the last two years."""

from datetime import timedelta

import numpy as np
import pandas as pd

from tools.sample.business import YEAR_END
from tools.sample.chance import happens

DEALS_COUNT = 900
OPEN_SHARE = 0.33
# Stage of an open deal: chance that it is won.
_STAGES = {"Qualification": 0.1, "Tasting": 0.25, "Offer": 0.5, "Negotiation": 0.7}


def deals_table(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Return the deals, sorted by identifier.

    Parameters
    ----------
    accounts
        Accounts with today's rep, type and potential.
    generator
        Source of randomness.

    Returns
    -------
    DataFrame
        Canonical columns of `deals`; reps differ in how often they win.
    """
    owned = accounts[accounts["current_rep_id"].notna()]
    pull = np.sqrt(owned["true_potential"].to_numpy(dtype=float))
    chosen = generator.choice(len(owned), DEALS_COUNT, p=pull / pull.sum())
    deals = owned.iloc[np.sort(chosen)].reset_index(drop=True)
    deals = deals.sample(frac=1, random_state=generator).reset_index(drop=True)
    is_open = happens(OPEN_SHARE, DEALS_COUNT, generator)
    stage = generator.choice(list(_STAGES), DEALS_COUNT, p=[0.35, 0.25, 0.25, 0.15])
    won = generator.random(DEALS_COUNT) < _chances(deals, generator)
    share = generator.beta(2, 9, DEALS_COUNT)
    opened_days = np.where(
        is_open, generator.integers(5, 160, DEALS_COUNT), generator.integers(170, 720, DEALS_COUNT)
    )
    length_days = np.where(is_open, opened_days + 60, generator.integers(20, 150, DEALS_COUNT))
    return pd.DataFrame(
        {
            "deal_id": [f"D{number:04d}" for number in range(1, DEALS_COUNT + 1)],
            "account_id": deals["account_id"],
            "rep_id": deals["current_rep_id"],
            "stage": np.where(is_open, stage, np.where(won, "Won", "Lost")),
            "amount": (deals["true_potential"] * share / 50).round() * 50,
            "win_share": pd.Series(stage).map(_STAGES).where(is_open),
            "open_date": _days_back(opened_days),
            "close_date": _days_back(opened_days - length_days),
            "is_won": pd.Series(won, dtype="boolean").mask(is_open),
            "deal_type": _types(deals, generator),
        }
    )


def _chances(deals: pd.DataFrame, generator: np.random.Generator) -> np.ndarray:
    reps = sorted(deals["current_rep_id"].unique())
    talent = dict(zip(reps, generator.normal(0, 0.45, len(reps)), strict=True))
    base = np.where(deals["account_type"] == "customer", 0.4, -0.7)
    odds = base + deals["current_rep_id"].map(talent).to_numpy(dtype=float)
    return np.asarray(1 / (1 + np.exp(-odds)))


def _types(deals: pd.DataFrame, generator: np.random.Generator) -> np.ndarray:
    with_us = generator.choice(["renewal", "extension"], DEALS_COUNT, p=[0.6, 0.4])
    return np.where(deals["account_type"] == "customer", with_us, "new business")


def _days_back(days: np.ndarray) -> list[object]:
    return [YEAR_END - timedelta(days=int(count)) for count in days]
