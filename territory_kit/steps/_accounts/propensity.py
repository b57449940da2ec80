"""The chance that a prospect buys once a deal is tried, learnt from what became of earlier deals.

An outcome is an account whose deals are closed: it bought where one was won, dated by the first of
these, else it did not, dated by its last loss. Where deals say that they are new business, only
these count: a renewal tells nothing of a prospect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.propensity import (
    LEAST_LABELS_COUNT,
    MANY_POSITIVES_COUNT,
    Floats,
    LabelledAccounts,
    Propensity,
    fit_propensity,
    propensities,
    reason_contributions,
)
from territory_kit.options import Options
from territory_kit.steps.dates import data_day
from territory_kit.wording import counted, number, percent

# What does not change with the outcome; potential is taken as given, since estimates know revenue.
_SIZES = {
    "employees_count": "employees",
    "turnover_amount_per_year": "turnover",
    "potential_amount_per_year": "potential",
}
_LEAST_OF_SEGMENT_COUNT = 10
# Beyond it trees would be grown, which take long and give no reasons; older deals tell less anyway.
_MOST_BOUGHT_COUNT = MANY_POSITIVES_COUNT - 1
_NEW_BUSINESS = r"\b(?:new|neu|nouve)"
_TABLE, _RELIABILITY = "prospect_propensity", "propensity_reliability"


@dataclass(frozen=True, eq=False)
class ProspectChances:
    """Chances of prospects, and how well such chances came true.

    Parameters
    ----------
    chances
        Table ``prospect_propensity``; no rows without a model.
    reliability
        Table ``propensity_reliability``; no rows without a model.
    fit
        The model, or why there is none; None where all deals were closed on one day.
    outcomes_count
        Accounts whose outcome is known.
    """

    chances: pd.DataFrame
    reliability: pd.DataFrame
    fit: Propensity | None
    outcomes_count: int


def rate_prospects(
    market: pd.DataFrame, given: pd.DataFrame, deals: pd.DataFrame | None, *, options: Options
) -> ProspectChances:
    """Compute the chance that each prospect buys, as a share.

    Parameters
    ----------
    market
        Accounts in scope: account_id, account_type, coverage, segment.
    given
        account_id; as given: employees_count, turnover_amount_per_year,
        potential_amount_per_year.
    deals
        The input, or None.
    options
        Options of the region: seed, and the day the plan looks from.

    Returns
    -------
    ProspectChances
        Rows only where at least fifty older outcomes of each kind are known; house and partner
        accounts are left out. Of very many outcomes the newest count.
    """
    outcomes = _outcomes(market, deals, options)
    names, features = _features(market, given, labelled=outcomes["account_id"])
    label_dates = outcomes["label_date"].to_numpy(dtype="datetime64[D]")
    # the seed is read whether there is a model or not, as what the result depends on
    seed, fit = options.seed, None
    bought = int(outcomes["is_positive"].sum())
    is_scarce = min(bought, len(outcomes) - bought) < LEAST_LABELS_COUNT
    if is_scarce or len(np.unique(label_dates)) > 1:
        fit = fit_propensity(
            LabelledAccounts(
                names=names,
                features=features.loc[outcomes["account_id"]].to_numpy(),
                is_positive=outcomes["is_positive"].to_numpy(dtype=np.bool_),
                label_dates=label_dates,
            ),
            seed=seed,
        )
    if fit is None or fit.state != "fitted":
        chances, reliability = map(columns.empty_frame, (_TABLE, _RELIABILITY))
        return ProspectChances(chances, reliability, fit, len(outcomes))
    is_open = (market["account_type"] == "prospect") & ~market["coverage"].isin(
        ["house", "partner"]
    )
    prospects = features.loc[market.loc[is_open, "account_id"].sort_values()]
    return ProspectChances(_chances(fit, prospects), _reliability(fit), fit, len(outcomes))


def propensity_findings(found: ProspectChances) -> Iterator[str]:
    """Say how many outcomes a model takes and how many there are, or how far it is to be trusted.

    Parameters
    ----------
    found
        From `rate_prospects`.

    Yields
    ------
    str
        One sentence; none where no deal is closed.
    """
    fit, needs = found.fit, LEAST_LABELS_COUNT
    if not found.outcomes_count:
        return
    if fit is None:
        yield (
            "The chance that a prospect buys cannot be learnt: all deals were closed on one day, "
            "and what was learnt from older ones is tested on newer ones."
        )
    elif fit.state == "fitted":
        yield _trust(fit)
    else:
        among = "" if np.isnat(fit.test_from) else " before the newest quarter, which tests"
        yield (
            f"The chance that a prospect buys cannot be learnt yet: it takes {needs} accounts that "
            f"bought and {needs} that did not{among}; there are {number(fit.positives_count)} and "
            f"{number(fit.negatives_count)} with closed deals."
        )


def propensity_assumptions(found: ProspectChances) -> Iterator[str]:
    """Say what the chance was learnt from, or that no deal is closed.

    Parameters
    ----------
    found
        From `rate_prospects`.

    Yields
    ------
    str
        One sentence; none where a finding says why there is no chance.
    """
    if not found.outcomes_count:
        yield (
            "No deal with an account in scope is closed, so the chance that a prospect buys cannot "
            "be learnt; the input deals would tell."
        )
    elif len(found.reliability) and found.fit is not None:
        yield (
            "The chance that a prospect buys holds once a deal is tried with it. It is learnt from "
            f"{counted(found.fit.positives_count, 'account')} that bought and "
            f"{number(found.fit.negatives_count)} that did not (the newest where there are very "
            "many), by size and segment alone."
        )


def _trust(fit: Propensity) -> str:
    quality = fit.qualities["logistic"]
    share = quality.positive_share
    same = share * (1 - share)
    is_better = quality.brier < same
    top = (
        f", and the tenth with the highest chances bought {number(quality.lift, decimals=1)} times "
        "as often as all"
        if np.isfinite(quality.lift)
        else ""
    )
    advice = "" if is_better else " Do not sort prospects by it."
    return (
        f"Tested on the {counted(quality.accounts_count, 'newest outcome')}, the chance that a "
        f"prospect buys is {'better' if is_better else 'no better'} than one chance for all: mean "
        f"squared error {number(quality.brier, decimals=3)} against {number(same, decimals=3)} "
        f"({percent(share)} bought){top}.{advice}"
    )


def _outcomes(market: pd.DataFrame, deals: pd.DataFrame | None, options: Options) -> pd.DataFrame:
    """Return account, whether it bought, and since when that is known."""
    known = columns.empty_frame("deals") if deals is None else deals
    day = data_day(options)
    is_closed = known["is_won"].notna() & known["close_date"].notna()
    is_closed &= known["account_id"].isin(market["account_id"])
    if day is not None:
        is_closed &= known["close_date"] <= day
    is_new = known["deal_type"].str.contains(_NEW_BUSINESS, case=False, regex=True, na=False)
    closed = known[is_closed & is_new] if is_new.any() else known[is_closed]
    won = closed["is_won"].astype(bool)
    first_won = closed[won].groupby("account_id")["close_date"].min()
    last_lost = closed[~won].groupby("account_id")["close_date"].max()
    dates = first_won.combine_first(last_lost).sort_index()
    outcomes = pd.DataFrame(
        {
            "account_id": dates.index.astype("str"),
            "is_positive": dates.index.isin(first_won.index),
            "label_date": dates.to_numpy(),
        }
    )
    newest = outcomes.sort_values(["label_date", "account_id"], ascending=[False, True])
    return newest[newest["is_positive"].cumsum() <= _MOST_BOUGHT_COUNT]


def _features(
    market: pd.DataFrame, given: pd.DataFrame, *, labelled: "pd.Series[str]"
) -> tuple[tuple[str, ...], pd.DataFrame]:
    """Return names and values by account: sizes by their logarithm, and the larger segments."""
    by_id = given.set_index("account_id").reindex(market["account_id"])
    sizes = {words: np.log1p(by_id[name].astype(float)) for name, words in _SIZES.items()}
    segments = market.set_index("account_id")["segment"]
    counts = segments.reindex(labelled).value_counts()
    large = sorted(counts.index[counts >= _LEAST_OF_SEGMENT_COUNT])
    kinds = {f"segment {name}": (segments == name).astype(float) for name in large}
    features = pd.DataFrame({**sizes, **kinds})
    return tuple(features.columns), features


def _chances(fit: Propensity, prospects: pd.DataFrame) -> pd.DataFrame:
    values = np.asarray(prospects, dtype=np.float64)
    return pd.DataFrame(
        {
            "account_id": prospects.index.astype("str"),
            "propensity_share": propensities(fit, values),
            "propensity_reason": pd.Series(
                _reasons(fit.names, reason_contributions(fit, values)), dtype="str"
            ),
        }
    )


def _reasons(names: Sequence[str], added: Floats) -> list[str]:
    """Name what moves each chance most against the average account."""
    most = np.abs(added).argmax(axis=1)
    own = added[np.arange(len(added)), most]
    return [
        f"{names[place]} {'raises' if value > 0 else 'lowers'} it" if value else "nothing known"
        for place, value in zip(most, own, strict=True)
    ]


def _reliability(fit: Propensity) -> pd.DataFrame:
    quality = fit.qualities["logistic"]
    table = pd.DataFrame(
        {
            "predicted_share": quality.bin_predicted,
            "observed_share": quality.bin_observed,
            "accounts_count": quality.bin_counts.astype(np.float64),
        }
    )
    return table[table["accounts_count"] > 0].reset_index(drop=True)
