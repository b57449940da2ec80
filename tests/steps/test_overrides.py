from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.steps.overrides import active_overrides, note_overrides, override_words

MakeTable = Callable[..., pd.DataFrame]
TODAY = pd.Timestamp("2026-10-31")


@pytest.mark.parametrize(
    ("status", "expires", "holds"),
    [
        pytest.param("accepted", None, True, id="accepted for good"),
        pytest.param(None, None, True, id="no status counts as accepted"),
        pytest.param("accepted", "2026-10-31", True, id="its last day"),
        pytest.param("accepted", "2026-10-30", False, id="expired yesterday"),
        pytest.param("proposed", None, False, id="only proposed"),
        pytest.param("refused", None, False, id="refused"),
    ],
)
def test_only_accepted_overrides_that_have_not_expired_hold(
    make_table: MakeTable, *, status: str | None, expires: str | None, holds: bool
) -> None:
    overrides = make_table(
        "overrides",
        override_id=["O1"],
        scope=["account"],
        value=["1"],
        action=["house"],
        status=[status],
        expires_date=[expires],
    )
    assert len(active_overrides(overrides, TODAY)) == int(holds)


def test_without_a_day_nothing_has_expired(make_table: MakeTable) -> None:
    overrides = make_table(
        "overrides",
        scope=["account"],
        value=["1"],
        action=["house"],
        expires_date=[pd.Timestamp("2001-01-01")],
    )
    assert len(active_overrides(overrides, None)) == 1


def test_an_override_that_says_nothing_is_passed_over(make_table: MakeTable) -> None:
    overrides = make_table("overrides", scope=["account", None], value=[None, "1"], action="house")
    assert active_overrides(overrides, TODAY).empty
    assert active_overrides(None, TODAY).empty


def test_the_narrower_scope_wins_then_the_later_decision(make_table: MakeTable) -> None:
    days = ["2026-03-01", "2026-02-01", "2026-01-01", None]
    overrides = make_table(
        "overrides",
        override_id=["city", "late", "early", "account"],
        scope=["city", "postal_code", "postal_code", "account"],
        value=["lyon", "69001", "69001", "1"],
        action=["to_territory"] * 4,
        decided_date=days,
    )
    active = active_overrides(overrides, TODAY)
    units = make_table(
        "accounts",
        account_id=["1", "2", "3", "4"],
        city=["Lyon", "Lyon", " LYON ", "Paris"],
        postal_code=["69001", "69001", "69002", None],
    )
    sent = note_overrides(units, active)["sent_by"]
    # 1 by account, 2 by the later of two postal codes, 3 by city in any spelling, 4 by none.
    names = ["none" if row < 0 else active["override_id"][row] for row in sent]
    assert names == ["account", "late", "city", "none"]


def test_identifiers_keep_their_case(make_table: MakeTable) -> None:
    overrides = make_table("overrides", scope=["account"], value=["a"], action=["exclude"])
    units = make_table("accounts", account_id=["a", "A"])
    noted = note_overrides(units, active_overrides(overrides, TODAY))
    assert noted["excluded_by"].tolist() == [0, -1]


def test_an_override_is_named_by_its_identifier_and_reason(make_table: MakeTable) -> None:
    overrides = make_table(
        "overrides", override_id=["O1", None], value=["1", "Lyon"], reason=["old friends", None]
    )
    words = [override_words(row) for _, row in overrides.iterrows()]
    assert words == ["override O1 (old friends)", "override of Lyon"]
