"""The page over all regions: what each plan brings, how it looks, and what failed and why.

A report is *stale* when the results have changed since it was made, or would change with the next
run. It is kept and marked. The page sorts by a script of its own, which its policy names by hash,
and reads the same without it.
"""

import base64
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader

from territory_kit import __version__
from territory_kit.errors import StaleResultError
from territory_kit.plan import STEPS, Plan, Saved
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.shipped import shipped_folder
from territory_kit.render.export import shown_digest
from territory_kit.render.outcome import REPORT_FILE, REPORTS_FOLDER, RegionOutcome
from territory_kit.render.thumbnail import thumbnail
from territory_kit.wording import amount, counted, counted_of, listed, number, percent

INDEX_FILE = "index.html"
COMPANY_FILE = "company.html"
NOTHING = "–"
SCRIPT_FILE = "sort.js"
_STEPS_SHOWN = ("territories", "review")
_KINDS_OF_FILE = {".html": "Report", ".xlsx": "Workbook", ".pdf": "PDF"}

ReportState = Literal["current", "stale", "failed", "not rendered"]


@dataclass(frozen=True)
class Cell:
    """One figure of the table.

    Parameters
    ----------
    text
        The figure as a reader meets it.
    value
        What the table is sorted by; empty where the figure is missing.
    """

    text: str
    value: str


@dataclass(frozen=True)
class IndexRow:
    """One region on the page over all regions.

    Parameters
    ----------
    region
        Name of the region.
    state
        Whether its report holds.
    note
        Why it does not, in a sentence; empty where it does.
    verdict
        The verdict, or that there is none.
    cells
        Headline figures, one for each heading; empty where there is no result.
    links
        Files of the region by what they are, as addresses seen from the page.
    picture
        A small map as a data address; empty where there is none.
    """

    region: str
    state: ReportState
    note: str
    verdict: str
    cells: tuple[Cell, ...]
    links: Mapping[str, str]
    picture: str


