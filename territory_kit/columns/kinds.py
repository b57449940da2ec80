"""What saved filters may ask of a table: its declared columns, and what their cells are."""

from collections.abc import Iterable

from territory_kit.columns.column import Kind
from territory_kit.columns.registry import declared, find_column, get_table

_KINDS: dict[Kind, str] = {
    "id": "text",
    "text": "text",
    "choice": "text",
    "number": "number",
    "count": "number",
    "share": "number",
    "money": "number",
    "date": "date",
    "yes_no": "yes_no",
}


def filter_kinds(name: str, *, further: Iterable[str] = ()) -> dict[str, str]:
    """Return what a saved filter over a table may ask for.

    Parameters
    ----------
    name
        Name of an input or result table.
    further
        Names that may belong to a family of the table, such as ``need_wine_share``; others are
        ignored.

    Returns
    -------
    dict of str
        Kind of each column by name: text, number, date or yes_no.

    Examples
    --------
    >>> filter_kinds("accounts", further=["need_wine_share", "shoe_size"])["need_wine_share"]
    'number'
    """
    members = get_table(name).columns
    kinds = {column: _KINDS[declared(column).kind] for column in members if "<" not in column}
    for other in further:
        family = find_column(other)
        if family is not None and other not in kinds and family.name in members:
            kinds[other] = _KINDS[family.kind]
    return kinds
