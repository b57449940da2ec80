import pandas as pd

from territory_kit.steps._reps.matching import closed_pairs
from territory_kit.steps._reps.teams import mark_teams, say_teams

# T1 of the wine team, T2 of the beer team; R1 sells wine, R2 beer, R3 has no team.
PLAN = pd.DataFrame({"territory_id": ["T1", "T2"], "team": ["wine", "beer"]})
PEOPLE = pd.DataFrame({"rep_id": ["R1", "R2", "R3"], "team": ["wine", "beer", None]})
FIT = pd.DataFrame(
    {"territory_id": ["T1"] * 3 + ["T2"] * 3, "rep_id": ["R1", "R2", "R3"] * 2, "fit_share": 0.5}
)
NOBODY_BOUND = pd.DataFrame({"territory_id": [], "rep_id": []})


def closed(
    plan: pd.DataFrame = PLAN,
    *,
    bound: pd.DataFrame = NOBODY_BOUND,
    held: dict[str, str] | None = None,
) -> list[tuple[str, str]]:
    marked = mark_teams(FIT, plan, PEOPLE, bound=bound, holders=held or {})
    return sorted(closed_pairs(marked))


def test_a_rep_of_another_team_is_closed_and_one_without_a_team_is_not() -> None:
    assert closed() == [("T1", "R2"), ("T2", "R1")]
    (sentence,) = say_teams(PLAN)
    assert sentence.startswith("A territory goes to a rep of its team or to one without a team.")


def test_who_holds_a_territory_or_is_bound_to_it_may_have_it() -> None:
    assert closed(held={"T1": "R2"}) == [("T2", "R1")]
    bound = pd.DataFrame({"territory_id": ["T2"], "rep_id": ["R1"]})
    assert closed(bound=bound) == [("T1", "R2")]


def test_where_all_territories_are_of_one_team_nothing_is_closed() -> None:
    for team in ("wine", "", None):
        plan = PLAN.assign(team=pd.Series([team, team], dtype="str"))
        assert closed(plan) == []
        assert say_teams(plan) == ()
