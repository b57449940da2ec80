"""JupyterLab as the workbench starts it: on this computer, and asking no other one."""

import json
import re
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from territory_kit import workbench

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/lab\S*\?token=\w+")
SETTINGS = re.compile(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', re.DOTALL)
NEWS = "@jupyterlab/apputils-extension:announcements"
# Root may start it here; a port that is free; nothing of the user's own settings.
IN_A_TEST = ("--allow-root", "--ServerApp.port=0", "--no-browser")
FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")


Settings = Callable[[], dict[str, Any]]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Start JupyterLab, ask it for its page, and end it."""
    pages: list[str] = []

    def visit(
        command: list[str], *, check: bool, env: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        assert not check
        pages.append(_page([*command, *IN_A_TEST], env))
        return subprocess.CompletedProcess(command, 0)

    def read() -> dict[str, Any]:
        assert workbench.run_lab(tmp_path, first="00-start-here.ipynb", opens_browser=True) == 0
        found = SETTINGS.search(pages[-1])
        assert found is not None
        return dict(json.loads(found[1]))

    for name in FOLDERS:
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    monkeypatch.setattr("territory_kit.workbench.subprocess.run", visit)
    return read


def _page(command: list[str], environment: Mapping[str, str]) -> str:
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            found = next(filter(None, map(ADDRESS.search, process.stderr)))
            return _fetch(found[0], deadline=time.monotonic() + 60)
        finally:
            process.kill()


def _fetch(address: str, *, deadline: float) -> str:
    """Read a page; its address is printed before anybody answers there."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - 127.0.0.1
                return str(answer.read(), "utf-8")
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.mark.slow
def test_nothing_of_the_page_asks_other_computers(settings: Settings) -> None:
    page = settings()
    assert NEWS in page["disabledExtensions"]
    # any other one looks up what there is
    assert page["extensionManager"]["name"] == "read-only"


@pytest.mark.slow
def test_settings_of_the_user_come_first(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "labconfig" / "page_config.json"
    theirs.parent.mkdir()
    theirs.write_text(json.dumps({"disabledExtensions": {NEWS: False}}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    assert NEWS not in settings()["disabledExtensions"]
