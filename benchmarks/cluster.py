"""Seconds of a batch on a Dask cluster against the same batch by this machine alone.

Both render the same regions two at a time, each on its own copy of one plan: by the command with
two workers, and by the command with the address of a cluster of two worker processes on this
machine, each with one thread. Clusters stand already when a batch is sent, so the ratio leaves
their start out; it is printed beside. With QUICK=1 there are 8 regions, else 16.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from render import (  # type: ignore[import-not-found]  # reason: stands beside this script
    COMMAND,
    write_plan,
)

from territory_kit.plan import STEPS, open_plan

REGIONS_COUNT = 8 if os.environ.get("QUICK") else 16
WORKERS_COUNT = 2
PICTURE = re.compile(r"data:image/png;base64,[^\"']+")


def main() -> None:
    """Print the seconds of both, and their ratio in the last line."""
    try:
        from distributed import LocalCluster  # noqa: PLC0415 - optional
    except ImportError:
        print("cluster: skipped, the package distributed is not installed")
        return
    with TemporaryDirectory() as name:
        here = write_plan(Path(name) / "here", regions_count=REGIONS_COUNT)
        there = Path(shutil.copytree(here, Path(name) / "there"))
        alone = render(here, "--workers", str(WORKERS_COUNT))
        started = time.perf_counter()
        with LocalCluster(  # type: ignore[no-untyped-call]  # reason: typed in part only
            host="127.0.0.1",
            n_workers=WORKERS_COUNT,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            memory_limit=0,
        ) as cluster:
            start = time.perf_counter() - started
            sent = render(there, "--dask", cluster.scheduler_address)
        different = differences(here, there)
    print(f"this machine: {alone:.1f} s for {REGIONS_COUNT} regions, {WORKERS_COUNT} at a time")
    print(f"cluster: {sent:.1f} s, with its own start {start + sent:.1f} s")
    print(f"same pictures and tables: {not different}")
    if different:
        sys.exit(f"They differ: {', '.join(different)}.")
    print(f"ratio: {sent / alone:.1f} x")


def render(folder: Path, *options: str) -> float:
    """Render a plan by the command, and return the seconds from its start to its end."""
    started = time.perf_counter()
    command = [sys.executable, "-c", COMMAND, "render", str(folder), *options]
    done = subprocess.run(  # noqa: S603 - our own
        command, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"The batch failed: {done.stdout}{done.stderr}")
    return time.perf_counter() - started


def differences(here: Path, there: Path) -> list[str]:
    """Name what is not the same, to the letter: pictures of reports, and tables of results."""
    one, other = open_plan(here), open_plan(there)
    found = []
    for region in one.regions():
        pages = [folder / "reports" / one.slug(region) / "report.html" for folder in (here, there)]
        pictures = [PICTURE.findall(page.read_text(encoding="utf-8")) for page in pages]
        found += [f"pictures of {region}"] if pictures[0] != pictures[1] else []
        for step in STEPS:
            tables, others = one.read(step, region).tables, other.read(step, region).tables
            found += [
                f"{name} of {region}"
                for name in sorted(tables.keys() | others.keys())
                if name not in tables or name not in others or not tables[name].equals(others[name])
            ]
    return found


if __name__ == "__main__":
    main()
