from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.files.totals import is_total, usual_width

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]
HEAD = "account_id,account_name,region,city,revenue_amount_per_year\n"
ROWS = "A1,Bar,Ohio,Columbus,5\nA2,Pub,Ohio,Columbus,7\n"


@pytest.mark.parametrize(
    ("row", "is_sum"),
    [
        pytest.param("Total||||9", True, id="word"),
        pytest.param("TOTAL :||||9", True, id="colon"),
        pytest.param("Grand Total||||9", True, id="grand total"),
        pytest.param("Zwischensumme||||9", True, id="German"),
        pytest.param("Total général||||9", True, id="French"),
        pytest.param("Totale||||9", True, id="Italian"),
        pytest.param("Subtotal Ohio||||9", True, id="with a name"),
        pytest.param("Ohio Total||||9", True, id="after a name"),
        pytest.param("|Total Ohio|Ohio||9", True, id="its name once more"),
        pytest.param("Count|2|||", True, id="count"),
        pytest.param("Summe||||", True, id="word alone in the identifier's place"),
        # these are kept, because they could be data
        pytest.param("A9|Total Energies|Ohio|Columbus|9", False, id="an identifier"),
        pytest.param("A9|Total|||9", False, id="an identifier and little else"),
        pytest.param("|Total|||", False, id="a name alone"),
        pytest.param("|Total Energies|Texas|Houston|9", False, id="other texts"),
        pytest.param("Total Energies||||", False, id="no number"),
        pytest.param("Totalbau||||9", False, id="a longer word"),
        pytest.param("Count Basie||||9", False, id="a name"),
        pytest.param("Total|1|2|3|4", False, id="nothing empty"),
        pytest.param("||||", False, id="nothing"),
    ],
)
def test_totals_have_a_word_no_identifier_and_few_cells(row: str, *, is_sum: bool) -> None:
    assert is_total(row.split("|"), 0, 4) is is_sum


def test_cells_beside_the_first_are_counted_in_the_middle_row() -> None:
    assert usual_width([["a", "b", ""], ["a", "b", "c"], ["a", "", ""]]) == 1
    assert usual_width([]) == 0


def test_totals_between_the_rows_are_left_out_and_named(read: Read) -> None:
    text = f"{HEAD}{ROWS}Subtotal Ohio,,,,12\nB1,Inn,Iowa,Ames,3\n,Total Iowa,Iowa,,3\nB2,x,y,z,1\n"
    frame, faults = read("accounts", text)
    assert frame["account_id"].tolist() == ["A1", "A2", "B1", "B2"]
    fault = faults["total_rows"]
    assert (fault.severity, fault.row_numbers) == ("repaired", (4, 6))
    assert fault.value == '"Subtotal Ohio | 12", "Total Iowa | Iowa | 3"'
    assert "missing_key" not in faults


def test_headers_that_were_guessed_serve_too(read: Read) -> None:
    text = "Kundennummer;Kunde;Ort;Umsatz 2025\n1;Bar;Ulm;5\n2;Pub;Ulm;7\nSumme;;;12\n"
    frame, faults = read("accounts", text)
    assert frame["account_id"].tolist() == ["1", "2"]
    assert {"footer", "total_rows"} & set(faults)


def test_an_account_called_total_energies_stays(read: Read) -> None:
    frame, faults = read("accounts", f"{HEAD}{ROWS}A3,Total Energies,Texas,Houston,900\n")
    assert frame["account_id"].tolist() == ["A1", "A2", "A3"]
    assert not {"footer", "total_rows"} & set(faults)
