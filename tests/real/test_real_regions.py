"""Plans from real accounts that nobody invented: breweries of two states, and the towns of Iowa.

The promises of a report are checked against the input file itself, read with the csv module.
"""

import csv
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import render_plan

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"

pytestmark = [
    pytest.mark.real,
    pytest.mark.notebook,
    pytest.mark.skipif(not REAL.is_dir(), reason="no folder ../shared/real beside this checkout"),
]

BREWERIES = """\
name: Breweries of ten states
currency: USD
country: US
seed: 7
inputs:
  accounts:
    file: inputs/breweries.csv
    columns:
      account_id: id
      account_name: name
      segment: brewery_type
      street: address_1
      region: state_province
      lat_deg: latitude
      lon_deg: longitude
regions:
  Iowa: {territories: {territories_count: 3}}
"""
IOWA = """\
name: Whiskey in Iowa
currency: USD
country: US
seed: 7
inputs:
  accounts:
    file: inputs/iowa_accounts.csv
    columns:
      account_name: city
      region: state
      lat_deg: lat
      lon_deg: lon
      potential_amount_per_year: market_usd_2015
      revenue_amount_per_year: revenue_usd_2015
regions:
  IA: {territories: {territories_count: 6}}
"""


@dataclass(frozen=True)
class Source:
    """A real file, the settings that map it, and the regions to render."""

    file: str
    settings: str
    region_header: str
    id_header: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Rendered:
    """A rendered region, and the rows of the input that belong to it."""

    plan: Path
    region: str
    ids: list[str]

    def tables(self, step: str) -> Mapping[str, pd.DataFrame]:
        """Read the saved tables of one step."""
        return open_plan(self.plan).read(step, self.region).tables


SOURCES = (
    Source("breweries.csv", BREWERIES, "state_province", "id", ("Colorado", "Iowa")),
    Source("iowa_accounts.csv", IOWA, "state", "account_id", ("IA",)),
)
CASES = [(source, region) for source in SOURCES for region in source.regions]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Render each plan once for all tests of this module."""
    folders = {}
    for source in SOURCES:
        folder = tmp_path_factory.mktemp(source.file.partition(".")[0])
        (folder / "inputs").mkdir()
        shutil.copyfile(REAL / source.file, folder / "inputs" / source.file)
        (folder / "plan.yaml").write_text(source.settings, encoding="utf-8")
        assert render_plan(folder, regions=source.regions).failed == ()
        folders[source.file] = folder
    return folders


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0].file}-{case[1]}")
def case(request: pytest.FixtureRequest, plans: dict[str, Path]) -> Rendered:
    """One region with the identifiers that the csv module reads from the input."""
    source, region = request.param
    with (REAL / source.file).open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row[source.region_header] == region]
    return Rendered(plans[source.file], region, sorted(row[source.id_header] for row in rows))


def test_every_account_has_one_territory_or_one_reason(case: Rendered) -> None:
    """No row of the input is lost and none is placed twice."""
    assignment = case.tables("territories")["assignment"]
    assert sorted(assignment["account_id"]) == case.ids
    assert (assignment["territory_id"].isna() == assignment["left_out_reason"].notna()).all()


def test_there_is_more_than_one_territory(case: Rendered) -> None:
    """Without reps or today's territories the number comes from the plan or from the work."""
    assert len(set(case.tables("territories")["assignment"]["territory_id"].dropna())) > 1


def test_balance_can_be_rebuilt_from_the_assignment(case: Rendered) -> None:
    """The printed deviation is the one that the accounts' hours give."""
    tables = case.tables("territories")
    hours = tables["assignment"].groupby("territory_id")["workload_hours_per_year"].sum()
    by_hand = (hours / hours.mean() - 1).abs().max()
    balance = tables["balance"].set_index(["state", "measure"])["deviation_share"]
    printed = balance.loc[("proposal", "workload_hours_per_year")]
    assert printed == pytest.approx(by_hand, abs=1e-9)


def test_counts_agree_from_input_to_report(case: Rendered) -> None:
    """Rows of the input, of each result and the report's count of accounts are one number."""
    assert len(case.tables("market")["market_accounts"]) == len(case.ids)
    territories = case.tables("territories")
    placed = int(territories["territory_plan"]["accounts_count"].sum())
    left_out = int(territories["assignment"]["territory_id"].isna().sum())
    assert placed + left_out == len(case.ids)
    slug = open_plan(case.plan).slug(case.region)
    page = (case.plan / "reports" / slug / "report.html").read_text(encoding="utf-8")
    assert re.search(rf"\b{placed:,} accounts are divided into", page)
