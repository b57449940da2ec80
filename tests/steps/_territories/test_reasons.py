import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options, Travel, Visits
from territory_kit.steps._territories.reasons import explain_moves

OPTIONS = Options(travel=Travel(circuity=1.0), visits=Visits(per_day=2))
DEGREE_KM = 6371.0088 * np.pi / 180
TEXTS = ["today_territory_id", "territory_id", "bound_territory_id", "rule_text", "together_id"]


def territories(ids: list[str], lat_deg: list[float], **values: object) -> pd.DataFrame:
    frame = {
        "territory_id": ids,
        "territory_name": [name.replace("T", "Town ") for name in ids],
        "centre_lat_deg": lat_deg,
        "centre_lon_deg": 0.0,
        "workload_index": 100.0,
    }
    return pd.DataFrame(frame | values)


PLAN = territories(["T1", "T2"], [0.0, 1.0])
TODAY = territories(["T1", "T2", "T3"], [0.0, 1.0, 2.0], workload_index=[120.0, 80.0, 100.0])


def explain(**values: object) -> dict[str, object]:
    """Explain one account that lies on the centre of T2, with 4 visits and 9 h a year."""
    defaults: dict[str, object] = {
        "territory_id": "T2",
        "today_territory_id": "T1",
        "lat_deg": 1.0,
        "lon_deg": 0.0,
        "visits_per_year": 4.0,
        "workload_hours_per_year": 9.0,
        "is_remote": False,
        "move_price_amount": 50.0,
    }
    row = dict.fromkeys(TEXTS) | defaults | values
    units = pd.DataFrame({name: [value] for name, value in row.items()})
    explained = explain_moves(units.astype(dict.fromkeys(TEXTS, "str")), PLAN, TODAY, OPTIONS)
    found = explained.iloc[0].astype(object)
    return dict(found.where(found.notna(), None))


def test_an_account_that_stays_has_no_reason_and_no_price() -> None:
    stays = explain(today_territory_id="T2")
    assert (stays["is_moved"], stays["move_reason"], stays["move_price_amount"]) == (False, None, 0)
    assert stays["centre_km"] == pytest.approx(0)


def test_an_account_without_a_territory_today_does_not_move() -> None:
    assert not explain(today_territory_id=None)["is_moved"]


def test_a_chosen_move_says_what_it_saves_and_whom_it_relieves() -> None:
    moved = explain()
    # 111.2 km nearer, 2 ways, 4 visits of which 2 share a day: 444.8 km; Town 1 was at 120.
    assert moved["move_reason"] == "saves 445 km a year; relieves Town 1 by 9 h"
    assert (moved["is_moved"], moved["is_forced"], moved["move_price_amount"]) == (True, False, 50)


def test_a_remote_account_saves_no_km() -> None:
    assert explain(is_remote=True)["move_reason"] == "relieves Town 1 by 9 h"


def test_where_neither_km_nor_hours_speak_it_is_potential() -> None:
    moved = explain(is_remote=True, workload_hours_per_year=0.0)
    assert moved["move_reason"] == "evens out potential"


@pytest.mark.parametrize(
    ("values", "reason", "forced"),
    [
        pytest.param(
            {"bound_territory_id": "T2", "rule_text": "override O1"}, "override O1", True, id="rule"
        ),
        pytest.param(
            {"today_territory_id": "T9"},
            "territory T9 belongs to another region",
            True,
            id="region",
        ),
        pytest.param(
            {"today_territory_id": "T3"}, "territory Town 3 is not continued", True, id="ended"
        ),
        pytest.param({"together_id": "1"}, "kept with its group", False, id="group"),
    ],
)
def test_rules_speak_before_savings(
    *, values: dict[str, object], reason: str, forced: bool
) -> None:
    moved = explain(**values)
    assert (moved["move_reason"], moved["is_forced"]) == (reason, forced)


def test_distance_alone_is_a_reason_where_the_new_territory_is_full() -> None:
    # From Town 2 (80), which gains nothing by it, to Town 1 (120), which has no room.
    moved = explain(today_territory_id="T2", territory_id="T1", lat_deg=0.0)
    assert moved["move_reason"] == "saves 445 km a year"


def test_hours_that_were_missing_are_a_reason() -> None:
    today = TODAY.assign(workload_index=[90.0, 80.0, 100.0])
    units = pd.DataFrame(
        {
            "territory_id": ["T2"],
            "today_territory_id": ["T1"],
            "lat_deg": 0.0,
            "lon_deg": 0.0,
            "visits_per_year": 4.0,
            "workload_hours_per_year": 9.0,
            "is_remote": False,
            "move_price_amount": 50.0,
        }
    ).assign(**{n: pd.Series([None], dtype="str") for n in TEXTS[2:]})
    moved = explain_moves(units, PLAN, today, OPTIONS)
    # Neither was full; Town 2 had room. The way is longer, so no km are claimed.
    assert moved["move_reason"].tolist() == ["gives Town 2 9 h that it lacks"]
