"""Plans from real accounts that nobody invented: breweries of two states, and the towns of Iowa.

The promises of a report are checked against the input file itself, read with the csv module.
"""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import render_plan

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"

pytestmark = [
    pytest.mark.real,
    pytest.mark.notebook,
    pytest.mark.skipif(not REAL.is_dir(), reason="the folder ../shared/real is not beside this checkout"),
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

CASES = [
    pytest.param("breweries.csv", BREWERIES, "state_province", "id", "Colorado", id="Colorado"),
    pytest.param("breweries.csv", BREWERIES, "state_province", "id", "Iowa", id="Iowa breweries"),
    pytest.param("iowa_accounts.csv", IOWA, "state", "account_id", "IA", id="Iowa towns"),
]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Render each plan once for all tests of this module."""
    plans: dict[str, Path] = {}
    wanted = {"breweries.csv": (BREWERIES, ["Colorado", "Iowa"]), "iowa_accounts.csv": (IOWA, ["IA"])}

    def render(file: str) -> Path:
        if file not in plans:
            settings, regions = wanted[file]
            folder = tmp_path_factory.mktemp(file.partition(".")[0])
            (folder / "inputs").mkdir()
            shutil.copyfile(REAL / file, folder / "inputs" / file)
            (folder / "plan.yaml").write_text(settings, encoding="utf-8")
            summary = render_plan(folder, regions=regions)
            assert not summary.failed, summary
            plans[file] = folder
        return plans[file]

    return render


def _rows_of_region(file: str, column: str, region: str) -> list[dict[str, str]]:
    with (REAL / file).open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row[column] == region]


def _saved(plan: Path, step: str, region: str) -> dict[str, pd.DataFrame]:
    return dict(open_plan(plan).read(step, region).tables)


@pytest.mark.parametrize(("file", "settings", "column", "key", "region"), CASES)
class TestPromisesOfAReport:
    """What a report promises, on data that nobody made to fit."""

    def test_every_account_has_one_territory_or_one_reason(
        self,
        rendered: Callable[[str], Path],
        file: str,
        settings: str,
        column: str,
        key: str,
        region: str,
    ) -> None:
        """No row of the input is lost and none is placed twice."""
        assert settings
        assignment = _saved(rendered(file), "territories", region)["assignment"]
        expected = sorted(row[key] for row in _rows_of_region(file, column, region))
        assert sorted(assignment["account_id"]) == expected
        assert (assignment["territory_id"].isna() == assignment["left_out_reason"].notna()).all()

    def test_balance_can_be_rebuilt_from_the_tables(
        self,
        rendered: Callable[[str], Path],
        file: str,
        settings: str,
        column: str,
        key: str,
        region: str,
    ) -> None:
        """The printed deviation is the one that the assignment gives."""
        assert (settings, column, key)
        tables = _saved(rendered(file), "territories", region)
        assert tables["assignment"]["territory_id"].nunique() > 1
        hours = tables["assignment"].groupby("territory_id")["workload_hours_per_year"].sum()
        by_hand = (hours / hours.mean() - 1).abs().max()
        balance = tables["balance"].set_index(["state", "measure"])["deviation_share"]
        printed = balance.loc["proposal"].filter(like="orkload").iloc[0]
        assert printed == pytest.approx(by_hand, abs=1e-6)

    def test_counts_agree_from_input_to_report(
        self,
        rendered: Callable[[str], Path],
        file: str,
        settings: str,
        column: str,
        key: str,
        region: str,
    ) -> None:
        """Rows of the input, of each result and of the report's table are the same number."""
        assert (settings, key)
        plan = rendered(file)
        count = len(_rows_of_region(file, column, region))
        assert len(_saved(plan, "market", region)["market_accounts"]) == count
        territories = _saved(plan, "territories", region)
        placed = int(territories["territory_plan"]["accounts_count"].sum())
        left_out = int(territories["assignment"]["territory_id"].isna().sum())
        assert placed + left_out == count
        report = plan / "reports" / open_plan(plan).slug(region) / "report.html"
        assert re.search(rf"\b{placed:,}\b", report.read_text(encoding="utf-8"))
