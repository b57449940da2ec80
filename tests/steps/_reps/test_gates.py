import pandas as pd

from territory_kit.steps._reps.gates import apply_gates, say_gates

PLAN = pd.DataFrame({"territory_id": ["T1", "T2"], "territory_name": ["One", "Two"]})
PEOPLE = pd.DataFrame(
    {"rep_id": ["R1", "R2"], "rep_name": ["Ann", "Bob"], "skill_law_share": [0.5, None]}
)
# T1 needs law for 30 of 60 hours, T2 not at all.
ACCOUNTS = pd.DataFrame(
    {
        "territory_id": ["T1", "T1", "T2"],
        "workload_hours_per_year": [30.0, 30.0, 10.0],
        "need_law_share": [1.0, None, 0.0],
    }
)
FIT = pd.DataFrame(
    {
        "territory_id": ["T1", "T1", "T2", "T2"],
        "rep_id": ["R1", "R2", "R1", "R2"],
        "fit_share": [0.5, 0.6, 0.7, 0.8],
    }
)


def test_a_need_that_is_just_large_enough_asks_and_a_skill_just_large_enough_passes() -> None:
    found = apply_gates(FIT, PEOPLE, ACCOUNTS, gates={"law": 0.5})
    assert found["failed_gates"].tolist() == ["", "law", "", ""]
    assert found["fit_share"].tolist() == [0.5, 0, 0.7, 0.8]
    (sentence,) = say_gates(found, PLAN, PEOPLE, ACCOUNTS, gates={"law": 0.5})
    assert sentence == (
        "1 pair of rep and territory cannot be proposed, as a gate is not passed: Bob in One (law)."
    )


def test_a_need_below_the_share_asks_for_nothing() -> None:
    found = apply_gates(FIT, PEOPLE, ACCOUNTS, gates={"law": 0.6})
    pd.testing.assert_frame_equal(found[FIT.columns.tolist()], FIT)
    assert say_gates(found, PLAN, PEOPLE, ACCOUNTS, gates={"law": 0.6}) == ()


def test_a_skill_that_nobody_is_rated_for_is_not_passed() -> None:
    unrated = PEOPLE.drop(columns="skill_law_share")
    found = apply_gates(FIT, unrated, ACCOUNTS, gates={"law": 0.5})
    assert found["failed_gates"].tolist() == ["law", "law", "", ""]


def test_without_gates_or_reps_nothing_changes() -> None:
    assert (apply_gates(FIT, PEOPLE, ACCOUNTS, gates={})["failed_gates"] == "").all()
    nobody = FIT.iloc[:0].astype({"territory_id": "str", "rep_id": "str"})
    assert apply_gates(nobody, PEOPLE.iloc[:0], ACCOUNTS, gates={"law": 0.5}).empty
