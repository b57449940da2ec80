"""Result tables of one invented region, small enough to read and large enough to draw."""

from dataclasses import dataclass
from datetime import date
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.options import Options
from territory_kit.steps.result import StepResult

REGION = "Bretagne <Ouest>"
_NAMES = ("Anne Le Goff", "Yann Kerriou", "Maël Tanguy", "Lucie Morvan", "Éric Petit", "Inès Roux")
_CITIES = {
    "T1": ("Brest", 48.39, -4.49),
    "T2": ("Quimper", 47.99, -4.10),
    "T3": ("Lorient", 47.75, -3.37),
    "T4": ("Saint-Brieuc", 48.51, -2.77),
    "T5": ("Rennes Nord", 48.20, -1.68),
    "T6": ("Rennes Sud", 48.02, -1.60),
}
_REPS = {t: (f"R{i}", n) for i, (t, n) in enumerate(zip(_CITIES, _NAMES, strict=True), start=1)}
_VACANT = "T6"


# Result tables as text: columns are divided by bars, an empty cell is missing.
BALANCE = """
measure|state|territories_count|target_value|lowest_share|highest_share|deviation_share|\
tolerance_share|spread_share|gini_share
workload_hours_per_year|today|6|700|-0.39|0.38|0.39|0.1|0.25|0.14
workload_hours_per_year|proposal|6|700|-0.08|0.09|0.09|0.1|0.05|0.03
potential_amount_per_year|today|6|9e5|-0.45|0.52|0.52|0.25|0.3|0.16
potential_amount_per_year|proposal|6|9e5|-0.31|0.21|0.31|0.25|0.15|0.08
"""
SEARCHES = """
team|accounts_count|territories_count|driving_amount|weighed_moves_amount|objective_amount|\
lower_bound_amount|gap_share|iterations_count|stop_reason|is_reproducible
all|256|6|90e3|10e3|100e3|98e3|0.0204|52|converged|True
"""
ALTERNATIVES = """
option|is_chosen|territories_count|tolerance_share|deviation_share|travel_km_per_year|\
moved_count|moved_share|move_price_amount
keep today|False|6|0.1|0.39|98e3|0|0|0
proposal|True|6|0.1|0.09|91e3|31|0.12|18e3
one territory less|False|5|0.1|0.1|96e3|64|0.25|40e3
one territory more|False|7|0.1|0.08|88e3|58|0.22|39e3
half the tolerance|False|6|0.05|0.05|92e3|39|0.15|23e3
double tolerance|False|6|0.2|0.18|90e3|18|0.07|9e3
moves are free|False|6|0.1|0.07|84e3|96|0.37|61e3
"""
SEGMENTS = """
segment|accounts_count|customers_count|potential_amount_per_year|revenue_amount_per_year|\
wallet_share|whitespace_amount_per_year
Café & bar|90|51|1.2e6|0.5e6|0.42|0.7e6
Hotel|38|20|1.1e6|0.3e6|0.27|0.8e6
Restaurant|96|60|1.9e6|0.8e6|0.42|1.1e6
Wine shop|24|18|0.7e6|0.5e6|0.71|0.2e6
Canteen <public>|12|3|0.3e6|0.03e6|0.1|0.27e6
"""
SIZE = """
level|accounts_count|potential_amount_per_year|limit
TAM|310|6.4e6|all accounts known
SAM|260|5.2e6|account types and segments served
SOM||1.8e6|reach: 35 % of the served market
"""
LEFT_OUT = """
left_out_reason|accounts_count|potential_amount_per_year|potential_share
competitor|12|0.4e6|0.06
segment not served|38|0.8e6|0.13
"""
CLASSES = """
account_class|accounts_count|potential_amount_per_year|potential_share|\
revenue_amount_per_year|visits_per_year|call_hours_per_year
A|62|4.2e6|0.8|1.6e6|744|744
B|71|0.7e6|0.14|0.4e6|400|300
C|127|0.3e6|0.06|0.13e6|210|110
"""
REVIEW = """
territory_id|quota_amount_per_year|capacity_share|ideal_visits_per_year|actual_visits_per_year|\
reached_share|misplaced_share|declared_km_per_year|key_kept_count|key_gained_count|\
key_given_count|gained_count|given_count
T1|350e3|0.97|310|260|0.74|0.1|15e3|11|0|3|2|9
T2|280e3|0.91|240|235|0.86|0.1|12e3|9|1|0|5|3
T3|300e3|0.88|230|140|0.5|0.2|11e3|8|3|0|10|2
T4|310e3|1.04|250|190|0.66|0.15|14e3|10|1|1|4|4
T5|390e3|0.99|330|280|0.8|0.08|16e3|12|0|3|3|10
T6|||240|100|0.4|0.3|12e3|4|2|0|7|3
"""
DISRUPTION = """
kind|accounts_count|accounts_share|revenue_amount_per_year|revenue_share|open_deals_amount|\
move_price_amount
all|31|0.12|240e3|0.11|37e3|18e3
chosen|25|0.1|200e3|0.09|30e3|15e3
forced|6|0.02|40e3|0.02|7e3|3e3
"""
COMPARISON = """
figure|unit|today_value|proposal_value|reading
Largest deviation of workload|%|39|9|better
Distance|km per year|98000|91000|better
Cost|EUR per year|510e3|506e3|equal
Territories||6|6|equal
"""
QUESTIONS = """
question|answer_by_date
Rennes Sud has no rep: who covers it until the job is filled?|2026-11-30
Yann Kerriou gains 5 accounts around Lorient: does he know them?|2026-11-30
Is the house account at Brest still served by head office?|2026-11-30
"""


