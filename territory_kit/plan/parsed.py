"""Tables parsed from their files once, however many steps of one process read them.

The five steps of a region read each other's results: forty tables, a hundred and forty times.
"""

from io import BytesIO

import pandas as pd

# Larger ones are read as often as asked for: they are few, and memory is not ours alone.
_LARGEST_BYTES = 1 << 20
_MOST_TABLES = 64
_KEPT: dict[str, pd.DataFrame] = {}


def parse_table(content: bytes, digest: str) -> pd.DataFrame:
    """Parse a table, or take it from an earlier reading of the same bytes.

    Parameters
    ----------
    content
        Bytes of a Parquet file.
    digest
        Their SHA-256.

    Returns
    -------
    pandas.DataFrame
        A table of the caller's own: changing it changes no other.
    """
    table = _KEPT.pop(digest, None)
    if table is None:
        table = pd.read_parquet(BytesIO(content))
    if len(content) <= _LARGEST_BYTES:
        # put last: the one that was not read for the longest time goes first
        _KEPT[digest] = table
    if len(_KEPT) > _MOST_TABLES:
        _KEPT.pop(next(iter(_KEPT)), None)
    return table.copy(deep=False)
