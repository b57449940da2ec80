"""What the reader must know first, and what was assumed, in sentences with sums."""

import numpy as np
import pandas as pd

from territory_kit.errors import list_ids
from territory_kit.steps._territories.division import Division, Setup
from territory_kit.steps._territories.measure import team_targets
from territory_kit.steps._territories.problem import (
    POTENTIAL,
    WORKLOAD,
    balanced_measures,
    capped_territories,
)
from territory_kit.wording import counted, counted_of, percent, percent_at_most

_WORDS = {WORKLOAD: ("workload", "h"), POTENTIAL: ("potential", "")}
# A limit missed by less than this is a matter of rounding.
_LEAST_MISS_SHARE = 1e-6


def list_findings(division: Division, plan: pd.DataFrame, *, currency: str) -> tuple[str, ...]:
    """List what the reader must know first.

    Parameters
    ----------
    division
        The proposal.
    plan
        Its territories, measured and named.
    currency
        Currency of the plan.

    Returns
    -------
    tuple of str
        Broken limits with sums, accounts without a place, territories that end, rules not kept.
    """
    setup = division.setup
    return (
        *_broken_limits(division, plan, currency),
        *_broken_caps(division, currency),
        *_capacity(setup, plan),
        *_ended(setup, plan),
        *_released(setup, plan),
        *_unlocated(setup),
        *_visitless(setup),
        *setup.findings,
    )


def list_assumptions(setup: Setup) -> tuple[str, ...]:
    """List what was assumed.

    Parameters
    ----------
    setup
        What is known of the region.

    Returns
    -------
    tuple of str
        One sentence each.
    """
    travel = setup.options.travel
    number = "; ".join(
        f"{wanted.count} {f'for team {team} ' if team else ''}({wanted.source})"
        for team, wanted in sorted(setup.wanted.items())
    )
    road = (
        f"Straight distance times {travel.circuity:g} stands for the road, at "
        f"{travel.speed_km_per_hour:g} km/h and {travel.parking_hours:g} h for each stop."
    )
    hours = (
        "Hours for balance count the way between neighbouring accounts, whoever drives it; tour "
        "hours count the way from the territory's centre."
    )
    return (f"Number of territories: {number}.", *_mode_words(setup), road, hours)


def _mode_words(setup: Setup) -> list[str]:
    costs = setup.options.costs
    if setup.placed["today_territory_id"].isna().all():
        return ["Nobody has an account today, so the plan is designed from nothing."]
    if setup.mode == "redesign":
        return ["The plan is designed from nothing; today's territories only lend their names."]
    if setup.mode == "keep":
        return ["Accounts with a territory keep it; only new and ownerless ones are placed."]
    price = (
        "A move is weighed against one year of driving to the centres, km and paid hours. It puts "
        f"{percent(costs.loss_share)} of the margin of a customer at risk, "
        f"{percent(costs.dormant_loss_share)} when there was no contact for "
        f"{costs.dormant_months:g} months or the rep leaves anyway, and takes one more visit to "
        "introduce the new rep."
    )
    return ["The plan starts from today's territories, and every move must pay.", price]


def _broken_limits(division: Division, plan: pd.DataFrame, currency: str) -> list[str]:
    """Explain each measure whose limits are broken: worst territory, sums, what would help."""
    tolerances = balanced_measures(division.units, division.settings)
    texts = [
        _broken_limit(division.units, plan, measure, tolerance, currency)
        for measure, tolerance in tolerances.items()
    ]
    return [text for text in texts if text]


def _broken_limit(
    units: pd.DataFrame, plan: pd.DataFrame, measure: str, tolerance: float, currency: str
) -> str:
    targets = team_targets(plan, measure)
    loads = plan[measure].to_numpy(dtype=float)
    shares = np.divide(loads - targets, targets, out=np.zeros_like(loads), where=targets > 0)
    is_broken = np.abs(shares) > tolerance + _LEAST_MISS_SHARE
    if not is_broken.any():
        return ""
    worst = int(np.abs(shares).argmax())
    name, unit = _WORDS[measure]
    unit = unit or currency
    side = "too much" if shares[worst] > 0 else "missing"
    return (
        f"The limit of ±{percent(tolerance)} on {name} cannot be kept in "
        f"{counted_of(is_broken.sum(), len(plan), 'territory')}. "
        f"Worst is {plan['territory_name'].iloc[worst]}: {loads[worst]:,.0f} {unit} "
        f"against a target of {targets[worst]:,.0f}, "
        f"{abs(loads[worst] - targets[worst]):,.0f} {side}. This plan would hold with "
        f"±{percent_at_most(abs(shares[worst]))}."
        f"{_largest_piece(units, measure, float(targets.max()) * (1 + tolerance), unit)}"
    )


