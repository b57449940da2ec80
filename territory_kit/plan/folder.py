"""The plan folder: settings, inputs and results of one plan behind one object.

A result is *current* while everything it was made from still holds: the inputs and options that
its step reads, the earlier results, and the version of the package. Else it is *stale*.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from territory_kit import __version__
from territory_kit.errors import StaleResultError
from territory_kit.options import Options
from territory_kit.plan.basis import LOCKS_FOLDER, PlanBasis
from territory_kit.plan.layers import Layer
from territory_kit.plan.lock import DEFAULT_WAIT_SECONDS, file_lock
from territory_kit.plan.order import (
    COMPANY_OPTIONS_OF_REGION,
    COMPANY_STEP,
    INPUTS_OF_STEP,
    STEPS,
    UPSTREAM,
)
from territory_kit.plan.precedence import used_options
from territory_kit.plan.record import Origin, Record, flatten
from territory_kit.plan.results import (
    Savable,
    Saved,
    read_record,
    read_saved,
    write_record,
    write_tables,
)
from territory_kit.plan.slug import COMPANY, region_slug

State = Literal["current", "stale", "missing"]

RESULTS_FOLDER = "results"
_NOT_MADE = ("not made yet",)


def open_plan(folder: Path | str) -> "Plan":
    """Open a plan folder and check its settings.

    Parameters
    ----------
    folder
        Folder with a plan.yaml.

    Returns
    -------
    Plan
        The plan; its inputs are read when they are first needed.

    Raises
    ------
    ParameterError
        When there is no plan, or its settings are not right; all faults are listed.
    """
    return Plan(Path(folder).resolve())


class Plan(PlanBasis):
    """A plan folder; changes that others make later need a new opening.

    Parameters
    ----------
    folder
        Folder with a plan.yaml.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._held: set[Path] = set()
        self._slugs: dict[str, str] = {}
        # kept with the settings it was made from: choices may change them
        self._company: tuple[tuple[Layer, ...], Origin] | None = None

    def save(
        self,
        result: Savable,
        *,
        options: Options | Mapping[str, Options],
        upstream: Mapping[str, Record],
        seconds: float,
        parameters: Mapping[str, object] | None = None,
    ) -> Path:
        """Save a result and make it the current one of its step and region.

        Parameters
        ----------
        result
            What the step returned.
        options
            The options it was computed with; by region for the whole plan.
        upstream
            Records of the earlier results it was computed from.
        seconds
            How long it took, s.
        parameters
            What the notebook set itself.

        Returns
        -------
        Path
            File of the run record.
        """
        folder = self._result_folder(result.step, result.region)
        seed = options.seed if isinstance(options, Options) else options[COMPANY].seed
        digests = {name: record.digest_for(result.step) for name, record in upstream.items()}
        with self.lock(result.region):
            run, files = write_tables(folder, result.tables)
            record = Record(
                step=result.step,
                region=result.region,
                run=run,
                tables=files,
                figures=dict(result.figures),
                assumptions=result.assumptions,
                findings=result.findings,
                parameters={k: v for k, v in (parameters or {}).items() if v is not None},
                seed=seed,
                origin=self._origin(result.step, options, digests),
                started=(datetime.now(UTC) - timedelta(seconds=seconds)).isoformat(),
                seconds=seconds,
            )
            return write_record(folder, record)

    def state(self, step: str, region: str) -> State:
        """Say whether the saved result of a step still holds.

        Parameters
        ----------
        step
            Name of the step.
        region
            Name of the region; empty for the whole plan.

        Returns
        -------
        str
            "current", "stale" (made from something that has changed since) or "missing".
        """
        try:
            if self._record(step, region) is None:
                return "missing"
            return "stale" if any(self._changes(step, region)) else "current"
        except StaleResultError:
            # a record that cannot be understood, of this step or one before
            return "stale"

    def read(self, step: str, region: str) -> Saved:
        """Return the saved result of a step, if it still holds.

        Parameters
        ----------
        step
            Name of the step.
        region
            Name of the region; empty for the whole plan.

        Returns
        -------
        Saved
            Tables and record.

        Raises
        ------
        StaleResultError
            When the result is missing, damaged or stale; says which step to run again.
        """
        for name, changes in self._changes(step, region):
            raise _stale(name, region, changes)
        saved = read_saved(self._result_folder(step, region))
        if saved is None:
            raise _stale(step, region, ("not made yet",))
        return saved

    def previous(self, step: str, region: str) -> Saved | None:
        """Return the last complete result of a step, stale or not.

        Parameters
        ----------
        step
            Name of the step.
        region
            Name of the region; empty for the whole plan.

        Returns
        -------
        Saved or None
            None where there is none that can be read.
        """
        try:
            return read_saved(self._result_folder(step, region))
        except StaleResultError:
            # what cannot be understood counts as not there
            return None

    @contextmanager
    def lock(
        self, region: str | None = None, *, wait_seconds: float = DEFAULT_WAIT_SECONDS
    ) -> Iterator[None]:
        """Keep other processes from writing while the body runs; may be nested.

        Parameters
        ----------
        region
            Name of the region to lock; None locks the plan itself, for one batch at a time.
        wait_seconds
            How long to wait for another holder, s.

        Raises
        ------
        TerritoryKitError
            When another process still holds the lock; says which one.
        """
        name = "plan" if region is None else f"region-{self.slug(region)}"
        file = self.folder / LOCKS_FOLDER / f"{name}.lock"
        if file in self._held:
            yield
            return
        with file_lock(file, wait_seconds=wait_seconds):
            self._held.add(file)
            try:
                yield
            finally:
                self._held.remove(file)

    def slug(self, region: str) -> str:
        """Return the name of a region's folders.

        Parameters
        ----------
        region
            Name of the region; empty for the whole plan.

        Returns
        -------
        str
            A safe folder name.
        """
        if region not in self._slugs:
            self._slugs[region] = region_slug(region, self.regions())
        return self._slugs[region]

    def options_by_region(self) -> dict[str, Options]:
        """Return the options of the whole plan and of each region.

        Returns
        -------
        dict of Options
            By region; the empty name stands for the whole plan. Regions of which the files say
            nothing have the very options of the whole plan.
        """
        whole = self.options(COMPANY)
        own = {name for layer in self._layers for name in layer.regions}
        of_regions = {name: self.options(name) if name in own else whole for name in self.regions()}
        return {COMPANY: whole, **of_regions}

    def current_runs(self, region: str) -> dict[str, str]:
        """Name the run of each step that a region's report is made from.

        Parameters
        ----------
        region
            Name of the region.

        Returns
        -------
        dict of str
            Name of the run by step, that of the whole plan's frame too; empty unless all are
            current.
        """
        if self.state(STEPS[-1], region) != "current":
            return {}
        found = {step: self._record(step, region) for step in (*UPSTREAM[STEPS[-1]], STEPS[-1])}
        return {step: record.run for step, record in found.items() if record is not None}

    def _company_origin(self) -> Origin:
        """Say what the whole plan's frame would be made from now, the same for every region."""
        if self._company is None or self._company[0] is not self._layers:
            origin = self._origin(COMPANY_STEP, self.options_by_region(), {})
            self._company = (self._layers, origin)
        return self._company[1]

    def _changes(self, step: str, region: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Say for a step and all before it what has changed, earliest first."""
        earlier: dict[str, Record] = {}
        for name in (*UPSTREAM[step], step):
            record = self._record(name, region)
            if record is None:
                yield name, _NOT_MADE
                return
            changes = self._changes_of(name, record, region, earlier)
            if changes:
                yield name, changes
            earlier[name] = record

    def _changes_of(
        self, step: str, record: Record, region: str, earlier: Mapping[str, Record]
    ) -> tuple[str, ...]:
        if record.origin.package_version != __version__:
            return (f"made with version {record.origin.package_version} of territory_kit",)
        if step == COMPANY_STEP:
            return record.origin.changes(self._company_origin())
        options = self.options(region, step=step, parameters=record.parameters, upstream=earlier)
        digests = {name: before.digest_for(step) for name, before in earlier.items()}
        return record.origin.changes(self._origin(step, options, digests))

    def _origin(
        self, step: str, options: Options | Mapping[str, Options], upstream: Mapping[str, str]
    ) -> Origin:
        hashes = self.inputs().hashes
        return Origin(
            inputs={name: hashes[name] for name in INPUTS_OF_STEP[step] if name in hashes},
            options=_used(step, options),
            upstream=dict(upstream),
            package_version=__version__,
        )

    def _record(self, step: str, region: str) -> Record | None:
        return read_record(self._result_folder(step, region))

    def _result_folder(self, step: str, region: str) -> Path:
        return (
            self.folder
            / RESULTS_FOLDER
            / self.slug(COMPANY if step == COMPANY_STEP else region)
            / step
        )


def _used(step: str, options: Options | Mapping[str, Options]) -> dict[str, object]:
    """For the whole plan, keep its own options and what differs from them in a region."""
    if isinstance(options, Options):
        return used_options(step, options)
    whole = flatten(used_options(step, options[COMPANY]))
    return whole | {
        f"{region}.{name}": value
        for region, entry in options.items()
        if entry is not options[COMPANY]
        for name, value in flatten(
            entry.model_dump(mode="json", include=COMPANY_OPTIONS_OF_REGION)
        ).items()
        if value != whole[name]
    }


def _stale(step: str, region: str, changes: tuple[str, ...]) -> StaleResultError:
    is_missing = changes == _NOT_MADE
    named = f"step {STEPS.index(step) + 1} {step}" if step in STEPS else "the whole plan's frame"
    first = step if step in STEPS else STEPS[0]
    return StaleResultError(
        f"There is no result of {named} yet"
        if is_missing
        else f"The result of {named} is older than what it was made from",
        value="" if is_missing else "; ".join(changes),
        where=f"region {region}" if region else "whole plan",
        remedy=f"Run all cells of the notebook of step {first}, or render the region.",
    )
