"""Show in a terminal which moves can be taken back."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from territory_kit.tables import make_printable
from territory_kit.take_back.moves import TakeBack
from territory_kit.wording import amount, counted, number

_NOTHING = "No chosen move falls short of its price and can be taken back."


def print_moves(found: TakeBack, *, console: Console | None = None) -> None:
    """Print the moves with what each falls short by, and what stays and why.

    Parameters
    ----------
    found
        From `moves.find_moves`.
    console
        Where to print; standard output when not given.
    """
    shown = console or Console()
    if len(found.moves):
        shown.print(_table(found))
    for line in (_headline(found), found.followers, *found.skipped):
        if line:
            shown.print(Text(make_printable(line)))


def _table(found: TakeBack) -> Table:
    table = Table()
    for heading in ("region", "account", "from", "to"):
        table.add_column(heading, overflow="fold")
    table.add_column(f"shortfall ({found.currency})", justify="right")
    for move in found.moves.to_dict("records"):
        # names come from outside: they are shown as they are, never as markup
        cells = (
            str(move["region"]),
            f"{move['account_name']} ({move['account_id']})",
            f"{move['from_territory_name']} ({move['from_territory_id']})",
            f"{move['to_territory_name']} ({move['to_territory_id']})",
            number(float(move["shortfall_amount"])),
        )
        table.add_row(*(Text(make_printable(cell)) for cell in cells))
    return table


def _headline(found: TakeBack) -> str:
    if found.moves.empty:
        return _NOTHING
    short = amount(float(found.moves["shortfall_amount"].sum()), found.currency)
    count = counted(len(found.moves), "chosen move", "saves")
    return f"{count} less driving than the price, {short} less in all."
