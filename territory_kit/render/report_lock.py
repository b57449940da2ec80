"""Who may write the report of a region: one process at a time, on whatever machine.

A batch locks the plan, but a region of an earlier batch may still run, as on a cluster.
"""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from territory_kit.errors import TerritoryKitError
from territory_kit.plan.basis import LOCKS_FOLDER
from territory_kit.plan.lock import file_lock
from territory_kit.render.outcome import REPORTS_FOLDER

DRAFT_PREFIX = ".draft-"
# A process that was killed just now may take a moment to end.
_WAIT_S = 2.0


@contextmanager
def report_lock(plan_dir: Path, slug: str) -> Iterator[Path]:
    """Hold the report of a region while the body runs, and clear what killed processes had begun.

    Parameters
    ----------
    plan_dir
        The plan folder.
    slug
        Name of the region's folders.

    Yields
    ------
    Path
        Folder of the report.

    Raises
    ------
    TerritoryKitError
        When another process renders the region; says which one. Its drafts are left alone.
    """
    target = plan_dir / REPORTS_FOLDER / slug
    with file_lock(
        plan_dir / LOCKS_FOLDER / f"report-{slug}.lock",
        wait_seconds=_WAIT_S,
        problem="The region is being rendered already",
    ):
        for draft in target.glob(f"{DRAFT_PREFIX}*"):
            shutil.rmtree(draft, ignore_errors=True)
        yield target


def clear_drafts(plan_dir: Path, *, but: Collection[str]) -> None:
    """Remove what killed processes had begun of reports that are not rendered now.

    Parameters
    ----------
    plan_dir
        The plan folder.
    but
        Names of the folders of regions that are about to be rendered, which clears them.
    """
    drafts = (plan_dir / REPORTS_FOLDER).glob(f"*/{DRAFT_PREFIX}*")
    # what a link leads to is not ours
    folders = {draft.parent for draft in drafts if not draft.parent.is_symlink()}
    for slug in {folder.name for folder in folders}.difference(but):
        # taking the lock clears
        with suppress(TerritoryKitError), report_lock(plan_dir, slug):
            pass
