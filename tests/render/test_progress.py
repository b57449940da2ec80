"""Progress as plain lines where nobody watches a terminal."""

import io
from pathlib import Path

from rich.console import Console

from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.progress import follow, print_end

OUTCOMES = [RegionOutcome("Sud", "Sud", 3.2), RegionOutcome("Nord", "Nord", 1.0, "[b]no data[/b]")]


def _console() -> tuple[Console, io.StringIO]:
    stream = io.StringIO()
    return Console(file=stream, width=100), stream


def test_each_region_is_told_as_it_ends_and_returned_by_name() -> None:
    """Text from outside is never taken for markup."""
    console, stream = _console()
    done = follow(OUTCOMES, regions_count=2, console=console)
    assert [outcome.region for outcome in done] == ["Nord", "Sud"]
    assert stream.getvalue().splitlines() == [
        "1/2 Sud: done in 3 s",
        "2/2 Nord: failed: [b]no data[/b]",
    ]


def test_the_end_says_where_the_reports_are(tmp_path: Path) -> None:
    """The last line is what the analyst opens."""
    console, stream = _console()
    print_end(OUTCOMES, index=tmp_path / "index.html", console=console)
    lines = stream.getvalue().splitlines()
    assert lines[-1] == f"Reports: {tmp_path / 'index.html'}"
    assert any("Nord" in line and "failed" in line for line in lines)
