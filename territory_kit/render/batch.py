"""Render a plan: all regions side by side, one page over them at the end."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from joblib import Parallel, delayed
from rich.console import Console

from territory_kit.plan import Plan, open_plan
from territory_kit.render.index import write_index
from territory_kit.render.outcome import RegionOutcome, Summary
from territory_kit.render.progress import follow, print_end
from territory_kit.render.region import REPORTS_FOLDER, render_region
from territory_kit.walk import read_company


def render_plan(
    plan_dir: Path | str,
    *,
    regions: Sequence[str] | None = None,
    workers: int | None = None,
    console: Console | None = None,
) -> Summary:
    """Run the five notebooks of each region, write its report, and the page over all regions.

    Parameters
    ----------
    plan_dir
        The plan folder.
    regions
        Names of the regions; all of the plan when not given.
    workers
        Regions rendered at a time, 1 or more; one for each core when not given.
    console
        Where to tell progress; standard output when not given.

    Returns
    -------
    Summary
        What came of each region. A region that failed does not stop the others.

    Raises
    ------
    ParameterError
        When a setting or a region is unknown.
    TableError
        When faults of the inputs block the plan.
    TerritoryKitError
        When another batch renders this plan.
    """
    plan = open_plan(plan_dir)
    plan.inputs()
    names = list(dict.fromkeys(regions or plan.regions()))
    for name in names:
        plan.require_region(name)
    shown = console or Console()
    with plan.lock():
        # made once here, so that regions side by side only read it
        read_company(plan)
        outcomes = follow(
            _run(plan, names, workers or os.cpu_count() or 1),
            regions_count=len(names),
            console=shown,
        )
        index = write_index(plan, outcomes)
    print_end(outcomes, index=index, console=shown)
    return Summary(tuple(outcomes), index)


def _run(plan: Plan, names: Sequence[str], workers: int) -> Iterator[RegionOutcome]:
    """Yield outcomes as regions end; the work is done in kernels, so threads only wait for them."""
    (plan.folder / REPORTS_FOLDER).mkdir(exist_ok=True)
    jobs: Iterable[object] = (delayed(render_region)(plan.folder, name) for name in names)
    count = min(workers, len(names))
    yield from Parallel(n_jobs=count, backend="loky", return_as="generator_unordered")(jobs)
