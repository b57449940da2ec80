"""The border: read what people bring, name all its faults, and write for people."""

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.faults.show import faults_frame, faults_html, faults_text
from territory_kit.tables.files.write import write_csv, write_excel
from territory_kit.tables.links.references import check_inputs
from territory_kit.tables.places.locate import locate_accounts
from territory_kit.tables.read import read_input
from territory_kit.tables.reading import Source

__all__ = [
    "Fault",
    "Source",
    "check_inputs",
    "faults_frame",
    "faults_html",
    "faults_text",
    "locate_accounts",
    "read_input",
    "write_csv",
    "write_excel",
]
