"""One row for each proposed territory with its rep: work, visits, cost, what changes hands."""

import pandas as pd

from territory_kit.options import Options
from territory_kit.steps._review.staffing import staff


def review_reps(
    rows: pd.DataFrame, reps: pd.DataFrame, hands: pd.DataFrame, *, options: Options
) -> pd.DataFrame:
    """Review each proposed territory.

    Parameters
    ----------
    rows
        Territories of the plan with their reps, driving from home, and visits:
        ``territory_plan`` joined with ``rep_plan``, `visits.compare_visits` and
        ``declared_km_per_year``.
    reps
        The input; may have no rows.
    hands
        From `handover.trace_hands`.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        ``rep_review``, and ``capacity_hours`` of each holder.

    Notes
    -----
    Who takes several territories has an even part of hours, cost and quota in each.

    Workload and load count the way from the rep's home; the balance of step 3 does not. The
    declared distance is the rep's of the last year, in today's territory.
    """
    staffed = staff(rows, rows["rep_id"], reps, options)
    hours = rows["call_hours_per_year"] + rows["tour_hours_per_year"]
    road_cost = rows["travel_km_per_year"] * options.costs.km_amount
    call_cost = rows["visits_per_year"] * options.costs.call_amount
    people_cost = staffed["people_cost_amount_per_year"]
    return rows.assign(
        rep_name=staffed["rep_name"],
        quota_amount_per_year=staffed["quota_amount_per_year"],
        capacity_hours=staffed["capacity_hours"],
        workload_hours_per_year=hours,
        capacity_share=hours / staffed["capacity_hours"].where(staffed["capacity_hours"] > 0),
        ideal_visits_per_year=rows["visits_per_year"],
        people_cost_amount_per_year=people_cost,
        travel_cost_amount_per_year=road_cost,
        total_cost_amount_per_year=people_cost + road_cost + call_cost,
        **_count_changes(rows, hands),
    )


def _count_changes(rows: pd.DataFrame, hands: pd.DataFrame) -> dict[str, pd.Series]:
    """Count what each territory's holder keeps, gains and gives away."""
    is_key = hands["account_class"] == "A"
    stays = hands["from_hand"].notna() & ~hands["changes_hands"]
    given_by = _given_by(hands, stays)
    counted = {
        "key_kept_count": hands.loc[is_key & stays, "to_territory_id"],
        "key_gained_count": hands.loc[is_key & ~stays, "to_territory_id"],
        "key_given_count": given_by.loc[is_key & hands["changes_hands"]],
        "gained_count": hands.loc[~stays, "to_territory_id"],
        "given_count": given_by.loc[hands["changes_hands"]],
    }
    return {
        name: rows["territory_id"].map(values.value_counts()).astype("float64").fillna(0.0)
        for name, values in counted.items()
    }


def _given_by(hands: pd.DataFrame, stays: pd.Series) -> pd.Series:
    """Find the territory that gives each account: one of its hand of today, in the plan.

    Who holds several gives it from that which the account is in today, else from that which keeps
    most of the accounts there, else from the first; who holds none, from today's territory. Where
    nothing changes hands, nobody asks.
    """
    if not hands["changes_hands"].any():
        return hands["from_territory_id"]
    today = ["from_hand", "from_territory_id"]
    held = hands[["to_hand", "to_territory_id"]].drop_duplicates()
    kept = hands.loc[stays].groupby([*today, "to_territory_id"], dropna=False).size()
    found = (
        hands[today]
        .dropna(subset="from_hand")
        .drop_duplicates()
        .merge(held, left_on="from_hand", right_on="to_hand")
        .merge(kept.rename("kept").reset_index(), how="left", on=[*today, "to_territory_id"])
        .assign(is_same=lambda rows: rows["from_territory_id"] == rows["to_territory_id"])
        .fillna({"kept": 0})
        .sort_values(["is_same", "kept", "to_territory_id"], ascending=[False, False, True])
        .drop_duplicates(today)
    )
    names = {"to_territory_id": "giver_id"}
    joined = hands[today].merge(found.rename(columns=names), how="left", on=today)
    givers = joined["giver_id"].fillna(joined["from_territory_id"])
    return givers.astype("str").set_axis(hands.index)
