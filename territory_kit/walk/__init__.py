"""How a notebook or a batch walks a plan: open a step, run it, save its result."""

from territory_kit.plan import STEPS
from territory_kit.walk.overview import Overview, list_faults, overview
from territory_kit.walk.task import Task, open_task

__all__ = [
    "STEPS",
    "Overview",
    "Task",
    "list_faults",
    "open_task",
    "overview",
]
