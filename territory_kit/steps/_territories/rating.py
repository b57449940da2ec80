"""Size apart from quality, dependence on few customers, and what the field itself thinks."""

import math

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from territory_kit.methods.territory_quality import (
    RISK_SHARE,
    customer_concentration,
    rank_agreement,
    size_and_quality,
)
from territory_kit.steps._territories.problem import POTENTIAL, WORKLOAD
from territory_kit.wording import percent

_REVENUE = "revenue_amount_per_year"


def rate_plan(plan: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Add the field of size and quality of each territory, and how few customers it lives on.

    Parameters
    ----------
    plan
        From `measure.measure_territories`.
    units
        Placed accounts: ``territory_id``, ``revenue_amount_per_year``.

    Returns
    -------
    pandas.DataFrame
        With ``size_quality``, ``largest_customer_share`` and ``herfindahl_share``; the last two
        are missing where a territory has no revenue.
    """
    values = plan[POTENTIAL].clip(lower=0.0).to_numpy(dtype=float)
    revenue = units[_REVENUE].clip(lower=0.0).groupby(units["territory_id"])
    sums = {str(name): own.to_numpy(dtype=float) for name, own in revenue}
    found = [
        customer_concentration(sums.get(name, np.zeros(0)))
        if sums.get(name, np.zeros(0)).sum() > 0
        else None
        for name in plan["territory_id"]
    ]
    return plan.assign(
        size_quality=size_and_quality(values, plan[WORKLOAD].to_numpy(dtype=float)),
        largest_customer_share=[one.largest_share if one else math.nan for one in found],
        herfindahl_share=[one.herfindahl if one else math.nan for one in found],
    )


def find_dependence(plan: pd.DataFrame) -> tuple[str, ...]:
    """Name the territories where one customer brings most of the revenue.

    Parameters
    ----------
    plan
        From `rate_plan`, with ``territory_name``.

    Returns
    -------
    tuple of str
        One sentence for each territory above the limit; none for one with a single account.
    """
    is_risk = (plan["largest_customer_share"] > RISK_SHARE) & (plan["accounts_count"] > 1)
    return tuple(
        f"{row['territory_name']} depends on one customer: {percent(row['largest_customer_share'])}"
        " of its revenue. Protect that account, or give the territory more."
        for row in plan.loc[is_risk].to_dict("records")
    )


def ask_field(today: pd.DataFrame, territories: pd.DataFrame | None) -> pd.DataFrame:
    """Set the field's own ranking of today's territories beside the model's.

    Parameters
    ----------
    today
        Today's territories, measured: ``hour_potential_amount``.
    territories
        The input with ``field_rank`` and ``field_note``, or None.

    Returns
    -------
    pandas.DataFrame
        ``field_opinion``: territories that the field ranks or says something of, ranked anew among
        themselves by both; largest disagreement first.
    """
    names = ["territory_id", "field_rank", "field_note"]
    if territories is None:
        territories = pd.DataFrame(columns=names)
    said = territories[names].dropna(subset=["field_rank", "field_note"], how="all")
    both = today[["territory_id", "territory_name", "hour_potential_amount"]].merge(
        said.astype({"territory_id": "str", "field_rank": "float64"}), on="territory_id"
    )
    is_ranked = (both["field_rank"].notna() & both["hour_potential_amount"].notna()).to_numpy()
    model, field = np.full(len(both), np.nan), np.full(len(both), np.nan)
    model[is_ranked] = rankdata(-both.loc[is_ranked, "hour_potential_amount"], method="min")
    field[is_ranked] = rankdata(both.loc[is_ranked, "field_rank"], method="min")
    ranked = both.assign(model_rank=model, field_rank=field, rank_gap=np.abs(model - field))
    return ranked.sort_values(
        ["rank_gap", "territory_id"], ascending=[False, True], ignore_index=True
    )


def agreement(opinion: pd.DataFrame) -> dict[str, float]:
    """Compute how far the field and the model agree.

    Parameters
    ----------
    opinion
        From `ask_field`.

    Returns
    -------
    dict
        ``rank_agreement``, from -1 to 1; empty for fewer than three ranked territories.
    """
    ranks = (opinion[name].to_numpy(dtype=float) for name in ("model_rank", "field_rank"))
    found = rank_agreement(*ranks)
    return {} if math.isnan(found) else {"rank_agreement": found}
