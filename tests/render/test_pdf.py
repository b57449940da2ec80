"""A page becomes a PDF of numbered A4 pages that a screen reader can read; nothing is fetched."""

import contextlib
import re
import sys
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from territory_kit.errors import MissingDependencyError, TerritoryKitError
from territory_kit.plan.shipped import shipped_folder
from territory_kit.render.pdf import require_pdf, write_pdf

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIA"
    "AAAAAElFTkSuQmCC"
)


@pytest.fixture
def printer() -> None:
    """Skip where PDFs cannot be made."""
    try:
        require_pdf()
    except MissingDependencyError as error:
        pytest.skip(str(error))


def write_page(folder: Path, body: str, *, kind: str = "") -> Path:
    """Write a page with the styles of the report."""
    style = (shipped_folder("templates") / "report" / "style.css").read_text(encoding="utf-8")
    head = f"<html lang='en'><head><title>Plan: Nord</title><style>{style}</style></head>"
    page = folder / "report.html"
    page.write_text(f"{head}<body class='{kind}'>{body}</body></html>", encoding="utf-8")
    return page


def printed(folder: Path, body: str, *, kind: str = "") -> str:
    """Print a page and unpack the parts of the PDF, so that a test can look into them."""
    target = folder / "report.pdf"
    write_pdf(write_page(folder, body, kind=kind), target)
    pdf = target.read_bytes()
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompress(found[1]))
    return b"\n".join(parts).decode("latin-1")


def shown_texts(pdf: str) -> list[str]:
    """Translate glyphs back to signs, as a reader of PDFs does to copy text."""
    pairs = re.findall(r"^<(\w{4})> <(\w{4})>$", pdf, flags=re.MULTILINE)
    signs = {glyph.lower(): chr(int(sign, 16)) for glyph, sign in pairs}
    runs = re.findall(r"\[(<.*?)\] TJ", pdf)
    glyphs = ("".join(re.findall(r"<(\w+)>", run)).lower() for run in runs)
    return [
        "".join(signs.get(run[at : at + 4], "") for at in range(0, len(run), 4)) for run in glyphs
    ]


@pytest.mark.usefixtures("printer")
def test_pages_are_a4_and_carry_title_and_number(tmp_path: Path) -> None:
    """One weight of one font, so that a glyph stands for the same sign throughout."""
    body = "<h1>Plan</h1><h2 style='break-before:page'>Reps</h2>"
    pdf = printed(tmp_path, f"<style>h1, h2 {{ font-weight: normal }}</style>{body}")
    assert set(re.findall(r"/MediaBox \[(.*?)\]", pdf)) == {"0 0 595.275591 841.889764"}
    texts = shown_texts(pdf)
    assert texts.count("Plan") == 3  # the heading, then both feet
    assert [text for text in texts if "/" in text] == ["1 / 2", "2 / 2"]


@pytest.mark.usefixtures("printer")
def test_a_wide_page_lies_across(tmp_path: Path) -> None:
    pdf = printed(tmp_path, "<h1>Regions</h1>", kind="tk-wide")
    assert set(re.findall(r"/MediaBox \[(.*?)\]", pdf)) == {"0 0 841.889764 595.275591"}


@pytest.mark.usefixtures("printer")
def test_it_is_tagged_for_screen_readers(tmp_path: Path) -> None:
    """Language, title, headings and what a picture shows, under the mark of PDF/UA."""
    pdf = printed(tmp_path, f"<h1>Plan</h1><img alt='Two maps' src='{DOT}'>")
    for part in ('pdfuaid:part="1"', "/Marked true", "/StructTreeRoot", "/Lang (en)"):
        assert part in pdf
    assert "/S /H1" in pdf
    assert "/Alt (Two maps)" in pdf
    assert "Plan: Nord" in pdf


@pytest.mark.usefixtures("printer")
def test_the_outline_lists_the_headings(tmp_path: Path) -> None:
    pdf = printed(tmp_path, "<h1>Plan</h1><h2>Territories</h2>")
    assert "/Outlines" in pdf
    assert "/Title (Territories)" in pdf


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Serve pictures on this machine, and list who asked."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that the base class calls
            paths.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.mark.usefixtures("printer")
def test_nothing_outside_the_page_is_loaded(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    """Neither from a network nor from a folder: a name in the data could ask for either."""
    address, paths = asked
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text y='9'>key</text></svg>")
    outside = f"<img src='{secret.as_uri()}'><link rel='attachment' href='{secret.as_uri()}'>"
    style = f"<style>@import '{address}/a.css'; p {{ background: url({address}/b.png) }}</style>"
    own = f"<p>Plan</p><img alt='A dot' src='{DOT}'>"
    pdf = printed(tmp_path, f"{style}{own}{outside}<img src='secret.svg'>")
    assert paths == []
    assert pdf.count("/Subtype /Image") == printed(tmp_path, own).count("/Subtype /Image") > 0
    assert "key" not in shown_texts(pdf)
    assert "secret" not in pdf


@pytest.mark.usefixtures("printer")
def test_links_name_no_folder_of_this_machine(tmp_path: Path) -> None:
    body = "<h1 id='top'>Regions</h1><a href='Nord/report.html'>Nord</a> <a href='#top'>up</a>"
    pdf = printed(tmp_path, body)
    assert re.findall(r"/URI \((.*?)\)", pdf) == ["Nord/report.html"]
    assert str(tmp_path) not in pdf


@pytest.mark.usefixtures("printer")
def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    page = write_page(tmp_path, f"<h1>Plan</h1><p>Text</p><img alt='A dot' src='{DOT}'>")
    for name in ("a.pdf", "b.pdf"):
        write_pdf(page, tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.pdf", "b.pdf", "report.html"]


@pytest.mark.usefixtures("printer")
def test_a_pdf_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder of that name stands in the way."""
    page = write_page(tmp_path, "<h1>Plan</h1>")
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(TerritoryKitError, match="cannot be used: Is a directory"):
        write_pdf(page, tmp_path / "report.pdf")


def test_without_the_package_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingDependencyError) as raised:
        write_pdf(tmp_path / "report.html", tmp_path / "report.pdf")
    assert str(raised.value) == (
        "A PDF cannot be made: WeasyPrint is not installed. Install it with "
        '`python -m pip install "weasyprint>=68"`; or open the HTML report in a browser and print '
        "it from there."
    )


@pytest.mark.parametrize(
    ("system", "remedy"),
    [
        ("linux", "`sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`"),
        ("linux", "`sudo dnf install pango`"),
        ("darwin", "`brew install pango`"),
        ("win32", "`pacman -S mingw-w64-ucrt-x86_64-pango`"),
        ("freebsd14", "Debian or Ubuntu"),
    ],
)
def test_without_pango_the_message_fits_the_system(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    system: str,
    remedy: str,
) -> None:
    """A package that ends as WeasyPrint does where Pango is missing, with advice of its own."""
    fake = "print('long advice')\nraise OSError('cannot load library')\n"
    (tmp_path / "weasyprint.py").write_text(fake, encoding="utf-8")
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("territory_kit.render.pdf.sys", SimpleNamespace(platform=system))
    with pytest.raises(MissingDependencyError) as raised:
        require_pdf()
    message = str(raised.value)
    assert message.startswith("A PDF cannot be made: the library Pango is not installed. Install")
    assert remedy in message
    assert message.endswith("or open the HTML report in a browser and print it from there.")
    assert capsys.readouterr().out == ""
