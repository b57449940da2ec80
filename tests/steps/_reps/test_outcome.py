from collections.abc import Callable

import pandas as pd

from territory_kit.steps._reps.matching import Holding
from territory_kit.steps._reps.outcome import Staffing, combine, keeps
from territory_kit.steps.ownership import own_today
from territory_kit.steps.roster import list_owners

MakeTable = Callable[..., pd.DataFrame]


def test_every_territory_has_a_row_and_keepers_are_told_from_newcomers(
    make_table: MakeTable,
) -> None:
    plan = pd.DataFrame(
        {"territory_id": ["T1", "T2", "T3"], "territory_name": ["One", "Two", "Three"]}
    )
    reps = make_table("reps", rep_id=["R1", "R2"], rep_name=["Ann", "Bob"])
    inputs = make_table(
        "accounts", account_id=["1"], current_territory_id=["T1"], current_rep_id=["R1"]
    )
    ownership = own_today(inputs, territories=None, reps=reps, region="R")
    owners = list_owners(reps, region="R", start=None)
    holdings = {"T1": Holding("R1", "bound"), "T2": Holding("R2", "bound")}
    staffing = Staffing(owners, ownership, holdings)
    fit = pd.DataFrame(
        {
            "territory_id": ["T1", "T2"],
            "rep_id": ["R1", "R2"],
            "fit_share": [0.9, 0.4],
            "skill_fit_share": 1.0,
            "home_km": 3.0,
            "relation_share": 0.5,
        }
    )
    accounts = pd.DataFrame(
        {"territory_id": ["T1"], "today_rep_id": ["R1"], "revenue_amount_per_year": [10.0]}
    )
    rows = combine(plan, staffing, fit, accounts)
    assert rows["rep_name"].fillna("none").tolist() == ["Ann", "Bob", "none"]
    assert rows["is_vacant"].tolist() == [False, False, True]
    # Both are bound; R1 had T1 before, R2 is new in T2.
    assert rows["is_incumbent"].tolist() == [True, False, False]
    assert rows["current_rep_id"].fillna("none").tolist() == ["R1", "none", "none"]
    assert rows["rep_reason"].str.startswith("keeps 100 %").tolist() == [True, False, False]
    assert keeps(pd.Series(["T1"]), pd.Series(["R2"]), staffing) == [False]
