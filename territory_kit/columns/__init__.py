"""The data contract: every column and table, declared once.

Schemas, axis labels, table headings and the data dictionary are made from these declarations.
"""

from territory_kit.columns.column import Column, Table
from territory_kit.columns.inputs import INPUT_COLUMNS, INPUT_TABLES
from territory_kit.columns.kinds import filter_kinds
from territory_kit.columns.labels import allowed_values, dictionary_markdown, heading
from territory_kit.columns.registry import find_column, get_table, input_names
from territory_kit.columns.result_columns import RESULT_COLUMNS
from territory_kit.columns.result_tables import RESULT_TABLES
from territory_kit.columns.schemas import empty_frame, schema_for, shape_result

__all__ = [
    "INPUT_COLUMNS",
    "INPUT_TABLES",
    "RESULT_COLUMNS",
    "RESULT_TABLES",
    "Column",
    "Table",
    "allowed_values",
    "dictionary_markdown",
    "empty_frame",
    "filter_kinds",
    "find_column",
    "get_table",
    "heading",
    "input_names",
    "schema_for",
    "shape_result",
]
