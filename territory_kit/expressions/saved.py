"""Read filters that are saved under a name, and say in which of them a fault stands."""

from collections.abc import Mapping

from territory_kit.errors import ParameterError
from territory_kit.expressions.parse import parse_expression
from territory_kit.expressions.tree import Expression


def parse_saved(texts: Mapping[str, str], *, columns: Mapping[str, str]) -> dict[str, Expression]:
    """Read saved filters.

    Parameters
    ----------
    texts
        Filters as written, by where they stand.
    columns
        Kind of each column that may be asked for, by name.

    Returns
    -------
    dict of Expression
        Checked filters by where they stand, in the same order.

    Raises
    ------
    ParameterError
        For the first filter that cannot be read or does not suit the columns; the message says
        which one it is.

    Examples
    --------
    >>> filters = parse_saved({"scope": "city='Paris'"}, columns={"city": "text"})
    >>> print(filters["scope"])
    city = "Paris"
    """
    return {where: _parse(text, where, columns) for where, text in texts.items()}


def _parse(text: str, where: str, columns: Mapping[str, str]) -> Expression:
    try:
        return parse_expression(text, columns=columns)
    except ParameterError as error:
        place = "; ".join(filter(None, [where, error.where]))
        raise ParameterError(
            error.what, value=error.value, where=place, remedy=error.remedy
        ) from error
