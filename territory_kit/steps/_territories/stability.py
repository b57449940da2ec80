"""Rules that keep a plan steady: whom not to move, and whether there is a need to move at all.

Two bands stand around the target, so that territories do not go back and forth: outside the wide
one (the watch band) there is a case for a new plan, inside the narrow one (the closing band) there
is none. Between them today's territories are watched.
"""

import numpy as np
import pandas as pd

from territory_kit.options import Options
from territory_kit.steps.cases import first_case
from territory_kit.steps.dates import start_day
from territory_kit.steps.open_deals import list_open_deals
from territory_kit.wording import counted

# Of the target, in points of the index.
CLOSING_BAND = (90.0, 110.0)
WATCH_BAND = (80.0, 120.0)
_INDICES = {"workload_index": "workload", "potential_index": "potential"}
_HAS_DEALS = "has open deals"
_IS_NEW = "came to its rep only lately"


def keep_steady(units: pd.DataFrame, deals: pd.DataFrame | None, options: Options) -> pd.Series:
    """Say of each account why it shall stay in its territory, where a rule of stability holds it.

    Parameters
    ----------
    units
        Accounts: ``account_id``, ``owner_since_date``, ``today_rep_id``, ``today_territory_id``.
    deals
        The input, or None; a deal that is neither won nor lost is open.
    options
        Options of the region: ``keep_open_deals`` and ``minimum_tenure_months`` of step 3.

    Returns
    -------
    pandas.Series
        Words, missing for accounts that are free; all are free unless an option is set.
    """
    nothing = pd.Series(pd.NA, index=units.index, dtype="str")
    settings, start = options.territories, start_day(options)
    is_busy = units["account_id"].isin(list_open_deals(deals)["account_id"])
    is_new = pd.Series(data=False, index=units.index)
    if settings.minimum_tenure_months and start is not None:
        least = start - pd.DateOffset(months=settings.minimum_tenure_months)
        is_new = (units["owner_since_date"] > least) & units["today_rep_id"].notna()
    owned = units["today_territory_id"].notna()
    cases = [
        (owned & is_busy & settings.keep_open_deals, _HAS_DEALS),
        (owned & is_new, _IS_NEW),
    ]
    return first_case(cases, nothing)


def list_unused(
    units: pd.DataFrame, deals: pd.DataFrame | None, options: Options
) -> tuple[str, ...]:
    """Name the rules of stability that are set and have nothing to go by.

    Parameters
    ----------
    units
        Accounts: ``owner_since_date``.
    deals
        The input, or None.
    options
        Options of the region.

    Returns
    -------
    tuple of str
        One sentence each.
    """
    settings, texts = options.territories, []
    if settings.keep_open_deals and (deals is None or deals.empty):
        texts.append(
            "Accounts with open deals shall keep their territory (keep_open_deals), but the plan "
            "has no deals of this region. Add the input deals, or take the option away."
        )
    is_dated = units["owner_since_date"].notna().any() and start_day(options) is not None
    if settings.minimum_tenure_months and not is_dated:
        texts.append(
            "Accounts shall stay with a new rep for a while (minimum_tenure_months), but it is not "
            "known since when anybody has one. Add owner_since_date to the accounts and a "
            "plan_start_date to the plan, or take the option away."
        )
    return tuple(texts)


def describe_kept(placed: pd.DataFrame) -> tuple[str, ...]:
    """Say how many accounts the rules of stability hold.

    Parameters
    ----------
    placed
        Accounts that get a territory: ``rule``, ``rule_text``.

    Returns
    -------
    tuple of str
        A sentence for each rule that holds an account.
    """
    texts = placed.loc[placed["rule"] == "territory", "rule_text"]
    counts = {words: int(texts.str.startswith(words).sum()) for words in (_HAS_DEALS, _IS_NEW)}
    reasons = {_HAS_DEALS: "of open deals", _IS_NEW: "the rep has come only lately"}
    return tuple(
        f"{counted(count, 'account', 'is')} kept in today's territory because {reasons[words]}."
        for words, count in counts.items()
        if count
    )


def tell_need(today: pd.DataFrame, plan: pd.DataFrame) -> tuple[str, ...]:
    """Say when today's territories are even enough to stay as they are.

    Parameters
    ----------
    today
        Today's territories, measured and named.
    plan
        Territories of the proposal; another number than today's is a need of its own.

    Returns
    -------
    tuple of str
        A sentence, or nothing where a territory is outside the watch band.
    """
    if len(today) < 2 or set(today["territory_id"]) != set(plan["territory_id"]):  # noqa: PLR2004 - one cannot be uneven
        return ()
    if _are_within(today, CLOSING_BAND):
        even = (
            "There is no need to realign: workload and potential of every territory of today are "
            f"within {_words(CLOSING_BAND)} of target. Move accounts only where each move pays."
        )
        return (even,)
    if _are_within(today, WATCH_BAND):
        watched = (
            "There is no urgent need to realign: today's territories are inside the watch band of "
            f"{_words(WATCH_BAND)} of target. {_furthest(today)} Look again next period."
        )
        return (watched,)
    return ()


def _are_within(today: pd.DataFrame, band: tuple[float, float]) -> bool:
    indices = today[list(_INDICES)].to_numpy(dtype=float).round(6)
    return bool(((indices >= band[0]) & (indices <= band[1])).all())


def _furthest(today: pd.DataFrame) -> str:
    apart = today[list(_INDICES)].to_numpy(dtype=float) - 100
    row, place = divmod(int(np.abs(apart).round(6).argmax()), len(_INDICES))
    measure = list(_INDICES.values())[place]
    index = apart[row, place] + 100
    return f"Furthest is {today['territory_name'].iloc[row]}, with {index:.0f} % of {measure}."


def _words(band: tuple[float, float]) -> str:
    return f"{band[0]:.0f} to {band[1]:.0f} %"