def _read(text: str) -> pd.DataFrame:
    table = pd.read_csv(StringIO(text.replace("\\\n", "")), sep="|")
    dates = [name for name in map(str, table.columns) if name.endswith("_date")]
    return table.assign(**{name: pd.to_datetime(table[name]) for name in dates})


@dataclass(frozen=True)
class FakeTask:
    """Stands in for the task of a notebook: tables of the steps before, and the options."""

    tables: dict[str, pd.DataFrame]
    options: Options
    region: str = REGION
    step: str = "review"


@pytest.fixture(scope="session")
def options() -> Options:
    """Options of the invented plan."""
    return Options(currency="EUR", country="FR", as_of_date=date(2026, 10, 31))


@pytest.fixture(scope="session")
def assignment() -> pd.DataFrame:
    """260 accounts around six cities; five have no place, four belong to nobody."""
    generator = np.random.default_rng(7)
    territories = generator.choice(list(_CITIES), size=260, p=[0.2, 0.15, 0.15, 0.15, 0.2, 0.15])
    today = np.where(
        generator.random(260) < 0.12, generator.choice(list(_CITIES), 260), territories
    )
    centres = np.array([_CITIES[t][1:] for t in territories])
    places = centres + generator.normal(scale=(0.13, 0.22), size=(260, 2))
    places[:5] = np.nan
    potential = np.round(generator.lognormal(9.6, 1.0, 260), 0)
    calls = generator.gamma(4.0, 2.5, 260)
    travel = generator.gamma(3.0, 2.0, 260)
    frame = pd.DataFrame(
        {
            "account_id": [f"A{i:04d}" for i in range(260)],
            "territory_id": pd.Series(territories, dtype="str"),
            "left_out_reason": pd.Series([None] * 260, dtype="str"),
            "current_territory_id": pd.Series(today, dtype="str"),
            "rule": "engine",
            "is_moved": pd.array(today != territories, dtype="boolean"),
            "is_forced": pd.array([False] * 260, dtype="boolean"),
            "move_reason": pd.Series([None] * 260, dtype="str"),
            "move_price_amount": np.where(today != territories, potential * 0.02, 0.0),
            "visits_per_year": 6.0,
            "call_hours_per_year": calls,
            "travel_hours_per_year": travel,
            "workload_hours_per_year": calls + travel,
            "potential_amount_per_year": potential,
            "revenue_amount_per_year": np.round(potential * 0.4),
            "centre_km": generator.gamma(3.0, 6.0, 260),
            "closer_km": np.where(today != territories, 12.0, np.nan),
            "lat_deg": places[:, 0],
            "lon_deg": places[:, 1],
        }
    )
    frame.loc[256:, ["territory_id", "left_out_reason"]] = [None, "house account"]
    return columns.shape_result("assignment", frame)


