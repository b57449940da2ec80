"""The pages over all regions: written at the end of a batch, unless both are there and hold.

Reading the figures of hundreds of regions and drawing takes longer than finding out that no report
has changed.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from territory_kit.plan import COMPANY, Plan
from territory_kit.plan.folder import RESULTS_FOLDER
from territory_kit.plan.precedence import digest
from territory_kit.render.finished import (
    RECORD_FILE,
    drawing_hash,
    hash_files,
    is_finished,
    mark_finished,
    report_key,
)
from territory_kit.render.links import find_links
from territory_kit.render.outcome import (
    COMPANY_FILE,
    INDEX_FILE,
    REPORT_FILE,
    REPORTS_FOLDER,
    THUMBNAIL_FILE,
    RegionOutcome,
)


def load_pages() -> None:
    """Import what writes the pages, which takes seconds, while others have something to do."""
    import_module("territory_kit.render.company_page")


def write_pages(
    plan: Plan, outcomes: Sequence[RegionOutcome], *, notebooks: Sequence[Path]
) -> tuple[Path, Path]:
    """Write the pages over all regions, where they could say anything new.

    Parameters
    ----------
    plan
        The opened plan.
    outcomes
        What came of the regions of this batch.
    notebooks
        Files of the notebooks that reports must be made by.

    Returns
    -------
    tuple of Path
        The page of the regions, and that of the company.
    """
    folder = plan.folder / REPORTS_FOLDER
    key = _pages_key(plan)
    # regions that were kept have been looked at just now
    kept = {outcome.region for outcome in outcomes if outcome.is_unchanged}
    if not (kept == set(plan.regions()) and is_finished(folder, key)):
        is_sound = _write(plan, outcomes, notebooks)
        # what they say of a region that failed, or of what does not hold, may change although
        # nothing does that they are made from
        if is_sound and _pages_key(plan) == key and _all_hold(plan, notebooks):
            files = hash_files(folder, (INDEX_FILE, COMPANY_FILE))
            mark_finished(folder, key, files, runs={})
    return folder / INDEX_FILE, folder / COMPANY_FILE


def _write(plan: Plan, outcomes: Sequence[RegionOutcome], notebooks: Sequence[Path]) -> bool:
    """Write both, and tell whether they speak of no fault."""
    from territory_kit.render.company_page import write_company_page  # noqa: PLC0415 - slow to load
    from territory_kit.render.index import write_index  # noqa: PLC0415 - slow to load
    from territory_kit.render.region_facts import read_facts  # noqa: PLC0415 - slow to load

    facts = read_facts(plan)
    write_company_page(plan, facts=facts)
    write_index(plan, outcomes, notebooks=notebooks, facts=facts)
    reasons = [outcome.reason for outcome in outcomes]
    return not any([*reasons, *(each.fault for each in facts)])


def _pages_key(plan: Plan) -> str:
    """Hash what the pages are made from; empty where not all of it can be looked at.

    Reports that hold say by their record which results they were made from. Tables that were
    damaged since are noticed by size and time.
    """
    folder = plan.folder / REPORTS_FOLDER
    earlier = sorted(file.parent.name for file in folder.glob(f"*/{REPORT_FILE}"))
    options = plan.options(COMPANY).model_dump(mode="json")
    try:
        regions = [_shown_of(plan, plan.slug(region)) for region in plan.regions()]
    except OSError:
        return ""
    return digest([plan.name, plan.regions(), options, drawing_hash(), earlier, regions])


def _shown_of(plan: Plan, slug: str) -> list[object]:
    report = plan.folder / REPORTS_FOLDER / slug
    tables = sorted((plan.folder / RESULTS_FOLDER / slug).glob("*/run-*/*.parquet"))
    sizes = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in tables]
    has_picture = (report / THUMBNAIL_FILE).is_file()
    shown = [RECORD_FILE, THUMBNAIL_FILE] if has_picture else [RECORD_FILE]
    return [hash_files(report, shown), dict(find_links(report)), sizes]


def _all_hold(plan: Plan, notebooks: Sequence[Path]) -> bool:
    folder = plan.folder / REPORTS_FOLDER
    return all(
        is_finished(folder / plan.slug(region), report_key(plan, region, notebooks=notebooks))
        for region in plan.regions()
    )
