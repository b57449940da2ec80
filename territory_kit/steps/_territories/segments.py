"""How the potential of each segment is shared over the territories."""

import pandas as pd

from territory_kit import columns
from territory_kit.steps._territories.problem import POTENTIAL

_UNKNOWN = "(no segment)"


def share_segments(units: pd.DataFrame, plan: pd.DataFrame) -> pd.DataFrame:
    """Share the potential of each segment over the territories that have accounts of it.

    Parameters
    ----------
    units
        Placed accounts: ``segment``, ``territory_id``, ``potential_amount_per_year``.
    plan
        Territories of the proposal: ``territory_id``, ``territory_name``.

    Returns
    -------
    pandas.DataFrame
        ``territory_segments``: one row per segment and territory with an account, the segment with
        most potential first; the share is missing where a segment has no potential.
    """
    keys = ["segment", "territory_id"]
    known = units.assign(segment=units["segment"].fillna(_UNKNOWN))
    counted = known.assign(accounts_count=1)
    sums = counted.groupby(keys, as_index=False)[["accounts_count", POTENTIAL]].sum()
    total = sums.groupby("segment")[POTENTIAL].transform("sum")
    names = plan.set_index("territory_id")["territory_name"]
    share = sums[POTENTIAL] / total.where(total > 0)
    return (
        sums.assign(potential_share=share, total=total.round(6))
        .assign(territory_name=sums["territory_id"].map(names).astype("str"))
        .sort_values(["total", *keys], ascending=[False, True, True], ignore_index=True)
        .reindex(columns=columns.get_table("territory_segments").columns)
    )
