"""A plan with two regions whose names and accounts come from outside, rendered once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import RenderRequest, render_plan
from territory_kit.render.outcome import Summary
from territory_kit.render.workers import Workers

HOSTILE_REGION = "../<script>document.title='run'</script>"
HOSTILE_ACCOUNT = "<img src=x onerror=alert(1)>"
PLAN = """\
name: Two <b>regions</b>
currency: EUR
as_of_date: 2026-10-31
inputs: {accounts: inputs/accounts.csv, reps: inputs/reps.csv}
territories: {territories_count: 2}
"""
HEAD = (
    "account_id,account_name,lat_deg,lon_deg,region,city,current_rep_id,"
    "potential_amount_per_year,revenue_amount_per_year,employees_count\n"
)
REPS = "rep_id,rep_name,region\nR1,Anne,Nord\nR2,=cmd(),Nord\n"
SMALL_PLAN = """\
name: Small
inputs: {accounts: inputs/accounts.csv}
territories: {territories_count: 2}
"""
SMALL_HEAD = "account_id,account_name,lat_deg,lon_deg,region,potential_amount_per_year\n"
SMALL_ACCOUNTS_COUNT = 6


def write_plan(folder: Path) -> Path:
    """Write 24 accounts, half of them in each region, all with a hostile name."""
    (folder / "inputs").mkdir(parents=True)
    rows = [_row(number) for number in range(24)]
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "inputs" / "accounts.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    (folder / "inputs" / "reps.csv").write_text(REPS, encoding="utf-8")
    return folder


def _row(number: int) -> str:
    region, owner = ("Nord", f"R{1 + number % 3 // 2}") if number % 2 else (HOSTILE_REGION, "")
    place = f"{47 + number % 5 / 10},{2 + number % 7 / 10}"
    money = f"{1000 * (number + 1)},{100 * number}"
    employees = "n/c" if number == 1 else ""
    name = f"{HOSTILE_ACCOUNT} {number}"
    return f'A{number:02d},"{name}",{place},"{region}",Ville,{owner},{money},{employees}\n'


@dataclass(frozen=True)
class Rendered:
    """A rendered plan folder and what came of it."""

    folder: Path
    summary: Summary

    def page(self, region: str) -> str:
        """Read the report of a region."""
        slug = open_plan(self.folder).slug(region)
        return (self.folder / "reports" / slug / "report.html").read_text(encoding="utf-8")

    @property
    def index(self) -> str:
        """Read the page over all regions."""
        return self.summary.index.read_text(encoding="utf-8")


@pytest.fixture
def write_regions(tmp_path: Path) -> Callable[[int], Path]:
    """Write a plan of so many regions R0, R1, ... with six accounts each."""

    def write(count: int) -> Path:
        folder = tmp_path / "plan"
        (folder / "inputs").mkdir(parents=True)
        rows = [
            f"A{n:03d},Bar {n},{48 + n % 5 / 10},{2 + n % 7 / 10},R{n % count},{1000 * (n + 1)}\n"
            for n in range(SMALL_ACCOUNTS_COUNT * count)
        ]
        text = SMALL_HEAD + "".join(rows)
        (folder / "inputs" / "accounts.csv").write_text(text, encoding="utf-8")
        (folder / "plan.yaml").write_text(SMALL_PLAN, encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """Start a fork server once for all batches; importing takes some seconds."""
    with Workers() as ready:
        yield ready


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory, workers: Workers) -> Rendered:
    """Render both regions with two workers."""
    folder = write_plan(tmp_path_factory.mktemp("render") / "plan")
    return Rendered(folder, render_plan(folder, request=RenderRequest(2), workers=workers))
