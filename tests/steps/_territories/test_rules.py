from collections.abc import Callable, Sequence

import pandas as pd
import pytest

from territory_kit.steps._territories.rules import Ruled, apply_rules
from territory_kit.steps._territories.units import join_units
from territory_kit.steps.ownership import own_today

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
Rule = Callable[..., Ruled]

OVERRIDE: dict[str, str | None] = {
    "scope": "account",
    "value": "1",
    "action": "house",
    "target": None,
}


@pytest.fixture
def rule(make_table: MakeTable, make_region: MakeRegion) -> Rule:
    """Apply the rules to accounts, with overrides as dictionaries."""

    def apply(
        *overrides: dict[str, str | None],
        keeps_today: bool = False,
        territories: pd.DataFrame | None = None,
        **values: Sequence[object],
    ) -> Ruled:
        tables = make_region(**values)
        ownership = own_today(tables["accounts"], territories=territories, reps=None, region="Here")
        rows = pd.DataFrame([OVERRIDE | row for row in overrides])
        table = make_table("overrides", **{str(name): rows[name] for name in rows})
        return apply_rules(
            join_units(tables, ownership),
            overrides=table,
            ownership=ownership,
            today=None,
            keeps_today=keeps_today,
        )

    return apply


def column(ruled: Ruled, name: str) -> list[object]:
    values = ruled.units[name].astype(object)
    return list(values.where(values.notna(), None))


# One account with every claim on it; each case takes the strongest one away.
CLAIMS = [
    ({"action": "exclude"}, "excluded", "excluded by override"),
    ({"action": "house"}, "house", "house account by override"),
    ({"action": "to_territory", "target": "T2"}, "override", "T2"),
]


@pytest.mark.parametrize("start", range(len(CLAIMS)))
def test_excluded_beats_house_beats_override_beats_lock(rule: Rule, start: int) -> None:
    ruled = rule(
        *(override for override, _, _ in CLAIMS[start:]),
        account_id=["1", "2"],
        current_territory_id=["T1", "T2"],
        lock=["territory", None],
    )
    _, name, outcome = CLAIMS[start]
    assert column(ruled, "rule") == [name, "engine"]
    place = "bound_territory_id" if name == "override" else "left_out_reason"
    assert column(ruled, place) == [outcome, None]


@pytest.mark.parametrize(
    ("account", "name", "reason"),
    [
        pytest.param({"coverage": ["house"]}, "house", "house account", id="house"),
        pytest.param({"coverage": ["partner"]}, "partner", "served by a partner", id="partner"),
        pytest.param({"is_in_scope": [False]}, "excluded", "not in scope", id="out of scope"),
        pytest.param(
            {"is_in_scope": [False], "left_out_reason": ["too small"]},
            "excluded",
            "too small",
            id="out of scope with a reason",
        ),
        pytest.param(
            {"is_in_scope": [False], "coverage": ["house"], "left_out_reason": ["key account"]},
            "house",
            "key account",
            id="house and out of scope",
        ),
    ],
)
def test_who_is_in_no_territory_has_a_reason(
    rule: Rule, account: dict[str, list[object]], name: str, reason: str
) -> None:
    ruled = rule(account_id=["1"], lock=["territory"], current_territory_id=["T1"], **account)
    assert column(ruled, "rule") == [name]
    assert column(ruled, "left_out_reason") == [reason]
    assert column(ruled, "bound_territory_id") == [None]


def test_a_lock_to_the_rep_beats_a_lock_to_the_territory_and_both_bind(rule: Rule) -> None:
    ruled = rule(
        account_id=["1", "2", "3"],
        current_territory_id=["T1", "T2", "T2"],
        current_rep_id=["R1", "R1", None],
        lock=["rep", "rep", "territory"],
    )
    # R1 has T1 (first of two with one account each): 2 lies in T2 and goes to its rep.
    assert column(ruled, "bound_territory_id") == ["T1", "T1", "T2"]
    assert column(ruled, "rule") == ["rep", "rep", "territory"]
    assert column(ruled, "rule_text")[1:] == ["locked to rep R1", "locked to territory T2"]


