"""What came of rendering: of one region, and of the whole batch; and how its files are called."""

from dataclasses import dataclass
from pathlib import Path

REPORTS_FOLDER = "reports"
REPORT_FILE = "report.html"
THUMBNAIL_FILE = "thumbnail.png"
# The pages over all regions, beside the folders of the reports.
INDEX_FILE = "index.html"
COMPANY_FILE = "company.html"


@dataclass(frozen=True)
class RegionOutcome:
    """What came of one region.

    Parameters
    ----------
    region, slug
        Name of the region and of its folders.
    seconds
        How long it took.
    reason
        Why it failed, in words; empty when it did not.
    is_unchanged
        Whether the report from before still holds, so that nothing was done.
    """

    region: str
    slug: str
    seconds: float
    reason: str = ""
    is_unchanged: bool = False

    @property
    def state_text(self) -> str:
        """State in one line."""
        if self.is_unchanged:
            return "unchanged"
        return f"failed: {self.reason}" if self.reason else f"done in {self.seconds:.0f} s"

    @property
    def state(self) -> str:
        """State in one word."""
        if self.is_unchanged:
            return "unchanged"
        return "failed" if self.reason else "done"


@dataclass(frozen=True)
class Summary:
    """What came of a batch.

    Parameters
    ----------
    outcomes
        One for each region, by name.
    index
        The page over all regions.
    """

    outcomes: tuple[RegionOutcome, ...]
    index: Path

    @property
    def failed(self) -> tuple[RegionOutcome, ...]:
        """Regions whose report was not made."""
        return tuple(outcome for outcome in self.outcomes if outcome.reason)
