"""Results of a rep against several targets.

The year is that up to the day the plan looks from. Revenue is that of the rep's accounts in the
whole year, whoever sold it: it is set against the whole quota, and not at all where the rep came
or left within the year. A quota is the rep's own, so part-time is in it already. Wanted calls are
cut to the part-time share and to the time the rep was there, and so are the calls made: a log may
put the calls of a predecessor under the name of who has the accounts today.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.methods.performance_index import performance_index, productive_share
from territory_kit.options import Options
from territory_kit.steps.dates import data_day
from territory_kit.steps.money import has_money
from territory_kit.steps.ownership import Ownership
from territory_kit.wording import counted, percent

_YEAR_DAYS = 365.0


def add_index(
    strengths: pd.DataFrame,
    ratios: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    ownership: Ownership,
    *,
    options: Options,
) -> pd.DataFrame:
    """Add the index of targets of each rep.

    Parameters
    ----------
    strengths
        From `strengths.measure_strengths`; ``start_date`` and ``end_date`` are read besides.
    ratios
        ``rep_ratios``: ``calls_count``.
    tables
        ``market_accounts`` and ``account_quality`` of the region; optional ``visits``.
    ownership
        Today's owners.
    options
        Options of the region: weights, cap, and the day the plan looks from.

    Returns
    -------
    pandas.DataFrame
        Rows of ``strengths`` with ``present_share``, ``target_index_share``,
        ``target_weight_share`` and ``is_capped``; the index is missing where a rep has no target,
        or was not there yet.
    """
    key, settings = strengths["rep_id"], options.reps
    present = _present(strengths, options)
    calls = key.map(ratios.set_index("rep_id")["calls_count"].to_dict()).astype("float64")
    calls -= _calls_in_absence(strengths, tables.get("visits"), data_day(options))
    wanted = key.map(_wanted_calls(tables, ownership).to_dict()).astype("float64")
    sold = strengths["revenue_amount_per_year"]
    if not has_money(tables):
        sold = sold * np.nan
    found = performance_index(
        np.column_stack([sold, calls]).astype(float),
        np.column_stack(
            [
                strengths["quota_amount_per_year"].where(_is_whole_year(strengths, options)),
                wanted * strengths["fte_share"] * present,
            ]
        ),
        np.array([settings.quota_weight, settings.calls_weight]),
        cap=settings.target_cap,
    )
    is_capped = (found.is_capped & (found.points > 0)).any(axis=1)
    return strengths.assign(
        present_share=present,
        target_index_share=found.index / 100,
        target_weight_share=found.weight_share,
        is_capped=pd.Series(is_capped, index=strengths.index).astype("boolean"),
    )


def say_index(strengths: pd.DataFrame, options: Options) -> tuple[str, ...]:
    """Say how the index of targets was made, and whom it leaves out.

    Parameters
    ----------
    strengths
        From `add_index`.
    options
        Options of the region: weights, cap, and the day the plan looks from.

    Returns
    -------
    tuple of str
        How it is made, then for whom revenue is left out; nothing where no rep has an index.
    """
    if strengths["target_index_share"].isna().all():
        return ()
    settings = options.reps
    whole = settings.quota_weight + settings.calls_weight
    quota, calls = (percent(w / whole) for w in (settings.quota_weight, settings.calls_weight))
    sentence = (
        f"The index of targets weighs revenue against quota {quota} and calls against wanted ones "
        f"{calls}, each up to {percent(settings.target_cap)}; what has no target is dropped. "
        "Calls, wanted and made, count for the part of the year that a rep was there. It is not "
        "for pay decisions alone."
    )
    has_quota = strengths["quota_amount_per_year"] > 0
    parted = int((has_quota & ~_is_whole_year(strengths, options)).sum())
    if not parted:
        return (sentence,)
    left_out = (
        f"Revenue against quota is left out for {counted(parted, 'rep')} not there all year: the "
        "year's revenue is partly somebody else's."
    )
    return sentence, left_out


def _present(people: pd.DataFrame, options: Options) -> np.ndarray:
    """Compute the part of the last year in which each rep was there; unknown dates: all of it.

    A new rep sells less at first, but is asked for as many calls: there is no ramp.
    """
    if data_day(options) is None:
        return np.ones(len(people))
    tenure, gone = _days(people, options)
    return productive_share(
        tenure,
        gone,
        period_days=_YEAR_DAYS,
        ramp_days=0,
    )


def _is_whole_year(people: pd.DataFrame, options: Options) -> pd.Series:
    """Tell who was there all through the last year; unknown dates: yes."""
    tenure, gone = _days(people, options)
    return pd.Series((tenure >= 0) & (gone == 0), index=people.index)


def _days(people: pd.DataFrame, options: Options) -> tuple[np.ndarray, np.ndarray]:
    """Count each rep's days before the last year began, and those of it after the rep left."""
    day = data_day(options)
    if day is None:
        return np.full(len(people), _YEAR_DAYS), np.zeros(len(people))
    first_day = day - pd.Timedelta(days=_YEAR_DAYS)
    long_ago = first_day - pd.DateOffset(years=10)
    tenure = (first_day - people["start_date"].fillna(long_ago)).dt.days.to_numpy(dtype=float)
    gone = (day - people["end_date"].fillna(day)).dt.days.to_numpy(dtype=float)
    return tenure, np.clip(gone, 0, np.clip(tenure + _YEAR_DAYS, 0, _YEAR_DAYS))


def _calls_in_absence(
    people: pd.DataFrame, visits: pd.DataFrame | None, day: pd.Timestamp | None
) -> pd.Series:
    """Count the calls of the last year that are dated before the rep came or after the rep left."""
    if visits is None or day is None:
        return pd.Series(0.0, index=people.index)
    dated = visits[["rep_id", "visit_date"]].merge(
        people[["rep_id", "start_date", "end_date"]], on="rep_id"
    )
    when = dated["visit_date"]
    is_recent = (when > day - pd.DateOffset(years=1)) & (when <= day)
    is_absent = (when < dated["start_date"]) | (when > dated["end_date"])
    counts = dated.loc[is_recent & is_absent, "rep_id"].value_counts()
    return people["rep_id"].map(counts).astype("float64").fillna(0.0)


def _wanted_calls(tables: Mapping[str, pd.DataFrame], ownership: Ownership) -> "pd.Series[float]":
    """Sum up the calls a year that today's accounts in scope of each rep should have."""
    market = tables["market_accounts"].loc[lambda rows: rows["is_in_scope"].fillna(value=False)]
    rows = (
        market[["account_id"]]
        .merge(tables["account_quality"][["account_id", "visits_per_year"]], on="account_id")
        .merge(ownership.accounts, on="account_id")
        .sort_values("account_id")
    )
    return rows.groupby("today_rep_id")["visits_per_year"].sum()
