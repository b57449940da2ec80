from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.options import Costs, Options
from territory_kit.steps.move_price import move_prices

MakeTable = Callable[..., pd.DataFrame]
OPTIONS = Options(costs=Costs(margin_share=0.4, loss_share=0.15, dormant_loss_share=0.05))
TODAY = pd.Timestamp("2026-12-31")


def test_a_move_puts_the_margin_at_risk(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1", "2", "3", "4"],
        revenue_amount_per_year=[10_000, 10_000, 10_000, None],
        margin_share=[0.2, None, None, None],
        last_activity_date=["2026-12-01", None, "2025-12-01", "2026-12-01"],
    )
    # 10,000 x 0.2 x 0.15 = 300; 10,000 x 0.4 x 0.15 = 600 (no date: healthy);
    # 10,000 x 0.4 x 0.05 = 200 (13 months silent); no revenue, no price.
    prices = move_prices(accounts, OPTIONS, today=TODAY)
    assert prices.tolist() == pytest.approx([300, 600, 200, 0])


def test_without_a_day_nobody_is_dormant(make_table: MakeTable) -> None:
    accounts = make_table(
        "accounts",
        account_id=["1"],
        revenue_amount_per_year=[10_000],
        last_activity_date=[pd.Timestamp("1999-01-01")],
    )
    assert move_prices(accounts, OPTIONS, today=None).tolist() == pytest.approx([600])
