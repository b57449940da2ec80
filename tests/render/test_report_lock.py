"""Drafts of killed processes: cleared where nobody works on them, left alone elsewhere."""

from pathlib import Path

import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.render.report_lock import clear_drafts, report_lock


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    for slug in ("Gone", "Nord"):
        (folder / slug / ".draft-1").mkdir(parents=True)
        (folder / slug / "report.html").write_text("made before", encoding="utf-8")
    return folder


def _drafts(reports: Path) -> list[str]:
    return sorted(draft.parent.name for draft in reports.glob("*/.draft-*"))


def test_drafts_of_regions_that_are_not_rendered_go_and_their_reports_stay(
    reports: Path,
) -> None:
    clear_drafts(reports.parent, but=["Nord"])
    assert _drafts(reports) == ["Nord"]
    assert (reports / "Gone" / "report.html").read_text(encoding="utf-8") == "made before"


def test_what_a_link_leads_to_stays(reports: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / ".draft-mine").mkdir(parents=True)
    (reports / "link").symlink_to(elsewhere)
    clear_drafts(reports.parent, but=[])
    assert (elsewhere / ".draft-mine").is_dir()


def test_drafts_that_another_process_works_on_stay(reports: Path) -> None:
    with report_lock(reports.parent, "Gone"):
        (reports / "Gone" / ".draft-2").mkdir()
        clear_drafts(reports.parent, but=["Nord"])
        assert _drafts(reports) == ["Gone", "Nord"]


def test_who_takes_the_report_of_a_region_clears_what_was_begun(reports: Path) -> None:
    with report_lock(reports.parent, "Nord") as target:
        assert target == reports / "Nord"
        assert _drafts(reports) == ["Gone"]
        with (
            pytest.raises(TerritoryKitError, match="being rendered already"),
            report_lock(reports.parent, "Nord"),
        ):
            pass
