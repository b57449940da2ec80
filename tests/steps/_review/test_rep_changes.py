import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._review.rep_changes import (
    count_changes,
    largest_words,
    relationship,
    review_rep_changes,
)

IDS = ["1", "2", "3", "4", "5"]
SINCE = pd.Series(["2025-01-01"] * 5, index=IDS, dtype="datetime64[us]")
PEOPLE = pd.DataFrame({"rep_id": ["R1", "R2"], "rep_name": ["Ann", None]})


def hands(from_reps: list[str | None], to_hands: list[str], territory: str = "T") -> pd.DataFrame:
    """Five accounts with revenue 100 to 500, and a deal of 10 each."""
    owners = pd.Series(from_reps, dtype="str")
    target = pd.Series(to_hands, dtype="str")
    return pd.DataFrame(
        {
            "account_id": IDS,
            "from_rep_id": owners,
            "from_hand": "rep " + owners,
            "to_hand": ("rep " + target).where(target.str.startswith("R"), "territory " + target),
            "to_rep_id": target.where(target.str.startswith("R")),
            "to_territory_id": territory + target,
            "revenue_amount_per_year": [100.0, 200, 300, 400, 500],
            "open_deals_amount": 10.0,
        }
    )


MOVED = hands(["R1", "R1", "R1", "R2", None], ["R1", "R2", "R1", "R2", "R2"])


def test_each_rep_is_told_what_is_kept_given_and_gained() -> None:
    ann, bob = count_changes(MOVED, None).to_dict("records")
    assert [ann[f"{word}_count"] for word in ("accounts", "kept", "given", "gained")] == [
        3,
        2,
        1,
        0,
    ]
    # The account that nobody has today is gained, and given by nobody.
    assert [bob[f"{word}_count"] for word in ("accounts", "kept", "given", "gained")] == [
        1,
        1,
        0,
        2,
    ]
    assert ann["given_accounts_share"] == pytest.approx(1 / 3)
    assert ann["given_revenue_share"] == pytest.approx(200 / 600)
    assert (ann["open_deals_amount"], bob["open_deals_amount"]) == (10, 0)
    assert bob["given_revenue_share"] == 0


def test_a_strong_relationship_weighs_more() -> None:
    strength = pd.Series([0.0, 3.0, 0.0, 1.0, 1.0])
    assert count_changes(MOVED, strength)["given_relation_share"].tolist() == [1, 0]


def test_a_place_without_a_rep_is_given_and_no_row() -> None:
    table = count_changes(hands(["R1"] * 5, ["R1"] * 4 + ["open"]), None)
    assert table["rep_id"].tolist() == ["R1"]
    assert table["given_count"].tolist() == [1]


def test_without_tenure_and_visits_no_share_by_relationship_is_told() -> None:
    table = count_changes(hands(["R1"] * 5, ["R1"] * 4 + ["R2"]), None)
    assert table["given_relation_share"].isna().all()


def test_a_rep_who_has_nothing_today_has_no_share() -> None:
    table = count_changes(hands(["R1"] * 5, ["R1"] * 4 + ["R2"]), None).set_index("rep_id")
    assert pd.isna(table["given_revenue_share"]["R2"])
    assert table["gained_count"]["R2"] == 1


def test_new_names_of_all_territories_are_no_change() -> None:
    same = hands(["R1", "R1", "R2", "R2", "R2"], ["R1", "R1", "R2", "R2", "R2"], "NEW-")
    table = count_changes(same, None)
    assert table["given_count"].tolist() == table["gained_count"].tolist() == [0, 0]
    assert largest_words(table, pd.Series(dtype="str")) == "No rep gives an account to another."


def test_the_rep_who_gives_most_is_named() -> None:
    part = review_rep_changes(MOVED, SINCE, None, PEOPLE, Options())
    assert part.figures["rep_disruption_words"] == (
        "Ann gives the largest share: 33 % of the revenue, 1 account. Shares are of what each rep "
        "has today."
    )
    assert part.figures["largest_given_share"] == pytest.approx(1 / 3)
    assert not part.findings


def test_without_reps_the_caption_says_what_is_missing() -> None:
    part = review_rep_changes(MOVED, SINCE, None, PEOPLE.head(0), Options())
    assert part.tables["rep_disruption"].empty
    assert str(part.figures["rep_disruption_words"]).startswith("Without reps")


def test_the_relationship_is_years_times_visits_as_far_as_known() -> None:
    ids, visits = pd.Series(["1", "2"]), pd.Series({"1": 4.0})
    years, unknown = pd.Series([2.0, None]), pd.Series([None, None])
    assert relationship(ids, unknown, None) is None
    assert relationship(ids, years, None).tolist() == [2, 2]  # type: ignore[union-attr]  # known
    assert relationship(ids, years, visits).tolist() == [8, 0]  # type: ignore[union-attr]  # known
    assert relationship(ids, unknown, visits).tolist() == [4, 0]  # type: ignore[union-attr]  # known


def test_the_order_of_rows_does_not_matter() -> None:
    strength = pd.Series([1.0, 3.0, 2.0, 1.0, 1.0])
    expected = count_changes(MOVED, strength)
    pd.testing.assert_frame_equal(count_changes(MOVED.iloc[::-1], strength), expected)
