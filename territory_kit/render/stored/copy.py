"""A private copy of a stored plan, brought up to date by what the store lists of each file.

Rendering reads and writes the copy as any plan folder; what it makes is put up by
`territory_kit.render.stored.put`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from territory_kit.errors import ParameterError
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.settings import PLAN_FILE, read_plan_file
from territory_kit.plan.writing import plain_write_errors
from territory_kit.render.stored.names import is_of_plan, is_safe, require_safe
from territory_kit.render.stored.store import Stamp, Store


@dataclass(frozen=True)
class _Fetched:
    """A file as it was fetched: what the store said of it, and what it became here."""

    stamp: Stamp
    size: int
    changed_ns: int


def require_plan(store: Store) -> None:
    """Refuse an address without a plan, before anything is written there.

    Parameters
    ----------
    store
        The address.

    Raises
    ------
    ParameterError
        When it holds no plan.yaml.
    """
    if store.read(PLAN_FILE) is None:
        raise _no_plan(store)


class PlanCopy:
    """A folder on this machine that holds what a store does.

    Parameters
    ----------
    store
        The stored plan.
    parent
        An empty folder that only this user may read.
    """

    def __init__(self, store: Store, parent: Path) -> None:
        self.store = store
        # the name of the folder is the name of a plan that has none
        self.folder = parent.resolve() / store.address.name
        self._fetched: dict[str, _Fetched] = {}

    def refresh(self, is_wanted: Callable[[str], bool] = is_of_plan) -> None:
        """Fetch what has changed, and remove what the store does not hold.

        Parameters
        ----------
        is_wanted
            Tells by a file's name whether this call is about it; the others stay as they are.

        Raises
        ------
        ParameterError
            When there is no plan, or it reads files beside its folder.
        TerritoryKitError
            When names lead out of the folder, or the store does not answer.
        """
        found = {name: stamp for name, stamp in self.store.list().items() if is_wanted(name)}
        require_safe(found, where=str(self.store.address))
        if PLAN_FILE not in found:
            raise _no_plan(self.store)
        self._remove_others(found, is_wanted)
        changed = [name for name, stamp in found.items() if not self._is_same(name, stamp)]
        for name, content in self.store.read_all(changed):
            # what went away since it was listed counts as not there
            if content is not None:
                self._keep(name, found[name], content)
        _require_inside(self.folder, str(self.store.address))

    def _remove_others(self, found: dict[str, Stamp], is_wanted: Callable[[str], bool]) -> None:
        with plain_write_errors(self.folder):
            for file in sorted(self.folder.rglob("*")):
                name = file.relative_to(self.folder).as_posix()
                if file.is_file() and is_wanted(name) and name not in found:
                    file.unlink()

    def _is_same(self, name: str, stamp: Stamp) -> bool:
        """Tell whether a file is as it was fetched, there and here; size alone tells nothing."""
        before = self._fetched.get(name)
        if before is None or not stamp.tag or before.stamp != stamp:
            return False
        try:
            here = (self.folder / name).stat()
        except OSError:
            return False
        return (here.st_size, here.st_mtime_ns) == (before.size, before.changed_ns)

    def _keep(self, name: str, stamp: Stamp, content: bytes) -> None:
        file = self.folder / name
        with plain_write_errors(file.parent):
            file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, content)
        here = file.stat()
        self._fetched[name] = _Fetched(stamp, here.st_size, here.st_mtime_ns)


def _no_plan(store: Store) -> ParameterError:
    return ParameterError(
        "There is no plan at this address",
        value=str(store.address),
        where=PLAN_FILE,
        remedy="Name the folder that holds plan.yaml, or copy a plan folder there.",
    )


def _require_inside(folder: Path, address: str) -> None:
    """Refuse a plan that reads files of this machine, which are other ones on each machine."""
    settings = read_plan_file(folder)
    named = {f"inputs.{name}": entry.file for name, entry in settings.inputs.items()}
    named |= {} if settings.base is None else {"base": settings.base}
    outside = [f"{key}: {path}" for key, path in named.items() if not is_safe(path)]
    if settings.base is not None or outside:
        raise ParameterError(
            "A plan at an address reads only files of its own folder",
            value="; ".join(outside) or f"base: {settings.base}",
            where=f"{address}/{PLAN_FILE}",
            remedy="Copy these files into the plan's folder and name them as seen from plan.yaml; "
            "a scenario with a base is rendered in a folder.",
        )
