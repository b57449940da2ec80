"""Net profit per account: margin, less calls, less the way."""

from collections.abc import Callable, Sequence
from math import nan

import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._accounts.profit import earn_profit, profit_assumptions

# an hour costs 100, a call 10, a km 0.5 and at 50 km per hour 2 for the time
OPTIONS = Options.model_validate(
    {
        "costs": {
            "call_amount": 10,
            "km_amount": 0.5,
            "rep_amount_per_year": 100_000,
            "margin_share": 0.5,
        },
        "hours": {"per_day": 10, "days_per_year": 100},
        "travel": {"speed_km_per_hour": 50, "circuity": 1.5},
        "visits": {"per_day": 3},
    }
)


def profit_of(make_table: Callable[..., pd.DataFrame], **values: Sequence[object]) -> pd.DataFrame:
    ids = values["account_id"]
    quality = pd.DataFrame(
        {
            "visits_per_year": [10.0, 4.0, 2.0],
            "visit_hours": [1.0] * 3,
            "call_channel": ["visit", "visit", "phone"],
            "revenue_amount_per_year": [10_000.0, 500.0, 2_000.0],
            "lat_deg": [48.0, 48.0, 48.0],
            "lon_deg": [2.0, 2.0, 3.0],
            **values,
        }
    )
    given = make_table(
        "accounts",
        account_id=ids,
        margin_share=[0.2, None, None],
        current_territory_id=["T", "T", "T"],
    )
    return earn_profit(quality, given, options=OPTIONS)


@pytest.fixture
def ids() -> list[str]:
    return ["1", "2", "3"]


def test_margin_less_calls_is_net_profit(
    make_table: Callable[..., pd.DataFrame], ids: list[str]
) -> None:
    """All on one spot, or called by phone, so that no way is driven.

    Margins 2000, 250, 1000; a call of an hour costs 110: 1100, 440, 220: 900, -190, 780, in all
    1490; the curve goes 900, 1680, 1490.
    """
    profit = profit_of(make_table, account_id=ids)
    assert profit["gross_margin_amount_per_year"].tolist() == [2000, 250, 1000]
    assert profit["visits_cost_amount_per_year"].tolist() == pytest.approx([1100, 440, 220])
    assert profit["way_cost_amount_per_year"].tolist() == [0, 0, 0]
    assert profit["net_profit_amount_per_year"].tolist() == pytest.approx([900, -190, 780])
    assert profit["cumulative_profit_amount_per_year"].tolist() == pytest.approx([900, 1490, 1680])
    assert profit["cumulative_profit_share"].tolist() == pytest.approx([900 / 1490, 1, 1680 / 1490])


def test_the_way_is_driven_there_and_back_shared_by_the_visits_of_the_day(
    make_table: Callable[..., pd.DataFrame], ids: list[str]
) -> None:
    """Account 1 has most visits and is the middle.

    One degree north is 111.2 km; 4 visits, there and back, 1.5 by road, 3 a day: 4 road km for each
    straight km, at 2.50.
    """
    profit = profit_of(make_table, account_id=ids, lat_deg=[48.0, 49.0, 48.0])
    assert profit["way_cost_amount_per_year"].tolist() == pytest.approx([0, 1112, 0], rel=1e-3)


def test_a_way_that_is_not_known_is_left_out_and_told(
    make_table: Callable[..., pd.DataFrame], ids: list[str]
) -> None:
    profit = profit_of(make_table, account_id=ids, lat_deg=[48.0, nan, 48.0])
    assert profit["way_cost_amount_per_year"].isna().tolist() == [False, True, False]
    assert profit["net_profit_amount_per_year"].tolist() == pytest.approx([900, -190, 780])
    assert [*profit_assumptions(profit, options=OPTIONS)][1] == (
        "The way is left out of the net profit of 1 of 3 accounts, for want of a position or of a "
        "territory today."
    )


def test_a_loss_in_all_has_no_shares(
    make_table: Callable[..., pd.DataFrame], ids: list[str]
) -> None:
    profit = profit_of(make_table, account_id=ids, revenue_amount_per_year=[1.0, 1.0, 1.0])
    assert profit["cumulative_profit_share"].isna().all()
    assert profit["cumulative_profit_amount_per_year"].max() < 0


def test_only_accounts_with_revenue_are_counted(
    make_table: Callable[..., pd.DataFrame], ids: list[str]
) -> None:
    profit = profit_of(make_table, account_id=ids, revenue_amount_per_year=[None, 500.0, nan])
    assert profit["account_id"].tolist() == ["2"]
    nobody = profit_of(make_table, account_id=ids, revenue_amount_per_year=[nan] * 3)
    assert [*profit_assumptions(nobody, options=OPTIONS)] == [
        "No account in scope has revenue, so nothing is said of net profit."
    ]


def test_the_order_of_rows_does_not_matter(
    make_table: Callable[..., pd.DataFrame], ids: list[str]
) -> None:
    quality = make_table(
        "market_accounts",
        account_id=ids,
        revenue_amount_per_year=[10.0, 30.0, 20.0],
        lat_deg=[48.0, 48.5, 49.0],
        lon_deg=[2.0, 2.5, 3.0],
    ).assign(visits_per_year=4.0, visit_hours=1.0, call_channel="visit")
    given = make_table("accounts", account_id=ids, current_territory_id=["T"] * 3)
    forth = earn_profit(quality, given, options=OPTIONS)
    back = earn_profit(quality[::-1], given[::-1], options=OPTIONS)
    pd.testing.assert_frame_equal(forth, back)
