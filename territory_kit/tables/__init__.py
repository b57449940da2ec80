"""The border: read what people bring, name all its faults, and write for people."""

from territory_kit.tables.append import append_rows
from territory_kit.tables.faults.fault import Fault, keep_rows, make_printable, shorten
from territory_kit.tables.faults.html import faults_html
from territory_kit.tables.faults.show import (
    fault_cells,
    faults_frame,
    faults_text,
    group_faults,
    summarise,
)
from territory_kit.tables.faults.trace import (
    Affected,
    measure_faults,
    measure_together,
    trace_faults,
)
from territory_kit.tables.faults.workbook import FAULT_FILE_ENDINGS, write_faults
from territory_kit.tables.files.write import neutralise, write_csv, write_excel
from territory_kit.tables.headers.clues import clear_country, clear_currency
from territory_kit.tables.headers.guess import Guess
from territory_kit.tables.headers.recognise import Recognised, recognise
from territory_kit.tables.links.days import event_days, last_known_day
from territory_kit.tables.links.gaps import gap_faults
from territory_kit.tables.links.link import link_inputs
from territory_kit.tables.links.references import check_inputs
from territory_kit.tables.places.locate import locate_accounts
from territory_kit.tables.read import Traced, read_input, read_traced
from territory_kit.tables.reading import Source

__all__ = [
    "FAULT_FILE_ENDINGS",
    "Affected",
    "Fault",
    "Guess",
    "Recognised",
    "Source",
    "Traced",
    "append_rows",
    "check_inputs",
    "clear_country",
    "clear_currency",
    "event_days",
    "fault_cells",
    "faults_frame",
    "faults_html",
    "faults_text",
    "gap_faults",
    "group_faults",
    "keep_rows",
    "last_known_day",
    "link_inputs",
    "locate_accounts",
    "make_printable",
    "measure_faults",
    "measure_together",
    "neutralise",
    "read_input",
    "read_traced",
    "recognise",
    "shorten",
    "summarise",
    "trace_faults",
    "write_csv",
    "write_excel",
    "write_faults",
]