def _sums(assignment: pd.DataFrame, key: str) -> pd.DataFrame:
    summed = (
        assignment.dropna(subset=[key])
        .groupby(key)
        .agg(
            accounts_count=("account_id", "size"),
            visits_per_year=("visits_per_year", "sum"),
            potential_amount_per_year=("potential_amount_per_year", "sum"),
            revenue_amount_per_year=("revenue_amount_per_year", "sum"),
            call_hours_per_year=("call_hours_per_year", "sum"),
            travel_hours_per_year=("travel_hours_per_year", "sum"),
            workload_hours_per_year=("workload_hours_per_year", "sum"),
        )
        .rename_axis("territory_id")
        .reset_index()
    )
    work, worth = summed["workload_hours_per_year"], summed["potential_amount_per_year"]
    return summed.assign(
        territory_name=[_CITIES[t][0] for t in summed["territory_id"]],
        travel_km_per_year=summed["travel_hours_per_year"] * 50,
        workload_index=100 * work / work.mean(),
        potential_index=100 * worth / worth.mean(),
    )


@pytest.fixture(scope="session")
def territories_result(assignment: pd.DataFrame) -> StepResult:
    """Result of step 3."""
    plan = _sums(assignment, "territory_id")
    plan = plan.assign(
        size_quality="n/a",
        team="",
        largest_customer_share=0.2,
        herfindahl_share=0.1,
        is_provisional=plan["territory_id"] == _VACANT,
        tour_hours_per_year=plan["travel_hours_per_year"] * 1.1,
        size_share=1.0,
        hour_potential_amount=plan["potential_amount_per_year"] / plan["workload_hours_per_year"],
        quality=["high", "medium", "low", "medium", "high", "low"],
        centre_lat_deg=[_CITIES[t][1] for t in plan["territory_id"]],
        centre_lon_deg=[_CITIES[t][2] for t in plan["territory_id"]],
    )
    today = _sums(assignment, "current_territory_id").assign(
        workload_index=[138.0, 84.0, 61.0, 97.0, 128.0, 92.0], size_share=1.0
    )
    return StepResult(
        step="territories",
        region=REGION,
        tables={
            "assignment": assignment,
            "territory_plan": plan,
            "territory_today": today,
            "balance": _read(BALANCE),
            "searches": _read(SEARCHES),
            "alternatives": _read(ALTERNATIVES),
        },
        figures={"territories_count": 6.0},
        assumptions=("Straight distance times 1.3 stands for the road.",),
        findings=("Potential of Lorient stays 31 % below target: no account near it can move.",),
    )


@pytest.fixture(scope="session")
def market_result() -> StepResult:
    """Result of step 1."""
    return StepResult(
        step="market",
        region=REGION,
        tables={
            "market_segments": _read(SEGMENTS),
            "market_size": _read(SIZE),
            "left_out": _read(LEFT_OUT),
            "market_accounts": _market_accounts(),
        },
    )


def _market_accounts() -> pd.DataFrame:
    frame = columns.empty_frame("market_accounts").reindex(range(2))
    return frame.assign(
        account_id=["A0000", "A0001"], is_in_scope=True, potential_source=["given", "benchmark"]
    )


@pytest.fixture(scope="session")
def accounts_result() -> StepResult:
    """Result of step 2."""
    return StepResult(step="accounts", region=REGION, tables={"class_summary": _read(CLASSES)})


