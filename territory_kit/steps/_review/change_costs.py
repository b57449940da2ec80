"""What the change costs once, and after how many months its yearly saving has paid for it.

Places that today's territories need filled as well, and accounts of reps who leave, cost the same
without the change: they are not counted.
"""

import math
from collections.abc import Collection

import pandas as pd

from territory_kit.methods.call_costs import ChangeCost, change_cost
from territory_kit.options import Options
from territory_kit.steps._review.part import Part
from territory_kit.steps._review.payback import price_chosen
from territory_kit.steps._review.served import Served
from territory_kit.wording import agree, amount, counted, number

# half of the smallest amount that is printed
_PRINTED_AS_NOTHING = 0.5
_MONTHS_PER_YEAR = 12


def review_change(
    plans: tuple[Served, Served],
    hands: pd.DataFrame,
    margin_amount_per_year: float,
    people: pd.DataFrame,
    options: Options,
    *,
    remote_ids: frozenset[str],
) -> Part:
    """Add up what the change costs once, and set the yearly saving against it.

    Parameters
    ----------
    plans
        What today's plan and the proposal serve; ``territories`` need ``rep_id`` and
        ``total_cost_amount_per_year``.
    hands
        From `handover.trace_hands`.
    margin_amount_per_year
        Margin of all territories of the proposal, money; 0 where no revenue is known.
    people
        From `roster.list_owners`; without rows no place is counted.
    options
        Options of the region: hiring, ramp, empty months.
    remote_ids
        Accounts that are served by phone or video.

    Returns
    -------
    Part
        ``change_costs``; the figures hold its total and the sentence on the pay-back.
    """
    today, proposal = plans
    leavers = set(people.loc[people["is_leaving"], "rep_id"])
    places = count_places(today.territories, proposal.territories, leavers) if len(people) else 0
    count = len(proposal.territories)
    costs = options.costs
    once = change_cost(
        places,
        margin_amount_per_month=max(margin_amount_per_year, 0) / _MONTHS_PER_YEAR / max(count, 1),
        hiring_amount_per_change=costs.hiring_amount,
        ramp_months=costs.ramp_months,
        vacancy_months=costs.vacancy_months,
    )
    of_leavers = hands["from_rep_id"].isin(leavers)
    moves = price_chosen(hands.assign(is_forced=of_leavers), remote_ids, options)
    table = tabulate_change(once, places, moves["price_amount"])
    total = float(table["one_off_amount"].iloc[-1])
    return Part(
        tables={"change_costs": table},
        figures={
            "change_cost_amount": total,
            "change_payback": payback_words(total, yearly_saving(today, proposal), options)
            + idle_words(today.territories, proposal.territories, people),
        },
        assumptions=[_rule_words(options)],
    )


def count_places(today: pd.DataFrame, proposal: pd.DataFrame, leaver_ids: Collection[str]) -> int:
    """Count the places that only the change opens.

    Parameters
    ----------
    today, proposal
        Territories of both plans: ``rep_id``, missing where nobody holds it.
    leaver_ids
        Reps who leave: their place of today must be filled anyway.

    Returns
    -------
    int
        Territories of the proposal without a rep, less those of today that need one as well.
    """
    if proposal.empty:
        return 0
    wanted = int(proposal["rep_id"].isna().sum())
    if today.empty:
        return wanted
    open_today = today["rep_id"].isna() | today["rep_id"].isin(list(leaver_ids))
    return max(wanted - int(open_today.sum()), 0)


def tabulate_change(once: ChangeCost, places: int, move_prices: pd.Series) -> pd.DataFrame:
    """Put the one-off cost into a table, part by part.

    Parameters
    ----------
    once
        Hiring, ramp and vacancy.
    places
        Places that get a new rep.
    move_prices
        Price of each move, money.

    Returns
    -------
    pandas.DataFrame
        ``change_costs``; the last row is the sum of the others.
    """
    moved = float(move_prices.sum())
    rows = [
        ("Hiring: places", places, once.hiring_amount),
        ("Ramp of new reps: places", places, once.ramp_amount),
        ("Empty months: places", places, once.vacancy_amount),
        ("Moves: accounts", len(move_prices), moved),
        ("Change", math.nan, once.total_amount + moved),
    ]
    return pd.DataFrame(rows, columns=["part", "cases_count", "one_off_amount"])


def yearly_saving(today: Served, proposal: Served) -> float:
    """Compute what the proposal costs less than today in a year, money.

    Parameters
    ----------
    today, proposal
        What both plans serve.

    Returns
    -------
    float
        Below 0 where the proposal costs more; nan where there is nothing of today.
    """
    if today.territories.empty or proposal.territories.empty:
        return math.nan
    before, after = (
        float(plan.territories["total_cost_amount_per_year"].sum()) for plan in (today, proposal)
    )
    return before - after


def payback_words(total: float, saving_per_year: float, options: Options) -> str:
    """Say what the change costs once, and when it pays back.

    Parameters
    ----------
    total
        One-off cost, money.
    saving_per_year
        From `yearly_saving`.
    options
        Options of the region: the currency.

    Returns
    -------
    str
        One sentence.
    """
    head = f"The change costs {amount(total, options.currency)} once"
    year = amount(abs(saving_per_year), options.currency)
    if math.isnan(saving_per_year):
        return f"{head}; without territories of today there is no saving to set against it."
    # a saving that is printed as 0 saves nothing
    if saving_per_year < _PRINTED_AS_NOTHING:
        is_dearer = saving_per_year <= -_PRINTED_AS_NOTHING
        more = f"costs {year} a year more than" if is_dearer else "costs as much as"
        return f"{head} and does not pay back: the proposal {more} today."
    if total < _PRINTED_AS_NOTHING:
        return f"The change costs nothing once, and saves {year} a year."
    months = math.ceil(total / saving_per_year * _MONTHS_PER_YEAR - 1e-9)
    return f"{head} and pays back in {counted(months, 'month')}: it saves {year} a year."


def idle_words(today: pd.DataFrame, proposal: pd.DataFrame, people: pd.DataFrame) -> str:
    """Say whose pay counts as saved, as the rep stays but gets no territory.

    Parameters
    ----------
    today, proposal
        Territories of both plans: ``rep_id``.
    people
        From `roster.list_owners`.

    Returns
    -------
    str
        A sentence after a blank, or nothing.
    """
    staying = people.loc[~people["is_leaving"] & ~people["is_vacancy"], "rep_id"]
    held = staying.isin(today["rep_id"].dropna()) if len(today) else staying.isin([])
    count = int((held & ~staying.isin(proposal["rep_id"].dropna())).sum())
    if not count:
        return ""
    who = f"{counted(count, 'rep')} who {agree('stays', count)} but {agree('gets', count)}"
    return f" The pay of {who} no territory counts as saved."


def _rule_words(options: Options) -> str:
    costs = options.costs
    empty = (
        f"stays empty for {counted(costs.vacancy_months, 'month')}"
        if costs.vacancy_months
        else "is filled without an empty month (vacancy_months is 0)"
    )
    return (
        "The change is charged for places that today's territories do not need filled, and for "
        "moves of accounts whose rep stays. A place "
        f"{empty}; a new rep learns for {number(costs.ramp_months)} months and brings half of the "
        "margin of an average territory meanwhile."
    )
