"""The page over all regions in a real Chromium: its own script sorts, and no other one runs.

Needs Chromium (Debian's package `chromium`); skipped with a reason where it is missing.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.company_page import write_company_page
from territory_kit.render.index import write_index
from territory_kit.render.outcome import RegionOutcome

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TIMEOUT_S = 300
REGIONS = ("Nord", "<b onclick=alert(1)>Sud", "Est")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Write the page of three regions, of which one failed."""
    (tmp_path / "inputs").mkdir()
    rows = [f'A{n},Anne,Lyon,"{region}"\n' for n, region in enumerate(REGIONS)]
    text = "account_id,account_name,city,region\n" + "".join(rows)
    (tmp_path / "inputs" / "accounts.csv").write_text(text, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text("inputs: {accounts: inputs/accounts.csv}\n", "utf-8")
    (tmp_path / "reports").mkdir()
    reason = "<script>document.title='run'</script>"
    return write_index(open_plan(tmp_path), [RegionOutcome("Nord", "Nord", 1.0, reason)])


def _chromium(profile: Path, *options: str) -> str:
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync"
    )
    command = [str(CHROMIUM), *flags.split(), f"--user-data-dir={profile}", *options]
    run = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=True)
    return run.stdout


def _loaded(page: Path, profile: Path) -> str:
    return _chromium(profile, "--dump-dom", page.as_uri())


def _clicked(page: Path, profile: Path, *headings: int) -> str:
    """Click headings one after the other; the policy would stop the script that does it."""
    clicks = "".join(f"document.querySelectorAll('th button')[{n}].click();" for n in headings)
    text = POLICY.sub("", page.read_text(encoding="utf-8"))
    tried = page.with_name("tried.html")
    tried.write_text(text.replace("</body>", f"<script>{clicks}</script></body>"), "utf-8")
    return _loaded(tried, profile)


def _sorted_by(dom: str) -> list[str]:
    return re.findall(r'<th [^>]*aria-sort="(\w+)"', dom)


def _order(dom: str) -> list[str]:
    return re.findall(r'<th scope="row">([^<]*)', dom)


def test_the_policy_lets_its_own_script_run_and_no_other(page: Path, tmp_path: Path) -> None:
    """The script turns headings into buttons, which a keyboard reaches too."""
    dom = _loaded(page, tmp_path / "profile")
    assert dom.count('<button type="button" class="tk-sort">Region</button>') == 1
    assert "<title>run</title>" not in dom
    assert "<button" not in page.read_text(encoding="utf-8").partition("<script>")[0]


def test_a_click_sorts_and_a_second_one_turns_the_order(page: Path, tmp_path: Path) -> None:
    """The note of a region stays below its row."""
    once = _clicked(page, tmp_path / "profile", 0)
    assert _order(once) == ["&lt;b onclick=alert(1)&gt;Sud", "Est", "Nord"]
    assert _sorted_by(once) == ["ascending"]
    twice = _clicked(page, tmp_path / "profile", 0, 0)
    assert _order(twice) == ["Nord", "Est", "&lt;b onclick=alert(1)&gt;Sud"]
    assert _sorted_by(twice) == ["descending"]
    assert twice.index('scope="row">Nord') < twice.index("Failed.") < twice.index('"row">Est')


def test_only_the_heading_last_used_is_named_as_sorted(page: Path, tmp_path: Path) -> None:
    """By name from Z to A, then by state: one failed, two are not rendered."""
    dom = _clicked(page, tmp_path / "profile", 0, 0, 11)
    assert _order(dom) == ["Nord", "Est", "&lt;b onclick=alert(1)&gt;Sud"]
    assert _sorted_by(dom) == ["ascending"]


@pytest.mark.parametrize(("name", "size"), [("regions", (842, 595)), ("company", (595, 842))])
def test_it_prints_on_a4(page: Path, tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    """The wide table lies across the sheet; the page of the company stands."""
    pages = {"regions": page, "company": write_company_page(open_plan(tmp_path))}
    printed = tmp_path / "printed.pdf"
    options = ("--no-pdf-header-footer", f"--print-to-pdf={printed}", pages[name].as_uri())
    _chromium(tmp_path / "profile", *options)
    text = printed.read_bytes().decode("latin-1")
    boxes = {part.partition("]")[0] for part in text.split("/MediaBox [0 0 ")[1:]}
    assert {tuple(round(float(side)) for side in box.split()) for box in boxes} == {size}
