"""A report opened in a real Chromium: no script of a name runs, and it prints on A4 pages.

Needs Chromium (Debian's package `chromium`); skipped with a reason where it is missing.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import render_plan

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TIMEOUT_S = 300
REGION = "<img src=x onerror=document.title='run'>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.notebook,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render a region whose names are HTML."""
    plan = tmp_path_factory.mktemp("browser") / "plan"
    (plan / "inputs").mkdir(parents=True)
    script = "<script>document.title='run'</script>"
    rows = [
        f'A{n},"{script}{n}",{47 + n % 5 / 10},{2 + n % 7 / 10},"{REGION}",{1000 + n}\n'
        for n in range(12)
    ]
    head = "account_id,account_name,lat_deg,lon_deg,region,potential_amount_per_year\n"
    (plan / "inputs" / "accounts.csv").write_text(head + "".join(rows), encoding="utf-8")
    text = "name: Hostile\ninputs: {accounts: inputs/accounts.csv}\n"
    settings = text + "territories: {territories_count: 2}\n"
    (plan / "plan.yaml").write_text(settings, encoding="utf-8")
    assert render_plan(plan).failed == ()
    return plan / "reports" / open_plan(plan).slug(REGION) / "report.html"


def _chromium(tmp_path: Path, *options: str) -> str:
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync"
    )
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    run = subprocess.run(
        [str(CHROMIUM), *flags.split(), profile, *options],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    return run.stdout


def test_no_script_of_a_name_runs(report: Path, tmp_path: Path) -> None:
    """The title would change if one did."""
    page = _chromium(tmp_path, "--dump-dom", report.as_uri())
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title.startswith(("Territory plan: &lt;img", "Territory plan: <img"))


def test_it_prints_on_a4_pages(report: Path, tmp_path: Path) -> None:
    """A manager reads it on paper."""
    printed = tmp_path / "report.pdf"
    _chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}", report.as_uri())
    text = printed.read_bytes().decode("latin-1")
    boxes = {part.partition("]")[0] for part in text.split("/MediaBox [0 0 ")[1:]}
    assert boxes
    assert all(box.startswith(("594.9", "595")) for box in boxes)
