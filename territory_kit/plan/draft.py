"""Write the first plan.yaml of a plan: the template, with what its exports were taken for."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from territory_kit.columns import find_column, get_table, input_names
from territory_kit.plan.input_workbook import WORKBOOK_FILE
from territory_kit.plan.settings import PLAN_FILE
from territory_kit.plan.shipped import shipped_folder
from territory_kit.tables import Guess, Recognised, clear_country, clear_currency, shorten

INPUTS_FOLDER = "inputs"

_NAME_LINE = "name: New plan\n"
# From the line `inputs:` to the first line that is not indented.
_INPUTS_BLOCK = re.compile(r"^inputs:\n(?: .*\n)+", flags=re.MULTILINE)
_MOST_LISTED_COUNT = 40
# Columns that change the plan most: named where no header was found for them.
_TELLING = {
    "account_team": (),
    "accounts": (
        "region",
        "city",
        "postal_code",
        "country",
        "account_type",
        "current_rep_id",
        "current_territory_id",
        "potential_amount_per_year",
        "revenue_amount_per_year",
        "employees_count",
    ),
    "deals": ("rep_id", "amount", "close_date", "is_won", "stage"),
    "reps": ("email", "region", "home_lat_deg", "home_lon_deg"),
    "territories": ("territory_name", "region", "rep_id"),
    "visits": ("channel", "duration_hours"),
}


@dataclass(frozen=True)
class PlanDraft:
    """What a new plan starts with.

    Parameters
    ----------
    text
        Text of its plan.yaml.
    currency, country
        As the exports say; empty where they do not agree.
    is_revenue_from_deals
        Whether revenue is added up from won deals, because accounts have none of their own.
    """

    text: str
    currency: str
    country: str
    is_revenue_from_deals: bool


def draft_plan(name: str, found: Sequence[Recognised], files: Mapping[Path, str]) -> PlanDraft:
    """Write the text of a new plan.yaml.

    Parameters
    ----------
    name
        Name of the plan.
    found
        What the exports are, one for each input.
    files
        By export: its name in the inputs of the plan.

    Returns
    -------
    PlanDraft
        The text, and what else the exports say.
    """
    by_table = {one.table: one for one in found}
    country = clear_country(sum((one.countries for one in found), start=Counter()))
    currency = clear_currency(sum((one.currencies for one in found), start=Counter()), country)
    accounts = by_table.get("accounts")
    has_revenue = accounts is None or "revenue_amount_per_year" in accounts.columns
    is_from_deals = not has_revenue and _tells_what_was_won(by_table.get("deals"))
    text = (shipped_folder("templates") / PLAN_FILE).read_text(encoding="utf-8")
    text = text.replace(_NAME_LINE, f"name: {quote(name)}\n")
    block = _inputs_block(by_table, files)
    text = _INPUTS_BLOCK.sub(lambda _: f"inputs:\n{block}", text)
    text = _with_guess(text, "currency", currency, "as the exports say")
    text = _with_guess(text, "country", country, "as nearly all accounts say")
    if is_from_deals:
        reason = "the accounts have no revenue of their own"
        text = _with_guess(text, "revenue_source", "won_deals", reason)
    return PlanDraft(text, currency, country, is_from_deals)


def _tells_what_was_won(deals: Recognised | None) -> bool:
    found = set() if deals is None else set(deals.columns)
    return {"account_id", "amount", "close_date"} <= found and bool({"is_won", "stage"} & found)


def quote(text: str) -> str:
    r"""Write a text so that YAML reads the same text, on one line and whatever it holds.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text in double quotes; what cannot be printed is escaped.

    Examples
    --------
    >>> print(quote('Ort: "Süd" # 1'), quote("a" + chr(0x85)))
    "Ort: \"Süd\" # 1" "a\U00000085"
    """
    # JSON text is YAML text, but for some signs that YAML takes for line ends or refuses
    written = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in written)


def _inputs_block(by_table: Mapping[str, Recognised], files: Mapping[Path, str]) -> str:
    """Write the given inputs with their headers, then those that can be filled in by hand."""
    others = [name for name in input_names() if name not in by_table]
    return "".join(
        [
            *(_input_lines(by_table[name], files) for name in input_names() if name in by_table),
            "  # To fill in where you have them; a sheet without rows counts as not given.\n",
            *(
                f"  {name}: {{file: {INPUTS_FOLDER}/{WORKBOOK_FILE}, sheet: {name}}}\n"
                for name in others
            ),
        ]
    )


def _with_guess(text: str, option: str, value: str, reason: str) -> str:
    """Put a guessed option in the place of its line in the template."""
    if not value:
        return text
    line = re.compile(rf"^# {option}: .*$", flags=re.MULTILINE)
    return line.sub(lambda _: f"{option}: {quote(value)}  # guessed, {reason}", text, count=1)


def _input_lines(one: Recognised, files: Mapping[Path, str]) -> str:
    lines = [
        f"  # Recognised as {one.title}, {one.size}.",
        f"  {one.table}:",
        f"    file: {quote(f'{INPUTS_FOLDER}/{files[one.file]}')}",
        *([f"    sheet: {quote(one.sheet)}"] if one.sheet else []),
        "    columns:",
        *(f"      {line}" for line in _column_lines(one)),
        *([f"    # Taken along as they are: {_listed(one.unknown)}"] if one.unknown else []),
    ]
    return "".join(f"{line}\n" for line in lines)


def _column_lines(one: Recognised) -> list[str]:
    order = get_table(one.table).columns
    guesses = sorted(one.guesses, key=lambda g: (_place(g.column, order), g.column, g.header))
    used = [_guess_line(guess) for guess in guesses if guess.certainty != "unsure"]
    unsure = [f"# {_guess_line(guess)}" for guess in guesses if guess.certainty == "unsure"]
    required = [f"{name}:  # REQUIRED: write its header behind the colon" for name in one.missing]
    settled = {*one.missing, *(guess.column for guess in guesses)}
    open_names = [name for name in _TELLING.get(one.table, ()) if name not in settled]
    return [*required, *used, *unsure, *(_open_line(name) for name in open_names)]


def _place(column: str, order: Sequence[str]) -> int:
    declared = find_column(column)
    return order.index(declared.name) if declared is not None else len(order)


def _guess_line(guess: Guess) -> str:
    return f"{guess.column}: {quote(guess.header)}  # {guess.certainty}: {guess.reason}"


def _open_line(name: str) -> str:
    column = find_column(name)
    meaning = column.meaning if column is not None else ""
    return f"{name}:  # no header found. {meaning}"


def _listed(headers: Sequence[str]) -> str:
    shown = [quote(shorten(header)) for header in headers[:_MOST_LISTED_COUNT]]
    rest = len(headers) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")
