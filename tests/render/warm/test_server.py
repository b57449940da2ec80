"""Processes from the fork server: what they are given, and that none outlives its owner."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_core.utils import run_sync

from territory_kit.errors import TerritoryKitError
from territory_kit.render.environment import kernel_environment
from territory_kit.render.kernel import SharedKernel
from territory_kit.render.region_worker import Job, fork_process
from territory_kit.render.warm.client import (
    ADDRESS_VARIABLE,
    ForkedProcess,
    ForkServerProcess,
    NoForkServerError,
)

pytestmark = [
    pytest.mark.notebook,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServerProcess]:
    """Start a fork server; importing takes some seconds."""
    with ForkServerProcess() as started:
        started.wait_until_ready()
        yield started


@pytest.fixture
def kernel(
    server: ForkServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SharedKernel]:
    """Fork a kernel."""
    monkeypatch.setenv(ADDRESS_VARIABLE, server.address)
    with SharedKernel(tmp_path) as forked:
        yield forked


# Bounds what never comes; a busy machine takes long.
WAIT_S = 120
# A large process takes a while to end.
HANG = """\
import os, time
from pathlib import Path
held = bytearray(os.urandom(1)) * 500_000_000
Path({file!r}).write_text(str(os.getpid()))
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(is_so: Callable[[], bool]) -> bool:
    """Wait until something is so, but not for ever."""
    deadline = time.monotonic() + WAIT_S
    while not (found := is_so()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def ends_soon(pid: int) -> bool:
    return wait_for(lambda: not is_running(pid))


def ask(kernel: SharedKernel, expression: str) -> str:
    """Evaluate an expression in the kernel."""
    answer = run_sync(kernel.client.execute_interactive)(
        "", user_expressions={"it": expression}, timeout=WAIT_S
    )
    return str(answer["content"]["user_expressions"]["it"]["data"]["text/plain"])


def test_a_kernel_is_forked_and_speaks_the_whole_protocol(
    kernel: SharedKernel, server: ForkServerProcess
) -> None:
    assert int(ask(kernel, "__import__('os').getppid()")) == server.pid


def test_a_kernel_starts_with_packages_but_without_names(kernel: SharedKernel) -> None:
    assert ask(kernel, "'pandas' in __import__('sys').modules") == "True"
    assert ask(kernel, "'pd' in globals()") == "False"


def test_a_kernel_need_not_read_what_every_map_needs(kernel: SharedKernel) -> None:
    cities = "__import__('territory_kit.report.cities', fromlist=['all_cities']).all_cities"
    assert ask(kernel, f"{cities}.cache_info().currsize") == "1"


def test_a_kernel_is_told_what_the_debugger_sets_where_it_is_imported(kernel: SharedKernel) -> None:
    assert ask(kernel, "'debugpy' in __import__('sys').modules") == "True"
    assert ask(kernel, "__import__('os').environ['PYDEVD_USE_FRAME_EVAL']") == "'NO'"


def test_pyplot_figures_are_shown_although_matplotlib_is_imported_before(
    kernel: SharedKernel,
) -> None:
    shown: list[str] = []

    def keep(message: dict[str, dict[str, dict[str, str]]]) -> None:
        shown.extend(message["content"].get("data", {}))

    run_sync(kernel.client.execute_interactive)(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nNone", output_hook=keep, timeout=WAIT_S
    )
    assert "image/png" in shown


def test_two_forks_draw_different_random_numbers(
    server: ForkServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, server.address)
    drawn = set()
    for _ in range(2):
        with SharedKernel(tmp_path) as forked:
            drawn.add(ask(forked, "__import__('random').random()"))
            drawn.add(ask(forked, "__import__('numpy').random.random()"))
    assert len(drawn) == 4


def test_a_process_ends_when_nobody_waits_for_it_any_more(
    server: ForkServerProcess, tmp_path: Path
) -> None:
    process = _kernel_without_client(server.address, tmp_path)
    assert is_running(process.pid)
    process.close()
    assert ends_soon(process.pid)


def test_a_killed_process_says_by_which_signal(server: ForkServerProcess, tmp_path: Path) -> None:
    process = _kernel_without_client(server.address, tmp_path)
    process.kill()
    assert process.wait(WAIT_S) == -signal.SIGKILL


def test_the_kernel_of_a_killed_region_is_gone_when_the_end_of_the_region_is_told(
    server: ForkServerProcess, tmp_path: Path, write_regions: Callable[[int], Path]
) -> None:
    """Else it would go on writing where its traces are removed."""
    told = tmp_path / "kernel"
    cell = nbformat.v4.new_code_cell(HANG.format(file=str(told)))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    nbformat.write(notebook, tmp_path / "hang.ipynb")
    process = fork_process(server, Job(write_regions(1), "R0", "R0", (tmp_path / "hang.ipynb",)))
    wait_for(lambda: told.exists() and told.read_text() != "")
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait(WAIT_S) == -signal.SIGKILL
    assert not is_running(int(told.read_text()))


def test_processes_end_with_the_fork_server(tmp_path: Path) -> None:
    with ForkServerProcess() as own:
        own.wait_until_ready()
        process = _kernel_without_client(own.address, tmp_path)
        os.kill(own.pid, signal.SIGKILL)
        assert ends_soon(process.pid)
        # the server may be gone a moment later than what ends with it
        assert process.wait(WAIT_S) < 0
        with pytest.raises(TerritoryKitError, match="has stopped"):
            _kernel_without_client(own.address, tmp_path)
    assert not own.folder.exists()


def test_a_server_that_is_killed_before_it_answers_is_gone(tmp_path: Path) -> None:
    """It takes the connection, as a server that is being killed does, and says nothing."""
    address = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(address)
        listener.listen()
        ending = threading.Thread(target=_take_and_close, args=(listener,))
        ending.start()
        with pytest.raises(NoForkServerError, match="has stopped"):
            _kernel_without_client(address, tmp_path)
        ending.join()


def _take_and_close(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    connection.close()


def _kernel_without_client(address: str, folder: Path) -> ForkedProcess:
    return ForkedProcess(
        address,
        kind="kernel",
        arguments=[
            "-f",
            str(folder / "kernel.json"),
            "--transport=ipc",
            "--ip=" + str(folder / "k"),
        ],
        cwd=str(folder),
        environment=kernel_environment(),
        log=str(folder / "log"),
    )
