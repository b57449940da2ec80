"""Headings, axis labels and the data dictionary, made from the declarations."""

from territory_kit.columns.column import Column, Table
from territory_kit.columns.inputs import INPUT_TABLES
from territory_kit.columns.registry import declared, find_column
from territory_kit.columns.result_tables import RESULT_TABLES

_HEADER = "| column | label | kind | unit | range | meaning |\n|---|---|---|---|---|---|"
_INTRO = (
    "# Data dictionary\n\n"
    "Made from `territory_kit/columns/` by `tools/make_dictionary.py`; do not edit by hand. "
    "A star marks a required column. Money is in the currency of the plan. "
    "Shares are stored from 0 to 1 and shown in percent."
)


def heading(name: str, *, currency: str = "") -> str:
    """Return the heading or axis label of a column, with its unit.

    Parameters
    ----------
    name
        Canonical column name; an undeclared name is returned as it is.
    currency
        Currency of the plan, for money columns.

    Returns
    -------
    str
        Label, and the unit in brackets where there is one.

    Examples
    --------
    >>> heading("potential_amount_per_year", currency="EUR")
    'Potential (EUR per year)'
    >>> heading("need_wine_share")
    'Need: wine (%)'
    """
    column = find_column(name)
    if column is None:
        return name
    unit = column.unit.format(currency=currency or "money")
    label = _label(column, name)
    return f"{label} ({unit})" if unit else label


def dictionary_markdown() -> str:
    """Return the data dictionary of all inputs and results as Markdown.

    Returns
    -------
    str
        One section per table, one row per column.
    """
    inputs = [_section(table, is_input=True) for table in INPUT_TABLES]
    results = [_section(table, is_input=False) for table in RESULT_TABLES]
    return "\n\n".join([_INTRO, "# Inputs", *inputs, "# Results", *results]) + "\n"


def allowed_values(column: Column) -> str:
    """Say which values a column may hold.

    Parameters
    ----------
    column
        The declared column.

    Returns
    -------
    str
        All choices, or the range; empty where anything is allowed.

    Examples
    --------
    >>> allowed_values(Column("visits_per_year", "number", "Wanted visits.", "Visits", low=0))
    'from 0'
    """
    if column.choices:
        return ", ".join(column.choices)
    if column.low is None and column.high is None:
        return ""
    if column.high is None:
        return f"from {column.low:g}"
    return f"up to {column.high:g}" if column.low is None else f"{column.low:g} to {column.high:g}"


def _label(column: Column, name: str) -> str:
    """Add the member of a family to its label: the skill of a need."""
    if "<" not in column.name:
        return column.label
    prefix, suffix = column.name.split("<")[0], column.name.split(">")[1]
    member = name.removeprefix(prefix).removesuffix(suffix)
    return f"{column.label}: {member.replace('_', ' ')}"


def _section(table: Table, *, is_input: bool) -> str:
    rows = [_row(name, is_required=is_input and name in table.required) for name in table.columns]
    return "\n".join([f"## {table.name}", "", table.meaning, "", _HEADER, *rows])


def _row(name: str, *, is_required: bool) -> str:
    column = declared(name)
    star = " *" if is_required else ""
    unit = column.unit.format(currency="currency")
    allowed = allowed_values(column)
    cells = (
        f"`{name}`{star}",
        column.label,
        column.kind,
        unit,
        allowed,
        column.meaning,
    )
    return f"| {' | '.join(cells)} |"
