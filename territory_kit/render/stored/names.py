"""Names of stored files: which belong to a plan, and which could lead out of its folder.

Names come from outside; a store of objects takes any text for one, ``../../.profile`` too.
"""

import os
import re
from collections.abc import Iterable

from territory_kit.errors import TerritoryKitError, list_ids
from territory_kit.plan.folder import RESULTS_FOLDER
from territory_kit.plan.inputs import CACHE_FOLDER
from territory_kit.plan.slug import COMPANY_SLUG
from territory_kit.render.outcome import REPORTS_FOLDER

SNAPSHOTS = f"{CACHE_FOLDER}/inputs-"
# Windows takes what stands before a colon for a drive.
_FORBIDDEN = re.compile(r"[\x00-\x1f\\:]" if os.name == "nt" else r"[\x00-\x1f\\]")


def is_safe(name: str) -> bool:
    """Tell whether a name stays inside the folder that it is seen from.

    Parameters
    ----------
    name
        Name with ``/`` between its parts.

    Returns
    -------
    bool
        No where it is empty, begins with ``/``, or a part is ``..``.
    """
    parts = name.split("/")
    return not _FORBIDDEN.search(name) and not any(part in {"", ".", ".."} for part in parts)


def require_safe(names: Iterable[str], *, where: str) -> None:
    """Refuse names that could lead out of the folder.

    Parameters
    ----------
    names
        Names seen from the plan.
    where
        The address, for the message.

    Raises
    ------
    TerritoryKitError
        Lists such names.
    """
    unsafe = [name for name in names if not is_safe(name)]
    if unsafe:
        raise TerritoryKitError(
            "Stored files have names that lead out of the plan's folder, or that no folder takes",
            value=list_ids([repr(name) for name in unsafe]),
            where=where,
            remedy="Rename or delete them there.",
        )


def is_of_plan(name: str) -> bool:
    """Tell whether a stored file belongs to the plan.

    Parameters
    ----------
    name
        Name seen from the plan.

    Returns
    -------
    bool
        No for locks, drafts and whatever else begins with a dot; yes for snapshots of the inputs.
    """
    return name.startswith(SNAPSHOTS) or not re.search(r"(^|/)\.(?!\.?(/|$))", name)


def is_for_region(name: str, slug: str) -> bool:
    """Tell whether rendering a region reads a stored file.

    Parameters
    ----------
    name
        Name seen from the plan.
    slug
        Name of the region's folders.

    Returns
    -------
    bool
        No for reports and for results of other regions.
    """
    first, _, rest = name.partition("/")
    if first == RESULTS_FOLDER:
        return is_of_plan(name) and rest.partition("/")[0] in {COMPANY_SLUG, slug}
    return is_of_plan(name) and first != REPORTS_FOLDER
