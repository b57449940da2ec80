"""What every report promises to its reader, whatever stands in the data."""

import re
from html.parser import HTMLParser
from typing import Protocol

import pytest

pytestmark = pytest.mark.notebook

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
    page = _Page(text)
    for tag in ("script", "iframe", "object", "embed", "link", "pre", "code"):
        assert page.all_of(tag) == []
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


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
