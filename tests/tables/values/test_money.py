"""Money in other currencies is converted by a given rate, or set missing: never summed."""

from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables import Fault

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]
REVENUE = "revenue_amount_per_year"


def accounts(*values: str, currencies: list[str] | None = None) -> str:
    if currencies is None:
        rows = [f"A{i};x;{value}" for i, value in enumerate(values, start=1)]
        return "\n".join([f"account_id;account_name;{REVENUE}", *rows])
    pairs = zip(values, currencies, strict=True)
    rows = [f"A{i};x;{value};{code}" for i, (value, code) in enumerate(pairs, start=1)]
    return "\n".join([f"account_id;account_name;{REVENUE};currency", *rows])


def amounts(frame: pd.DataFrame) -> list[float]:
    return [float(value) for value in frame[REVENUE].fillna(-1)]


@pytest.mark.parametrize(
    ("currency", "own", "other", "code"),
    [
        ("EUR", "5 €", "$5", "USD"),
        ("EUR", "5 EUR", "5 USD", "USD"),
        ("USD", "$5", "£5", "GBP"),
        ("USD", "US$5", "CA$5", "CAD"),
        ("CAD", "$5", "US$5", "USD"),
        ("SEK", "5 kr", "5 zł", "PLN"),
    ],
)
def test_money_of_another_currency_is_missing_and_the_rate_is_asked(
    read: Read, currency: str, own: str, other: str, code: str
) -> None:
    frame, faults = read("accounts", accounts(own, other, "7"), currency=currency)
    assert amounts(frame) == [5.0, -1.0, 7.0]
    assert faults["other_currency"].severity == "repaired"
    assert faults["other_currency"].message == (
        f'Money is not in {currency}, the currency of the plan: "{other}" (accounts.csv, column '
        f"{REVENUE}, 1 row: A2). It was set missing. Give what one unit is worth in plan.yaml, as "
        f"exchange_rates: {{{code}: …}}, or convert it before you export."
    )


def test_without_a_currency_of_the_plan_no_currency_is_wrong(read: Read) -> None:
    _, faults = read("accounts", accounts("$5", "€7"))
    assert not faults


def test_a_given_rate_converts(read: Read) -> None:
    """10 USD at 0.9 are 9 EUR; the 10 of the plan's own currency stay."""
    text = accounts("10", "10", "10", "10", currencies=["US Dollar", "EUR", "", "gbp"])
    frame, faults = read("accounts", text, currency="EUR", rates={"USD": 0.9, "GBP": 1.2})
    assert amounts(frame) == [9.0, 10.0, 10.0, 12.0]
    assert faults["converted_currency"].severity == "notice"
    assert faults["converted_currency"].message == (
        'Money in USD was converted: 1 USD is 0.9 EUR: "10 USD" (accounts.csv, column '
        f"{REVENUE}, 1 row: A1). Check the rate in plan.yaml, under exchange_rates."
    )


def test_the_currency_of_the_row_holds_for_each_money_column(read: Read) -> None:
    text = "deal_id,account_id,amount,currency\nD1,A1,100,USD\nD2,A1,100,EUR\n"
    frame, faults = read("deals", text, currency="EUR")
    assert frame["amount"].fillna(-1).tolist() == [-1.0, 100.0]
    assert faults["other_currency"].ids == ("D1",)
    assert faults["other_currency"].value == '"100 USD"'


def test_a_bare_sign_takes_the_currency_of_its_row(read: Read) -> None:
    text = accounts("$5", currencies=["CAD"])
    frame, faults = read("accounts", text, currency="EUR", rates={"CAD": 0.5, "USD": 0.9})
    assert amounts(frame) == [2.5]
    assert set(faults) == {"converted_currency"}


def test_an_amount_in_another_currency_than_its_row_is_missing(read: Read) -> None:
    frame, faults = read("accounts", accounts("$5", "5 €", currencies=["EUR"] * 2), currency="EUR")
    assert amounts(frame) == [-1.0, 5.0]
    assert set(faults) == {"two_currencies"}
    assert faults["two_currencies"].message == (
        'An amount carries another currency than its row: "$5 in a row of EUR" (accounts.csv, '
        f"column {REVENUE}, 1 row: A1). It was set missing. Correct the one that is wrong."
    )


def test_a_currency_that_nobody_knows_is_said_once(read: Read) -> None:
    frame, faults = read("accounts", accounts("5", "6", currencies=["Taler", ""]), currency="EUR")
    assert amounts(frame) == [-1.0, 6.0]
    assert set(faults) == {"unknown_currency"}
    assert faults["unknown_currency"].message == (
        'A currency is not known: "Taler" (accounts.csv, column currency, 1 row: A1). The money of '
        "these rows was set missing. Write a code of three letters, such as EUR."
    )
    assert frame["currency"].iloc[0] == "Taler"


def test_all_money_in_one_other_currency_is_probably_the_plans(read: Read) -> None:
    _, faults = read("accounts", accounts("5", "6", currencies=["USD", "USD"]), currency="EUR")
    assert faults["other_currency"].remedy.endswith(
        " If the whole plan is in USD, write currency: USD in plan.yaml."
    )
