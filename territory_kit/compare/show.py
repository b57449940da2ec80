"""Show a comparison: as a table in a terminal, as compare.csv and compare.html in a folder."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from rich.console import Console
from rich.table import Table
from rich.text import Text

from territory_kit import __version__
from territory_kit.compare.comparison import Comparison
from territory_kit.compare.words import table_lines
from territory_kit.plan import shipped_folder
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.writing import plain_write_errors
from territory_kit.tables import make_printable, write_csv

CSV_FILE = "compare.csv"
HTML_FILE = "compare.html"


def print_comparison(comparison: Comparison, *, console: Console | None = None) -> None:
    """Print the table and what must be known to read it.

    Parameters
    ----------
    comparison
        Plans side by side.
    console
        Where to print; standard output when not given.
    """
    shown = console or Console()
    table = Table(show_lines=False)
    table.add_column("")
    for name in comparison.table["plan"]:
        heading = Text(make_printable(name))
        table.add_column(heading, justify="right", overflow="fold")
    for label, cells in _lines(comparison):
        # names of plans come from outside: they are shown as they are, never as markup
        table.add_row(*(Text(make_printable(cell)) for cell in (label, *cells)))
    shown.print(table)
    for note in comparison.notes:
        shown.print(Text(make_printable(note)))


def write_comparison(comparison: Comparison, folder: Path) -> tuple[Path, Path]:
    """Write the comparison as a table and as a page, each replaced at once.

    Parameters
    ----------
    comparison
        Plans side by side.
    folder
        Where to write; made when missing.

    Returns
    -------
    tuple of Path
        ``compare.csv`` and ``compare.html``.

    Raises
    ------
    TerritoryKitError
        When the folder or a file cannot be written.
    """
    with plain_write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    table, page = folder / CSV_FILE, folder / HTML_FILE
    write_csv(comparison.table, table)
    write_atomically(page, make_page(comparison))
    return table, page


def make_page(comparison: Comparison) -> str:
    """Write the comparison as a page that needs nothing else.

    Parameters
    ----------
    comparison
        Plans side by side.

    Returns
    -------
    str
        HTML; names from outside are escaped.
    """
    environment = Environment(
        loader=FileSystemLoader(shipped_folder("templates") / "report"), autoescape=True
    )
    return environment.get_template("compare.html.j2").render(
        plans=comparison.table["plan"].tolist(),
        lines=_lines(comparison),
        notes=comparison.notes,
        version=__version__,
    )


def _lines(comparison: Comparison) -> list[tuple[str, tuple[str, ...]]]:
    return table_lines(
        comparison.table, currency=comparison.currency, has_money=comparison.has_money
    )
