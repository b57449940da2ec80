"""Write the sample's files so that the same tables always give the same bytes."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font

# The earliest time that a zip file can hold.
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
FIXED_DATE = datetime(2026, 11, 2)  # noqa: DTZ001 - openpyxl takes times without a zone
FRENCH_VISITS = {
    "account_id": "Compte",
    "rep_id": "Commercial",
    "visit_date": "Date de visite",
    "channel": "Canal",
    "duration_hours": "Durée (h)",
    "distance_km": "Km",
    "outcome": "Résultat",
    "note": "Commentaire",
}


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as UTF-8 with commas; whole numbers without a decimal point.

    Parameters
    ----------
    table
        What to write.
    path
        Where to.
    """
    _whole_numbers(table).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def write_french_visits(visits: pd.DataFrame, path: Path) -> None:
    """Write the visit log as a French spreadsheet exports it.

    Parameters
    ----------
    visits
        The visit log with canonical columns.
    path
        Where to. Semicolons, decimal commas, days first, Windows-1252, French headers.
    """
    days = pd.to_datetime(visits["visit_date"]).dt.strftime("%d/%m/%Y")
    visits.assign(visit_date=days).rename(columns=FRENCH_VISITS).to_csv(
        path, index=False, sep=";", decimal=",", encoding="cp1252", lineterminator="\r\n"
    )


def write_workbook(table: pd.DataFrame, path: Path, *, sheet: str) -> None:
    """Write a table as an Excel workbook with real dates.

    Parameters
    ----------
    table
        What to write.
    path
        Where to.
    sheet
        Name of the sheet.
    """
    workbook = Workbook()
    workbook.properties.created = FIXED_DATE
    page = workbook.active
    page.title = sheet
    page.append(list(table.columns))
    for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
        page.append(list(row))
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    raw = io.BytesIO()
    workbook.save(raw)
    path.write_bytes(_without_clock(raw.getvalue()))


def _without_clock(workbook: bytes) -> bytes:
    """Replace the times that a workbook and its zip entries carry."""
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _with_fixed_change(content)
            target.writestr(zipfile.ZipInfo(name, FIXED_TIME), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _with_fixed_change(properties: bytes) -> bytes:
    head, rest = properties.split(b"<dcterms:modified", 1)
    tag, rest = rest.split(b">", 1)
    _, tail = rest.split(b"<", 1)
    day = FIXED_DATE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return head + b"<dcterms:modified" + tag + b">" + day + b"<" + tail


def _whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    floats = table.select_dtypes("float")
    whole = [name for name in floats if (floats[name].dropna() % 1 == 0).all()]
    return table.astype(dict.fromkeys(whole, "Int64"))
