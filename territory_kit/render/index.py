"""The page over all regions: headline figures, and what failed and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from territory_kit import __version__
from territory_kit.plan import Plan, Saved
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.shipped import shipped_folder
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region import REPORT_FILE, REPORTS_FOLDER
from territory_kit.wording import number, percent

INDEX_FILE = "index.html"
NOTHING = "–"


@dataclass(frozen=True)
class IndexRow:
    """One region on the page over all regions.

    Parameters
    ----------
    region
        Name of the region.
    link
        Address of its report, seen from the page; empty when there is none.
    verdict
        The verdict, or that there is none.
    cells
        Headline figures as text.
    reason
        Why the last run failed; empty when it did not.
    """

    region: str
    link: str
    verdict: str
    cells: tuple[str, ...]
    reason: str


HEADINGS = (
    "Territories",
    "Accounts",
    "Workload deviation today",
    "Workload deviation proposed",
    "Accounts that change hands",
    "of which forced",
    "Territories without a rep",
    "km per year",
)


def write_index(plan: Plan, outcomes: Sequence[RegionOutcome]) -> Path:
    """Write the page over all regions of a plan.

    Parameters
    ----------
    plan
        The plan.
    outcomes
        What came of the regions of this run; others are shown as they were saved.

    Returns
    -------
    Path
        The file.
    """
    failed = {outcome.region: outcome.reason for outcome in outcomes}
    folder = plan.folder / REPORTS_FOLDER
    environment = Environment(
        loader=FileSystemLoader(shipped_folder("templates") / "report"), autoescape=True
    )
    page = environment.get_template("regions.html.j2").render(
        plan_name=plan.name,
        priorities=plan.settings.priorities,
        headings=HEADINGS,
        rows=[_row(plan, name, failed.get(name, ""), folder) for name in plan.regions()],
        earlier=_earlier_reports(plan, folder),
        version=__version__,
    )
    file = folder / INDEX_FILE
    write_atomically(file, page)
    return file


def _earlier_reports(plan: Plan, folder: Path) -> list[str]:
    """Name the folders with reports of regions that the plan no longer has."""
    current = {plan.slug(region) for region in plan.regions()}
    found = {file.parent.name for file in folder.glob(f"*/{REPORT_FILE}")}
    return sorted(found - current)


def _row(plan: Plan, region: str, reason: str, folder: Path) -> IndexRow:
    slug = plan.slug(region)
    has_report = (folder / slug / REPORT_FILE).is_file()
    link = f"{slug}/{REPORT_FILE}" if has_report else ""
    review, division = plan.previous("review", region), plan.previous("territories", region)
    if not has_report or review is None or division is None:
        return IndexRow(region, link, NOTHING, (), reason)
    verdict = str(review.figures.get("verdict", NOTHING))
    return IndexRow(region, link, verdict, _cells(review, division), reason)


def _cells(review: Saved, division: Saved) -> tuple[str, ...]:
    changes = _by(review, "disruption", "kind", "accounts_count")
    today = division.figures.get("deviation_today_share")
    reps = review.tables["rep_review"]
    return (
        number(len(division.tables["territory_plan"])),
        number(float(division.tables["territory_plan"]["accounts_count"].sum())),
        NOTHING if today is None else percent(float(today)),
        percent(float(division.figures["deviation_share"])),
        number(changes.get("all", 0.0)),
        number(changes.get("forced", 0.0)),
        number(int(reps["rep_id"].isna().sum())),
        number(float(reps["travel_km_per_year"].sum())),
    )


def _by(saved: Saved, table: str, key: str, value: str) -> Mapping[str, float]:
    frame = saved.tables[table]
    return dict(zip(frame[key], frame[value].astype(float), strict=True))
