import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territory_kit.columns import empty_frame, input_names, schema_for
from territory_kit.tables import Fault, Source, read_input

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]


def test_a_clean_table_has_every_declared_column_with_its_dtype(read: Read) -> None:
    frame, faults = read("accounts", "account_id,account_name\nA1,Café\n")
    expected = empty_frame("accounts").dtypes
    assert frame[list(expected.index)].dtypes.equals(expected)
    assert not faults


@pytest.mark.parametrize("table", input_names())
def test_every_input_is_read_and_satisfies_its_schema(read: Read, table: str) -> None:
    """A file with one row of empty cells under the declared headers, but filled keys."""
    names = list(empty_frame(table).columns)
    cells = ["48.5" if name.endswith("_deg") else "x1" for name in names]
    frame, _ = read(table, f"{','.join(names)}\n{','.join(cells)}\n")
    schema_for(table).validate(frame)
    assert len(frame) == 1


def test_rows_are_sorted_by_identifier_whatever_their_order(read: Read) -> None:
    head = "account_id,account_name,city\n"
    one, _ = read("accounts", head + "A2,y,b\nA1,x,a\n")
    other, _ = read("accounts", head + "A1,x,a\nA2,y,b\n")
    pd.testing.assert_frame_equal(one, other)
    assert one["account_id"].tolist() == ["A1", "A2"]


def test_visits_are_sorted_by_all_they_have(read: Read) -> None:
    head = "account_id,rep_id,visit_date,outcome\n"
    frame, _ = read("visits", head + "A1,R1,2026-05-04,\nA1,R1,2026-05-03,b\nA1,R1,2026-05-03,a\n")
    assert frame["outcome"].fillna("none").tolist() == ["a", "b", "none"]


def test_undeclared_columns_travel_along_as_text(read: Read) -> None:
    frame, _ = read("accounts", "account_id,account_name,Phone,score\nA1,x, 0123,\n")
    assert frame["Phone"].tolist() == [" 0123"]
    assert frame["score"].isna().all()
    assert frame["score"].dtype == "str"


def test_many_columns_that_mean_nothing_travel_along_and_are_said(read: Read) -> None:
    others = [f"x{place}" for place in range(100)]
    head, row = ",".join(["account_id", "account_name", *others]), ",".join(["A1", "x", *others])
    frame, faults = read("accounts", f"{head}\n{row}\n")
    assert frame["x99"].tolist() == ["x99"]
    assert list(faults) == ["many_unknown_columns"]
    assert faults["many_unknown_columns"].message == (
        "Many columns mean nothing to the plan; they are carried along and slow reading: "
        '100 columns: "x0", "x1", "x2", "x3", "x4" … (accounts.csv). '
        "Export only what is needed, or map those that mean something in plan.yaml."
    )
    _, few = read("accounts", f"{head.partition(',x60')[0]}\n{row.partition(',x60')[0]}\n")
    assert not few


def test_a_travelling_column_never_hides_one_of_ours(read: Read) -> None:
    text = "account_id,account_name,region,state\nA1,x,North,Iowa\n"
    frame, _ = read("accounts", text, columns={"region": "state"})
    assert frame["region"].tolist() == ["Iowa"]
    assert frame["region (in the file)"].tolist() == ["North"]


def test_a_french_export_is_read(read: Read) -> None:
    text = (
        "Code client;Nom;Latitude;Longitude;CA;Date\r\n"
        "0017;Crêperie d’Évry;48,6298;2,4278;12 345,60 €;31/01/2026\r\n"
    )
    columns = {
        "account_id": "Code client",
        "account_name": "Nom",
        "revenue_amount_per_year": "CA",
        "renewal_date": "Date",
    }
    frame, faults = read(
        "accounts", text.encode("cp1252"), columns=columns, currency="EUR", country="FR"
    )
    row = frame.iloc[0]
    assert row["account_id"] == "0017"
    assert row["account_name"] == "Crêperie d’Évry"
    assert (row["lat_deg"], row["lon_deg"]) == (48.6298, 2.4278)
    assert row["revenue_amount_per_year"] == 12345.6
    assert row["renewal_date"] == pd.Timestamp(2026, 1, 31)
    assert set(faults) == {"guessed_encoding", "guessed_headers"}


def test_all_faults_are_named_at_once(read: Read) -> None:
    text = "account_id,lat_deg,lon_deg,lock,renewal_date\nA1,0,0,x,y\nA1,1,z,rep,\n"
    _, faults = read("accounts", text, columns={"city": "Ville"})
    assert set(faults) == {
        "missing_column",
        "missing_header",
        "duplicate_key",
        "zero_coordinates",
        "half_coordinates",
        "not_a_number",
        "unknown_choice",
        "not_a_date",
    }


