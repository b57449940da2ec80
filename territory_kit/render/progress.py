"""Tell how a batch is getting on: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from territory_kit.render.outcome import RegionOutcome
from territory_kit.tables import make_printable


def follow(
    outcomes: Iterable[RegionOutcome], *, regions_count: int, console: Console
) -> list[RegionOutcome]:
    """Collect outcomes as they come and show each one.

    Parameters
    ----------
    outcomes
        One outcome for each region, in the order in which they end.
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
    with Progress(
        TextColumn("Regions"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    ) as progress:
        bar = progress.add_task("regions", total=regions_count)
        for outcome in outcomes:
            done.append(outcome)
            progress.advance(bar)
            line = f"{len(done)}/{regions_count} {outcome.region}: {outcome.state_text}"
            progress.console.print(Text(make_printable(line)), soft_wrap=True)
    return sorted(done, key=lambda outcome: outcome.region)


def print_end(outcomes: Iterable[RegionOutcome], *, index: Path, console: Console) -> None:
    """Print one line per region and where the reports are.

    Parameters
    ----------
    outcomes
        What came of each region.
    index
        The page over all regions.
    console
        Where to write.
    """
    table = Table(box=None, pad_edge=False)
    for heading in ("Region", "State", "Seconds"):
        table.add_column(heading, justify="right" if heading == "Seconds" else "left")
    for outcome in outcomes:
        row = (outcome.region, "failed" if outcome.reason else "done", f"{outcome.seconds:.0f}")
        table.add_row(*(Text(make_printable(cell)) for cell in row))
    console.print(table)
    console.print(Text(f"Reports: {index}"), soft_wrap=True)
