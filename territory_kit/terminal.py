"""Print what commands have found, as tables in a terminal.

Texts from outside are shown as they are, never as markup.
"""

import shlex
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from territory_kit.columns import get_table
from territory_kit.plan.create import NewPlan
from territory_kit.plan.input_workbook import WORKBOOK_FILE
from territory_kit.tables import (
    Affected,
    Fault,
    Recognised,
    fault_cells,
    faults_text,
    group_faults,
    make_printable,
    shorten,
    summarise,
)

_STYLES = {"likely": "yellow", "sure": "green", "unsure": "red"}
_NARROWEST_FOR_REASONS = 100
_MOST_LISTED_COUNT = 20


def print_faults(faults: tuple[Fault, ...], affected: Affected | None) -> None:
    """Print faults: as tables on a terminal, as plain text into a file or another program.

    Parameters
    ----------
    faults
        What is wrong.
    affected
        How much it affects in all; None: not known.
    """
    console = Console()
    if not console.is_terminal:
        typer.echo(faults_text(faults, affected))
        return
    console.print(Text(summarise(faults, affected), style="bold"))
    for title, members in group_faults(faults):
        table = Table(title=Text(title), title_justify="left", expand=True, show_lines=True)
        for heading in ("what is wrong", "where", "what to do"):
            table.add_column(heading, ratio=1, overflow="fold")
        for fault in members:
            table.add_row(*(Text(cell) for cell in fault_cells(fault)))
        console.print(table)


def print_new_plan(made: NewPlan, folder: Path) -> None:
    """Print what a new plan was made of, for confirmation, and what to do next.

    Parameters
    ----------
    made
        The new plan.
    folder
        Where it is.
    """
    console = Console()
    for one in made.exports:
        _print_export(console, one)
    for line in (*_guesses(made), f"Made {folder}.", *_open_questions(made), *_next_steps(made)):
        console.print(Text(make_printable(line)))
    command = shlex.join(["territory-kit", "check", str(folder)])
    console.print(Text(make_printable(f"Next: {command}")))


def _print_export(console: Console, one: Recognised) -> None:
    place = ", sheet ".join(shorten(name) for name in (one.file.name, one.sheet) if name)
    # as a title it would be wrapped at the width of the table
    console.print(Text(f"{place}: {one.size}, read as {one.table}", style="bold"))
    table = Table("our column", "header in the file", "how sure")
    if console.width >= _NARROWEST_FOR_REASONS:
        table.add_column("why")
    for guess in sorted(one.guesses, key=lambda guess: _place(one, guess.column)):
        column = guess.column if guess.certainty != "unsure" else f"({guess.column})"
        certainty = Text(guess.certainty, style=_STYLES[guess.certainty])
        cells = [
            Text(column),
            Text(shorten(guess.header), overflow="fold"),
            certainty,
            Text(guess.reason),
        ]
        table.add_row(*cells[: len(table.columns)])
    for name in one.missing:
        cells = [Text(name), Text("not found", style="red"), Text("required"), Text("")]
        table.add_row(*cells[: len(table.columns)])
    console.print(table)
    console.print(Text(make_printable(f"Recognised as {one.title}")))
    if one.unknown:
        shown = ", ".join(shorten(header) for header in one.unknown[:_MOST_LISTED_COUNT])
        rest = len(one.unknown) - _MOST_LISTED_COUNT
        more = f" and {rest} more" if rest > 0 else ""
        console.print(Text(f"Taken along as they are: {shown}{more}"))


def _place(one: Recognised, column: str) -> int:
    order = get_table(one.table).columns
    return order.index(column) if column in order else len(order)


def _guesses(made: NewPlan) -> list[str]:
    draft = made.draft
    guesses = [
        f"Currency {draft.currency}, as the exports say." if draft.currency else "",
        f"Country {draft.country}, as nearly all accounts say." if draft.country else "",
        "Revenue is added up from won deals: the accounts have none of their own."
        if draft.is_revenue_from_deals
        else "",
    ]
    return [guess for guess in guesses if guess]


def _open_questions(made: NewPlan) -> list[str]:
    return [
        f"No header was found for {', '.join(one.missing)}, which {one.table} require: write it "
        f"in plan.yaml, under inputs: {one.table}: columns."
        for one in made.exports
        if one.missing
    ]


def _next_steps(made: NewPlan) -> list[str]:
    given = {one.table for one in made.exports}
    fill = "accounts and further inputs" if not given else "inputs that no export gave"
    return [
        "Confirm the headers in plan.yaml; a wrong one is mended there.",
        f"Fill in {fill} in inputs/{WORKBOOK_FILE}, as far as you have them.",
    ]