HEADINGS = (
    "Territories",
    "Accounts",
    "Workload deviation today",
    "Workload deviation proposed",
    "Accounts that change hands",
    "of which forced",
    "Territories without a rep",
    "km per year",
    "Cost per year",
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
    templates = shipped_folder("templates") / "report"
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    script = (templates / SCRIPT_FILE).read_text(encoding="utf-8")
    rows = [_row(plan, name, failed.get(name, ""), folder) for name in plan.regions()]
    page = environment.get_template("regions.html.j2").render(
        plan_name=plan.name,
        priorities=plan.settings.priorities,
        answer=_answer(rows),
        headings=HEADINGS,
        rows=rows,
        earlier=_earlier_reports(plan, folder),
        company=COMPANY_FILE if (folder / COMPANY_FILE).is_file() else "",
        script=script,
        script_hash=_policy_hash(script),
        version=__version__,
    )
    file = folder / INDEX_FILE
    write_atomically(file, page)
    return file


def _answer(rows: Sequence[IndexRow]) -> str:
    """Say in two sentences where the regions stand."""
    counts = Counter(row.state for row in rows)
    first = counted_of(counts["current"], len(rows), "region", "has")
    rest = [f"{counts[state]} {state}" for state in ("stale", "failed", "not rendered")]
    others = [text for text in rest if not text.startswith("0 ")]
    beside = f" ({', '.join(others)})" if others else ""
    verdicts = Counter(row.verdict for row in rows if row.state == "current")
    told = [f"{verdict} in {counted(count, 'region')}" for verdict, count in verdicts.most_common()]
    says = f" Verdict: {listed(told)}." if told else ""
    return f"{first} a current report{beside}.{says}"


def _policy_hash(script: str) -> str:
    """Return the name by which a page allows this one script and no other."""
    return f"sha256-{base64.b64encode(sha256(script.encode()).digest()).decode('ascii')}"


def _earlier_reports(plan: Plan, folder: Path) -> list[str]:
    """Name the folders with reports of regions that the plan no longer has."""
    current = {plan.slug(region) for region in plan.regions()}
    found = {file.parent.name for file in folder.glob(f"*/{REPORT_FILE}")}
    return sorted(found - current)


def _row(plan: Plan, region: str, reason: str, folder: Path) -> IndexRow:
    slug = plan.slug(region)
    report = folder / slug / REPORT_FILE
    saved, fault = _results(plan, region)
    state, note = _state(plan, region, reason or fault, report, is_failed=bool(reason))
    shown = saved if state in {"current", "stale"} else {}
    review, division = shown.get("review"), shown.get("territories")
    return IndexRow(
        region=region,
        state=state,
        note=note,
        verdict=str(review.figures.get("verdict", NOTHING)) if review else NOTHING,
        cells=_cells(review, division, plan.options(region).currency)
        if review and division
        else (),
        links=_links(folder, slug),
        picture=thumbnail(folder / slug) if report.is_file() else "",
    )


def _results(plan: Plan, region: str) -> tuple[dict[str, Saved], str]:
    """Read the results that the page shows, and say what is wrong with them, if anything."""
    try:
        return {step: plan.read(step, region) for step in _STEPS_SHOWN}, ""
    except StaleResultError as error:
        found = {step: plan.previous(step, region) for step in _STEPS_SHOWN}
        return {step: saved for step, saved in found.items() if saved is not None}, str(error)


def _state(
    plan: Plan, region: str, fault: str, report: Path, *, is_failed: bool
) -> tuple[ReportState, str]:
    """Say whether a report holds, and why not."""
    if is_failed:
        sentence = fault if fault.endswith((".", "!", "?")) else f"{fault}."
        kept = " The report of an earlier run is kept." if report.is_file() else ""
        return "failed", f"{sentence}{kept}"
    if not report.is_file():
        return "not rendered", "Not rendered yet."
    if fault:
        return "stale", fault
    newer = _newer_steps(plan, region, report.read_text(encoding="utf-8", errors="replace"))
    if not newer:
        return "current", ""
    return "stale", f"It is older than the results of {listed(newer)}. Render the region again."


def _newer_steps(plan: Plan, region: str, report: str) -> list[str]:
    """Name the steps whose results are not those that a report prints the hash of."""
    records = {step: plan.record(step, region) for step in STEPS}
    return [
        f"step {place} {step}"
        for place, (step, record) in enumerate(records.items(), start=1)
        if record is None or shown_digest(record) not in report
    ]


def _links(folder: Path, slug: str) -> dict[str, str]:
    """Find what people may open: the report, the workbook, the print."""
    files = sorted((folder / slug).glob("[!.~]*"), key=lambda file: file.name)
    return {
        kind: f"{quote(slug)}/{quote(file.name)}"
        for ending, kind in _KINDS_OF_FILE.items()
        for file in files
        if file.suffix.lower() == ending
        and file.is_file()
        and not file.name.startswith("draft-")
        and (kind != "Report" or file.name == REPORT_FILE)
    }


def _cells(review: Saved, division: Saved, currency: str) -> tuple[Cell, ...]:
    changes = _by(review, "disruption", "kind", "accounts_count")
    today = float(division.figures.get("deviation_today_share", math.nan))
    cost = float(review.figures.get("total_cost_amount_per_year", math.nan))
    plan_of, reps = division.tables["territory_plan"], review.tables["rep_review"]
    return (
        _count(len(plan_of)),
        _count(float(plan_of["accounts_count"].sum())),
        _cell(today, percent(today)),
        _share(float(division.figures["deviation_share"])),
        _count(changes.get("all", 0.0)),
        _count(changes.get("forced", 0.0)),
        _count(int(reps["rep_id"].isna().sum())),
        _count(float(reps["travel_km_per_year"].sum())),
        _cell(cost, amount(cost, currency) if math.isfinite(cost) else NOTHING),
    )


def _count(value: float) -> Cell:
    return _cell(value, number(value))


def _share(value: float) -> Cell:
    return _cell(value, percent(value))


def _cell(value: float, text: str) -> Cell:
    return Cell(text, f"{value:.6g}" if math.isfinite(value) else "")


def _by(saved: Saved, table: str, key: str, value: str) -> Mapping[str, float]:
    frame = saved.tables[table]
    return dict(zip(frame[key], frame[value].astype(float), strict=True))
