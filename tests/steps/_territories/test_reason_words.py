import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.steps._territories.reason_words import write_reasons

Reason = dict[str, object]
HOURS, MONEY = "workload_hours_per_year", "potential_amount_per_year"
NAMES = {"T1": "Town 1", "T2": "Town 2"}
GROUP: Reason = {"reason_kind": "group", "territory_id": "T2"}
CLOSER: Reason = {
    "reason_kind": "closer",
    "territory_id": "T2",
    "measure": "closer_km",
    "reason_value": 12.34,
}
RELIEVES: Reason = {
    "reason_kind": "relieves",
    "territory_id": "T1",
    "measure": HOURS,
    "reason_value": 9.4,
}
FILLS: Reason = {
    "reason_kind": "fills",
    "territory_id": "T2",
    "measure": HOURS,
    "reason_value": 9.4,
}


def write(*reasons: Reason, rule_text: str | None = None, currency: str = "EUR") -> object:
    """Write the reasons of one account that moves."""
    unit = pd.DataFrame(
        {
            "account_id": ["A1"],
            "rule_text": pd.Series([rule_text], dtype="str"),
            "is_moved": True,
            "is_forced": rule_text is not None,
        }
    )
    rows = pd.DataFrame([{"account_id": "A1"} | reason for reason in reasons])
    table = columns.shape_result(
        "move_reasons", rows.reindex(columns=columns.get_table("move_reasons").columns)
    )
    return write_reasons(unit, table, NAMES, currency=currency).iloc[0]


@pytest.mark.parametrize(
    ("reasons", "text"),
    [
        pytest.param([CLOSER], "closer by 12 km", id="closer"),
        pytest.param([CLOSER | {"reason_value": 2.34}], "closer by 2.3 km", id="near"),
        pytest.param([RELIEVES], "relieves Town 1 by 9 h", id="relieves"),
        pytest.param([FILLS], "gives Town 2 9 h that it lacks", id="fills"),
        pytest.param(
            [RELIEVES, RELIEVES | {"measure": MONEY, "reason_value": 1500.0}],
            "relieves Town 1 by 9 h",
            id="hours before potential",
        ),
        pytest.param(
            [FILLS | {"measure": MONEY, "reason_value": 1500.0}],
            "gives Town 2 EUR 1.50 k of potential that it lacks",
            id="potential alone",
        ),
        pytest.param(
            [CLOSER, RELIEVES, FILLS], "closer by 12 km; relieves Town 1 by 9 h", id="not twice"
        ),
        pytest.param([GROUP, CLOSER], "kept with its group; closer by 12 km", id="group"),
        pytest.param([{"reason_kind": "opens", "territory_id": "T2"}], "opens Town 2", id="opens"),
        pytest.param(
            [{"reason_kind": "ended", "territory_id": "T1"}],
            "territory Town 1 is not continued",
            id="ended",
        ),
        pytest.param(
            [{"reason_kind": "region", "territory_id": "T9"}],
            "territory T9 belongs to another region",
            id="region",
        ),
        pytest.param(
            [{"reason_kind": "whole plan"}],
            "part of a plan that is better as a whole",
            id="whole plan",
        ),
    ],
)
def test_reasons_are_joined_to_one_text(reasons: list[Reason], text: str) -> None:
    assert write(*reasons) == text


def test_a_rule_speaks_in_its_own_words() -> None:
    override: Reason = {"reason_kind": "override", "territory_id": "T2"}
    assert write(override, rule_text="override O1 (as agreed)") == "override O1 (as agreed)"


def test_without_money_potential_counts_accounts() -> None:
    one = RELIEVES | {"measure": MONEY, "reason_value": 1.0}
    assert write(one, currency="") == "relieves Town 1 by 1 account"


def test_who_stays_has_no_text() -> None:
    unit = pd.DataFrame(
        {
            "account_id": ["A1"],
            "rule_text": pd.Series(["kept with its group"], dtype="str"),
            "is_moved": False,
            "is_forced": False,
        }
    )
    texts = write_reasons(unit, columns.empty_frame("move_reasons"), NAMES, currency="EUR")
    assert texts.isna().all()
