"""What people may open beside a region's report."""

from collections.abc import Mapping
from pathlib import Path

from territory_kit.render.outcome import REPORT_FILE

_KINDS_OF_FILE = {".html": "Report", ".xlsx": "Workbook", ".pdf": "PDF"}


def find_links(folder: Path) -> Mapping[str, str]:
    """Find the report, the workbook and the print of a region.

    Parameters
    ----------
    folder
        Folder of the region's report; may be missing.

    Returns
    -------
    mapping of str
        Name of the file by what it is.
    """
    files = sorted(folder.glob("[!.~]*"), key=lambda file: file.name)
    return {
        kind: file.name
        for ending, kind in _KINDS_OF_FILE.items()
        for file in files
        if file.suffix.lower() == ending
        and file.is_file()
        and not file.name.startswith("draft-")
        and (kind != "Report" or file.name == REPORT_FILE)
    }
