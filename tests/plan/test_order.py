"""What each step reads: the steps are run, and what they read is set against what is declared.

Plans: the sample, and small ones that take the branches which the sample does not take.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from territory_kit import frame
from territory_kit.options import Options
from territory_kit.plan import COMPANY_STEP, STEPS, open_plan
from territory_kit.plan.order import (
    COMPANY_OPTIONS_OF_PLAN,
    COMPANY_OPTIONS_OF_REGION,
    OPTIONS_OF_STEP,
    OptionNames,
)
from territory_kit.walk import open_task

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
GROUPS: dict[str, type[BaseModel]] = {
    name: type(option.default)
    for name, option in Options.model_fields.items()
    if isinstance(option.default, BaseModel)
}
PREFIXES: dict[type[BaseModel], str] = {
    Options: "",
    **{group: f"{name}." for name, group in GROUPS.items()},
}

ACCOUNTS = """\
account_id,account_name,lat_deg,lon_deg,current_rep_id,potential_amount_per_year,\
revenue_amount_per_year,coverage,account_type,country,segment
""" + "".join(
    f"A{n:02d},Bar {n},{48 + n / 100},{-2 + n % 4 / 10},R{1 + n % 2},{1000 * n + 500},{100 * n},"
    f"{'remote' if n % 5 == 4 else 'field'},{'prospect' if n % 3 == 0 else ''},"
    f"{'FR' if n % 2 else ''},{'bar' if n % 4 else 'shop'}\n"
    for n in range(16)
)
REPS = "rep_id,rep_name,home_lat_deg,home_lon_deg\nR1,Anne,48.1,-2\nR2,Yann,48.2,-1.9\n"
VISITS = "account_id,rep_id,visit_date\nA01,R1,2026-03-01\nA02,R2,2024-02-01\n"
OVERRIDES = (
    "override_id,scope,value,action,target,reason,author,status\n"
    "O1,account,A03,to_rep,R1,knows them,Inès,accepted\n"
)
INPUTS = {"accounts": ACCOUNTS, "reps": REPS, "visits": VISITS, "overrides": OVERRIDES}

SMALL_PLANS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "accounts alone": (("accounts",), {}),
    "reps and a log, a headcount": (tuple(INPUTS), {"headcount": 2, "country": "FR"}),
    "rules of scope, another value, another mode": (
        tuple(INPUTS),
        {
            "market": {
                "countries": ["FR"],
                "minimum_employees_count": 1,
                "served_segments": ["bar"],
            },
            "accounts": {"class_value": "revenue_amount_per_year"},
            "territories": {"mode": "redesign", "potential_tolerance_share": None},
            "reps": {"keep_incumbents": False},
            "plan_start_date": "2026-06-01",
        },
    ),
    "quotas from the accounts up": (("accounts", "reps"), {"quotas": {"method": "bottom_up"}}),
    "quotas with safety on a goal": (
        ("accounts", "reps"),
        {"quotas": {"method": "waterfall", "goal_amount": 5000}},
    ),
    "scores make the classes, only new accounts are placed": (
        ("accounts", "reps"),
        {
            "as_of_date": "2026-03-01",
            "accounts": {"class_value": "score"},
            "territories": {"mode": "keep", "move_price_factor": 0, "territories_count": 2},
            "review": {"answer_by_date": "2026-04-01"},
        },
    ),
}


@dataclass
class Reads:
    """The options that functions have read, by step."""

    of_step: dict[str, set[str]] = field(default_factory=dict)
    of_frame: set[str] = field(default_factory=set)
    _now: set[str] | None = None

    def note(self, owner: BaseModel, name: str) -> None:
        """Note a name that is looked up on options, if it is one of an option."""
        prefix = PREFIXES.get(type(owner))
        if self._now is None or prefix is None:
            return
        fields = type(owner).model_fields
        if name.startswith("model_dump"):
            self._now |= {prefix + each for each in fields}
        elif name in fields and not (prefix == "" and name in GROUPS):
            self._now.add(prefix + name)

    def during(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, with a note taken of what it reads."""

        def run(*tables: object, **options: object) -> object:
            self._now = set()
            try:
                return function(*tables, **options)
            finally:
                self.of_step.setdefault(step, set()).update(self._now)
                if function.__name__ == "frame_company":
                    self.of_frame |= self._now
                self._now = None

        return run


def _write_plan(folder: Path, names: tuple[str, ...], settings: dict[str, Any]) -> None:
    folder.mkdir()
    for name in names:
        (folder / f"{name}.csv").write_text(INPUTS[name], encoding="utf-8")
    inputs = {name: f"{name}.csv" for name in names}
    text = yaml.safe_dump({**settings, "inputs": inputs})
    (folder / "plan.yaml").write_text(text, encoding="utf-8")


def _walk(folder: Path, reads: Reads) -> None:
    region = open_plan(folder).regions()[0] if folder.name != "sample" else "Bretagne"
    for step in STEPS:
        task = open_task(step, plan_dir=folder, region=region)
        task.save(reads.during(step, task.run)())


@pytest.fixture(scope="module")
def reads(tmp_path_factory: pytest.TempPathFactory) -> Reads:
    """Walk the sample and the small plans, and note what the steps read."""
    reads, plans = Reads(), tmp_path_factory.mktemp("plans")
    look_up = Options.__getattribute__

    def noted(self: Options, name: str) -> object:
        reads.note(self, name)
        return look_up(self, name)

    with pytest.MonkeyPatch.context() as patch:
        for model in PREFIXES:
            patch.setattr(model, "__getattribute__", noted, raising=False)
        for name in ("define_market", "class_market", "frame_company"):
            patch.setattr(frame, name, reads.during(COMPANY_STEP, getattr(frame, name)))
        (plans / "sample").mkdir()
        shutil.copy(SAMPLE / "plan.yaml", plans / "sample")
        shutil.copytree(SAMPLE / "inputs", plans / "sample" / "inputs")
        for number, (names, settings) in enumerate(SMALL_PLANS.values()):
            _write_plan(plans / f"small-{number}", names, settings)
        for folder in sorted(plans.iterdir()):
            _walk(folder, reads)
    return reads


def _leaves(declared: OptionNames) -> set[str]:
    leaves: set[str] = set()
    for name, part in declared.items():
        names = GROUPS[name].model_fields if name in GROUPS and part is True else part
        leaves |= {f"{name}.{leaf}" for leaf in names} if not isinstance(names, bool) else {name}
    return leaves


@pytest.mark.parametrize("step", [COMPANY_STEP, *STEPS])
def test_a_step_reads_what_is_declared_and_nothing_else(reads: Reads, step: str) -> None:
    """Else a result would stay current although it is old, or become stale for no reason."""
    assert reads.of_step[step] == _leaves(OPTIONS_OF_STEP[step])


def test_the_frame_reads_what_is_declared(reads: Reads) -> None:
    assert reads.of_frame == _leaves({**COMPANY_OPTIONS_OF_PLAN, **COMPANY_OPTIONS_OF_REGION})


def test_some_options_are_read_by_no_step() -> None:
    """Words are printed from the plan; what inputs are read with is in the tables that are read."""
    every = _leaves(dict.fromkeys(Options.model_fields, True))
    read = {leaf for declared in OPTIONS_OF_STEP.values() for leaf in _leaves(declared)}
    assert every - read == {
        "priorities",
        "unique",
        "exchange_rates",
        "revenue_source",
        "costs.night_amount",
    }
