from collections.abc import Sequence

import pandas as pd
import pytest

from territory_kit.options import Costs, Hours, Options, ReviewOptions, Travel, Visits
from territory_kit.steps._review.payback import (
    list_unpaid,
    price_chosen,
    unpaid_words,
    years_words,
)

# A km costs 1.00, an hour 36; 10 visits a year take 5 road km for each km to the centre.
OPTIONS = Options(
    costs=Costs(km_amount=0.4, rep_amount_per_year=72_000),
    hours=Hours(per_day=8, days_per_year=250),
    travel=Travel(circuity=1.25, speed_km_per_hour=60),
    visits=Visits(per_day=5),
)
NOBODY: frozenset[str] = frozenset()


def hands(closer_km: Sequence[float], **values: object) -> pd.DataFrame:
    """Make chosen moves: 10 visits of 30 minutes and 30 minutes of travel, 82 at risk."""
    count = len(closer_km)
    defaults = {
        "account_id": [f"A{row}" for row in range(1, count + 1)],
        "account_name": "Bar",
        "from_territory_id": "T1",
        "to_territory_id": "T2",
        "move_reason": "closer",
        "closer_km": [float(km) for km in closer_km],
        "lat_deg": 45.0,
        "visits_per_year": 10.0,
        "call_hours_per_year": 5.0,
        "travel_hours_per_year": 5.0,
        "move_price_amount": 82.0,
        "changes_hands": True,
        "is_forced": False,
    }
    return pd.DataFrame(defaults | values)


def test_a_move_pays_when_it_saves_more_than_its_price() -> None:
    chosen = price_chosen(hands([30.0, 20.0]), NOBODY, OPTIONS)
    # 30 km x 5 x 1.00 and 20 km x 5 x 1.00, against 82 and one hour of 36.
    assert chosen["saving_amount_per_year"].tolist() == pytest.approx([150, 100])
    assert chosen["price_amount"].tolist() == pytest.approx([118, 118])
    (unpaid,) = list_unpaid(chosen, OPTIONS).to_dict("records")
    assert unpaid["account_id"] == "A2"
    assert unpaid["shortfall_amount"] == pytest.approx(18)


def test_a_longer_horizon_makes_the_move_pay() -> None:
    options = OPTIONS.model_copy(update={"review": ReviewOptions(horizon_years=2)})
    assert list_unpaid(price_chosen(hands([20.0]), NOBODY, options), options).empty


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"account_id": ["A9"]}, id="served remotely"),
        pytest.param({"closer_km": [float("nan")]}, id="only the rep changes"),
        pytest.param({"lat_deg": [float("nan")]}, id="no known place"),
        pytest.param({"visits_per_year": [0.0]}, id="never visited"),
    ],
)
def test_where_nobody_drives_less_nothing_is_saved(values: dict[str, list[float]]) -> None:
    moves = hands([30.0]).assign(**values)
    chosen = price_chosen(moves, frozenset({"A9"}), OPTIONS)
    assert chosen["saving_amount_per_year"].tolist() == [0]
    assert list_unpaid(chosen, OPTIONS)["shortfall_amount"].notna().all()
    assert len(list_unpaid(chosen, OPTIONS)) == 1


def test_forced_moves_are_not_judged() -> None:
    assert price_chosen(hands([1.0], is_forced=True), NOBODY, OPTIONS).empty
    assert list_unpaid(price_chosen(hands([]), NOBODY, OPTIONS), OPTIONS).empty


def test_the_sentence_counts_what_does_not_pay() -> None:
    chosen = price_chosen(hands([30.0, 20.0]), NOBODY, OPTIONS)
    assert unpaid_words(list_unpaid(chosen, OPTIONS), 2, OPTIONS) == (
        "1 of 2 chosen moves saves less driving in one year than the price, EUR 18 less in all: "
        "these moves are worth it for balance only and can be taken back."
    )
    assert unpaid_words(list_unpaid(chosen.head(1), OPTIONS), 1, OPTIONS) == ""
    assert years_words(2.5) == "2.5 years"
