"""Checked tables made from the few columns that a test speaks of."""

from collections.abc import Callable, Sequence

import pandas as pd
import pytest

from territory_kit.columns import empty_frame

MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def make_table() -> MakeTable:
    """Make a table as reading leaves it: all declared columns, the index holds row numbers."""

    def make(name: str, **values: Sequence[object]) -> pd.DataFrame:
        declared = empty_frame(name).dtypes.to_dict()
        given = pd.DataFrame(values)
        table = given.reindex(columns=[str(column) for column in declared]).astype(declared)
        return table.set_axis(pd.RangeIndex(2, 2 + len(table)))

    return make
