"""Where a plan stands: which results are current, and what is wrong with its inputs."""

import html
from dataclasses import dataclass
from pathlib import Path

from territory_kit.plan import STEPS, State, open_plan
from territory_kit.tables import measure_together
from territory_kit.walk.task import FaultTable


@dataclass(frozen=True)
class Overview:
    """State of each step of each region, as a table that a notebook displays.

    Parameters
    ----------
    states
        One row per region: its name and the state of its five steps in their order.
    """

    states: tuple[tuple[str, tuple[State, ...]], ...]

    def __str__(self) -> str:
        return "\n".join(f"{region}: {', '.join(states)}" for region, states in self.states)

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{name}</th>' for name in ("region", *STEPS))
        rows = "".join(
            f'<tr><th scope="row">{html.escape(region)}</th>'
            + "".join(f"<td>{state}</td>" for state in states)
            + "</tr>"
            for region, states in self.states
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def overview(plan_dir: Path | str) -> Overview:
    """Tell which results of a plan are current.

    Parameters
    ----------
    plan_dir
        The plan folder.

    Returns
    -------
    Overview
        One row per region.

    Raises
    ------
    ParameterError
        When a setting is unknown or out of range.
    TableError
        When faults of the inputs block the plan.
    """
    plan = open_plan(plan_dir)
    return Overview(
        tuple((name, tuple(plan.state(step, name) for step in STEPS)) for name in plan.regions())
    )


def list_faults(plan_dir: Path | str) -> FaultTable:
    """List what is wrong with the inputs of a plan, all regions and files at once.

    Parameters
    ----------
    plan_dir
        The plan folder.

    Returns
    -------
    FaultTable
        Displays as a table.

    Raises
    ------
    ParameterError
        When a setting is unknown or out of range.
    """
    inputs = open_plan(plan_dir).checked_inputs
    affected = measure_together(inputs.faults, inputs.tables.get("accounts"))
    return FaultTable(inputs.faults, affected)
