"""Tables for reading: one unit and number of decimals a column, text escaped, names for ids."""

import numpy as np
import pandas as pd
import pytest

from territory_kit import report
from territory_kit.errors import TableError
from territory_kit.report.evidence import Evidence
from territory_kit.report.tables import show_frame
from territory_kit.steps.result import StepResult

EUROS = Evidence({}, currency="EUR")


def column(name: str, values: list[object], dtype: str = "float64") -> tuple[str, list[str]]:
    """Return heading and cells of a table with one column."""
    frame = pd.DataFrame({name: pd.Series(values, dtype=dtype)})
    shown = show_frame(frame, EUROS, caption="")
    return shown.headings[0], [row[0] for row in shown.rows]


@pytest.mark.parametrize(
    ("name", "values", "heading", "cells"),
    [
        ("accounts_count", [1234, np.nan], "Accounts", ["1,234", "–"]),
        ("deviation_share", [0.126, 0.5], "Largest deviation (%)", ["13", "50"]),
        ("revenue_share", [0.021, 0.09], "Share of revenue (%)", ["2.1", "9.0"]),
        ("open_deals_amount", [12.34, 9.0], "Open deals (EUR)", ["12.3", "9.0"]),
        ("open_deals_amount", [123_456.0], "Open deals (EUR k)", ["123"]),
        ("cost_amount_per_year", [12_345_678.0], "Cost (EUR m per year)", ["12.35"]),
        ("home_km", [7.25, 80.0], "Home to centre (km)", ["7.2", "80.0"]),
        ("workload_index", [99.6], "Workload index (100 = average)", ["100"]),
    ],
)
def test_a_column_of_numbers_has_one_unit_and_one_number_of_decimals(
    name: str, values: list[object], heading: str, cells: list[str]
) -> None:
    assert column(name, values) == (heading, cells)


def test_yes_and_no_are_words() -> None:
    assert column("is_won", [True, False, None], "boolean")[1] == ["yes", "no", "–"]


def test_a_date_is_written_year_first() -> None:
    assert column("open_date", ["2026-11-03", None], "datetime64[us]")[1] == ["2026-11-03", "–"]


def test_an_undeclared_column_keeps_its_header() -> None:
    assert column("Colour of the door", ["red"], "str") == ("Colour of the door", ["red"])


def test_text_from_outside_is_escaped() -> None:
    frame = pd.DataFrame({"<b>": ["<img src=x onerror=alert(1)>"]})
    page = show_frame(frame, EUROS, caption="<i>")._repr_html_()
    assert not [tag for tag in ("<b>", "<img", "<i>") if tag in page]


def test_headings_and_first_cells_say_what_they_head() -> None:
    page = show_frame(pd.DataFrame({"city": ["Brest"], "home_km": [1.0]}), EUROS, caption="")
    assert page._repr_html_().count('scope="col"') == 2
    assert page._repr_html_().count('scope="row"') == 1


def test_the_unit_stands_under_the_heading() -> None:
    page = show_frame(pd.DataFrame({"city": ["Brest"], "home_km": [1.0]}), EUROS, caption="")
    assert "Home to centre<br><small>(km)</small></th>" in page._repr_html_()


def test_an_identifier_that_stands_alone_is_read_by_its_name() -> None:
    """Of three reps one has no name, and one row has no rep."""
    people = pd.DataFrame({"rep_id": ["R1", "R2"], "rep_name": ["Anne", None]}, dtype="str")
    given = pd.DataFrame({"rep_id": ["R1", "R2", None]}, dtype="str").assign(given_count=[3, 2, 1])
    shown = report.show("rep_disruption", Evidence({"reps": people, "rep_disruption": given}))
    assert shown.headings == ("Rep", "Given")
    assert [row[0] for row in shown.rows] == ["Anne", "R2", "–"]


def test_an_empty_table_says_so() -> None:
    assert show_frame(pd.DataFrame({"city": []}), EUROS, caption="").rows == ()
    assert "<table" not in show_frame(pd.DataFrame({"city": []}), EUROS, caption="")._repr_html_()


def test_identifiers_of_territories_and_reps_become_names() -> None:
    plan = pd.DataFrame({"territory_id": ["T1"], "territory_name": ["Brest"]})
    frame = pd.DataFrame({"from_territory_id": ["T1", "T2"]})
    shown = show_frame(frame, Evidence({"territory_plan": plan}), caption="")
    assert [row[0] for row in shown.rows] == ["Brest", "T2"]


def test_the_largest_rows_come_first_and_the_rest_is_counted(market_result: StepResult) -> None:
    shown = report.show(
        "market_segments",
        market_result,
        only=["segment", "potential_amount_per_year"],
        by="potential_amount_per_year",
        rows=2,
        currency="EUR",
    )
    assert shown.rows == (("Restaurant", "1,900"), ("Café & bar", "1,200"))
    assert "2 of 5 rows" in shown.caption


def test_rows_may_be_sorted_by_a_name_that_the_table_knows_by_its_identifier_only() -> None:
    fit = pd.DataFrame(
        {"territory_id": ["T1"] * 3, "rep_id": ["R1", "R2", "R3"], "fit_share": [0.5, 0.6, 0.7]}
    )
    reps = pd.DataFrame({"rep_id": ["R1", "R2", "R3"], "rep_name": ["Anne", "Chloé", "Ben"]})
    shown = report.show(
        "rep_fit",
        Evidence({"rep_fit": fit, "reps": reps}),
        only=["rep_name"],
        by="rep_name",
        rows=2,
    )
    assert shown.rows == (("Chloé",), ("Ben",))


def test_an_input_that_the_plan_does_without_is_an_empty_table() -> None:
    assert report.show("overrides", Evidence({})).rows == ()


def test_a_result_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(TableError, match="A table that this figure shows is missing: balance"):
        report.show("balance", Evidence({}))


def test_showing_does_not_change_the_table(market_result: StepResult) -> None:
    before = market_result.tables["market_segments"].copy()
    report.show("market_segments", market_result, by="potential_amount_per_year")
    pd.testing.assert_frame_equal(market_result.tables["market_segments"], before)


def test_without_money_potential_is_a_number_of_accounts_and_empty_money_is_left_out() -> None:
    accounts = pd.DataFrame({"potential_source": ["equal"]})
    evidence = Evidence({"market_accounts": accounts}, currency="EUR")
    frame = pd.DataFrame(
        {
            "segment": ["Bar"],
            "potential_amount_per_year": [3.0],
            "revenue_amount_per_year": [0.0],
            "wallet_share": [np.nan],
            "total_cost_amount_per_year": [900.0],
        }
    )
    shown = show_frame(frame, evidence, caption="Segments.")
    assert shown.headings == ("Segment", "Potential (accounts)", "Cost (EUR per year)")
    assert shown.rows == (("Bar", "3", "900"),)
    assert shown.caption.startswith(
        "Segments. No potential or revenue is known: each account counts as one."
    )
    # beside the number of accounts the same number needs no second column
    both = show_frame(frame.assign(accounts_count=3), evidence, caption="")
    assert "Potential (accounts)" not in both.headings


def test_a_ratio_has_two_decimals() -> None:
    frame = pd.DataFrame({"tree_ratio": [0.613, 1.2]})
    shown = report.show_frame(frame, Evidence({}), caption="Ratios.")
    assert shown.rows == (("0.61",), ("1.20",))