@pytest.fixture(scope="session")
def reps_result(territories_result: StepResult) -> StepResult:
    """Result of step 4."""
    plan = territories_result.tables["territory_plan"]
    generator = np.random.default_rng(3)
    fit = pd.DataFrame(
        [(t, rep) for t in _CITIES for rep, _ in _REPS.values()], columns=["territory_id", "rep_id"]
    )
    incumbent = [_REPS[t][0] == r for t, r in zip(fit["territory_id"], fit["rep_id"], strict=True)]
    fit = fit.assign(
        fit_share=np.where(incumbent, 0.85, generator.uniform(0.2, 0.8, len(fit))),
        skill_fit_share=0.6,
        home_km=30.0,
        relation_share=0.4,
        failed_gates="",
        is_incumbent=pd.array(incumbent, dtype="boolean"),
    )
    is_vacant = plan["territory_id"] == _VACANT
    rep_plan = plan[
        ["territory_id", "territory_name", "tour_hours_per_year", "travel_km_per_year"]
    ].assign(
        rep_id=plan["territory_id"].map({t: r for t, (r, _) in _REPS.items() if t != _VACANT}),
        rep_name=plan["territory_id"].map({t: n for t, (_, n) in _REPS.items() if t != _VACANT}),
        current_rep_id=[_REPS[t][0] for t in plan["territory_id"]],
        is_incumbent=~is_vacant,
        is_vacant=is_vacant,
        fit_share=0.8,
        home_km=22.0,
        rep_reason="keeps the customers of today",
    )
    return StepResult(
        step="reps",
        region=REGION,
        tables={"rep_fit": fit, "rep_plan": rep_plan},
        findings=("Rennes Sud has no rep from 1 January.",),
    )


@pytest.fixture(scope="session")
def review_result(territories_result: StepResult, reps_result: StepResult) -> StepResult:
    """Result of step 5."""
    plan = territories_result.tables["territory_plan"]
    reps = reps_result.tables["rep_plan"]
    review = plan[
        [
            "territory_id",
            "territory_name",
            "accounts_count",
            "potential_amount_per_year",
            "revenue_amount_per_year",
            "workload_hours_per_year",
            "travel_km_per_year",
        ]
    ].assign(
        rep_id=reps["rep_id"],
        rep_name=reps["rep_name"],
        people_cost_amount_per_year=75e3,
        travel_cost_amount_per_year=plan["travel_km_per_year"] * 0.5,
        total_cost_amount_per_year=75e3 + plan["travel_km_per_year"] * 0.5,
    )
    review = review.merge(_read(REVIEW), on="territory_id")
    review = review.assign(over_visits_per_year=20.0, under_visits_per_year=90.0)
    return StepResult(
        step="review",
        region=REGION,
        tables={
            "rep_review": review,
            "moves": _moves(territories_result.tables["assignment"]),
            "disruption": _read(DISRUPTION),
            "comparison": _read(COMPARISON),
            "questions": _read(QUESTIONS),
        },
        figures={
            "verdict": "adopt with changes",
            "verdict_reason": "Balance improves from 39 % to 9 % for 31 moves; one territory "
            "has no rep.",
        },
        assumptions=("15 % of the revenue of an account is at risk when its rep changes.",),
        findings=("Rennes Sud has no rep from 1 January.",),
    )


def _moves(assignment: pd.DataFrame) -> pd.DataFrame:
    moved = assignment[assignment["is_moved"].fillna(value=False)].reset_index(drop=True)
    return pd.DataFrame(
        {
            "account_id": moved["account_id"],
            "account_name": [f"Café n° {i} <b>" for i in range(len(moved))],
            "account_class": ["A", "B", "C"] * (len(moved) // 3) + ["C"] * (len(moved) % 3),
            "city": "Plougastel-Daoulas",
            "from_territory_id": moved["current_territory_id"],
            "to_territory_id": moved["territory_id"],
            "from_rep_id": [_REPS[t][0] for t in moved["current_territory_id"]],
            "to_rep_id": [
                _REPS[t][0] if isinstance(t, str) else None for t in moved["territory_id"]
            ],
            "is_forced": pd.array([i % 5 == 0 for i in range(len(moved))], dtype="boolean"),
            "move_reason": "nearer to Lorient, which has hours free",
            "revenue_amount_per_year": moved["revenue_amount_per_year"],
            "open_deals_amount": 1200.0,
            "move_price_amount": moved["move_price_amount"],
        }
    )


@pytest.fixture(scope="session")
def task(
    options: Options,
    market_result: StepResult,
    accounts_result: StepResult,
    territories_result: StepResult,
    reps_result: StepResult,
) -> FakeTask:
    """Task of step 5: it has the tables of the four steps before."""
    tables = {
        name: frame
        for result in (market_result, accounts_result, territories_result, reps_result)
        for name, frame in result.tables.items()
    }
    return FakeTask(tables, options)
