"""Only declared columns are named, so that a renamed one is noticed here."""

import pytest

from territory_kit import columns
from territory_kit.report.selection import SHOWN_COLUMNS


@pytest.mark.parametrize("table", sorted(SHOWN_COLUMNS))
def test_every_shown_column_is_declared(table: str) -> None:
    columns.get_table(table)
    assert all(columns.find_column(name) for name in SHOWN_COLUMNS[table])
