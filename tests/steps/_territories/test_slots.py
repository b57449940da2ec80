from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.steps._territories.slots import choose_slots, list_territories, new_ids
from territory_kit.steps.ownership import own_today
from territory_kit.steps.roster import list_owners

MakeTable = Callable[..., pd.DataFrame]
START = pd.Timestamp("2027-01-01")


def units_of(accounts: pd.DataFrame, **values: object) -> pd.DataFrame:
    """Make placed accounts of 10 h each, without a team, bound to nothing."""
    defaults = {"team": "", "bound_territory_id": None, "workload_hours_per_year": 10.0}
    found = own_today(accounts, territories=None, reps=None, region="Here").accounts
    texts = {"left_out_reason": "str", "bound_territory_id": "str"}
    added = pd.DataFrame({"left_out_reason": None} | defaults | values, index=found.index)
    return found.join(added).astype(texts)


def existing(
    make_table: MakeTable,
    *territory_ids: str | None,
    territories: pd.DataFrame | None = None,
    reps: pd.DataFrame | None = None,
    **values: object,
) -> pd.DataFrame:
    """List the territories of one account each, with lists of territories or reps as given."""
    count = len(territory_ids)
    accounts = make_table(
        "accounts",
        account_id=[f"A{row}" for row in range(count)],
        current_territory_id=list(territory_ids),
    )
    ownership = own_today(accounts, territories=territories, reps=reps, region="Here")
    owners = list_owners(reps, region="Here", start=START)
    return list_territories(units_of(accounts, **values), territories, ownership, owners)


def test_territories_are_those_of_accounts_those_listed_and_those_bound_to(
    make_table: MakeTable,
) -> None:
    territories = make_table(
        "territories", territory_id=["T1", "T3"], territory_name=["One", "Three"]
    )
    found = existing(
        make_table, "T1", "T2", territories=territories, bound_territory_id=[None, "T-R9"]
    )
    assert found["territory_id"].tolist() == ["T-R9", "T1", "T2", "T3"]
    assert found["territory_name"].fillna("").tolist() == ["", "One", "", "Three"]
    assert found["is_listed"].tolist() == [False, True, False, True]
    assert found["is_bound"].tolist() == [True, False, False, False]
    assert found["is_provisional"].tolist() == [True, False, False, False]
    assert found["workload_hours_per_year"].tolist() == [0, 10, 10, 0]


def test_territories_of_other_regions_are_not_ours(make_table: MakeTable) -> None:
    territories = make_table("territories", territory_id=["T1", "T9"], region=["Here", "There"])
    found = existing(make_table, "T1", "T9", territories=territories)
    assert found["territory_id"].tolist() == ["T1"]


def test_the_size_is_as_given_or_the_working_time_of_who_stays(make_table: MakeTable) -> None:
    reps = make_table(
        "reps",
        rep_id=["R1", "R2", "R3"],
        fte_share=[0.5, 0.6, 0.7],
        end_date=[None, None, "2027-02-01"],
    )
    territories = make_table(
        "territories",
        territory_id=["T1", "T2", "T3", "T4"],
        rep_id=["R1", "R2", "R3", None],
        size_share=[0.8, None, None, 0.0],
    )
    found = existing(make_table, "T1", territories=territories, reps=reps)
    # T1 as given; T2 of a part-time rep; R3 leaves, so T3 is full again; 0 is no size.
    assert found["size_share"].tolist() == [0.8, 0.6, 1.0, 1.0]


def test_an_open_job_in_part_time_is_a_territory_of_its_size(make_table: MakeTable) -> None:
    reps = make_table("reps", rep_id=["R1", "R2"], fte_share=[0.5, None], is_vacancy=[True, True])
    territories = make_table("territories", territory_id=["T1", "T2"], rep_id=["R1", "R2"])
    found = existing(make_table, "T1", "T2", territories=territories, reps=reps)
    assert found["size_share"].tolist() == [0.5, 1.0]


def test_a_territory_has_the_team_of_most_accounts_else_of_its_holder(
    make_table: MakeTable,
) -> None:
    reps = make_table("reps", rep_id=["R1", "R2"], team=["beer", "tea"])
    territories = make_table(
        "territories", territory_id=["T1", "T2", "T3"], rep_id=["R1", "R1", "R2"]
    )
    found = existing(
        make_table, "T1", "T1", "T1", "T0",
        territories=territories, reps=reps, team=["wine", "wine", "beer", "beer"],
    )  # fmt: skip
    # T0, T1 by accounts; T2 by its holder; nobody's accounts drink tea, so T3 joins the largest
    # team, the first by name of two equal ones.
    assert found["team"].tolist() == ["beer", "wine", "beer", "beer"]


@pytest.mark.parametrize(
    ("count", "kept"),
    [
        pytest.param(5, ["bound", "full", "large", "left", "stray"], id="all stay"),
        pytest.param(4, ["bound", "full", "large", "left"], id="first what is not listed"),
        pytest.param(3, ["bound", "full", "large"], id="then whose holder leaves"),
        pytest.param(2, ["bound", "large"], id="then the smallest"),
        pytest.param(1, ["bound"], id="last what accounts are bound to"),
    ],
)
def test_territories_end_in_a_stated_order(count: int, kept: list[str]) -> None:
    names = ["bound", "full", "large", "left", "stray"]
    frame = pd.DataFrame(
        {
            "territory_id": names,
            "team": "",
            "is_bound": [True, False, False, False, False],
            "is_listed": [False, True, True, True, False],
            "has_staying_holder": [False, True, True, False, True],
            "workload_hours_per_year": [1.0, 10, 20, 99, 99],
        }
    )
    slots = choose_slots(frame.sample(frac=1, random_state=1), {"": count}, region="Here")
    assert slots["territory_id"].tolist() == kept
    assert not slots["is_new"].any()


def test_more_territories_start_empty(make_table: MakeTable) -> None:
    slots = choose_slots(existing(make_table, "T1"), {"": 3}, region="Iowa")
    assert slots["territory_id"].tolist() == ["T1", "new-iowa-01", "new-iowa-02"]
    assert slots["is_new"].tolist() == [False, True, True]
    assert slots["size_share"].tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("other", ["iowa", "IOWA", "Iowa ", "Ïowa", "爱荷华"])
def test_regions_that_look_alike_have_different_names_for_new_territories(other: str) -> None:
    (here,) = new_ids(1, region="Iowa", taken=frozenset())
    (there,) = new_ids(1, region=other, taken=frozenset())
    assert here == "new-iowa-01"
    assert there != here
    assert there.isascii()
