import io

import pandas as pd
from rich.console import Console

from territory_kit.take_back import TakeBack, print_moves

MOVES = pd.DataFrame(
    {
        "region": ["Nord"],
        "account_id": ["A1"],
        "account_name": ["[red]Bar\x1b[2J"],
        "from_territory_id": ["T1"],
        "from_territory_name": ["Brest"],
        "to_territory_id": ["T2"],
        "to_territory_name": ["Vannes"],
        "shortfall_amount": [1234.5],
    }
)


def printed(found: TakeBack) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_moves(found, console=console)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # it is a StringIO
    return text


def test_moves_are_shown_with_the_unit_and_names_as_they_are() -> None:
    text = printed(TakeBack(MOVES, "EUR", ("Not taken back: 2 moves.",), ""))
    assert "[red]Bar\N{REPLACEMENT CHARACTER}[2J (A1)" in text
    assert "Brest (T1)" in text
    assert "shortfall (EUR)" in text
    assert "1 chosen move saves less driving than the price, EUR 1.23 k less in all." in text
    assert text.rstrip().endswith("Not taken back: 2 moves.")


def test_where_every_move_pays_one_sentence_says_so() -> None:
    assert printed(TakeBack(MOVES.iloc[:0], "EUR", (), "")) == (
        "No chosen move falls short of its price and can be taken back.\n"
    )
