import pandas as pd

from territory_kit.tables.reading import Reading, name_rows


def test_rows_are_named_by_identifier_else_by_number() -> None:
    ids = pd.Series(["A1", None], index=[2, 3], dtype="str")
    named = name_rows(Reading("accounts", "a.csv"), ids.index, ids)
    assert named.labels.to_dict() == {2: "A1", 3: "row 3"}
    assert name_rows(Reading("visits", "v.csv"), ids.index).labels[2] == "row 2"


def test_a_fault_of_rows_carries_ids_numbers_examples_and_header() -> None:
    labels = pd.Series(["A1", "A2"], index=[2, 3], dtype="str")
    reading = Reading("accounts", "a.csv", {"city": "Ville"}, labels=labels)
    values = pd.Series(["Brest"], index=[3], dtype="str")
    fault = reading.fault_of_rows("notice", "negative", "city", values, what="Odd", remedy="Look.")
    assert fault.ids == ("A2",)
    assert fault.row_numbers == (3,)
    assert fault.message == 'Odd: "Brest" (a.csv, column city ("Ville"), 1 row: A2). Look.'


def test_a_fault_of_a_table_names_no_rows() -> None:
    fault = Reading("accounts", "a.csv").fault_of_table(
        "notice", "negative", what="Odd", remedy="Look."
    )
    assert fault.message == "Odd (a.csv). Look."
