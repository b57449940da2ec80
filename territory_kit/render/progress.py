"""Tell how a batch is getting on: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.workers import Event, StepBegun
from territory_kit.tables import make_printable


def follow(events: Iterable[Event], *, regions_count: int, console: Console) -> list[RegionOutcome]:
    """Collect outcomes as they come and show each one.

    Parameters
    ----------
    events
        From `Workers.run`: an outcome for each region, in the order in which they end.
    regions_count
        How many will come.
    console
        Where to write.

    Returns
    -------
    list of RegionOutcome
        All outcomes, by name of region.
    """
    done: list[RegionOutcome] = []
    running: dict[str, str] = {}
    with Progress(
        TextColumn("Regions"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(elapsed_when_finished=False),
        TextColumn("{task.description}", markup=False),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    ) as progress:
        bar = progress.add_task("", total=regions_count)
        for event in events:
            if isinstance(event, StepBegun):
                running[event.region] = event.step
            else:
                running.pop(event.region, None)
                done.append(event)
                progress.advance(bar)
                line = f"{len(done)}/{regions_count} {event.region}: {event.state_text}"
                progress.console.print(Text(make_printable(line)), soft_wrap=True)
            failures = sum(bool(outcome.reason) for outcome in done)
            progress.update(bar, description=_now(running, failures))
    return sorted(done, key=lambda outcome: outcome.region)


def _now(running: Mapping[str, str], failures: int) -> str:
    """Say which regions are at which step, and how many have failed."""
    parts = [f"{region}: {step}" for region, step in running.items()]
    parts += [f"{failures} failed"] if failures else []
    return make_printable(", ".join(parts))


def print_end(outcomes: Iterable[RegionOutcome], *, index: Path | str, console: Console) -> None:
    """Print one line per region and where the reports are.

    Parameters
    ----------
    outcomes
        What came of each region.
    index
        The page over all regions, or its address.
    console
        Where to write.
    """
    table = Table(box=None, pad_edge=False)
    for heading in ("Region", "State", "Seconds"):
        table.add_column(heading, justify="right" if heading == "Seconds" else "left")
    for outcome in outcomes:
        row = (outcome.region, outcome.state, f"{outcome.seconds:.0f}")
        table.add_row(*(Text(make_printable(cell)) for cell in row))
    console.print(table)
    console.print(Text(f"Reports: {index}"), soft_wrap=True)
