"""Divided cities: at most twelve, and what they cost in a sentence."""

import pandas as pd

from territory_kit import columns, report
from territory_kit.report import Evidence


def cities(count: int, **changes: object) -> pd.DataFrame:
    values: dict[str, object] = {
        "city": [f"City {place:02d}" for place in range(count)],
        "team": "",
        "holder_territory_id": "T1",
        "parts_count": 2,
        "accounts_count": 3,
        "potential_amount_per_year": [1000.0 - place for place in range(count)],
        "moved_count": 1,
        "held_count": 0,
        "deviation_change_share": 0.02,
        "change_km_per_year": -100.0,
        **changes,
    }
    frame = pd.DataFrame(values, index=range(count))
    return frame.astype(columns.empty_frame("split_cities").dtypes.to_dict())


def test_twelve_cities_are_shown_and_all_are_counted() -> None:
    shown = report.split_cities(Evidence({"split_cities": cities(13)}))
    assert len(shown.rows) == 12
    assert shown.rows[0][0] == "City 00"
    assert "Team" not in shown.headings
    assert shown.caption.startswith(
        "13 cities are divided. Keeping any of them whole costs driving or balance, or goes "
        "against a rule. Moves are accounts that would leave the territory proposed for them; "
        "the deviation changes in points. Each city is taken on its own."
    )


def test_cities_that_could_be_whole_at_no_cost_are_counted() -> None:
    free = cities(2, deviation_change_share=[0.0, 0.1])
    text = report.split_cities(Evidence({"split_cities": free})).caption
    assert (
        "1 of 2 cities could be kept whole without more driving and without a larger deviation."
        in text
    )


def test_teams_are_told_apart_where_there_are_any() -> None:
    shown = report.split_cities(Evidence({"split_cities": cities(1, team="wine")}))
    assert shown.headings[1] == "Team"


def test_without_a_divided_city_it_says_so() -> None:
    shown = report.split_cities(Evidence({"split_cities": columns.empty_frame("split_cities")}))
    assert shown.caption.startswith("No city is divided between territories of one team.")
