"""The page over all regions: what each plan brings, how it looks, and what failed and why.

A report is *stale* when a batch would make it again: what it was made from, or its files, have
changed since. It is kept and marked. The page sorts by a script of its own, which its policy names
by hash, and reads the same without it.
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
from territory_kit.plan import COMPANY_STEP, STEPS, Plan
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.shipped import shipped_folder
from territory_kit.render.finished import is_finished, read_runs, report_key
from territory_kit.render.links import find_links
from territory_kit.render.notebooks import find_notebooks
from territory_kit.render.outcome import (
    COMPANY_FILE,
    INDEX_FILE,
    REPORT_FILE,
    REPORTS_FOLDER,
    RegionOutcome,
)
from territory_kit.render.region_facts import NOTHING, Headline, RegionFacts, read_facts
from territory_kit.render.thumbnail import read_thumbnail
from territory_kit.wording import amount, counted, counted_of, listed, number, percent

SCRIPT_FILE = "sort.js"

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


def write_index(
    plan: Plan,
    outcomes: Sequence[RegionOutcome],
    *,
    notebooks: Sequence[Path] | None = None,
    facts: Sequence[RegionFacts] | None = None,
) -> Path:
    """Write the page over all regions of a plan.

    Parameters
    ----------
    plan
        The plan.
    outcomes
        What came of the regions of this run; others are shown as they were saved.
    notebooks
        Files of the notebooks that reports must be made by; those of the package when not given.
    facts
        From `read_facts`; read here when not given.

    Returns
    -------
    Path
        The file.
    """
    made_by = find_notebooks() if notebooks is None else tuple(notebooks)
    known = {outcome.region: outcome for outcome in outcomes}
    folder = plan.folder / REPORTS_FOLDER
    templates = shipped_folder("templates") / "report"
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    script = (templates / SCRIPT_FILE).read_text(encoding="utf-8")
    rows = [
        _row(plan, each, known.get(each.region), made_by)
        for each in (read_facts(plan) if facts is None else facts)
    ]
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


def _row(
    plan: Plan, facts: RegionFacts, outcome: RegionOutcome | None, notebooks: Sequence[Path]
) -> IndexRow:
    folder = plan.folder / REPORTS_FOLDER
    slug = plan.slug(facts.region)
    report = folder / slug / REPORT_FILE
    if outcome is not None and outcome.reason:
        state, note = _failed(outcome.reason, report)
    else:
        state, note = _state(plan, facts, report, notebooks)
    headline = facts.headline if state in {"current", "stale"} else None
    currency = plan.options(facts.region).currency
    return IndexRow(
        region=facts.region,
        state=state,
        note=note,
        verdict=headline.verdict if headline else NOTHING,
        cells=_cells(headline, currency) if headline else (),
        links={
            kind: f"{quote(slug)}/{quote(name)}" for kind, name in find_links(folder / slug).items()
        },
        picture=read_thumbnail(folder / slug) if report.is_file() else "",
    )


def _failed(reason: str, report: Path) -> tuple[ReportState, str]:
    sentence = reason if reason.endswith((".", "!", "?")) else f"{reason}."
    kept = " The report of an earlier run is kept." if report.is_file() else ""
    return "failed", f"{sentence}{kept}"


def _state(
    plan: Plan, facts: RegionFacts, report: Path, notebooks: Sequence[Path]
) -> tuple[ReportState, str]:
    """Say whether a report holds, and why not."""
    if not report.is_file():
        return "not rendered", "Not rendered yet."
    if facts.fault:
        return "stale", facts.fault
    key = report_key(plan, facts.region, notebooks=notebooks)
    if is_finished(report.parent, key):
        return "current", ""
    return "stale", f"{_reason(plan, facts.region, report)} Render the region again."


def _reason(plan: Plan, region: str, report: Path) -> str:
    """Say why a report whose region has current results does not hold."""
    made, runs = read_runs(report.parent), plan.current_runs(region)
    newer = [
        f"step {place} {step}"
        for place, step in enumerate(STEPS, start=1)
        if made.get(step) != runs.get(step)
    ]
    if made.get(COMPANY_STEP) != runs.get(COMPANY_STEP):
        newer.insert(0, "the frame of the whole plan")
    if made and newer:
        return f"It is older than the results of {listed(newer)}."
    if made:
        return "It was changed, or is older than the options, the notebooks or the program."
    return "Its files were not all written, or are of an earlier version."


def _cells(of: Headline, currency: str) -> tuple[Cell, ...]:
    cost = of.cost_amount_per_year
    return (
        _count(of.territories_count),
        _count(of.accounts_count),
        _share(of.deviation_today_share),
        _share(of.deviation_share),
        _count(of.changed_count),
        _count(of.forced_count),
        _count(of.vacant_count),
        _count(of.travel_km_per_year),
        _cell(cost, amount(cost, currency) if math.isfinite(cost) else NOTHING),
    )


def _count(value: float) -> Cell:
    return _cell(value, number(value))


def _share(value: float) -> Cell:
    return _cell(value, percent(value))


def _cell(value: float, text: str) -> Cell:
    return Cell(text, f"{value:.6g}" if math.isfinite(value) else "")
