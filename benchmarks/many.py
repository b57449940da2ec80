"""Many small regions in one batch: memory of the command, what is left, and a run without changes.

The batch renders 200 regions of 12 accounts, with QUICK=1 20. Afterwards no process, no socket and
no temporary file of it may be left. Then the same command runs again, where nothing has changed;
what the command takes to start and say `--help` is printed beside. Reads /proc, so on Linux only.
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from render import (  # type: ignore[import-not-found]  # reason: stands beside this script
    COMMAND,
    write_plan,
)

REGIONS_COUNT = 20 if os.environ.get("QUICK") else 200
ACCOUNTS_PER_REGION = 12
MARK = "TERRITORY_KIT_BENCHMARK"
PAUSE_S = 0.1
PEAK = re.compile(r"VmHWM:\s*(\d+) kB")


@dataclass(frozen=True)
class Left:
    """What a batch has left behind."""

    processes_count: int
    sockets_count: int
    files_count: int

    def __str__(self) -> str:
        """Write the counts."""
        return (
            f"{self.processes_count} processes, {self.sockets_count} sockets, "
            f"{self.files_count} temporary files and drafts"
        )


def main() -> None:
    """Print memory, seconds and what is left; exit 1 where anything is."""
    if not Path("/proc/self/status").is_file():
        print("many: skipped, it reads /proc")
        return
    # short, as sockets want it
    with TemporaryDirectory() as name, TemporaryDirectory() as temporary:
        folder = write_plan(
            Path(name) / "plan", regions_count=REGIONS_COUNT, accounts_count=ACCOUNTS_PER_REGION
        )
        mark = uuid4().hex
        environment = os.environ | {"TMPDIR": temporary, MARK: mark}
        seconds, memory_mib = run(environment, "render", str(folder))
        left = what_is_left(mark, Path(temporary), folder)
        again, _ = run(environment, "render", str(folder))
        start, _ = run(environment, "--help")
    each = seconds / REGIONS_COUNT
    print(f"first run: {each:.2f} s per region, over {REGIONS_COUNT} regions, start included")
    print(f"memory of the command: {memory_mib:.0f} MiB at most")
    print(f"left: {left}")
    print(f"second run, nothing changed: {again:.1f} s; start of the command: {start:.1f} s")
    if left != Left(0, 0, 0):
        sys.exit("The batch has left something behind.")
    print(f"many: {each:.2f} s per region, {memory_mib:.0f} MiB, unchanged {again:.1f} s")


def run(environment: dict[str, str], *arguments: str) -> tuple[float, float]:
    """Run the command; return its seconds and the most memory that it had, in MiB."""
    command = [sys.executable, "-c", COMMAND, *arguments]
    started, peak_kib = time.perf_counter(), 0
    with subprocess.Popen(  # noqa: S603 - our own
        command, stdout=subprocess.DEVNULL, env=environment
    ) as process:
        while process.poll() is None:
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            # a process that has ended and was not waited for has no memory
            found = PEAK.search(status)
            peak_kib = max(peak_kib, int(found.group(1)) if found else 0)
            time.sleep(PAUSE_S)
    if process.returncode:
        sys.exit(f"territory-kit {arguments[0]} failed.")
    return time.perf_counter() - started, peak_kib / 1024


def what_is_left(mark: str, temporary: Path, folder: Path) -> Left:
    """Count what the batch has not tidied up; its processes carry the mark."""
    processes = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                processes += mark.encode() in (entry / "environ").read_bytes()
            except OSError:
                continue
    sockets = Path("/proc/net/unix").read_text(encoding="utf-8").count(f" {temporary}/")
    drafts = list(folder.glob("reports/*/.draft-*"))
    return Left(processes, sockets, len(list(temporary.rglob("*"))) + len(drafts))


if __name__ == "__main__":
    main()
