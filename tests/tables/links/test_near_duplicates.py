from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables.links.near_duplicates import near_duplicate_faults

MakeTable = Callable[..., pd.DataFrame]


def groups(
    make_table: MakeTable, *rows: tuple[str | None, str | None, str | None]
) -> list[tuple[str, ...]]:
    names, codes, countries = zip(*rows, strict=True)
    accounts = make_table(
        "accounts",
        account_id=[f"A{number}" for number, _ in enumerate(rows, start=1)],
        account_name=names,
        postal_code=codes,
        country=countries,
    )
    return [fault.ids for fault in near_duplicate_faults(accounts)]


@pytest.mark.parametrize(
    ("first", "second", "is_alike", "reason"),
    [
        (("Acme GmbH", "10115", "DE"), ("ACME", "10115", "Germany"), True, "legal form, case"),
        (("Café Zoé", "35000", None), ("cafe zoe", "35 000", "FR"), True, "accents, spaces"),
        (("Acme", "SW1A 1AA", None), ("Acme Ltd.", "sw1a1aa", None), True, "signs of codes"),
        (("Acme", "10115", "DE"), ("Acme", "10117", "DE"), False, "another code"),
        (("Acme", "10115", "DE"), ("Acme", "10115", "FR"), False, "another country"),
        (("Acme", "10115", "DE"), ("Acme West", "10115", "DE"), False, "another name"),
        (("Acme", None, "DE"), ("Acme", None, "DE"), False, "no code"),
        ((None, "10115", "DE"), (None, "10115", "DE"), False, "no name"),
    ],
)
def test_accounts_of_one_name_and_code_may_be_one(
    make_table: MakeTable,
    *,
    first: tuple[str | None, str | None, str | None],
    second: tuple[str | None, str | None, str | None],
    is_alike: bool,
    reason: str,
) -> None:
    assert bool(groups(make_table, first, second)) is is_alike, reason


def test_groups_stand_together_and_are_shown(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["A1", "A2", "A3", "A4", "A5"],
        account_name=["Pub", "Acme GmbH", "PUB", "Acme", "Inn"],
        postal_code=["1", "2", "1", "2", "1"],
    )
    (fault,) = near_duplicate_faults(accounts)
    assert (fault.code, fault.severity) == ("near_duplicates", "notice")
    assert fault.ids == ("A2", "A4", "A1", "A3")
    assert fault.message == (
        'Accounts have the same postal code and, but for its spelling, the same name: "Acme '
        '(like A2)", "Acme GmbH (like A4)", "PUB (like A1)", "Pub (like A3)" (column account_name, '
        "4 rows: A1, A2, A3, A4). Nothing was merged. Merge them in the CRM where they are one."
    )
