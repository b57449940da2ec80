import pandas as pd

from territory_kit.take_back.rows import are_harmless, make_rows

MOVES = pd.DataFrame(
    {"account_id": ["A1", "A2"], "from_territory_id": ["T1", "T2"], "shortfall_amount": [60.4, 5]}
)


def test_a_row_binds_the_account_to_the_territory_of_today_and_says_why() -> None:
    rows = make_rows(MOVES, currency="EUR", taken_ids=())
    assert rows.iloc[0].to_dict() == {
        "override_id": "take-back A1",
        "scope": "account",
        "value": "A1",
        "action": "to_territory",
        "target": "T1",
        "reason": "the move saves EUR 60 less than its price",
        "status": "accepted",
    }


def test_an_identifier_that_is_taken_gets_a_number() -> None:
    taken = ["take-back A2", "take-back A2 2"]
    rows = make_rows(MOVES, currency="EUR", taken_ids=taken)
    assert rows["override_id"].tolist() == ["take-back A1", "take-back A2 3"]


def test_texts_like_formulas_are_not_harmless() -> None:
    texts = pd.DataFrame({"id": ["A1", "=A1", "A1"], "to": ["T1", "T1", "-T1"]}, dtype="str")
    assert are_harmless(texts).tolist() == [True, False, False]
