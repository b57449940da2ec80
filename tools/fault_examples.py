"""Inputs with one fault each, from which the index of faults takes its messages.

Each kind of fault is made by really reading the input that has it, so that no message goes stale.
"""

import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

import xlsxwriter

from territory_kit.options import Options
from territory_kit.plan.inputs import read_inputs
from territory_kit.tables import Fault, Source
from territory_kit.tables.files.mark import INPUT_MARK

_HEAD = "account_id,account_name,"
_GOOD = "account_id,account_name,region\nA1,Bar du Port,Nord\n"
_TWO = "account_id,account_name,group_id,lock,current_rep_id\nA1,Bar,G1,rep,R1\nA2,Pub,G1,rep,R2\n"
_REPS = "rep_id,rep_name,end_date\nR1,Anne,2027-03-31\nR2,Yann,\n"
_VISITS = "account_id,rep_id,visit_date\n"
_WON = "deal_id,account_id,amount,close_date,is_won\nD1,A1,900,2026-03-01,yes\n"
_LONG = "0015g00000XYZabAAH"
_OVERRIDES = "override_id,scope,value,action,target,status\n"


@dataclass(frozen=True)
class Example:
    """Inputs that have a fault.

    Parameters
    ----------
    files
        Content by name of the file; the stem names the input.
    columns
        Header by our name, as plan.yaml would give it for each input.
    options
        Options of the plan.
    sheets
        Inputs that are sheets of the one file.
    """

    files: Mapping[str, str | bytes]
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()


def _accounts(content: str | bytes, **options: object) -> Example:
    return Example({"accounts.csv": content}, options=options)


def _beside(name: str, content: str, accounts: str = _GOOD, **options: object) -> Example:
    return Example({"accounts.csv": accounts, f"{name}.csv": content}, options=options)


def _workbook() -> bytes:
    """Make a workbook for inputs in which nobody has written yet."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.set_custom_property(INPUT_MARK, "1", "text")
        for name in ("accounts", "reps"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [f"{name[:-1]}_id", f"{name[:-1]}_name"])
            sheet.write_row(1, 0, ["EXAMPLE-1", "Example"])
    return content.getvalue()


def _short_postal_codes() -> bytes:
    """Make a workbook whose postal codes are numbers."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("accounts")
        sheet.write_row(0, 0, ["account_id", "account_name", "postal_code", "country"])
        sheet.write_row(1, 0, ["A1", "Bar", 1067, "DE"])
    return content.getvalue()


