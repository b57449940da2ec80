"""Seconds per region: the batch against a plain papermill loop, on the same 32 regions.

The loop starts a kernel for each notebook (`papermill.execute_notebook`) and then exports one page
per region, over the first regions; the batch renders all of them, its start and warm-up included.
Both run the same notebooks, each on its own copy of one plan, so neither finds the other's results.
One half of the loop runs before the batch and one after it, so that a machine that others use too
is as fast for both. A second batch then finds nothing to do. With QUICK=1 there are 8 regions, of
which the loop renders 2.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import numpy as np
import papermill

from territory_kit.frame import read_company
from territory_kit.plan import open_plan
from territory_kit.render.export import report_html
from territory_kit.render.notebooks import find_notebooks

COMMAND = "from territory_kit.cli import app; app()"
REGIONS_COUNT, LOOP_REGIONS_COUNT = (8, 2) if os.environ.get("QUICK") else (32, 6)
ACCOUNTS_PER_REGION = 60
REPS_PER_REGION = 2
SEED = 7
PAUSE_S = 0.2
# What the command tells of a region, to the second: many of them have a mean that is closer.
DONE = re.compile(r": done in (\d+) s$", re.MULTILINE)
ACCOUNTS = (
    "account_id,account_name,lat_deg,lon_deg,region,current_rep_id,segment,"
    "potential_amount_per_year,revenue_amount_per_year\n"
)
REPS = "rep_id,rep_name,region,home_lat_deg,home_lon_deg\n"
PLAN = """\
name: Many regions
currency: EUR
as_of_date: 2026-10-31
inputs: {accounts: inputs/accounts.csv, reps: inputs/reps.csv}
"""
Counts = dict[str, tuple[int, int]]


def main() -> None:
    """Print seconds per region of both, and their ratio in the last line."""
    with TemporaryDirectory() as name:
        by_batch = write_plan(Path(name) / "batch")
        loop = Loop(Path(shutil.copytree(by_batch, Path(name) / "loop")))
        loop.run(LOOP_REGIONS_COUNT // 2)
        watch = run_batch(by_batch)
        loop.run(LOOP_REGIONS_COUNT)
        loop_seconds, expected = loop.seconds / len(loop.counts), loop.counts
        again, start = run_batch(by_batch).seconds, run_start()
        each = watch.seconds / REGIONS_COUNT
        cells, found = read_reports(by_batch)
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        is_equal = all(found[region] == counts for region, counts in expected.items())
        print(f"loop: {loop_seconds:.2f} s per region, over {len(expected)} regions")
        print(f"batch: {each:.2f} s per region, over {REGIONS_COUNT} regions, start included")
        print(f"work of the cells: {cells:.2f} s per region")
        print(f"overhead beyond it: {watch.region_seconds - cells:.2f} s in a region")
        idle = each * cores - watch.region_seconds
        print(f"start, pages and cores without work: {idle:.2f} s per region, {cores} cores")
        print(f"memory: command {watch.command_mib:.0f} MiB, all processes {watch.all_mib:.0f} MiB")
        print(f"nothing changed: {again:.2f} s, of which the start of the command {start:.2f} s")
        print(f"same pictures and tables: {is_equal}, {sorted(set(expected.values()))}")
    print(f"ratio: {loop_seconds / each:.1f} x")


def write_plan(
    folder: Path,
    *,
    regions_count: int = REGIONS_COUNT,
    accounts_count: int = ACCOUNTS_PER_REGION,
) -> Path:
    """Write a plan of many regions: shops around invented towns, and their reps."""
    random = np.random.default_rng(SEED)
    (folder / "inputs").mkdir(parents=True)
    accounts, reps = [ACCOUNTS], [REPS]
    for region in range(regions_count):
        middle = 44.0 + region % 6, -1.0 + region // 6
        for rep in range(REPS_PER_REGION):
            home = f"{middle[0] + rep / 5:.3f},{middle[1]:.3f}"
            reps.append(f"R{region:02d}{rep},Rep {region:02d}{rep},Region {region:02d},{home}\n")
        numbers = range(accounts_count)
        accounts += [account(random, middle, region, number) for number in numbers]
    (folder / "inputs" / "accounts.csv").write_text("".join(accounts), encoding="utf-8")
    (folder / "inputs" / "reps.csv").write_text("".join(reps), encoding="utf-8")
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return folder


def account(
    random: np.random.Generator, middle: tuple[float, float], region: int, number: int
) -> str:
    """Write the row of one account near the middle of its region."""
    lat, lon = random.normal(middle, 0.3)
    potential, revenue = random.lognormal(9, 1, size=2)
    owner = f"R{region:02d}{number % REPS_PER_REGION}"
    segment = ("Bar", "Shop", "Hotel")[number % 3]
    return (
        f"A{region:02d}{number:03d},Account {region:02d}{number:03d},{lat:.4f},{lon:.4f},"
        f"Region {region:02d},{owner},{segment},{potential + revenue:.0f},{revenue:.0f}\n"
    )


class Loop:
    """Render regions one after the other, as a short script would; inputs are read before."""

    def __init__(self, folder: Path) -> None:
        self.plan = open_plan(folder)
        self.plan.inputs()
        read_company(self.plan)
        self.seconds = 0.0
        self.counts: Counts = {}

    def run(self, until: int) -> None:
        """Render on, up to a number of regions."""
        started = time.perf_counter()
        for region in self.plan.regions()[len(self.counts) : until]:
            self._render(region)
        self.seconds += time.perf_counter() - started

    def _render(self, region: str) -> None:
        folder, executed = self.plan.folder, []
        for notebook in find_notebooks():
            out = folder / f"{self.plan.slug(region)}-{notebook.name}"
            parameters = {"plan_dir": str(folder), "region": region}
            papermill.execute_notebook(
                str(notebook), str(out), parameters=parameters, progress_bar=False
            )
            executed.append(nbformat.read(out, as_version=4))
        page = report_html(open_plan(folder), region, executed)
        (folder / f"{self.plan.slug(region)}.html").write_text(page, encoding="utf-8")
        self.counts[region] = count(page)


def run_batch(folder: Path) -> "Watch":
    """Render all regions by the command, and measure from its start to its end."""
    command = [sys.executable, "-c", COMMAND, "render", str(folder)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        watch = Watch(process.pid)
        told, _ = process.communicate()
        if process.returncode:
            sys.exit("The batch failed.")
    watch.seconds = time.perf_counter() - started
    each = [int(seconds) for seconds in DONE.findall(told)]
    watch.region_seconds = sum(each) / len(each) if each else 0.0
    return watch


def run_start() -> float:
    """Measure how long the command takes before it begins with a plan."""
    started = time.perf_counter()
    code = "import territory_kit.cli, territory_kit.render.batch"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own
    return time.perf_counter() - started


def read_reports(folder: Path) -> tuple[float, Counts]:
    """Return the mean seconds of all cells of a region, and what each report shows."""
    plan, seconds, counts = open_plan(folder), [], {}
    for region in plan.regions():
        target = folder / "reports" / plan.slug(region)
        executed = [nbformat.read(file, as_version=4) for file in target.glob("*.ipynb")]
        cells = [cell.metadata.get("papermill", {}) for each in executed for cell in each.cells]
        seconds.append(sum(float(cell.get("duration") or 0.0) for cell in cells))
        counts[region] = count((target / "report.html").read_text(encoding="utf-8"))
    return sum(seconds) / len(seconds), counts


def count(page: str) -> tuple[int, int]:
    """Count pictures and tables of a report."""
    return page.count("data:image/png"), page.count("<table")


class Watch:
    """Measure the most memory that a command, and all that it starts, holds at a time."""

    def __init__(self, pid: int) -> None:
        self.seconds, self.region_seconds = 0.0, 0.0
        self.command_mib, self.all_mib = 0.0, 0.0
        threading.Thread(target=self._run, args=(pid,), daemon=True).start()

    def _run(self, pid: int) -> None:
        while Path(f"/proc/{pid}").exists():
            sizes = {one: mib(one) for one in family(pid)}
            self.command_mib = max(self.command_mib, sizes.get(pid, 0.0))
            self.all_mib = max(self.all_mib, sum(sizes.values()))
            time.sleep(PAUSE_S)


def family(pid: int) -> list[int]:
    """List a process and its descendants."""
    try:
        children = (Path(f"/proc/{pid}/task") / str(pid) / "children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def mib(pid: int) -> float:
    """Read the memory of a process; what several share counts for each in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    main()
