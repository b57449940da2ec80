"""Pictures as PNG files: opaque colours, rows as they are.

Charts are areas of one colour, which packs small by itself. Pillow's writer guesses a filter for
each row; on our pictures that doubles the time and makes them a seventh larger.
"""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH_PER_M = 1 / 0.0254
_BITS, _RED_GREEN_BLUE, _PER_M = 8, 2, 1
# Higher levels save a sixteenth of the bytes for a third more time.
_LEVEL = 1


def as_png(pixels: NDArray[np.uint8], *, dots_per_inch: int) -> bytes:
    """Return a picture as a PNG file.

    Parameters
    ----------
    pixels
        Red, green and blue from 0 to 255, shape ``(height, width, 3)``; more channels are passed
        over.
    dots_per_inch
        Resolution at which it is printed, above 0.

    Returns
    -------
    bytes
        The file.
    """
    height, width = pixels.shape[:2]
    # each row starts with the number of its filter: 0, none
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
    rows[:, 1:] = pixels[:, :, :3].reshape(height, 3 * width)
    head = struct.pack(">IIBBBBB", width, height, _BITS, _RED_GREEN_BLUE, 0, 0, 0)
    dots_per_m = round(dots_per_inch * _INCH_PER_M)
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", head),
            _chunk(b"pHYs", struct.pack(">IIB", dots_per_m, dots_per_m, _PER_M)),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), _LEVEL)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