def _broken_caps(division: Division, currency: str) -> list[str]:
    """Say how much more moves by choice than a cap allows, over all teams that break it."""
    names = ("most_moved_share", "most_moved_revenue_share")
    shares = {name: getattr(division.settings, name) for name in names}
    given = [name for name in names if shares[name] is not None]
    broken = [one for design in division.designs for one in design.violations if one.kind == "cap"]
    texts = []
    for cap, name in enumerate(given):
        missed = [one for one in broken if one.measure == cap]
        if missed:
            moved, most = sum(one.load for one in missed), sum(one.limit for one in missed)
            money = f"{moved:,.0f} {currency} of revenue moves"
            what = counted(moved, "account", "moves") if name == names[0] else money
            texts.append(
                f"The cap on moves by choice ({name}: {percent(shares[name])}) cannot be kept "
                f"beside the other limits: {what}, {np.floor(most):,.0f} may. Raise the cap, or "
                "allow wider tolerances."
            )
    return [*texts, *_broken_rep_caps(division, len(given), currency)]


def _broken_rep_caps(division: Division, first: int, currency: str) -> list[str]:
    """Say of each territory of today how much more of its revenue leaves than its cap allows."""
    most = division.settings.most_moved_revenue_share_per_rep
    texts = []
    for team, part in division.parts.items():
        ids = capped_territories(division.units.loc[division.units["team"] == team])
        texts += [
            f"{ids[one.measure - first]} ({one.load:,.0f} {currency} leaves, "
            f"{np.floor(one.limit):,.0f} may)"
            for one in part.design.violations
            if one.kind == "cap" and one.measure >= first
        ]
    if most is None or not texts:
        return []
    text = (
        "The cap on revenue that leaves a rep by choice (most_moved_revenue_share_per_rep: "
        f"{percent(most)}) cannot be kept beside the other limits in territories of today: "
        f"{list_ids(texts)}. Raise the cap, or allow wider tolerances."
    )
    return [text]


def _largest_piece(units: pd.DataFrame, measure: str, limit: float, unit: str) -> str:
    """Say when one account or group alone is larger than any territory may be."""
    pieces = units["together_id"].fillna(units["account_id"])
    sums = units[measure].groupby(pieces).sum()
    large = sums[sums > limit]
    if large.empty:
        return ""
    ids = list_ids([str(name) for name in large.index])
    return (
        f" One account or group alone holds up to {large.max():,.0f} {unit}, more than any "
        f"territory may have ({limit:,.0f}): {ids}."
    )


def _capacity(setup: Setup, plan: pd.DataFrame) -> list[str]:
    """Compare the hours needed with the hours there are."""
    needed = plan[WORKLOAD].sum()
    available = setup.capacity_hours * plan["size_share"].sum()
    if needed <= available:
        return []
    text = (
        f"The region needs {needed:,.0f} h a year for calls and travel. There are "
        f"{available:,.0f} h, at {setup.capacity_hours:,.0f} h for a full territory. "
        f"{needed - available:,.0f} h are missing: fewer visits, more territories or remote calls "
        "would help."
    )
    return [text]


def _ended(setup: Setup, plan: pd.DataFrame) -> list[str]:
    before = setup.placed["today_territory_id"].dropna()
    ended = before[~before.isin(plan["territory_id"])]
    if ended.empty:
        return []
    ids = list_ids(list(ended.unique()))
    moves = counted(len(ended), "account")
    return [f"Territories that are not continued in this region: {ids}. {moves} must move."]


def _released(setup: Setup, plan: pd.DataFrame) -> list[str]:
    bound = setup.placed.loc[setup.placed["rule"].isin(["override", "rep", "territory"])]
    lost = bound.loc[~bound["bound_territory_id"].isin(plan["territory_id"]), "account_id"]
    if lost.empty or setup.mode == "keep":
        return []
    text = "Locks and overrides name territories that are not continued, and cannot be kept"
    return [f"{text}: accounts {list_ids(list(lost))}. More territories would keep them."]


def _unlocated(setup: Setup) -> list[str]:
    placed = setup.placed
    lost = placed.loc[~placed["is_located"] & ~placed["is_remote"]]
    if lost.empty:
        return []
    total = placed[POTENTIAL].sum()
    share = f", with {percent(lost[POTENTIAL].sum() / total)} of potential" if total > 0 else ""
    text = (
        f"Accounts without a known place: {len(lost)}{share}. They stay in today's territory or "
        "go where hours are missing, and count no distance: "
        f"{list_ids(list(lost['account_id']))}."
    )
    return [text]


def _visitless(setup: Setup) -> list[str]:
    if setup.placed[WORKLOAD].sum() > 0:
        return []
    return ["No account has any visits, so workload is 0 everywhere and cannot be balanced."]
