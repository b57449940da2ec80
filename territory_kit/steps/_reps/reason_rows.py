"""Up to three reasons why a rep takes a territory, as rows with numbers.

Reasons speak of customers (incumbency, known customers, continuity), of skills, or of the way from
home. The best of each comes before a second one of the same; what amounts to nothing is no reason.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.methods.fit import nearness
from territory_kit.options import RepsOptions
from territory_kit.steps._reps.matching import Holding
from territory_kit.wording import counted_of, number, percent

_REASONS_COUNT = 3
_CUSTOMERS = "customers"
_KEPT = ("bound", "incumbent")
_FAMILIES = {"skills": "skills", "home": "home"}
# kind, value, unit, words, strength from 0 to 1
_Reason = tuple[str, float, str, str, float]


def list_reasons(
    rows: pd.DataFrame,
    accounts: pd.DataFrame,
    holdings: Mapping[str, Holding],
    kept_shares: pd.Series,
    *,
    settings: RepsOptions,
) -> pd.DataFrame:
    """List the reasons for each territory that has a rep.

    Parameters
    ----------
    rows
        Territories with the fit of their rep: ``territory_id``, ``rep_id``, ``home_km``,
        ``skill_fit_share``, ``relation_share``.
    accounts
        Placed accounts: ``territory_id``, ``today_rep_id``.
    holdings
        How the reps came to them.
    kept_shares
        Share of the rep's own revenue that stays with the rep, by ``rep_id``.
    settings
        Options of step 4: from where on a home is far.

    Returns
    -------
    pandas.DataFrame
        ``rep_reasons``: strongest reason first; no row for a vacant territory.
    """
    shares, found = kept_shares.to_dict(), []
    for row in rows.sort_values("territory_id").to_dict("records"):
        territory, rep = row["territory_id"], row["rep_id"]
        if territory in holdings:
            own = accounts.loc[accounts["territory_id"] == territory, "today_rep_id"]
            is_kept = holdings[territory].how in _KEPT
            kept = shares.get(rep, np.nan) if is_kept else np.nan
            reasons = [
                *_of_customers(kept, row["relation_share"], int((own == rep).sum()), len(own)),
                *_of_fit(row["skill_fit_share"], row["home_km"], settings.far_home_km),
            ]
            found += [
                (territory, rep, rank, *reason[:-1])
                for rank, reason in enumerate(_strongest(reasons), start=1)
            ]
    names = "territory_id rep_id reason_rank rep_reason_kind rep_reason_value unit rep_reason"
    return pd.DataFrame(found, columns=names.split()).astype(
        {"reason_rank": "float64", "rep_reason_value": "float64"}
    )


def _of_customers(kept: float, known: float, stay_count: int, all_count: int) -> list[_Reason]:
    stay = stay_count / all_count if all_count else 0.0
    words = f"{counted_of(stay_count, all_count, 'account', 'keeps')} the rep of today"
    return [
        ("incumbency", 100 * kept, "%", f"keeps {percent(kept)} of own revenue", kept),
        ("known customers", 100 * known, "%", f"has {percent(known)} of its revenue", known),
        ("continuity", float(stay_count), "accounts", words, stay),
    ]


def _of_fit(skill: float, home_km: float, far_km: float) -> list[_Reason]:
    near = float(nearness(np.array([home_km]), far_km)[0]) if np.isfinite(home_km) else np.nan
    home = f"home {number(home_km)} km from the centre"
    return [
        ("skills", 100 * skill, "%", f"meets {percent(skill)} of its needs", skill),
        ("home", home_km, "km", home, near),
    ]


def _strongest(reasons: list[_Reason]) -> list[_Reason]:
    """Choose the best reason of each family, then the next best of any; strongest first."""
    true = sorted((r for r in reasons if r[-1] > 0), key=lambda reason: -reason[-1])
    families = [_FAMILIES.get(reason[0], _CUSTOMERS) for reason in true]
    is_first = [family not in families[:place] for place, family in enumerate(families)]
    first = [reason for reason, leads in zip(true, is_first, strict=True) if leads]
    others = [reason for reason, leads in zip(true, is_first, strict=True) if not leads]
    return sorted((first + others)[:_REASONS_COUNT], key=lambda reason: -reason[-1])
