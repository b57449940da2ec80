"""What saved filters may ask of a table."""

from territory_kit.columns import filter_kinds


def test_every_declared_column_has_a_kind_that_filters_know() -> None:
    kinds = filter_kinds("accounts")
    assert kinds["account_id"] == "text"
    assert kinds["account_type"] == "text"
    assert kinds["margin_share"] == "number"
    assert kinds["owner_since_date"] == "date"
    assert filter_kinds("reps")["is_vacancy"] == "yes_no"


def test_members_of_a_family_count_and_other_names_do_not() -> None:
    kinds = filter_kinds("accounts", further=["need_wine_share", "skill_wine_share", "shoe_size"])
    assert kinds["need_wine_share"] == "number"
    assert not {"skill_wine_share", "shoe_size", "need_<skill>_share"} & set(kinds)
