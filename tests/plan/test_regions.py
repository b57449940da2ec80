"""Which regions a plan has."""

import pandas as pd

from territory_kit.plan.regions import NO_REGION, region_names, region_of


def _accounts(*regions: str | None) -> pd.DataFrame:
    return pd.DataFrame({"region": pd.Series(regions, dtype="str")})


def test_names_are_sorted_and_each_stands_once() -> None:
    assert region_names(_accounts("Sud", "Nord", "Sud"), plan_name="P") == ("Nord", "Sud")


def test_accounts_without_a_region_form_their_own() -> None:
    accounts = _accounts("Sud", None)
    assert region_of(accounts, plan_name="P").tolist() == ["Sud", NO_REGION]


def test_a_plan_without_regions_is_one_region() -> None:
    assert region_names(_accounts(None, None), plan_name="Iowa 2027") == ("Iowa 2027",)
