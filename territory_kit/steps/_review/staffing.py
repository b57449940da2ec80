"""What the holder of a territory can do and costs: the rep's own figures, else the plan's."""

import pandas as pd

from territory_kit.options import Options
from territory_kit.steps.working_hours import usual_hours


def staff(
    territories: pd.DataFrame, rep_id: pd.Series, reps: pd.DataFrame, options: Options
) -> pd.DataFrame:
    """Give each territory the hours and the cost of its holder.

    Parameters
    ----------
    territories
        Needs ``size_share``.
    rep_id
        Holder of each territory, index of ``territories``; missing where there is none: an open job
        of the territory's size.
    reps
        ``rep_id``, ``capacity_hours_per_year`` (full time), ``fte_share``,
        ``cost_amount_per_year``, ``quota_amount_per_year``, ``rep_name``.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        ``capacity_hours``, ``people_cost_amount_per_year``, ``quota_amount_per_year`` and
        ``rep_name``, index of ``territories``. Who holds several of them has an even part of
        hours, cost and quota in each.
    """
    people = reps.drop_duplicates("rep_id").set_index("rep_id")
    known = people.reindex(rep_id).set_axis(territories.index)
    size = known["fte_share"].where(known["fte_share"] > 0).fillna(territories["size_share"])
    usual = usual_hours(options)
    pay = options.costs.rep_amount_per_year
    parts = rep_id.map(rep_id.value_counts()).astype("float64").fillna(1.0)
    return pd.DataFrame(
        {
            "capacity_hours": known["capacity_hours_per_year"].fillna(usual) * size / parts,
            "people_cost_amount_per_year": known["cost_amount_per_year"].fillna(pay * size) / parts,
            "quota_amount_per_year": known["quota_amount_per_year"] / parts,
            "rep_name": known["rep_name"],
        }
    )
