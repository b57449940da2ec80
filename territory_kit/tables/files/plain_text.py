"""Split well-formed text into columns at once, ten times as fast as row by row.

Whatever is not plainly well-formed is left to the reader that goes row by row, so that row numbers
and faults are the same.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

_BLOCK_BYTES = 1 << 24
_QUOTE = ord('"')
# A line without anything is no row of empty cells, which Arrow does not tell apart.
_BLANK_LINES = (b"\n\n", b"\r\r", b"\n\r")


def split_plain(text: str, delimiter: str, width: int) -> pa.Table | None:
    """Split text into columns, if each row has as many cells as the first.

    Parameters
    ----------
    text
        The whole text.
    delimiter
        Character between cells.
    width
        Number of cells of the first row.

    Returns
    -------
    pyarrow.Table or None
        One row per line, the first included, every cell as text; None where the text has blank
        lines, rows of different width, or quotation marks out of place.
    """
    content = text.rstrip("\r\n").encode()
    has_quotes = b'"' in content
    has_blank_lines = any(ends in content for ends in _BLANK_LINES)
    is_odd = has_blank_lines or content.startswith((b"\r", b"\n"))
    if is_odd or (has_quotes and not _is_well_quoted(content, delimiter)):
        return None
    types = {f"f{place}": pa.large_string() for place in range(width)}
    try:
        table = pa.csv.read_csv(
            pa.py_buffer(content),
            read_options=pa.csv.ReadOptions(
                use_threads=False, block_size=_BLOCK_BYTES, autogenerate_column_names=True
            ),
            parse_options=pa.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=has_quotes, ignore_empty_lines=False
            ),
            convert_options=pa.csv.ConvertOptions(column_types=types, strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    return table.combine_chunks() if table.num_columns == width else None


def _is_well_quoted(content: bytes, delimiter: str) -> bool:
    """Tell whether each quotation mark opens or closes a cell, or stands doubled inside one."""
    is_border = np.zeros(256, dtype=np.bool_)
    is_border[[ord(delimiter), *b"\r\n"]] = True
    whole = _as_line(content)
    marks = np.flatnonzero(whole == _QUOTE)
    # an empty cell with something after it is not found once doubled marks are gone
    empty = marks[is_border[whole[marks - 1]] & (whole[marks + 1] == _QUOTE)]
    after = whole[empty + 2]
    if not (is_border[after] | (after == _QUOTE)).all():
        return False
    bare = _as_line(content.replace(b'""', b""))
    marks = np.flatnonzero(bare == _QUOTE)
    opened, closed = marks[::2], marks[1::2]
    return bool(
        len(opened) == len(closed)
        and is_border[bare[opened - 1]].all()
        and is_border[bare[closed + 1]].all()
    )


def _as_line(content: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(b"\n" + content + b"\n", dtype=np.uint8)