def _ods() -> bytes:
    """Make the smallest sheet of LibreOffice."""
    rows = [line.split(",") for line in _GOOD.split()]
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="accounts">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "ambiguous_account": (
        _beside(
            "deals", "deal_id,account_id\nD1,Bar\n", "account_id,account_name\nA1,Bar\nA2,Bar\n"
        ),
    ),
    "ambiguous_dates": (_accounts(f"{_HEAD}renewal_date\nA1,Bar,03/04/2026\n"),),
    "ambiguous_header": (_accounts(f"{_HEAD}Revenue\nA1,Bar,900\n"),),
    "ambiguous_numbers": (_accounts(f"{_HEAD}revenue_amount_per_year\nA1,Bar,1.234\n"),),
    "ambiguous_owner": (
        _beside(
            "reps",
            "rep_id,rep_name\nR1,Anne Le Goff\nR2,Anne Le Goff\n",
            f"{_HEAD}current_rep_id\nA1,Bar,Anne Le Goff\n",
        ),
    ),
    "blank_rows": (_accounts(f"{_GOOD},,\nA2,Pub,Nord\n"),),
    "clock_durations": (_beside("visits", f"{_VISITS[:-1]},Duration\nA1,R1,2026-03-01,1:30\n"),),
    "closed_without_outcome": (
        _beside("deals", "deal_id,account_id,stage,is_closed\nD1,A1,Closed - No Decision,yes\n"),
    ),
    "contradictory_overrides": (
        _beside(
            "overrides",
            f"{_OVERRIDES}O1,account,A1,to_rep,R1,accepted\nO2,account,A1,house,,accepted\n",
        ),
    ),
    "converted_currency": (
        _accounts(
            f"{_HEAD}revenue_amount_per_year,currency\nA1,Bar,1000,USD\n",
            exchange_rates={"USD": 0.9},
        ),
    ),
    "decimal_ids": (_accounts("account_id,account_name\n18203.0,Bar\n18204.0,Pub\n"),),
    "differ_by_case": (
        _accounts(f"{_GOOD}a1,Pub,Nord\n"),
        _accounts(f"{_HEAD}region\nA1,Bar,North West\nA2,Pub,North-West\n"),
    ),
    "duplicate_key": (_accounts(f"{_GOOD}A1,Bar du Port (copy),Nord\n"),),
    "example_rows": (Example({"accounts.xlsx": _workbook()}),),
    "excel_dates": (_accounts(f"{_HEAD}renewal_date\nA1,Bar,45900\n"),),
    "footer": (_accounts(f"{_GOOD}A2,Pub,Nord\nTotal,,\n"),),
    "future_date": (
        _accounts(f"{_HEAD}last_activity_date\nA1,Bar,2062-05-18\n", as_of_date=date(2026, 10, 31)),
    ),
    "group_locked_apart": (_accounts(_TWO),),
    "guessed_duration_unit": (
        _beside(
            "visits",
            f"{_VISITS[:-1]},Duration\nA1,R1,2026-03-01,45\nA1,R1,2026-03-08,60\n",
        ),
    ),
    "guessed_encoding": (_accounts(f"{_HEAD}city\nA1,Café,Orléans\n".encode("cp1252")),),
    "guessed_headers": (_accounts("Company ID,Company Name,City\n001,Bar,Brest\n"),),
    "half_coordinates": (_accounts(f"{_HEAD}lat_deg,lon_deg\nA1,Bar,48.1,\n"),),
    "house_owner": (_accounts(f"{_HEAD}current_rep_id\nA1,Bar,House Account\n"),),
    "implausible_date": (_accounts(f"{_HEAD}renewal_date\nA1,Bar,0206-03-14\n"),),
    "inactive_owner": (
        _beside(
            "reps", "rep_id,rep_name,is_active\nR1,Anne,no\n", f"{_HEAD}current_rep_id\nA1,Bar,R1\n"
        ),
    ),
    "inputs_not_filled": (
        Example({"inputs/inputs.xlsx": _workbook()}, sheets=("accounts", "reps")),
    ),
    "joined_id_forms": (
        _beside(
            "deals",
            "deal_id,account_id\nD1,001A0000006Vm9rIAC\n",
            "account_id,account_name\n001A0000006Vm9r,Bar\n",
        ),
    ),
    "joined_without_zeros": (
        _beside("deals", "deal_id,account_id\nD1,000017\n", "account_id,account_name\n17,Bar\n"),
    ),
    "lock_without_owner": (_accounts(f"{_HEAD}lock,current_rep_id\nA1,Bar,rep,\n"),),
    "locked_to_leaver": (_beside("reps", _REPS, _TWO, plan_start_date=date(2027, 1, 1)),),
    "lost_leading_zeros": (Example({"accounts.xlsx": _short_postal_codes()}),),
    "many_unknown_columns": (
        _accounts(f"{_HEAD}{','.join(f'Extra {n}' for n in range(200))}\nA1,Bar{',' * 200}\n"),
    ),
    "minutes": (
        _beside(
            "visits",
            f"{_VISITS[:-1]},Duration (min)\nA1,R1,2026-03-01,45\nA1,R1,2026-03-08,60\n",
        ),
    ),
    "missing_column": (_accounts("account_id,city\nA1,Brest\n"),),
    "missing_header": (
        Example({"accounts.csv": _GOOD}, columns={"accounts": {"region": "Gebiet"}}),
    ),
    "missing_key": (_accounts(f"{_GOOD},Pub,Nord\nA3,Inn,Nord\n"),),
    "missing_region": (_accounts(f"{_GOOD}A2,Pub,\n"),),
    "missing_rep_region": (_beside("reps", "rep_id,rep_name\nR1,Anne\n", f"{_GOOD}A2,Pub,Sud\n"),),
    "missing_value": (_accounts(f"{_GOOD}A2,,Nord\n"),),
    "near_duplicates": (_accounts(f"{_HEAD}postal_code\nA1,ACME GmbH,10115\nA2,Acme,10115\n"),),
    "negative": (_accounts(f"{_HEAD}revenue_amount_per_year\nA1,Bar,-250\n"),),
    "no_rows": (_accounts("account_id,account_name\n"), _beside("reps", "rep_id,rep_name\n")),
    "not_a_date": (_accounts(f"{_HEAD}renewal_date\nA1,Bar,2026-02-30\n"),),
    "not_a_number": (_accounts(f"{_HEAD}potential_amount_per_year\nA1,Bar,n/c\n"),),
    "not_yes_or_no": (_beside("reps", "rep_id,rep_name,is_vacancy\nR1,Anne,perhaps\n"),),
    "other_currency": (
        _accounts(f"{_HEAD}revenue_amount_per_year\nA1,Bar,USD 900\n", currency="EUR"),
    ),
    "out_of_range": (_accounts(f"{_HEAD}margin_share\nA1,Bar,0.4\nA2,Pub,170\n"),),
    "outside_country": (
        _accounts(f"{_HEAD}lat_deg,lon_deg\nA1,Bar,52.52,13.40\n", country="France"),
    ),
    "override_without_accounts": (
        _beside("overrides", f"{_OVERRIDES}O1,city,Atlantis,house,,accepted\n"),
    ),
    "percent": (_accounts(f"{_HEAD}margin_share\nA1,Bar,35\nA2,Pub,40\n"),),
    "preamble": (_accounts(f"All accounts,,\nAs of 2026-10-31,,\n,,\n{_GOOD}"),),
    "repeated_header": (_accounts("account_id,account_name,city,city\nA1,Bar,Brest,Brest\n"),),
    "resolved_accounts": (_beside("deals", "deal_id,account_id\nD1,Bar du Port\n"),),
    "resolved_owners": (
        _beside(
            "reps",
            "rep_id,rep_name,email\nR1,Anne Le Goff,anne@firm.example\n",
            f'{_HEAD}current_rep_id\nA1,Bar,Anne@firm.example\nA2,Pub,"Le Goff, Anne"\n',
        ),
    ),
    "revenue_could_be_derived": (_beside("deals", "deal_id,account_id,is_won\nD1,A1,yes\n"),),
    "revenue_from_deals": (
        _beside(
            "deals",
            "deal_id,account_id,amount,close_date,is_won\nD1,A1,900,2026-05-04,yes\n",
            revenue_source="won_deals",
        ),
    ),
    "revenue_without_deals": (_accounts(_GOOD, revenue_source="won_deals"),),
    "rounded_ids": (
        _accounts("account_id,account_name\n1.82034E+10,Bar\n"),
        _accounts(f"{_HEAD}current_rep_id\nA1,Bar,1.82034E+10\n"),
    ),
    "same_id_two_forms": (
        _accounts("account_id,account_name\n001A0000006Vm9r,Bar\n001A0000006Vm9rIAC,Bar\n"),
    ),
    "second_header": (_accounts(f"{_HEAD}revenue_amount_per_year\n,,EUR\nA1,Bar,900\n"),),
    "settled_deals": (
        _beside("deals", "deal_id,account_id,stage,is_won\nD1,A1,Prospecting,false\n"),
    ),
    "several_accounts": (
        _beside(
            "deals", "deal_id,account_id\nD1,A1;A2\n", "account_id,account_name\nA1,Bar\nA2,Pub\n"
        ),
    ),
    "sheet_error": (_accounts(f"{_HEAD}potential_amount_per_year\nA1,Bar,#DIV/0!\n"),),
    "spaces_around_id": (_accounts(f"{_HEAD}city\n A1 ,Bar,Brest\n"),),
    "swapped_coordinates": (
        _accounts(f"{_HEAD}lat_deg,lon_deg\nA1,Bar,-4.49,48.39\n", country="France"),
    ),
    "total_rows": (
        _accounts(f"{_HEAD}region,revenue_amount_per_year\nTotal North,,,900\nA1,Bar,North,900\n"),
    ),
    "translated_choice": (_accounts(f"{_HEAD}account_type\nA1,Bar,Kunde\n"),),
    "turnover_as_revenue": (
        Example(
            {"accounts.csv": f"{_HEAD}Annual Revenue\nA1,Bar,900\n"},
            columns={"accounts": {"revenue_amount_per_year": "Annual Revenue"}},
        ),
    ),
    "two_currencies": (_accounts(f"{_HEAD}revenue_amount_per_year,currency\nA1,Bar,$ 1000,EUR\n"),),
    "two_date_formats": (
        _accounts(
            f"{_HEAD}renewal_date\nA1,Bar,2026-03-14\nA2,Pub,2026-04-01\nA3,Inn,14.03.2026\n"
        ),
    ),
    "uneven_rows": (_accounts(f"{_GOOD}A2,Pub,Nord,behind the port\n"),),
    "unknown_account": (_beside("visits", "account_id,rep_id,visit_date\nA9,R1,2026-03-01\n"),),
    "unknown_choice": (_accounts(f"{_HEAD}account_type\nA1,Bar,friend\n"),),
    "unknown_column": (
        Example({"accounts.csv": _GOOD}, columns={"accounts": {"regoin": "region"}}),
    ),
    "unknown_country": (_accounts(_GOOD, country="XX"),),
    "unknown_currency": (
        _accounts(f"{_HEAD}revenue_amount_per_year,currency\nA1,Bar,1000,Taler\n"),
    ),
    "unknown_owner": (
        _beside("reps", _REPS, f"{_HEAD}current_rep_id\nA1,Bar,R9\n"),
        _accounts(f"{_HEAD}current_rep_id\nA1,Bar,Unassigned\n"),
    ),
    "unknown_region": (_beside("reps", "rep_id,rep_name,region\nR1,Anne,North\n"),),
    "unknown_target": (
        _beside(
            "overrides",
            f"{_OVERRIDES}O1,account,A1,to_rep,R9,accepted\n",
            f"{_HEAD}current_rep_id\nA1,Bar,R1\n",
        ),
    ),
    "unknown_territory": (
        _beside("territories", "territory_id\nT1\n", f"{_HEAD}current_territory_id\nA1,Bar,T9\n"),
    ),
    "unplaced_accounts": (_accounts(f"{_HEAD}city\nA1,Bar,Leedz\n", country="GB"),),
    "unreadable_file": (Example({}),),
    "unseen_sheet_errors": (Example({"accounts.ods": _ods()}),),
    "wrong_ending": (Example({"accounts.xlsx": _GOOD}),),
    "zero_coordinates": (_accounts(f"{_HEAD}lat_deg,lon_deg\nA1,Bar,0,0\n"),),
}


def example_faults() -> Iterator[Fault]:
    """Yield the fault of each example.

    Yields
    ------
    Fault
        Of the code that the example is for; none where its inputs do not have that fault.
    """
    for code, examples in EXAMPLES.items():
        for example in examples:
            yield from (fault for fault in _faults_of(example) if fault.code == code)


def _faults_of(example: Example) -> tuple[Fault, ...]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in example.files.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        files = [folder / file for file in example.files] or [folder / "accounts.csv"]
        sources = {f.stem: Source(f, example.columns.get(f.stem, {})) for f in files}
        if example.sheets:
            sources = {name: Source(files[0], sheet=name) for name in example.sheets}
        options = Options.model_validate(dict(example.options))
        return read_inputs(sources, options=options, folder=folder).faults
