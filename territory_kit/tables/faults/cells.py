"""Addresses of faulty cells, as a spreadsheet writes them."""

import re

from xlsxwriter.utility import xl_col_to_name

from territory_kit.tables.faults.fault import Fault

SHOWN_CELLS_COUNT = 20
_PLAIN_SHEET_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def cells_text(fault: Fault) -> str:
    """Name the cells of a fault, such as "accounts!C17, C22".

    Parameters
    ----------
    fault
        Any fault.

    Returns
    -------
    str
        Up to 20 addresses and the number of further ones; rows alone where no column is meant;
        the column alone where no row is; empty where neither is known.
    """
    addresses = [_local(fault, number) for number in fault.row_numbers[:SHOWN_CELLS_COUNT]]
    if not addresses and fault.position:
        letter = xl_col_to_name(fault.position - 1)
        addresses = [f"{letter}:{letter}"]
    if not addresses:
        return ""
    rest = len(fault.row_numbers) - SHOWN_CELLS_COUNT
    more = f", … {rest:,} more" if rest > 0 else ""
    return f"{_sheet_prefix(fault)}{', '.join(addresses)}{more}"


def cell_address(fault: Fault, row_number: int) -> str:
    """Name one cell of a fault, or its row where no column is meant.

    Parameters
    ----------
    fault
        A fault of rows.
    row_number
        Row as a spreadsheet counts it.

    Returns
    -------
    str
        Such as "accounts!C17"; without a sheet for text files.
    """
    return f"{_sheet_prefix(fault)}{_local(fault, row_number)}"


def _local(fault: Fault, row_number: int) -> str:
    column = xl_col_to_name(fault.position - 1) if fault.position else ""
    return f"{column}{row_number}" if column else f"{row_number}:{row_number}"


def _sheet_prefix(fault: Fault) -> str:
    if not fault.sheet:
        return ""
    if _PLAIN_SHEET_NAME.fullmatch(fault.sheet):
        return f"{fault.sheet}!"
    quoted = fault.sheet.replace("'", "''")
    return f"'{quoted}'!"
