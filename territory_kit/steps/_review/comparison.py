"""Today against the proposal, figure by figure, measured in the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from territory_kit.options import Options
from territory_kit.steps._review.staffing import staff
from territory_kit.steps.driving import drive, find_homes

Aim = Literal["less", "more", "none"]
Kind = Literal["share", "amount", "count"]
NOT_WEIGHED = " (not weighed)"


@dataclass(frozen=True)
class Figure:
    """One figure of two plans.

    Parameters
    ----------
    name
        What is compared.
    unit
        Unit of both values; a share is shown in percent.
    today, proposal
        Values; nan where there is none.
    aim
        Whether less or more is better.
    kind
        How a difference is judged: a share by points, an amount by its change against today, a
        count by any difference.
    """

    name: str
    unit: str
    today: float
    proposal: float
    aim: Aim = "less"
    kind: Kind = "amount"

    @property
    def is_open(self) -> bool:
        """Whether there is nothing to compare, or neither direction is better."""
        return self.aim == "none" or bool(np.isnan(self.proposal - self.today))

    def reading(self, worthwhile_share: float) -> str:
        """Say whether the proposal is better.

        Parameters
        ----------
        worthwhile_share
            Smallest difference that counts.

        Returns
        -------
        str
            "better", "worse", "equal", or "no comparison" where a value is missing or neither
            direction is better.
        """
        change = self.proposal - self.today
        if self.is_open:
            return "no comparison"
        size = abs(change)
        if self.kind == "amount":
            size = size / abs(self.today) if self.today else np.inf * size if size else 0.0
        # Differences that are exactly large enough must not fail by rounding.
        least = 0.5 if self.kind == "count" else worthwhile_share - 1e-12
        if size < least or size == 0:
            return "equal"
        return "better" if (change < 0) == (self.aim == "less") else "worse"


@dataclass(frozen=True)
class Effort:
    """What a set of territories takes in a year; nan where there are no territories.

    Parameters
    ----------
    travel_km
        Road km.
    cost
        People, km and calls, money.
    visits
        Wanted visits of the accounts that have a territory.
    within_capacity
        Those that the hours of the holders allow.
    territories_count
        Number of territories.
    vacant_count
        Those that nobody holds.
    """

    travel_km: float = np.nan
    cost: float = np.nan
    visits: float = np.nan
    within_capacity: float = np.nan
    territories_count: float = np.nan
    vacant_count: float = np.nan


def effort_of(review: pd.DataFrame) -> Effort:
    """Add up the reviewed territories of the proposal.

    Parameters
    ----------
    review
        ``rep_review``.

    Returns
    -------
    Effort
        Open jobs count as filled in cost and hours.
    """
    return _effort(review, review["capacity_share"])


def effort_today(
    accounts: pd.DataFrame, today: pd.DataFrame, reps: pd.DataFrame, options: Options
) -> Effort:
    """Measure today's territories as the proposal is measured: from the homes of today's reps.

    Parameters
    ----------
    accounts
        Placed accounts with today's territory as ``territory_id``, as for `driving.drive`, and
        ``call_hours_per_year``.
    today
        Territories: ``territory_id``, ``size_share``, ``rep_id`` (holder).
    reps
        The input; may have no rows.
    options
        Options of the region.

    Returns
    -------
    Effort
        Without accounts that nobody has today.
    """
    return sum_today(rows_today(accounts, today, reps, options))


def sum_today(rows: pd.DataFrame) -> Effort:
    """Add up today's territories.

    Parameters
    ----------
    rows
        From `rows_today`.

    Returns
    -------
    Effort
        Missing values where there are no territories.
    """
    if rows.empty:
        return Effort()
    hours = rows["call_hours_per_year"] + rows["tour_hours_per_year"]
    return _effort(rows, hours / rows["capacity_hours"].where(rows["capacity_hours"] > 0))


def rows_today(
    accounts: pd.DataFrame, today: pd.DataFrame, reps: pd.DataFrame, options: Options
) -> pd.DataFrame:
    """Measure each of today's territories as those of the proposal are measured.

    Parameters
    ----------
    accounts, today, reps, options
        As for `effort_today`.

    Returns
    -------
    pandas.DataFrame
        Rows of ``today`` with driving, centre, hours, visits and cost.
    """
    key = today["territory_id"]
    road = drive(key, accounts, options, homes=find_homes(today, reps)).set_axis(today.index)
    sums = accounts.groupby("territory_id")[["call_hours_per_year", "visits_per_year"]].sum()
    served = sums.reindex(key).fillna(0.0).set_axis(today.index)
    staffed = staff(today, today["rep_id"], reps, options)
    costs = options.costs
    road_cost = road["travel_km_per_year"] * costs.km_amount
    people_cost = staffed["people_cost_amount_per_year"]
    return road.assign(
        rep_id=today["rep_id"],
        call_hours_per_year=served["call_hours_per_year"],
        ideal_visits_per_year=served["visits_per_year"],
        capacity_hours=staffed["capacity_hours"],
        people_cost_amount_per_year=people_cost,
        travel_cost_amount_per_year=road_cost,
        total_cost_amount_per_year=people_cost
        + road_cost
        + served["visits_per_year"] * costs.call_amount,
    )


def list_figures(
    today: Effort,
    proposal: Effort,
    balance: pd.DataFrame,
    *,
    currency: str,
    has_reps: bool,
    has_money: bool = True,
) -> list[Figure]:
    """List the figures that judge a plan, the most telling first.

    Parameters
    ----------
    today, proposal
        What both plans take.
    balance
        Result of step 3.
    currency
        Currency of the plan.
    has_reps
        Whether reps are known.
    has_money
        Whether potential is money, and not a number of accounts.

    Returns
    -------
    list of Figure
        Balance, driving, cost, coverage, vacancies.

    Notes
    -----
    Driving is compared per visit where accounts wait for a territory: to serve more accounts takes
    more km, which speaks against no plan.
    """
    deviation = balance.set_index(["measure", "state"])["deviation_share"]
    counted = "potential" if has_money else "number of accounts"
    measures = {"workload": "workload_hours_per_year", counted: "potential_amount_per_year"}
    workload, potential = (
        Figure(
            f"Largest deviation of {name}",
            "%",
            float(deviation.get((column, "today"), np.nan)),
            float(deviation.get((column, "proposal"), np.nan)),
            kind="share",
        )
        for name, column in measures.items()
    )
    reached, reachable = (_ratio(plan.within_capacity, plan.visits) for plan in (today, proposal))
    figures = [
        workload,
        _driving(today, proposal),
        Figure("Cost", f"{currency} per year", today.cost, proposal.cost),
        Figure("Wanted visits that hours allow", "%", reached, reachable, aim="more", kind="share"),
        potential,
        Figure("Territories", "", today.territories_count, proposal.territories_count, aim="none"),
    ]
    if has_reps:
        before, after = today.vacant_count, proposal.vacant_count
        figures.append(Figure("Territories without a rep", "", before, after, kind="count"))
    return figures


def _driving(today: Effort, proposal: Effort) -> Figure:
    if today.visits < proposal.visits:
        before, after = (_ratio(plan.travel_km, plan.visits) for plan in (today, proposal))
        return Figure("Distance for each visit", "km", before, after)
    return Figure("Distance", "km per year", today.travel_km, proposal.travel_km)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan


def tabulate(
    figures: Sequence[Figure], worthwhile_share: float, *, beside: Sequence[Figure] = ()
) -> pd.DataFrame:
    """Put figures into a table, the most telling first.

    Parameters
    ----------
    figures
        Figures in the order shown.
    worthwhile_share
        Smallest difference that counts.
    beside
        Figures that the verdict does not weigh; their reading says so.

    Returns
    -------
    pandas.DataFrame
        ``comparison``; shares in percent.
    """
    return pd.DataFrame(
        [
            {
                "figure": figure.name,
                "unit": figure.unit,
                "today_value": figure.today * (100 if figure.kind == "share" else 1),
                "proposal_value": figure.proposal * (100 if figure.kind == "share" else 1),
                "reading": figure.reading(worthwhile_share) + note * (not figure.is_open),
            }
            for note, part in (("", figures), (NOT_WEIGHED, beside))
            for figure in part
        ]
    )


def _effort(rows: pd.DataFrame, load: pd.Series) -> Effort:
    visits = rows["ideal_visits_per_year"]
    # Who has half the hours makes half the visits.
    within = visits / load.where(load > 1, 1.0)
    return Effort(
        travel_km=float(rows["travel_km_per_year"].sum()),
        cost=float(rows["total_cost_amount_per_year"].sum()),
        visits=float(visits.sum()),
        within_capacity=float(within.sum()),
        territories_count=float(len(rows)),
        vacant_count=float(rows["rep_id"].isna().sum()),
    )
