"""Which regions a plan has."""

from pathlib import Path

import pandas as pd

from territory_kit.plan import open_plan
from territory_kit.plan.regions import ALL_ACCOUNTS, NO_REGION, region_names, region_of


def _accounts(*regions: str | None) -> pd.DataFrame:
    return pd.DataFrame({"region": pd.Series(regions, dtype="str")})


def test_names_are_sorted_and_each_stands_once() -> None:
    assert region_names(_accounts("Sud", "Nord", "Sud")) == ("Nord", "Sud")


def test_accounts_without_a_region_form_their_own() -> None:
    accounts = _accounts("Sud", None)
    assert region_of(accounts).tolist() == ["Sud", NO_REGION]


def test_a_plan_without_regions_is_one_region() -> None:
    assert region_names(_accounts(None, None)) == (ALL_ACCOUNTS,)


def test_a_plan_without_regions_keeps_its_choices_when_it_gets_another_name(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(
        "account_id,account_name,lat_deg,lon_deg\nA1,Bar,48,-3\n", encoding="utf-8"
    )
    settings = "name: {}\ninputs: {{accounts: accounts.csv}}\n"
    (tmp_path / "plan.yaml").write_text(settings.format("Iowa 2027"), encoding="utf-8")
    open_plan(tmp_path).choose(ALL_ACCOUNTS, "territories", territories_count=1)
    (tmp_path / "plan.yaml").write_text(settings.format("Iowa 2028"), encoding="utf-8")
    assert open_plan(tmp_path).options(ALL_ACCOUNTS).territories.territories_count == 1
