from collections.abc import Callable

import pandas as pd

from territory_kit.steps.open_deals import list_open_deals

MakeTable = Callable[..., pd.DataFrame]


def test_a_deal_is_open_until_it_is_won_or_lost(make_table: MakeTable) -> None:
    deals = make_table(
        "deals",
        deal_id=["D1", "D2", "D3", "D4"],
        account_id=["A1", "A1", "A2", "A2"],
        amount=[100, 50, 20, None],
        is_won=[True, None, False, None],
    )
    found = list_open_deals(deals)
    assert found["deal_id"].tolist() == ["D2", "D4"]
    assert found["amount"].tolist()[0] == 50.0
    assert found["amount"].isna().tolist() == [False, True]


def test_an_open_credit_is_worth_nothing(make_table: MakeTable) -> None:
    deals = make_table("deals", deal_id=["D1"], account_id=["A1"], amount=[-80], is_won=[None])
    assert list_open_deals(deals)["amount"].tolist() == [0.0]


def test_a_plan_without_deals_has_none_open() -> None:
    assert list_open_deals(None).empty
