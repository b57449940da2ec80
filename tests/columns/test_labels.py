"""Headings and the data dictionary are made from the declarations."""

from pathlib import Path

import pytest

from territory_kit.columns import INPUT_TABLES, RESULT_TABLES, dictionary_markdown, heading

DICTIONARY = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("potential_amount_per_year", "Potential (EUR per year)"),
        ("account_name", "Account"),
        ("margin_share", "Margin (%)"),
        ("need_wine_share", "Need: wine (%)"),
        ("skill_key_accounts_share", "Skill: key accounts (%)"),
        ("skill_fit_share", "Skill fit (%)"),
        ("shoe_size", "shoe_size"),
    ],
)
def test_a_heading_has_label_and_unit(name: str, text: str) -> None:
    assert heading(name, currency="EUR") == text


def test_without_a_currency_money_is_called_money() -> None:
    assert heading("move_price_amount") == "Price of move (money)"


def test_the_dictionary_is_what_its_tool_writes() -> None:
    """Run `python tools/make_dictionary.py` after a change of the declarations."""
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary_markdown()


def test_every_table_has_its_section() -> None:
    lines = dictionary_markdown().splitlines()
    assert {f"## {table.name}" for table in (*INPUT_TABLES, *RESULT_TABLES)} <= set(lines)


def test_a_row_says_label_kind_unit_range_and_meaning() -> None:
    lines = dictionary_markdown().splitlines()
    assert (
        "| `account_id` * | Account id | id |  |  | Identifier of the account, as in the CRM. |"
        in lines
    )
    assert "| `lat_deg` | Latitude | number | degrees | -90 to 90 | " in "\n".join(lines)
    assert "| `lock` | Lock | choice |  | none, rep, territory | " in "\n".join(lines)


def test_no_row_of_the_dictionary_is_broken_by_a_bar_in_a_text() -> None:
    rows = [line for line in dictionary_markdown().splitlines() if line.startswith("| `")]
    assert {row.count("|") for row in rows} == {7}
