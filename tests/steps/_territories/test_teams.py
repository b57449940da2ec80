from collections.abc import Callable

import pandas as pd

from territory_kit.steps._territories.teams import assign_teams

MakeTable = Callable[..., pd.DataFrame]


def teams(owners: pd.DataFrame, **values: object) -> list[str]:
    names = ["team", "today_rep_id", "today_territory_id", "bound_territory_id", "together_id"]
    units = pd.DataFrame(values).reindex(columns=["account_id", *names]).astype("str")
    return assign_teams(units, owners).tolist()


def test_without_teams_all_accounts_are_designed_together(make_table: MakeTable) -> None:
    assert teams(make_table("reps"), account_id=["1", "2"]) == ["", ""]


def test_the_team_is_the_accounts_else_the_reps_else_the_territorys_else_the_largest(
    make_table: MakeTable,
) -> None:
    reps = make_table("reps", rep_id=["R1"], team=["beer"])
    found = teams(
        reps,
        account_id=["1", "2", "3", "4", "5", "6"],
        team=["wine", None, None, None, "wine", "beer"],
        today_rep_id=["R1", "R1", None, None, None, None],
        today_territory_id=["T1", "T2", "T2", None, "T1", "T1"],
    )
    # 1 own; 2 by rep; 3 by territory T2; 4 knows nothing: wine and beer are equally large, the
    # first by name is beer.
    assert found == ["wine", "beer", "beer", "beer", "wine", "beer"]


def test_bound_accounts_join_the_team_of_their_territory(make_table: MakeTable) -> None:
    found = teams(
        make_table("reps"),
        account_id=["1", "2", "3"],
        team=["wine", "wine", "beer"],
        today_territory_id=["T1", "T1", "T2"],
        bound_territory_id=[None, None, "T1"],
    )
    assert found == ["wine", "wine", "wine"]


def test_a_group_goes_with_the_team_of_most_members(make_table: MakeTable) -> None:
    found = teams(
        make_table("reps"),
        account_id=["1", "2", "3"],
        team=["wine", "wine", "beer"],
        together_id=["1", "1", "1"],
    )
    assert found == ["wine", "wine", "wine"]
