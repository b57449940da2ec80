"""Faults of files, headers and rows."""

from territory_kit.tables.faults.code import FaultCode

CODES = (
    FaultCode(
        "ambiguous_header",
        "A header may mean two of our columns, so neither was filled from it.",
        "Say in plan.yaml, under columns, which of the two it is.",
    ),
    FaultCode(
        "blank_rows",
        "Rows inside the table hold no value at all. They were left out.",
        "Nothing to do, unless they should hold something.",
    ),
    FaultCode(
        "duplicate_key",
        "Several rows have the identifier that should name one row, often because two exports "
        "were put together or a join repeated rows.",
        "Keep one row of each identifier.",
    ),
    FaultCode(
        "example_rows",
        "The workbook for inputs comes with example rows, whose identifiers begin with EXAMPLE-. "
        "They are never read as data.",
        "Nothing to do. Delete them to no longer see this.",
    ),
    FaultCode(
        "footer",
        "Totals, or the small print of a CRM report, stand below the data. They were left out.",
        "Look at the rows shown. If one is data, give it its identifier.",
    ),
    FaultCode(
        "guessed_encoding",
        "The file is not in UTF-8, and nothing in it says which encoding it has.",
        "Look at the accents in the names. If they are wrong, save it as CSV UTF-8.",
    ),
    FaultCode(
        "guessed_headers",
        "The headers are not ours, but those of a known CRM export. They were read as such.",
        "Read the list once. Where one is wrong, map the column in plan.yaml.",
    ),
    FaultCode(
        "inputs_not_filled",
        "Sheets of the workbook for inputs, which comes with a new plan, hold no rows yet. These "
        "inputs count as not given.",
        "Fill in those that you have: each answers more of the five questions.",
    ),
    FaultCode(
        "many_unknown_columns",
        "The file has many columns that mean nothing to the plan. They are carried along, which "
        "makes reading slow.",
        "Export only the columns that are needed, or map those that mean something in plan.yaml.",
    ),
    FaultCode(
        "missing_column",
        "The file has no column for something without which there is no plan.",
        "Name the header that holds it in plan.yaml, or export it too.",
    ),
    FaultCode(
        "missing_header",
        "plan.yaml names a header that the file does not have; it was renamed or left out of the "
        "export.",
        "Correct the header in plan.yaml, or export the column again.",
    ),
    FaultCode(
        "missing_key",
        "Rows have no identifier, such as a row of totals or a note below the table.",
        "Give each row an identifier, or take the row out.",
    ),
    FaultCode(
        "no_rows",
        "The file has headers, but no rows. Without accounts there is no plan; any other input is "
        "taken as empty.",
        "Export it again, with its rows, or take the input out of plan.yaml.",
    ),
    FaultCode(
        "preamble",
        "Titles, filters or notes stand above the headers. They were left out.",
        "Look at the rows shown. If one holds the headers, delete the rows above it.",
    ),
    FaultCode(
        "repeated_header",
        "Several columns have the same header. The first is used for the plan; the others are "
        "kept under a number.",
        "Give each column its own header.",
    ),
    FaultCode(
        "second_header",
        "Under the headers stands a row of units or of further headings. It was left out, and the "
        "units were not used.",
        "Make sure that amounts are in the plan's currency, distances in km and times in hours.",
    ),
    FaultCode(
        "total_rows",
        "Totals or subtotals stand among the rows: a word such as Total, Summe or Sous-total, "
        "alone or with a name, numbers, and no identifier. They were left out.",
        "Look at the rows shown. If one is data, give it its identifier.",
    ),
    FaultCode(
        "turnover_as_revenue",
        "plan.yaml maps revenue to a header that means, in CRMs, the account's own sales, not "
        "what it spends with us.",
        "Map it to turnover_amount_per_year, unless you know better.",
    ),
    FaultCode(
        "uneven_rows",
        "Rows have more or fewer cells than there are headers, because a text holds a delimiter "
        "or a line break without quotation marks. Of a row with more cells only the first is kept, "
        "because it is not known which moved.",
        "Export again with texts in quotation marks, or as a workbook.",
    ),
    FaultCode(
        "unknown_column",
        "plan.yaml maps a column that this input does not have.",
        "Correct its name; the fault proposes the nearest.",
    ),
    FaultCode(
        "unreadable_file",
        "The file is missing, open elsewhere, protected, damaged, too large, or not what a table "
        "can be read from.",
        "Do what the fault says, then check again.",
    ),
    FaultCode(
        "unseen_sheet_errors",
        "The workbook is not an .xlsx. In its format failed formulas such as #N/A cannot be told "
        "from empty cells.",
        "If it has formulas, save it as .xlsx: then those that failed are named.",
    ),
    FaultCode(
        "wrong_ending",
        "The file is of another kind than the ending of its name says. It was read as what it is.",
        "Rename it to avoid confusion.",
    ),
)