def test_columns_that_travel_along_never_replace_each_other(read: Read) -> None:
    text = "account_id,account_name,Nom,Nom (in the file),account_name (in the file)\nA1,a,b,c,d\n"
    frame, _ = read("accounts", text, columns={"account_name": "Nom"})
    assert frame["account_name"].tolist() == ["b"]
    cells = {str(name): frame[name].tolist() for name in frame if "(in the file)" in str(name)}
    assert cells == {
        "Nom (in the file)": ["c"],
        "account_name (in the file)": ["d"],
        "account_name (in the file) (in the file)": ["a"],
    }


def test_a_row_of_units_under_the_headers_is_left_out_and_said(read: Read) -> None:
    text = "account_id,account_name,revenue_amount_per_year\n,,EUR\nA1,Bar,900\n"
    frame, faults = read("accounts", text)
    assert frame["account_id"].tolist() == ["A1"]
    assert set(faults) == {"second_header"}
    assert faults["second_header"].row_numbers == (2,)


def test_an_unreadable_file_is_one_blocking_fault_and_an_empty_table(tmp_path: Path) -> None:
    frame, (fault,) = read_input("reps", Source(tmp_path / "reps.csv"))
    assert frame.empty
    assert list(frame.columns) == list(empty_frame("reps").columns)
    assert (fault.severity, fault.code) == ("blocking", "unreadable_file")
    assert fault.message == (
        "The file cannot be read: No such file or directory (reps.csv). "
        "Check the path in plan.yaml, and that the file is not open elsewhere."
    )


@pytest.mark.parametrize(("table", "severity"), [("accounts", "blocking"), ("reps", "notice")])
def test_headers_without_rows_are_said(read: Read, table: str, severity: str) -> None:
    head = "account_id,account_name" if table == "accounts" else "rep_id,rep_name"
    frame, faults = read(table, head)
    assert frame.empty
    assert faults["no_rows"].severity == severity
    assert faults["no_rows"].message == (
        f"The file has headers, but no rows ({table}.csv). Export it again, with its rows."
    )


def test_excel_and_parquet_give_the_same_table_as_csv(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "account_id": ["A1", "A2"],
            "account_name": ["Café", "Bar"],
            "lat_deg": [48.5, 47.25],
            "lon_deg": [2.125, -1.5],
            "renewal_date": [pd.Timestamp(2026, 5, 3), pd.NaT],
            "employees_count": [12.0, None],
        }
    )
    table.to_csv(tmp_path / "a.csv", index=False)
    table.to_excel(tmp_path / "a.xlsx", index=False)
    table.to_parquet(tmp_path / "a.parquet")
    read = [read_input("accounts", Source(tmp_path / f"a.{e}")) for e in ("csv", "xlsx", "parquet")]
    for frame, faults in read:
        pd.testing.assert_frame_equal(frame, read[0][0])
        assert not faults


def test_hostile_names_come_through_as_they_are(read: Read) -> None:
    names = [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "\N{RIGHT-TO-LEFT OVERRIDE}abc",
        "x" * 300,
    ]
    rows = "".join(f'A{i},"{name}"\n' for i, name in enumerate(names))
    frame, faults = read("accounts", "account_id,account_name\n" + rows)
    assert frame["account_name"].tolist() == names
    assert not faults


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "NA",
            "0",
            "-1",
            "1e308",
            "1,5",
            "1.5",
            "31/02/2026",
            "01/02/26",
            "#N/A",
            "=1+1",
            "oui",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), table=st.sampled_from(["accounts", "visits", "overrides"]))
def test_any_table_is_read_or_ends_in_faults_and_loses_no_row(
    tmp_path: Path, data: st.DataObject, table: str
) -> None:
    names = list(empty_frame(table).columns)
    headers = data.draw(st.lists(st.sampled_from([*names, "other"]), min_size=1, unique=True))
    rows = data.draw(
        st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers)), max_size=6)
    )
    text = io.StringIO()
    csv.writer(text).writerows([headers, *rows])
    file = tmp_path / "hostile.csv"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    frame, faults = read_input(table, Source(file), currency="EUR", country="FR")
    if any(fault.code == "unreadable_file" for fault in faults):
        return
    # rows without any value are no rows, which a notice says
    assert len(frame) == sum(any(cell.strip() for cell in row) for row in rows)
