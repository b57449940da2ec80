"""Faults of single values: numbers, dates, choices, money, coordinates."""

from territory_kit.tables.faults.code import FaultCode

CODES = (
    FaultCode(
        "ambiguous_dates",
        "No date of the file shows whether day or month comes first: 03/04/2026 may be either. "
        "One order was taken for all.",
        "Check one date that you know. If it is wrong, export dates as 2026-12-31.",
    ),
    FaultCode(
        "ambiguous_numbers",
        "No number of the file shows whether 1.234 is a thousand or a little more than one. The "
        "usual reading of this kind of file was taken.",
        "Check one number that you know. If it is wrong, export without thousands separators.",
    ),
    FaultCode(
        "clock_durations",
        "Durations are written with a colon. 1:30 was read as an hour and a half, though it may "
        "be a minute and a half.",
        "Check one of them. If they are minutes and seconds, export them in minutes.",
    ),
    FaultCode(
        "converted_currency",
        "Money carries another currency than the plan's, for which plan.yaml gives a rate. It "
        "was converted.",
        "Check the rate in plan.yaml under exchange_rates.",
    ),
    FaultCode(
        "decimal_ids",
        "A spreadsheet or program took identifiers for numbers and wrote 18203.0 for 18203. The "
        "decimals were taken off.",
        "Export the column as text.",
    ),
    FaultCode(
        "excel_dates",
        "Dates are numbers such as 45900: the days by which Excel stores them, seen where a column "
        "is not formatted as a date. They were read as Excel for Windows counts them.",
        "Check one of them. Format the column as a date, and export again.",
    ),
    FaultCode(
        "guessed_duration_unit",
        "Neither the header nor the CRM says whether durations are hours or minutes. Their size "
        "decided for the whole column.",
        "Check one of them. To be sure, call the column duration_hours or Duration (min).",
    ),
    FaultCode(
        "half_coordinates",
        "A row has a latitude without a longitude, or the reverse. Both were set missing.",
        "Give both, or neither: then the place is found by postcode or city.",
    ),
    FaultCode(
        "implausible_date",
        "A date lies before 1900 or after 2100: a slip of the pen, or a spreadsheet's number of "
        "a day. It was set missing.",
        "Correct the date in the file.",
    ),
    FaultCode(
        "lost_leading_zeros",
        "A spreadsheet stored postal codes as numbers, so that 01067 became 1067. Where all "
        "codes of a country have the same length, one zero was put back.",
        "Nothing to do. In the spreadsheet, format the column as text before you fill it.",
    ),
    FaultCode(
        "minutes",
        "Durations are in minutes, as the header or the CRM says, while the plan counts hours. "
        "They were divided by 60.",
        "Nothing to do, if they are minutes.",
    ),
    FaultCode(
        "missing_value",
        "A value that every row should have is empty. The rows stay, but cannot be used for "
        "everything.",
        "Fill in what is missing.",
    ),
    FaultCode(
        "negative",
        "A figure that cannot be below zero is. It was set missing.",
        "Correct it in the file. Credit notes belong in no yearly figure.",
    ),
    FaultCode(
        "not_a_date",
        "Where a date should stand there is other text, or a day that no month has. It was set "
        "missing.",
        "Correct it in the file.",
    ),
    FaultCode(
        "not_a_number",
        "Where a number should stand there is text, such as a unit, a word like million, a "
        "currency that nobody knows, or a remark. It was set missing.",
        "Write the number alone and in full, 2000000 for 2 million; remarks belong in a column of "
        "their own.",
    ),
    FaultCode(
        "not_yes_or_no",
        "Where yes or no should stand there is another word. It was set missing.",
        "Write yes or no, true or false, 1 or 0.",
    ),
    FaultCode(
        "other_currency",
        "Money carries another currency than the plan's. It is never summed with the rest, and "
        "was set missing.",
        "Convert it before you export, or give its rate in plan.yaml under exchange_rates.",
    ),
    FaultCode(
        "out_of_range",
        "A figure lies outside what is possible, such as a share above 1. It was set missing.",
        "Correct it in the file.",
    ),
    FaultCode(
        "outside_country",
        "Coordinates lie outside the country of the row or of the plan. They were kept.",
        "Correct them, or give the row its own country.",
    ),
    FaultCode(
        "percent",
        "Shares are written in percent, as the header or else their size says, while the plan "
        "counts from 0 to 1. They were divided by 100.",
        "Nothing to do, if they are percent.",
    ),
    FaultCode(
        "rounded_ids",
        "A spreadsheet took long identifiers for numbers and kept their first digits only, such as "
        "1.82034E+10. What is cut off is lost, so that several look alike.",
        "Export again from the source with the column as text, and do not save it from a "
        "spreadsheet.",
    ),
    FaultCode(
        "sheet_error",
        "A formula of the spreadsheet failed, as #REF! and #DIV/0! say. The value was set missing.",
        "Correct the formula and export again.",
    ),
    FaultCode(
        "spaces_around_id",
        "Identifiers stand between spaces. The spaces were taken off.",
        "Take them off in the source, so that other programs find the same account.",
    ),
    FaultCode(
        "swapped_coordinates",
        "Latitude stands in the column of longitude, and the reverse. They were turned round.",
        "If all rows are swapped, swap the two headers in plan.yaml; else correct the rows.",
    ),
    FaultCode(
        "translated_choice",
        "Words of a CRM or of another language stand for one of our choices. They were read as "
        "the fault says.",
        "Read the list once. Where one is wrong, change it in the file.",
    ),
    FaultCode(
        "two_currencies",
        "The sign or code beside an amount is another currency than the one in the row's "
        "currency column. The amount was set missing.",
        "Correct the one that is wrong.",
    ),
    FaultCode(
        "two_date_formats",
        "A column mixes two ways of writing dates. Those of the rarer one were set missing, "
        "because day and month could be confused.",
        "Write all dates of the column alike, best as 2026-12-31.",
    ),
    FaultCode(
        "unknown_choice",
        "A word is none of those that the column may hold. It was set missing.",
        "Use one of the words that the fault lists.",
    ),
    FaultCode(
        "unknown_currency",
        "The currency column holds something that is no currency known here. The money of those "
        "rows was set missing.",
        "Write the code of three letters, such as EUR or USD.",
    ),
    FaultCode(
        "zero_coordinates",
        "Coordinates are 0 / 0, a point in the sea off Africa: what many programs write where "
        "nothing is known. They were set missing.",
        "Leave coordinates empty where they are not known.",
    ),
)
