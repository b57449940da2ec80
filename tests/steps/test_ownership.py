from collections.abc import Callable

import pandas as pd

from territory_kit.steps.ownership import Ownership, own_today

MakeTable = Callable[..., pd.DataFrame]


def own(
    accounts: pd.DataFrame,
    *,
    territories: pd.DataFrame | None = None,
    reps: pd.DataFrame | None = None,
) -> Ownership:
    return own_today(accounts, territories=territories, reps=reps, region="Here")


def pairs(ownership: Ownership) -> list[tuple[object, object]]:
    """List territory and rep of each account, None where there is none."""
    found = ownership.accounts[["today_territory_id", "today_rep_id"]].astype(object)
    return list(found.where(found.notna(), None).itertuples(index=False, name=None))


def test_a_missing_territory_comes_from_the_rep_and_a_missing_rep_from_the_territory(
    make_table: MakeTable,
) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1", "2", "3", "4"],
        current_territory_id=["T1", None, "T1", None],
        current_rep_id=["R1", "R1", None, None],
    )
    # 1 says that R1 has T1: 2 has R1's territory, 3 has T1's rep, 4 has nothing.
    assert pairs(own(accounts)) == [("T1", "R1"), ("T1", "R1"), ("T1", "R1"), (None, None)]


def test_the_list_of_territories_says_who_has_them(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1", "2"],
        current_territory_id=["T1", "T1"],
        current_rep_id=["R9", None],
    )
    territories = make_table("territories", territory_id=["T1", "T2"], rep_id=["R1", "R2"])
    ownership = own(accounts, territories=territories)
    # R9 has an account in R1's territory; the account without a rep is R1's all the same.
    assert pairs(ownership) == [("T1", "R9"), ("T1", "R1")]
    assert ownership.rep_of_territory == {"T1": "R1", "T2": "R2"}
    assert ownership.named_ids == {"T1", "T2"}


def test_accounts_with_a_rep_but_no_territory_make_one(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=["1", "2"], current_rep_id=["R1", "R2"])
    territories = make_table("territories", territory_id=["T-R1"])
    ownership = own(accounts, territories=territories)
    # T-R1 is another territory's name already.
    assert pairs(ownership) == [("T-T-R1", "R1"), ("T-R2", "R2")]
    assert ownership.named_ids == {"T-R1"}


def test_an_inside_rep_has_accounts_but_no_territory(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1", "2"],
        current_territory_id=["T1", None],
        current_rep_id=["R9", "R9"],
    )
    reps = make_table("reps", rep_id=["R1", "R9"], role=["owner", "inside"])
    ownership = own(accounts, reps=reps)
    assert pairs(ownership) == [("T1", "R9"), (None, "R9")]
    assert "R9" not in ownership.territory_of_rep


def test_a_rep_whom_nobody_knows_has_nothing(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts", account_id=["1"], current_territory_id=["T1"], current_rep_id=["R99"]
    )
    reps = make_table("reps", rep_id=["R1"])
    territories = make_table("territories", territory_id=["T1"], rep_id=["R1"])
    assert pairs(own(accounts, reps=reps, territories=territories)) == [("T1", "R1")]


def test_territories_of_other_regions_are_foreign(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1", "2", "3"],
        current_territory_id=["T1", "T9", None],
        current_rep_id=[None, None, "R8"],
    )
    territories = make_table("territories", territory_id=["T1", "T9"], region=["Here", "There"])
    reps = make_table("reps", rep_id=["R8"], region=["There"])
    ownership = own(accounts, territories=territories, reps=reps)
    assert ownership.foreign_ids == {"T9", "T-R8"}
    assert ownership.named_ids == {"T1"}


def test_a_new_rep_would_get_a_territory_but_holds_none(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=["1"], current_rep_id=["R1"])
    reps = make_table("reps", rep_id=["R1", "R2"])
    ownership = own(accounts, reps=reps)
    assert ownership.territory_of_rep == {"R1": "T-R1", "R2": "T-R2"}
    assert ownership.holders == {"R1"}


def test_the_order_of_rows_does_not_matter(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1", "2", "3", "4"],
        current_territory_id=["T2", "T1", "T1", None],
        current_rep_id=["R1", "R1", "R2", "R1"],
    )
    turned = own(accounts.iloc[::-1])
    # R1 has one account in T1 and one in T2: the first by name is R1's.
    assert turned.territory_of_rep == own(accounts).territory_of_rep == {"R1": "T1", "R2": "T1"}
    pd.testing.assert_frame_equal(turned.accounts, own(accounts).accounts)


def test_a_holder_whom_nobody_knows_holds_no_territory(make_table: MakeTable) -> None:
    accounts = make_table("accounts", account_id=["1"], current_territory_id=["T1"])
    territories = make_table("territories", territory_id=["T1"], rep_id=["R9"])
    reps = make_table("reps", rep_id=["R1"])
    assert pairs(own(accounts, territories=territories, reps=reps)) == [("T1", None)]
    assert pairs(own(accounts, territories=territories)) == [("T1", "R9")]
