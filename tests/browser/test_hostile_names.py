"""Reports and index of a plan whose every text is an attack, opened in a real Chromium.

Nothing runs and nothing is requested: a server on this computer counts what would be.
"""

import csv
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from territory_kit.plan import open_plan
from territory_kit.plan.shipped import shipped_folder
from territory_kit.render.batch import RenderRequest, render_plan

SCRIPT = (shipped_folder("templates") / "report" / "sort.js").read_text(encoding="utf-8")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TIMEOUT_S = 300
ACCOUNTS_COUNT = 24
ATTACKS = (
    '<script src="{server}/a.js"></script>',
    "<img src={server}/b onerror=\"document.title='run'\">",
    "<script>document.title='run'</script>",
    "</title></style></script><svg onload=\"document.title='run'\">",
    "<style>@import '{server}/c.css';</style>",
    '<link rel=stylesheet href="{server}/d.css">',
    '<iframe src="{server}/e"></iframe>',
    '<meta http-equiv=refresh content="0;url={server}/f">',
    "\"' onmouseover=alert(1) x='",
    "[x](javascript:alert(1)) ![x]({server}/g)",
    "{{{{ 7 * 7 }}}} {{% raw %}}",
    "مقهى الرباط \u202eabc",
    "x" * 300,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.notebook,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@dataclass
class Server:
    """A server of this computer and the paths that were asked of it."""

    address: str = ""
    asked: list[str] = field(default_factory=list)

    def attack(self, number: int) -> str:
        """Return an attack that would reach this server."""
        return ATTACKS[number % len(ATTACKS)].format(server=self.address)


@contextmanager
def serve() -> Iterator[Server]:
    """Count the requests of pages while the body runs."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
            """Print nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{running.server_port}"
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield told
    finally:
        running.shutdown()
        running.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Start the server that nothing may be asked of."""
    with serve() as told:
        yield told


@pytest.fixture(scope="module")
def rendered(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render a plan with an attack in every text; return its folder."""
    plan = tmp_path_factory.mktemp("hostile") / "plan"
    (plan / "inputs").mkdir(parents=True)
    names = ["accounts", "reps", "territories", "visits", "overrides"]
    settings = {
        "name": server.attack(0),
        "priorities": [server.attack(n) for n in range(len(ATTACKS))],
        "unique": server.attack(1),
        "as_of_date": "2026-10-31",
        "inputs": {name: f"inputs/{name}.csv" for name in names},
        "territories": {"territories_count": 2},
    }
    (plan / "plan.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    rows = {
        "accounts": [_account(server, n) for n in range(ACCOUNTS_COUNT)],
        "reps": [_rep(server, n) for n in range(2)],
        "territories": [_territory(server, n) for n in range(2)],
        "visits": [_visit(server, n) for n in range(3)],
        "overrides": [_override(server, n) for n in range(len(ATTACKS))],
    }
    for name in names:
        with (plan / "inputs" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[name][0]))
            writer.writeheader()
            writer.writerows(rows[name])
    assert render_plan(plan, request=RenderRequest(1)).failed == ()
    return plan


def _account(server: Server, n: int) -> dict[str, object]:
    return {
        "account_id": f"A{n:02d}{server.attack(n)[:200]}",
        "account_name": f"{server.attack(n)} {n}",
        "lat_deg": 47 + n % 5 / 10,
        "lon_deg": 2 + n % 7 / 10,
        "city": server.attack(n + 1),
        "region": server.attack(1),
        "segment": server.attack(n % 3),
        "industry": server.attack(n % 4),
        "team": "",
        "current_territory_id": f"T{n % 2}{server.attack(2)}",
        "potential_amount_per_year": 1000 + n,
        "revenue_amount_per_year": 100 * n,
        server.attack(3): server.attack(4),
    }


def _rep(server: Server, n: int) -> dict[str, object]:
    return {
        "rep_id": f"R{n}",
        "rep_name": f"{server.attack(n + 1)} {n}",
        "region": server.attack(1),
        "manager_name": server.attack(n),
        "email": server.attack(n),
    }


def _territory(server: Server, n: int) -> dict[str, object]:
    return {
        "territory_id": f"T{n}{server.attack(2)}",
        "territory_name": f"{server.attack(n + 11)} {n}",
        "rep_id": f"R{n}",
        "field_note": server.attack(n),
    }


def _visit(server: Server, n: int) -> dict[str, object]:
    return {
        "account_id": f"A{n:02d}{server.attack(n)[:200]}",
        "rep_id": "R0",
        "visit_date": "2026-05-01",
        "outcome": server.attack(n),
        "note": server.attack(n + 1),
    }


def _override(server: Server, n: int) -> dict[str, object]:
    return {
        "scope": "account",
        "value": f"A{n:02d}{server.attack(n)[:200]}",
        "action": "to_territory",
        "target": f"T{n % 2}{server.attack(2)}",
        "reason": server.attack(n),
        "author": server.attack(n + 1),
    }


def _dom(page: Path, profile: Path) -> str:
    """Open a page, give its scripts time, and return what became of it."""
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --dump-dom "
        "--disable-background-networking --disable-component-update --disable-sync "
        "--virtual-time-budget=3000"
    )
    run = subprocess.run(
        [str(CHROMIUM), *flags.split(), f"--user-data-dir={profile}", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    return run.stdout


class Elements(HTMLParser):
    """Names of the elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def _title(dom: str) -> str:
    return dom.partition("<title>")[2].partition("</title>")[0]


def _pages(plan: Path) -> dict[str, Path]:
    [region] = open_plan(plan).regions()
    reports = plan / "reports"
    return {
        "report": reports / open_plan(plan).slug(region) / "report.html",
        "index": reports / "index.html",
    }


def test_an_attack_works_where_nobody_guards_against_it(tmp_path: Path) -> None:
    """Else the other tests would say nothing. Its server is its own: a request may come late."""
    page = tmp_path / "open.html"
    with serve() as server:
        attacks = "".join(server.attack(n) for n in (0, 1, 4, 5))
        page.write_text(f"<!DOCTYPE html><title>quiet</title>{attacks}", encoding="utf-8")
        assert _title(_dom(page, tmp_path / "profile")) == "run"
        assert server.asked


@pytest.mark.parametrize("name", ["report", "index"])
def test_nothing_runs_and_nothing_is_requested(
    name: str, server: Server, rendered: Path, tmp_path: Path
) -> None:
    dom = _dom(_pages(rendered)[name], tmp_path / "profile")
    assert _title(dom).startswith(("Territory plan: ", "Regions: "))
    assert server.asked == []
    found = Elements()
    # the page over all regions sorts its table by a script of ours
    found.feed(dom.replace(f"<script>{SCRIPT}</script>", "") if name == "index" else dom)
    assert not found.names & {"iframe", "link", "object", "script", "svg"}
    assert not [name for name in found.attributes if name.startswith("on")]


@pytest.mark.parametrize("name", ["report", "index"])
def test_an_attack_that_slipped_through_would_still_do_nothing(
    name: str, server: Server, rendered: Path, tmp_path: Path
) -> None:
    """The page itself forbids scripts and requests."""
    text = _pages(rendered)[name].read_text(encoding="utf-8")
    attacks = "".join(server.attack(n) for n in (0, 1, 2, 3, 4, 5, 6))
    page = tmp_path / "pierced.html"
    page.write_text(text.replace("<footer>", f"{attacks}<footer>"), encoding="utf-8")
    assert _title(_dom(page, tmp_path / "profile")) != "run"
    assert server.asked == []
