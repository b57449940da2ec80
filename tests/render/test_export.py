"""What every report promises to its reader, whatever stands in the data."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import Protocol

import pytest

from territory_kit.plan import shipped_folder

pytestmark = pytest.mark.notebook

SCRIPT = (shipped_folder("templates") / "report" / "sort.js").read_text(encoding="utf-8")
HOSTILE_REGION = "../<script>document.title='run'</script>"


class _Rendered(Protocol):
    index: str

    def page(self, region: str) -> str: ...


class _Page(HTMLParser):
    """Collects tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag with its attributes."""
        self.tags.append((tag, dict(attrs)))

    def all_of(self, name: str) -> list[dict[str, str | None]]:
        """Return the attributes of all tags of one name."""
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture(params=["Nord", HOSTILE_REGION, "index"])
def text(request: pytest.FixtureRequest, rendered: _Rendered) -> str:
    """Return each page of the rendered plan."""
    return rendered.index if request.param == "index" else rendered.page(request.param)


def test_a_page_has_one_title(text: str) -> None:
    """Screen readers and outlines start from one h1."""
    assert len(_Page(text).all_of("h1")) == 1


def test_a_page_holds_no_script_and_no_code(text: str) -> None:
    """Names from outside stay text, and cells of notebooks show their outputs only."""
    # the page over all regions sorts its table by a script of ours
    page = _Page(text.replace(f"<script>{SCRIPT}</script>", ""))
    for tag in ("script", "iframe", "object", "embed", "link", "pre", "code"):
        assert page.all_of(tag) == []
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_only_the_page_over_all_regions_has_a_script_and_its_policy_names_it(
    rendered: _Rendered,
) -> None:
    """A browser refuses every other script, wherever it comes from."""
    assert "script-src" not in rendered.page("Nord")
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode("ascii")
    assert re.findall("script-src ([^;]*);", rendered.index) == [f"'sha256-{digest}'"]
    assert rendered.index.count(f"<script>{SCRIPT}</script>") == 1


def test_every_picture_is_inside_and_described(text: str) -> None:
    """A report is one file that can be read without seeing it."""
    for attributes in _Page(text).all_of("img"):
        assert (attributes["src"] or "").startswith("data:image/png;base64,")
        assert len(attributes["alt"] or "") > len("a few words")


def test_a_page_names_no_address_outside(text: str) -> None:
    """Nothing is loaded from the network, and nothing phones home."""
    without_pictures = re.sub(r"data:image/png;base64,[A-Za-z0-9+/=]+", "", text)
    assert not re.search(r"(https?:)?//[a-z]", without_pictures)
    assert "@import" not in text
    assert "url(" not in text


def test_chapters_stand_in_the_order_of_the_design(rendered: _Rendered) -> None:
    """Page one first, then from territories to sign-off."""
    sections = [a["id"] for a in _Page(rendered.page("Nord")).all_of("section")]
    expected = "page-one territories reps cost changes alternatives accounts market data"
    assert sections == [*expected.split(), "assumptions", "calendar"]


def test_no_chapter_is_empty(rendered: _Rendered) -> None:
    """A heading without content would be a broken promise."""
    sections = re.findall(r"<section.*?</section>", rendered.page("Nord"), re.DOTALL)
    texts = [re.sub(r"<style.*?</style>|<[^>]+>|\s+", " ", section) for section in sections]
    assert all(len(found.split()) > len(["heading", "and", "sentence"]) for found in texts)
    assert "Traceback" not in rendered.page("Nord")


def test_the_chapter_of_the_data_holds_every_fault_unfolded(rendered: _Rendered) -> None:
    """What was wrong with the inputs is printed, and paper cannot be unfolded."""
    (chapter,) = re.findall(
        r'<section[^>]*id="data".*?</section>', rendered.page("Nord"), re.DOTALL
    )
    assert "1 repaired" in chapter
    assert '<table class="faults"' in chapter
    assert "A value is not a number" in chapter
    assert "<details" not in chapter


def test_an_auditor_finds_the_runs_behind_the_numbers(rendered: _Rendered) -> None:
    """Each step's run folder and hash are printed."""
    page = rendered.page("Nord")
    for step in ("company", "market", "accounts", "territories", "reps", "review"):
        assert re.search(rf">{step}</th><td>run-\w+</td>", page)
