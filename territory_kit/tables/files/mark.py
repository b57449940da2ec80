"""The mark of the workbook that comes with a new plan, whatever it is called and wherever it lies.

It is a document property, which Excel and LibreOffice keep when they save the workbook.
"""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

INPUT_MARK = "territory_kit_inputs"
# Properties stand here in the formats of Excel and of LibreOffice.
_PROPERTY_PARTS = ("docProps/custom.xml", "meta.xml")
_MOST_BYTES = 1_000_000
_PROPERTY = re.compile(
    rb"\sname\s*=\s*[\"']%(m)s[\"']|meta:name\s*=\s*[\"']%(m)s[\"']" % {b"m": INPUT_MARK.encode()}
)


def is_input_workbook(source: Path | bytes) -> bool:
    """Tell whether a file is the workbook for inputs that comes with a new plan.

    Parameters
    ----------
    source
        The file, or its content.

    Returns
    -------
    bool
        Whether it has the mark; no for a file that is damaged or no workbook.
    """
    try:
        with zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as archive:
            return any(
                _PROPERTY.search(_read_start(archive, part))
                for part in _PROPERTY_PARTS
                if part in archive.namelist()
            )
    # an archive can be damaged in ways that each have an error of their own
    except (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return False


def _read_start(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as opened:
        return opened.read(_MOST_BYTES)
