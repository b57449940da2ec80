import pandas as pd
import pytest

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.gaps import gap_faults

ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["A1", "A2", "A3", "A4"],
        "account_name": ["Bar", "Pub", "Café", "Club"],
        "city": ["Rennes", "Leedz", None, None],
        "postal_code": [None, "LS1", None, None],
        "country": pd.Series([None] * 4, dtype="str"),
        "region": ["Nord", None, "Nord", None],
        "coverage": pd.Series([None, None, None, "remote"], dtype="str"),
    }
).set_axis([2, 3, 4, 5])
LOCATED = ACCOUNTS.reset_index(drop=True).assign(coordinate_source=["city", "none", "none", "none"])


def faults(country: str, accounts: pd.DataFrame = ACCOUNTS) -> dict[str, Fault]:
    return {f.code: f for f in gap_faults(accounts, LOCATED, country=country)}


def test_accounts_that_are_visited_need_a_place() -> None:
    fault = faults("FR")["unplaced_accounts"]
    assert (fault.ids, fault.row_numbers) == (("A2", "A3"), (3, 4))
    assert fault.value == '"LS1 Leedz", "no city, no postal code"'
    assert fault.remedy.startswith("Correct city and postal code")


def test_without_any_country_the_remedy_is_to_write_it() -> None:
    remedy = faults("")["unplaced_accounts"].remedy
    assert remedy == "Write the country in plan.yaml, as country: FR: cities are looked up there."


def test_accounts_without_a_region_beside_others_that_have_one_are_named() -> None:
    assert faults("FR")["missing_region"].ids == ("A2", "A4")


def test_a_plan_without_regions_lacks_none() -> None:
    whole = ACCOUNTS.assign(region=pd.Series(None, ACCOUNTS.index, dtype="str"))
    assert "missing_region" not in faults("FR", whole)


@pytest.mark.parametrize(("country", "is_named"), [("XX", True), ("", False), ("France", False)])
def test_a_country_that_does_not_exist_is_named(country: str, *, is_named: bool) -> None:
    assert ("unknown_country" in faults(country)) == is_named


def test_an_account_that_nothing_names_is_named_by_its_row() -> None:
    nameless = ACCOUNTS.assign(account_id=None, account_name=None)
    assert faults("FR", nameless.astype("str"))["missing_region"].ids == ("row 3", "row 5")


@pytest.mark.parametrize(("regions", "ids"), [(["Nord", "Sud"], ("R1",)), (["Nord", "Nord"], ())])
def test_reps_need_a_region_where_there_are_several(
    regions: list[str], ids: tuple[str, ...]
) -> None:
    accounts = ACCOUNTS.assign(region=regions * 2)
    reps = pd.DataFrame(
        {
            "rep_id": ["R1", "R2", "R3"],
            "rep_name": ["Ann", "Bob", "Cyd"],
            "region": [None, "Nord", None],
            "role": [None, "owner", "manager"],
        }
    )
    found = gap_faults(accounts, LOCATED, reps=reps.astype("str"))
    assert [i for f in found if f.code == "missing_rep_region" for i in f.ids] == [*ids]