def test_a_rule_of_stability_binds_after_the_locks(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    tables = make_region(
        account_id=["1", "2", "3"],
        current_territory_id=["T1", "T2", None],
        lock=["territory", None, None],
    )
    ownership = own_today(tables["accounts"], territories=None, reps=None, region="Here")
    ruled = apply_rules(
        join_units(tables, ownership),
        overrides=make_table("overrides"),
        ownership=ownership,
        today=None,
        keeps_today=False,
        kept_because=pd.Series(["has open deals"] * 2 + [None], dtype="str"),
    )
    assert column(ruled, "bound_territory_id") == ["T1", "T2", None]
    assert column(ruled, "rule") == ["territory", "territory", "engine"]
    assert column(ruled, "rule_text")[:2] == [
        "locked to territory T1",
        "has open deals, stays in territory T2",
    ]


def test_a_lock_without_anything_to_stay_with_is_reported(rule: Rule) -> None:
    ruled = rule(account_id=["1"], lock=["rep"])
    assert column(ruled, "rule") == ["engine"]
    (finding,) = ruled.findings
    assert finding.startswith("Accounts are locked but have no rep or territory to stay with")
    assert finding.endswith("the lock is not applied: 1.")


def test_an_override_sends_accounts_to_the_territory_of_a_rep(rule: Rule) -> None:
    ruled = rule(
        {"override_id": "O1", "action": "to_rep", "target": "R2", "reason": "friends"},
        account_id=["1", "2"],
        current_territory_id=["T1", "T2"],
        current_rep_id=["R1", "R2"],
    )
    assert column(ruled, "bound_territory_id") == ["T2", None]
    assert column(ruled, "rule_text")[0] == "override O1 (friends)"


def test_an_override_to_an_unknown_place_is_reported_where_it_matters(rule: Rule) -> None:
    unknown = {"override_id": "O1", "action": "to_territory", "target": "T9"}
    elsewhere = {"override_id": "O2", "action": "to_territory", "target": "T8", "value": "77"}
    ruled = rule(unknown, elsewhere, account_id=["1"], current_territory_id=["T1"])
    assert column(ruled, "rule") == ["engine"]
    # O2 speaks of an account of another region.
    (finding,) = ruled.findings
    assert finding == (
        "Overrides name a territory or rep that this region does not have and are not applied: "
        "override O1 to T9. Correct the target or the account's region."
    )


def test_who_is_bound_to_another_region_is_left_out(rule: Rule, make_table: MakeTable) -> None:
    territories = make_table("territories", territory_id=["T1", "T9"], region=["Here", "There"])
    ruled = rule(
        territories=territories,
        account_id=["1", "2"],
        current_territory_id=["T9", "T9"],
        lock=["territory", None],
    )
    # 2 is not locked: the region decides, and the engine places it here.
    assert column(ruled, "left_out_reason") == [
        "belongs to another region: locked to territory T9",
        None,
    ]
    assert column(ruled, "rule") == ["territory", "engine"]


def test_free_members_of_a_group_follow_the_bound_one(rule: Rule) -> None:
    ruled = rule(
        account_id=["1", "2", "3", "4"],
        current_territory_id=["T1", "T2", None, "T2"],
        group_id=["G", "G", "G", None],
        lock=["territory", None, None, None],
    )
    assert column(ruled, "bound_territory_id") == ["T1", "T1", "T1", None]
    assert column(ruled, "rule") == ["territory", "group", "group", "engine"]
    assert column(ruled, "together_id") == ["1", "1", "1", None]


def test_a_group_that_is_torn_keeps_the_larger_part(rule: Rule) -> None:
    ruled = rule(
        account_id=["1", "2", "3", "4"],
        current_territory_id=["T1", "T2", "T2", None],
        group_id=["G"] * 4,
        lock=["territory"] * 3 + [None],
    )
    # Two members are bound to T2 and one to T1, which leaves the group; the free one follows.
    assert column(ruled, "bound_territory_id") == ["T1", "T2", "T2", "T2"]
    assert column(ruled, "together_id") == [None, "1", "1", "1"]
    assert ruled.findings[0].endswith("several territories: groups of 1.")


def test_groups_join_where_an_override_keeps_a_city_together(rule: Rule) -> None:
    ruled = rule(
        {"action": "keep_together", "scope": "city", "value": "Lyon"},
        account_id=["1", "2", "3", "4", "5"],
        city=["Lyon", "lyon", "Paris", "Paris", "Paris"],
        group_id=[None, "G", "G", None, "H"],
    )
    # The city joins 1 and 2, the group 2 and 3; a group of one is none.
    assert column(ruled, "together_id") == ["1", "1", "1", None, None]
    assert column(ruled, "rule") == ["group"] * 3 + ["engine"] * 2


def test_house_accounts_leave_their_group(rule: Rule) -> None:
    ruled = rule(account_id=["1", "2"], group_id=["G", "G"], coverage=["house", None])
    assert column(ruled, "together_id") == [None, None]


def test_the_mode_keep_binds_everybody_to_today(rule: Rule) -> None:
    ruled = rule(account_id=["1", "2"], current_territory_id=["T1", None], keeps_today=True)
    assert column(ruled, "bound_territory_id") == ["T1", None]
