"""Filters that people write: a safe language of conditions over the columns of a table.

`parse_expression` reads a text such as ``industry in ("hotel", "spa") and employees_count >= 10``;
the `Expression` it returns marks the rows of a table that match. Nothing in a text is ever run.
"""

from territory_kit.expressions.cells import Kind
from territory_kit.expressions.parse import parse_expression
from territory_kit.expressions.saved import parse_saved
from territory_kit.expressions.tree import Expression

__all__ = ["Expression", "Kind", "parse_expression", "parse_saved"]
