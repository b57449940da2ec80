from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.options import Hours, Options, TerritoriesOptions
from territory_kit.steps._territories.count import Wanted, rep_capacity_hours, want_territories
from territory_kit.steps.roster import list_owners

MakeTable = Callable[..., pd.DataFrame]
# 8 h x 250 days x 80 % in the field x 75 % for known accounts = 1,200 h.
OPTIONS = Options(
    hours=Hours(per_day=8, days_per_year=250, field_share=0.8, prospecting_share=0.25)
)
NOBODY = list_owners(None, region="Here", start=None).assign(has_territory=True)


def team(name: str = "", *, hours: float = 3000, pieces: int = 100, today: int = 0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "team": [name],
            "workload_hours_per_year": [hours],
            "pieces_count": [pieces],
            "today_count": [today],
        }
    )


def owners(make_table: MakeTable, **values: object) -> pd.DataFrame:
    table = make_table("reps", **values)
    listed = list_owners(table, region="Here", start=pd.Timestamp("2027-01-01"))
    return listed.assign(has_territory=True)


def want(
    teams: pd.DataFrame,
    *,
    owners: pd.DataFrame = NOBODY,
    headcount: pd.DataFrame | None = None,
    options: Options = OPTIONS,
) -> dict[str, Wanted]:
    return want_territories(
        teams, owners=owners, headcount=headcount, region="Here", options=options
    )


def with_count(count: int) -> Options:
    territories = TerritoriesOptions(territories_count=count)
    return OPTIONS.model_copy(update={"territories": territories})


def test_without_owners_workload_over_capacity_is_rounded_up() -> None:
    # 3,000 h / 1,200 h = 2.5.
    assert want(team())[""] == Wanted(3, "3,000 h of work at 1,200 h per rep")


def test_exactly_full_territories_are_not_rounded_up() -> None:
    assert want(team(hours=2400))[""].count == 2


def test_without_work_there_is_one_territory() -> None:
    assert want(team(hours=0))[""].count == 1


def test_territories_of_today_come_before_workload() -> None:
    assert want(team(today=4))[""] == Wanted(4, "as many territories as today")


def test_owners_come_before_today_and_a_leaving_rep_leaves_a_job(make_table: MakeTable) -> None:
    here = owners(
        make_table,
        rep_id=["R1", "R2", "R3"],
        end_date=[None, None, "2027-03-31"],
    )
    assert want(team(today=9), owners=here)[""].count == 3


def test_a_vacancy_is_the_job_of_who_leaves(make_table: MakeTable) -> None:
    # One stays; of two open jobs one is R2's: 1 + max(1, 2) = 3.
    here = owners(
        make_table,
        rep_id=["R1", "R2", "V1", "V2"],
        end_date=[None, "2027-03-31", None, None],
        is_vacancy=[False, False, True, True],
    )
    assert want(team(), owners=here)[""].count == 3


def test_who_left_long_ago_leaves_no_job(make_table: MakeTable) -> None:
    here = owners(make_table, rep_id=["R1", "R2"], end_date=[None, "2020-03-31"]).assign(
        has_territory=[True, False]
    )
    assert want(team(), owners=here)[""].count == 1


def test_the_headcount_of_the_plan_comes_before_owners(make_table: MakeTable) -> None:
    headcount = make_table("headcount", region=["Here", "There"], territories_count=[5, 7])
    here = owners(make_table, rep_id=["R1"])
    assert want(team(), owners=here, headcount=headcount)[""].count == 5
    # A headcount that says nothing of this region does not count.
    others = headcount.loc[headcount["region"] == "There"]
    assert want(team(), owners=here, headcount=others)[""].count == 1


def test_what_is_set_for_the_region_comes_first(make_table: MakeTable) -> None:
    headcount = make_table("headcount", region=["Here"], territories_count=[5])
    assert want(team(), headcount=headcount, options=with_count(2))[""] == Wanted(
        2, "set for the region"
    )


def test_there_are_never_more_territories_than_accounts() -> None:
    wanted = want(team(pieces=2), options=with_count(9))[""]
    assert wanted.count == 2
    assert wanted.source.endswith("but there are only 2 accounts or groups to place")


def test_a_number_for_the_region_is_shared_over_its_teams_by_workload() -> None:
    teams = pd.concat([team("wine", hours=6000), team("beer", hours=100)])
    counts = {name: want.count for name, want in want(teams, options=with_count(4)).items()}
    assert counts == {"beer": 1, "wine": 3}


def test_each_team_counts_its_own_owners(make_table: MakeTable) -> None:
    here = pd.concat(
        [
            owners(make_table, team=["wine"] * 2, rep_id=["R1", "R2"]),
            owners(make_table, team=["beer"], rep_id=["R3"]),
        ]
    )
    teams = pd.concat([team("wine"), team("beer")])
    counts = {name: wanted.count for name, wanted in want(teams, owners=here).items()}
    assert counts == {"beer": 1, "wine": 2}


def test_the_hours_of_reps_come_before_those_of_the_plan(make_table: MakeTable) -> None:
    here = owners(make_table, rep_id=["R1", "R2", "R3"], capacity_hours_per_year=[1500, 1400, None])
    assert rep_capacity_hours(here, OPTIONS) == pytest.approx(1450)
    assert rep_capacity_hours(NOBODY, OPTIONS) == pytest.approx(1200)
