"""Invented figures to compare by hand, and two small plans that have been walked."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from territory_kit.compare.figures import Figures
from territory_kit.compare.scenario import Scenario
from territory_kit.plan import STEPS, open_plan
from territory_kit.walk import open_task

PLAN = """\
name: Base
inputs:
  accounts: inputs/accounts.csv
  reps: inputs/reps.csv
  visits: inputs/visits.csv
"""
SCENARIO = """\
name: "=Wide <b>"
base: ../base
territories: {tolerance_share: 0.5}
"""
ACCOUNTS_HEAD = (
    "account_id,account_name,lat_deg,lon_deg,region,current_rep_id,"
    "potential_amount_per_year,revenue_amount_per_year,margin_share\n"
)
REPS = "rep_id,rep_name,region\nR1,Anne,Nord\nR2,Yann,Nord\n"
VISITS = "account_id,rep_id,visit_date\nA01,R1,2026-03-01\n"


@pytest.fixture
def figures() -> Figures:
    """Return the figures of one plan: half of its price rests on the plan's margin."""
    return Figures(
        territories_count=3,
        reps_count=3,
        workload_deviation_share=0.1,
        potential_deviation_share=0.2,
        has_money=True,
        travel_km_per_year=40_000.0,
        coverage_share=0.9,
        cost_amount_per_year=250_000.0,
        travel_cost_amount_per_year=20_000.0,
        changed_count=10,
        changed_revenue_amount_per_year=50_000.0,
        move_price_amount=2_000.0,
        plan_margin_price_amount=1_000.0,
    )


@pytest.fixture
def scenario(figures: Figures) -> Callable[..., Scenario]:
    """Return what makes a plan whose figures, inputs or options differ from the usual ones."""

    def make(
        name: str,
        *,
        inputs: dict[str, str] | None = None,
        options: dict[tuple[str, str], Any] | None = None,
        **changed: float,
    ) -> Scenario:
        usual = {("Nord", "currency"): "EUR", ("Sud", "currency"): "EUR"}
        return Scenario(
            name=name,
            regions=("Nord", "Sud"),
            figures=replace(figures, **changed),  # type: ignore[arg-type]  # counts are whole
            inputs={"accounts": "a", "reps": "r"} if inputs is None else inputs,
            options={**usual, **(options or {})},
        )

    return make


@pytest.fixture(scope="session")
def walked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Walk a plan of one region, and a scenario of it; return the folder of both."""
    top = tmp_path_factory.mktemp("plans")
    (top / "base" / "inputs").mkdir(parents=True)
    (top / "wide").mkdir()
    (top / "base" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (top / "wide" / "plan.yaml").write_text(SCENARIO, encoding="utf-8")
    accounts = ACCOUNTS_HEAD + "".join(_account(number) for number in range(8))
    for name, text in {"accounts": accounts, "reps": REPS, "visits": VISITS}.items():
        (top / "base" / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8")
    for plan in ("base", "wide"):
        for step in STEPS:
            opened = open_task(step, plan_dir=top / plan, region="Nord")
            opened.save(opened.run())
    return top


@pytest.fixture
def walked(walked_once: Path, tmp_path: Path) -> Path:
    """Return a folder of the test's own with the plans "base" and "wide"."""
    return Path(shutil.copytree(walked_once, tmp_path / "walked"))


@pytest.fixture
def other_visits(walked: Path) -> Path:
    """Make a plan "other" with one more visit, of which the steps that read it are made anew."""
    plan = Path(shutil.copytree(walked / "base", walked / "other"))
    with (plan / "inputs" / "visits.csv").open("a", encoding="utf-8") as stream:
        stream.write("A02,R2,2026-02-01\n")
    for step in STEPS[1:]:
        opened = open_task(step, plan_dir=plan, region=open_plan(plan).first_region())
        opened.save(opened.run())
    return plan


def _account(number: int) -> str:
    """Write one of eight accounts between Rennes and Paris."""
    place = f"48.{number:02d},{-1 + number % 4}.5"
    money = f"{1000 * (number + 1)},{200 * number},{'0.4' if number % 2 else ''}"
    return f"A{number:02d},Bar {number},{place},Nord,R{1 + number % 2},{money}\n"
