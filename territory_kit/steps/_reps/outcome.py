"""Who takes which territory in the end, in one row each."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit.steps._reps.matching import Holding
from territory_kit.steps._reps.reasons import explain_holdings, explain_vacancy
from territory_kit.steps.ownership import Ownership


@dataclass(frozen=True, eq=False)
class Staffing:
    """Who there is, who has what today, and who takes what.

    Parameters
    ----------
    owners
        From `roster.list_owners`.
    ownership
        Today's owners.
    holdings
        From `matching.match_all`.
    """

    owners: pd.DataFrame
    ownership: Ownership
    holdings: Mapping[str, Holding]


def combine(
    plan: pd.DataFrame, staffing: Staffing, fit: pd.DataFrame, accounts: pd.DataFrame
) -> pd.DataFrame:
    """Put one row for each territory together: who takes it, and why.

    Parameters
    ----------
    plan
        Territories: ``territory_id``, ``territory_name``.
    staffing
        Who takes what.
    fit
        From `fitting.fit_reps`.
    accounts
        Placed accounts: ``territory_id``, ``today_rep_id``, ``revenue_amount_per_year``.

    Returns
    -------
    pandas.DataFrame
        ``rep_plan`` without the driving.
    """
    owners, holdings = staffing.owners, staffing.holdings
    key = plan["territory_id"]
    rep_id = key.map({name: holding.rep_id for name, holding in holdings.items()}).astype("str")
    today = key.map(staffing.ownership.rep_of_territory).astype("str")
    rows = pd.DataFrame(
        {
            "territory_id": key,
            "territory_name": plan["territory_name"],
            "rep_id": rep_id,
            "rep_name": rep_id.map(owners.set_index("rep_id")["rep_name"]).astype("str"),
            "current_rep_id": today,
            "is_incumbent": keeps(key, rep_id, staffing),
            "is_vacant": rep_id.isna(),
        }
    ).merge(fit, how="left", on=["territory_id", "rep_id"])
    gated, others = _gated(fit, holdings), _of_other_teams(fit, holdings)
    vacancies = [
        explain_vacancy(
            holder,
            owners,
            is_gated=territory in gated,
            is_other_team=territory in others,
        )
        for territory, holder in zip(rows["territory_id"], rows["current_rep_id"], strict=True)
    ]
    reasons = explain_holdings(rows, holdings, kept_shares(rows, accounts))
    return rows.assign(rep_reason=np.where(rows["is_vacant"], vacancies, reasons))


def _gated(fit: pd.DataFrame, holdings: Mapping[str, Holding]) -> set[str]:
    """Find the territories that a rep without a territory would take but for a gate."""
    if "failed_gates" not in fit:
        return set()
    is_gated = (fit["failed_gates"] != "") & _is_free(fit, holdings)
    return set(fit.loc[is_gated, "territory_id"]) - _of_other_teams(fit, holdings)


def _of_other_teams(fit: pd.DataFrame, holdings: Mapping[str, Holding]) -> set[str]:
    """Find the territories for which all reps without a territory are of another team."""
    if "is_other_team" not in fit:
        return set()
    free = fit.loc[_is_free(fit, holdings)]
    is_lost = free.groupby("territory_id")["is_other_team"].all()
    return set(is_lost.index[is_lost])


def _is_free(fit: pd.DataFrame, holdings: Mapping[str, Holding]) -> pd.Series:
    return ~fit["rep_id"].isin({holding.rep_id for holding in holdings.values()})


def keeps(territory: pd.Series, rep: pd.Series, staffing: Staffing) -> list[bool]:
    """Say for pairs of territory and rep whether the rep keeps what was theirs.

    Parameters
    ----------
    territory, rep
        Identifiers of the pairs.
    staffing
        Who takes what.

    Returns
    -------
    list of bool
        True where the rep takes the territory as incumbent, or bound to what is theirs today.
    """
    holdings, today = staffing.holdings, staffing.ownership.rep_of_territory
    return [
        territory_id in holdings
        and holdings[territory_id].rep_id == rep_id
        and (holdings[territory_id].how == "incumbent" or today.get(territory_id) == rep_id)
        for territory_id, rep_id in zip(territory, rep, strict=True)
    ]


def kept_shares(rows: pd.DataFrame, accounts: pd.DataFrame) -> pd.Series:
    """Compute the share of each rep's own revenue that stays with the rep.

    Parameters
    ----------
    rows
        Territories: ``territory_id``, ``rep_id`` of who takes them.
    accounts
        Placed accounts: ``territory_id``, ``today_rep_id``, ``revenue_amount_per_year``.

    Returns
    -------
    pandas.Series
        Share by rep of today; missing where the rep has no revenue.
    """
    now = accounts["territory_id"].map(rows.set_index("territory_id")["rep_id"])
    revenue = accounts["revenue_amount_per_year"].clip(lower=0.0)
    kept = (
        revenue.where(now == accounts["today_rep_id"], 0.0).groupby(accounts["today_rep_id"]).sum()
    )
    held = revenue.groupby(accounts["today_rep_id"]).sum()
    return kept / held.where(held > 0)
