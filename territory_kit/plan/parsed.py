"""Tables parsed from their bytes when they are asked for, and once, however many steps ask.

The five steps of a region read each other's results: forty tables, a hundred and forty times.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO

import pandas as pd

# Larger ones are read as often as asked for: they are few, and memory is not ours alone.
_LARGEST_BYTES = 1 << 20
_MOST_TABLES = 64
_KEPT: dict[str, pd.DataFrame] = {}


class ParsedTables(Mapping[str, pd.DataFrame]):
    """Tables by name, of which only those are parsed that somebody looks at.

    Parameters
    ----------
    contents
        By name, bytes of a Parquet file and their SHA-256.
    """

    def __init__(self, contents: Mapping[str, tuple[bytes, str]]) -> None:
        self._contents = dict(contents)
        self._tables: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table, the same one each time."""
        if name not in self._tables:
            self._tables[name] = parse_table(*self._contents[name])
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._contents)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self._contents)


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
