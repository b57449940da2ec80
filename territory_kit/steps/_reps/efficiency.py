"""How much of the best practice reps reach, where there are enough of them to part it from luck."""

import numpy as np
import pandas as pd

from territory_kit.methods.frontier import FEWEST_TERRITORIES_COUNT, stochastic_frontier
from territory_kit.wording import counted

# What a rep has to sell from, most telling first; a set that does not tell reps apart is not used.
_INPUTS = (("potential_amount_per_year", "accounts_count"), ("potential_amount_per_year",))
_NOT_FOR_PAY = "Not for pay decisions alone."


def add_efficiency(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the efficiency of each rep: the part of the best practice that is reached.

    Parameters
    ----------
    rows
        From `performance.measure_performance`: ``revenue_amount_per_year``,
        ``potential_amount_per_year``, ``accounts_count``.

    Returns
    -------
    pandas.DataFrame
        Rows with ``efficiency_share``; missing for all where fewer than 30 reps have revenue and
        potential, or where these do not tell them apart, and for reps without either.
    """
    usable = _usable(rows)
    found = pd.Series(np.nan, index=rows.index)
    chosen = rows.loc[usable]
    inputs = _inputs(chosen)
    if len(chosen) >= FEWEST_TERRITORIES_COUNT and inputs is not None:
        outcome = chosen["revenue_amount_per_year"].to_numpy(dtype=float)
        found.loc[usable] = stochastic_frontier(outcome, inputs).efficiency_share
    return rows.assign(efficiency_share=found)


def say_efficiency(rows: pd.DataFrame) -> tuple[str, ...]:
    """Say what efficiency is, or how many reps it would take.

    Parameters
    ----------
    rows
        From `add_efficiency`.

    Returns
    -------
    tuple of str
        One sentence; none where nothing was compared.
    """
    if rows.empty:
        return ()
    known = rows["efficiency_share"].dropna()
    if known.empty:
        have = counted(int(_usable(rows).sum()), "rep")
        sentence = (
            f"No efficiency of reps: it takes {FEWEST_TERRITORIES_COUNT} reps with revenue and "
            f"unlike potential to part it from luck, and {have} of the region can be used."
        )
        return (sentence,)
    level = ""
    if bool((known == 1).all()):
        level = "No inefficiency is detectable, so all have 100 %. "
    sentence = (
        "Efficiency is the part of the revenue that the best practice would reach with the same "
        f"potential and accounts, luck set apart. {level}{_NOT_FOR_PAY}"
    )
    return (sentence,)


def _usable(rows: pd.DataFrame) -> pd.Series:
    figures = rows[["revenue_amount_per_year", *_INPUTS[0]]]
    return (figures > 0).all(axis=1)


def _inputs(rows: pd.DataFrame) -> np.ndarray | None:
    """Choose the inputs that differ between reps and do not follow from each other."""
    for names in _INPUTS:
        figures = rows[list(names)].to_numpy(dtype=float)
        design = np.column_stack([np.ones(len(figures)), np.log(figures)])
        if np.linalg.matrix_rank(design) == design.shape[1]:
            return figures
    return None
