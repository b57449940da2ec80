"""One step of one region: read and check, run, save.

This is all that a notebook needs; a batch does the same through the notebook.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from territory_kit import tables as border
from territory_kit.columns import input_names
from territory_kit.errors import ParameterError, suggest
from territory_kit.frame import read_company
from territory_kit.options import Options
from territory_kit.plan import (
    COMPANY_STEP,
    COMPANY_TABLES_OF_STEP,
    INPUTS_OF_STEP,
    STEPS,
    UPSTREAM,
    Plan,
    Record,
    Saved,
    open_plan,
)
from territory_kit.steps.accounts import evaluate_accounts
from territory_kit.steps.market import define_market
from territory_kit.steps.reps import match_reps
from territory_kit.steps.result import StepResult
from territory_kit.steps.review import review_plan
from territory_kit.steps.territories import divide_region
from territory_kit.tables import Affected, Fault
from territory_kit.walk.select import select_faults, select_inputs

MAIN_FUNCTIONS: dict[str, Callable[..., StepResult]] = {
    "market": define_market,
    "accounts": evaluate_accounts,
    "territories": divide_region,
    "reps": match_reps,
    "review": review_plan,
}


@dataclass(frozen=True, repr=False)
class FaultTable:
    """The faults of the inputs, as a table that a notebook displays.

    Parameters
    ----------
    faults
        What is wrong.
    affected
        How much it affects in all; None: not known.
    is_folded
        Whether many notices are folded where the table is displayed.
    """

    faults: tuple[Fault, ...]
    affected: Affected | None = None
    is_folded: bool = False

    def __str__(self) -> str:
        return border.faults_text(self.faults, self.affected)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return border.faults_html(self.faults, self.affected, is_folded=self.is_folded)


@dataclass(frozen=True, eq=False)
class Task:
    """One step of one region, ready to run.

    Parameters
    ----------
    plan
        The opened plan.
    step
        Name of the step.
    region
        Name of the region.
    options
        The options that hold.
    tables
        What the step reads: inputs of the region, the frame of the plan, earlier results.
    faults
        Faults of those inputs.
    upstream
        Records of the earlier results.
    parameters
        What the notebook set itself.
    opened
        When the task was opened, s of a clock that only counts.
    """

    plan: Plan
    step: str
    region: str
    options: Options
    tables: Mapping[str, pd.DataFrame]
    faults: tuple[Fault, ...]
    upstream: Mapping[str, Record]
    parameters: Mapping[str, object]
    opened: float = field(default_factory=time.monotonic, repr=False)

    def check(self, *, is_folded: bool = True) -> FaultTable:
        """Return the faults of the inputs of this region.

        Parameters
        ----------
        is_folded
            Whether many notices are folded; blocking and repaired faults never are.

        Returns
        -------
        FaultTable
            Displays as a table.
        """
        affected = border.measure_together(self.faults, self.tables["accounts"])
        return FaultTable(self.faults, affected, is_folded=is_folded)

    def run(self) -> StepResult:
        """Compute the step.

        Returns
        -------
        StepResult
            Not saved yet.
        """
        main = MAIN_FUNCTIONS[self.step]
        result = main(self.tables, region=self.region, options=self.options)
        if self.step != STEPS[0]:
            return result
        return replace(result, assumptions=(*result.assumptions, self._day_sentence()))

    def save(self, result: StepResult) -> str:
        """Save the result and make it the current one.

        Parameters
        ----------
        result
            What `run` returned.

        Returns
        -------
        str
            What was saved and where, seen from the plan folder.

        Raises
        ------
        ParameterError
            When the result belongs to another step or region.
        """
        if (result.step, result.region) != (self.step, self.region):
            raise ParameterError(
                "This result belongs to another task",
                value=f"step {result.step}, region {result.region}",
                where=f"task of step {self.step}, region {self.region}",
                remedy="Save the result that this task has run.",
            )
        record = self.plan.save(
            result,
            options=self.options,
            upstream=self.upstream,
            seconds=time.monotonic() - self.opened,
            parameters=self.parameters,
        )
        where = record.parent.relative_to(self.plan.folder).as_posix()
        return f"Saved {len(result.tables)} tables in {where}."

    def _day_sentence(self) -> str:
        """Say from which day the plan looks, and why."""
        day = self.options.as_of_date
        if day is None:
            return (
                "No day is known from which the plan looks: as_of_date is empty, and no visit or "
                "closed deal has a day. No account is left out for its days of validity."
            )
        why = "as set" if self.plan.settings.as_of_date else "the last visit or closed deal"
        return f"The plan looks from {day:%Y-%m-%d}, {why}."


def open_task(
    step: str,
    *,
    plan_dir: Path | str,
    region: str,
    parameters: Mapping[str, object] | None = None,
) -> Task:
    """Open a step of a region: read and check everything that it needs.

    Parameters
    ----------
    step
        Name of the step: market, accounts, territories, reps or review.
    plan_dir
        The plan folder.
    region
        Name of the region as the accounts write it.
    parameters
        Options of the step that the notebook sets; None stands for "as the plan says".

    Returns
    -------
    Task
        Ready to run.

    Raises
    ------
    ParameterError
        When the step, the region, a setting or a parameter is unknown or out of range.
    TableError
        When faults of the inputs block the plan.
    StaleResultError
        When an earlier step must be run first.
    """
    opened = time.monotonic()
    if step not in STEPS:
        raise ParameterError(
            "There is no such step", value=step, where="open_task", remedy=suggest(step, STEPS)
        )
    plan = open_plan(plan_dir)
    given = dict(parameters or {})
    # a wrong region or parameter is told before any work
    plan.require_region(region)
    plan.options(region, step=step, parameters=given)
    saved = {COMPANY_STEP: read_company(plan)}
    saved |= {name: plan.read(name, region) for name in UPSTREAM[step] if name not in saved}
    upstream = {name: found.record for name, found in saved.items()}
    inputs = plan.inputs()
    every = select_inputs(inputs.tables, region=region, names=input_names())
    selected = {name: every[name] for name in INPUTS_OF_STEP[step] if name in every}
    return Task(
        plan=plan,
        step=step,
        region=region,
        options=plan.options(region, step=step, parameters=given, upstream=upstream),
        tables=MappingProxyType(
            {**selected, **_tables_of(saved, step), **_previous_assignment(plan, step, region)}
        ),
        # the first notebook shows the faults of all inputs, each other one those of what it reads
        faults=select_faults(
            inputs.faults,
            tables=inputs.tables,
            selected=every if step == STEPS[0] else selected,
        ),
        upstream=MappingProxyType(upstream),
        parameters=MappingProxyType(given),
        opened=opened,
    )


def _tables_of(saved: Mapping[str, Saved], step: str) -> dict[str, pd.DataFrame]:
    """Put earlier results side by side; a later step's table replaces an earlier one's."""
    frame = saved[COMPANY_STEP].tables
    tables = {name: frame[name] for name in COMPANY_TABLES_OF_STEP[step]}
    for name in UPSTREAM[step]:
        tables |= {} if name == COMPANY_STEP else saved[name].tables
    return tables


def _previous_assignment(plan: Plan, step: str, region: str) -> dict[str, pd.DataFrame]:
    """Return the last division of the region, by which territories keep their identity."""
    last = plan.previous(step, region) if step == "territories" else None
    return {} if last is None else {"previous_assignment": last.tables["assignment"]}
