"""Find a declared column or table by its name, families included."""

from fnmatch import fnmatchcase

from territory_kit.columns.column import Column, Table
from territory_kit.columns.inputs import INPUT_COLUMNS, INPUT_TABLES
from territory_kit.columns.result_columns import RESULT_COLUMNS
from territory_kit.columns.result_tables import RESULT_TABLES
from territory_kit.errors import ParameterError, suggest

_COLUMNS = {column.name: column for column in (*INPUT_COLUMNS, *RESULT_COLUMNS)}
_FAMILIES = {
    "need_*_share": "need_<skill>_share",
    "skill_*_share": "skill_<name>_share",
}
_TABLES = {table.name: table for table in (*INPUT_TABLES, *RESULT_TABLES)}


def find_column(name: str) -> Column | None:
    """Return the declaration of a column, or None when it travels along undeclared.

    Parameters
    ----------
    name
        Canonical column name, for example ``need_wine_share``.

    Returns
    -------
    Column or None
        The declared column or the family it belongs to.
    """
    # skill_fit_share is a column of its own: exact names come before families
    if name in _COLUMNS:
        return _COLUMNS[name]
    return next((_COLUMNS[c] for p, c in _FAMILIES.items() if fnmatchcase(name, p)), None)


def declared(name: str) -> Column:
    """Return the declaration of a column that must be declared.

    Parameters
    ----------
    name
        Canonical column name.

    Returns
    -------
    Column
        The declared column.

    Raises
    ------
    ParameterError
        When no column has that name.
    """
    column = find_column(name)
    if column is None:
        raise ParameterError(
            "There is no such column",
            value=name,
            remedy=suggest(name, sorted(_COLUMNS)),
        )
    return column


def get_table(name: str) -> Table:
    """Return the declaration of a table.

    Parameters
    ----------
    name
        Name of an input or result table.

    Returns
    -------
    Table
        The declared table.

    Raises
    ------
    ParameterError
        When no table has that name.
    """
    if name not in _TABLES:
        raise ParameterError(
            "There is no such table", value=name, remedy=suggest(name, sorted(_TABLES))
        )
    return _TABLES[name]


def input_names() -> tuple[str, ...]:
    """Return the names of all inputs that a plan may have.

    Returns
    -------
    tuple of str
        Names in the order of the data dictionary.
    """
    return tuple(table.name for table in INPUT_TABLES)
