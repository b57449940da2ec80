"""Result tables of one invented region, small enough to read and large enough to draw."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.options import Options
from territory_kit.steps.result import StepResult

REGION = "Bretagne <Ouest>"
_CITIES = {
    "T1": ("Brest", 48.39, -4.49),
    "T2": ("Quimper", 47.99, -4.10),
    "T3": ("Lorient", 47.75, -3.37),
    "T4": ("Saint-Brieuc", 48.51, -2.77),
    "T5": ("Rennes Nord", 48.20, -1.68),
    "T6": ("Rennes Sud", 48.02, -1.60),
}
_REPS = {
    t: (f"R{i}", n)
    for i, (t, n) in enumerate(
        zip(
            _CITIES,
            [
                "Anne Le Goff",
                "Yann Kerriou",
                "Maël Tanguy",
                "Lucie Morvan",
                "Éric Petit",
                "Inès Roux",
            ],
            strict=True,
        ),
        start=1,
    )
}
_VACANT = "T6"


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
    return summed.assign(
        territory_name=[_CITIES[t][0] for t in summed["territory_id"]],
        travel_km_per_year=summed["travel_hours_per_year"] * 50,
        workload_index=100
        * summed["workload_hours_per_year"]
        / summed["workload_hours_per_year"].mean(),
        potential_index=100
        * summed["potential_amount_per_year"]
        / summed["potential_amount_per_year"].mean(),
    )


@pytest.fixture(scope="session")
def territories_result(assignment: pd.DataFrame) -> StepResult:
    """Result of step 3."""
    plan = _sums(assignment, "territory_id")
    plan = plan.assign(
        is_provisional=plan["territory_id"] == _VACANT,
        tour_hours_per_year=plan["travel_hours_per_year"] * 1.1,
        size_share=1.0,
        hour_potential_amount=plan["potential_amount_per_year"] / plan["workload_hours_per_year"],
        quality=["high", "medium", "low", "medium", "high", "low"],
        centre_lat_deg=[_CITIES[t][1] for t in plan["territory_id"]],
        centre_lon_deg=[_CITIES[t][2] for t in plan["territory_id"]],
    )
    today = _sums(assignment, "current_territory_id").assign(
        workload_index=[138.0, 84.0, 61.0, 97.0, 128.0, 92.0]
    )
    return StepResult(
        step="territories",
        region=REGION,
        tables={
            "assignment": assignment,
            "territory_plan": plan,
            "territory_today": today,
            "balance": _balance(),
            "alternatives": _alternatives(),
        },
        figures={"territories_count": 6.0},
        assumptions=("Straight distance times 1.3 stands for the road.",),
        findings=("Potential of Lorient stays 31 % below target: no account near it can move.",),
    )


def _balance() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": [
                "workload_hours_per_year",
                "workload_hours_per_year",
                "potential_amount_per_year",
                "potential_amount_per_year",
            ],
            "state": ["today", "proposal"] * 2,
            "territories_count": 6.0,
            "target_value": [700.0, 700.0, 9e5, 9e5],
            "lowest_share": [-0.39, -0.08, -0.45, -0.31],
            "highest_share": [0.38, 0.09, 0.52, 0.21],
            "deviation_share": [0.39, 0.09, 0.52, 0.31],
            "tolerance_share": [0.1, 0.1, 0.25, 0.25],
            "spread_share": [0.25, 0.05, 0.3, 0.15],
            "gini_share": [0.14, 0.03, 0.16, 0.08],
        }
    )


def _alternatives() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "option": [
                "keep today",
                "proposal",
                "one territory less",
                "one territory more",
                "half the tolerance",
                "double tolerance",
                "moves are free",
            ],
            "is_chosen": pd.array(
                [False, True, False, False, False, False, False], dtype="boolean"
            ),
            "territories_count": [6.0, 6, 5, 7, 6, 6, 6],
            "tolerance_share": [0.1, 0.1, 0.1, 0.1, 0.05, 0.2, 0.1],
            "deviation_share": [0.39, 0.09, 0.1, 0.08, 0.05, 0.18, 0.07],
            "travel_km_per_year": [98e3, 91e3, 96e3, 88e3, 92e3, 90e3, 84e3],
            "moved_count": [0.0, 31, 64, 58, 39, 18, 96],
            "moved_share": [0.0, 0.12, 0.25, 0.22, 0.15, 0.07, 0.37],
            "move_price_amount": [0.0, 18e3, 40e3, 39e3, 23e3, 9e3, 61e3],
        }
    )


@pytest.fixture(scope="session")
def market_result() -> StepResult:
    """Result of step 1."""
    segments = pd.DataFrame(
        {
            "segment": ["Café & bar", "Hotel", "Restaurant", "Wine shop", "Canteen <public>"],
            "accounts_count": [90.0, 38, 96, 24, 12],
            "customers_count": [51.0, 20, 60, 18, 3],
            "potential_amount_per_year": [1.2e6, 1.1e6, 1.9e6, 0.7e6, 0.3e6],
            "revenue_amount_per_year": [0.5e6, 0.3e6, 0.8e6, 0.5e6, 0.03e6],
            "wallet_share": [0.42, 0.27, 0.42, 0.71, 0.1],
            "whitespace_amount_per_year": [0.7e6, 0.8e6, 1.1e6, 0.2e6, 0.27e6],
        }
    )
    size = pd.DataFrame(
        {
            "level": ["TAM", "SAM", "SOM"],
            "accounts_count": [310.0, 260.0, np.nan],
            "potential_amount_per_year": [6.4e6, 5.2e6, 1.8e6],
            "limit": [
                "all accounts known",
                "account types and segments served",
                "reach: 35 % of the served market",
            ],
        }
    )
    left_out = pd.DataFrame(
        {
            "left_out_reason": ["competitor", "segment not served"],
            "accounts_count": [12.0, 38.0],
            "potential_amount_per_year": [0.4e6, 0.8e6],
            "potential_share": [0.06, 0.13],
        }
    )
    return StepResult(
        step="market",
        region=REGION,
        tables={
            "market_segments": segments,
            "market_size": size,
            "left_out": left_out,
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
    summary = pd.DataFrame(
        {
            "account_class": ["A", "B", "C"],
            "accounts_count": [62.0, 71, 127],
            "potential_amount_per_year": [4.2e6, 0.7e6, 0.3e6],
            "potential_share": [0.8, 0.14, 0.06],
            "revenue_amount_per_year": [1.6e6, 0.4e6, 0.13e6],
            "visits_per_year": [744.0, 400, 210],
            "call_hours_per_year": [744.0, 300, 110],
        }
    )
    return StepResult(step="accounts", region=REGION, tables={"class_summary": summary})


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
        quota_amount_per_year=[350e3, 280e3, 300e3, 310e3, 390e3, np.nan],
        capacity_share=[0.97, 0.91, 0.88, 1.04, 0.99, np.nan],
        ideal_visits_per_year=[310.0, 240, 230, 250, 330, 240],
        actual_visits_per_year=[260.0, 235, 140, 190, 280, 100],
        reached_share=[0.74, 0.86, 0.5, 0.66, 0.8, 0.4],
        misplaced_share=[0.1, 0.1, 0.2, 0.15, 0.08, 0.3],
        declared_km_per_year=[15e3, 12e3, 11e3, 14e3, 16e3, 12e3],
        people_cost_amount_per_year=75e3,
        travel_cost_amount_per_year=plan["travel_km_per_year"] * 0.5,
        total_cost_amount_per_year=75e3 + plan["travel_km_per_year"] * 0.5,
        key_kept_count=[11.0, 9, 8, 10, 12, 4],
        key_gained_count=[0.0, 1, 3, 1, 0, 2],
        key_given_count=[3.0, 0, 0, 1, 3, 0],
        gained_count=[2.0, 5, 10, 4, 3, 7],
        given_count=[9.0, 3, 2, 4, 10, 3],
    )
    return StepResult(
        step="review",
        region=REGION,
        tables={
            "rep_review": review,
            "moves": _moves(territories_result.tables["assignment"]),
            "disruption": _disruption(),
            "comparison": _comparison(),
            "questions": _questions(),
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


def _disruption() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kind": ["all", "chosen", "forced"],
            "accounts_count": [31.0, 25, 6],
            "accounts_share": [0.12, 0.1, 0.02],
            "revenue_amount_per_year": [240e3, 200e3, 40e3],
            "revenue_share": [0.11, 0.09, 0.02],
            "open_deals_amount": [37e3, 30e3, 7e3],
            "move_price_amount": [18e3, 15e3, 3e3],
        }
    )


def _comparison() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "figure": ["Largest deviation of workload", "Distance", "Cost", "Territories"],
            "unit": ["%", "km per year", "EUR per year", ""],
            "today_value": [39.0, 98000.0, 510e3, 6.0],
            "proposal_value": [9.0, 91000.0, 506e3, 6.0],
            "reading": ["better", "better", "equal", "equal"],
        }
    )


def _questions() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "question": [
                "Rennes Sud has no rep: who covers it until the job is filled?",
                "Yann Kerriou gains 5 accounts around Lorient: does he know them?",
                "Is the house account at Brest still served by head office?",
            ],
            "answer_by_date": pd.to_datetime(["2026-11-30"] * 3),
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
