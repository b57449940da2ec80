"""What the results of a plan are made from: its settings, inputs, regions and options."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from territory_kit.errors import ParameterError, suggest
from territory_kit.options import Options
from territory_kit.plan.inputs import Inputs, last_day, read_inputs
from territory_kit.plan.layers import (
    Layer,
    find_source,
    list_sources,
    merged_settings,
    read_layers,
)
from territory_kit.plan.lock import file_lock
from territory_kit.plan.order import STEPS
from territory_kit.plan.precedence import parameter_layer, resolve
from territory_kit.plan.record import Record
from territory_kit.plan.regions import region_names
from territory_kit.plan.settings import CHOICES_FILE, PLAN_FILE, PlanSettings, read_choices_file
from territory_kit.plan.slug import COMPANY
from territory_kit.tables import Source

LOCKS_FOLDER = ".locks"


class PlanBasis:
    """Settings, inputs, regions and options of a plan folder, as they are when it is opened.

    Parameters
    ----------
    folder
        Folder with a plan.yaml.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._layers = read_layers(folder)

    @property
    def name(self) -> str:
        """Name of the plan; that of its folder where none is given."""
        return self.settings.name or self.folder.name

    @cached_property
    def settings(self) -> PlanSettings:
        """What plan.yaml says, laid over what its base says."""
        return merged_settings(self._layers)

    def inputs(self) -> Inputs:
        """Return the checked inputs, read once.

        Returns
        -------
        Inputs
            Tables, faults and hashes.

        Raises
        ------
        TableError
            Lists every fault that blocks the plan.
        """
        self.checked_inputs.require_usable()
        return self.checked_inputs

    @cached_property
    def checked_inputs(self) -> Inputs:
        """The inputs with all their faults, usable or not."""
        return read_inputs(
            list_sources(self._layers), options=self._resolve(COMPANY), folder=self.folder
        )

    def find_source(self, name: str) -> tuple[Path, Source] | None:
        """Return where an input stands, and the plan that names it.

        Parameters
        ----------
        name
            Name of the input.

        Returns
        -------
        tuple of Path and Source, or None
            Folder of this plan or of the one it is based on, and the file; None where neither
            names the input.
        """
        return find_source(self._layers, name)

    def regions(self) -> tuple[str, ...]:
        """Return the names of the regions.

        Returns
        -------
        tuple of str
            Sorted names as the accounts write them.

        Raises
        ------
        ParameterError
            When settings or choices name a region that no account has.
        """
        return self._regions

    def first_region(self) -> str:
        """Return the region that the notebooks start with.

        Returns
        -------
        str
            The first region; empty while the inputs have faults that block the plan.
        """
        is_blocked = any(fault.severity == "blocking" for fault in self.checked_inputs.faults)
        return COMPANY if is_blocked else self.regions()[0]

    @cached_property
    def _regions(self) -> tuple[str, ...]:
        names = region_names(self.inputs().tables["accounts"])
        faults = [
            f'- {layer.folder / file}: "{region}". {suggest(region, names)}'
            for layer in self._layers
            for file, said in ((PLAN_FILE, layer.settings.regions), (CHOICES_FILE, layer.choices))
            for region in sorted(set(said) - set(names))
        ]
        if faults:
            raise ParameterError(
                "Settings speak of regions that no account has",
                value=f"{len(faults)} name{'' if len(faults) == 1 else 's'}",
                where="regions",
                remedy="\n".join(["Correct or delete them:", *faults]),
            )
        return names

    def require_region(self, region: str) -> None:
        """Refuse a region that the plan does not have.

        Parameters
        ----------
        region
            Name of the region.

        Raises
        ------
        ParameterError
            When no account has that region; lists the regions.
        """
        if region == COMPANY:
            raise ParameterError(
                "No region is chosen yet",
                where="parameter region",
                remedy=f"Write one into the parameters cell. {suggest(region, self.regions())}",
            )
        if region not in self.regions():
            raise ParameterError(
                "There is no such region",
                # a notebook may set a number, which is no text
                value=str(region),
                where=f"plan {self.name}",
                remedy=suggest(str(region), self.regions()),
            )

    def options(
        self,
        region: str,
        *,
        step: str | None = None,
        parameters: Mapping[str, object] | None = None,
        upstream: Mapping[str, Record] | None = None,
    ) -> Options:
        """Return the options that hold for a region.

        Parameters
        ----------
        region
            Name of the region; empty for the whole plan.
        step
            The step whose parameters are given.
        parameters
            What the notebook sets; None stands for "as the plan says".
        upstream
            Records of earlier results: what their notebooks set holds on for their own options.

        Returns
        -------
        Options
            The winner of parameter, choices, region, plan and default; the day that the plan
            looks from is the given one, else the last visit or closed deal.

        Raises
        ------
        ParameterError
            When the region or a parameter is unknown, or a value does not fit.
        """
        if region != COMPANY:
            self.require_region(region)
        earlier = {name: record.parameters for name, record in (upstream or {}).items()}
        of_steps = [
            parameter_layer(name, {k: v for k, v in values.items() if k != "seed"})
            for name, values in earlier.items()
        ]
        own = parameter_layer(step, parameters or {})
        options = self._resolve(region, *of_steps, own, where=f"parameters of step {step}")
        return options.model_copy(update={"as_of_date": options.as_of_date or self._last_day})

    @cached_property
    def _last_day(self) -> date | None:
        return last_day(self.inputs(), until=self.settings.plan_start_date)

    def choose(self, region: str, step: str, **options: object) -> None:
        """Write choices for a region to choices.yaml, where every later run finds them.

        Parameters
        ----------
        region
            Name of the region.
        step
            The step whose options these are.
        **options
            Values by name; None takes a choice back.

        Raises
        ------
        ParameterError
            When the region, step or an option is unknown, or a value does not fit.
        """
        self.require_region(region)
        if step not in STEPS:
            raise ParameterError(
                "There is no such step", value=step, where="choices", remedy=suggest(step, STEPS)
            )
        parameter_layer(step, options)
        with file_lock(self.folder / LOCKS_FOLDER / "choices.lock"):
            own = self._layers[-1]
            on_disk = Layer(own.folder, own.settings, read_choices_file(own.folder))
            chosen = on_disk.with_choice(region, step, options)
            chosen.write_choices()
        self._layers = (*self._layers[:-1], chosen)

    def _resolve(self, region: str, *stronger: Mapping[str, Any], where: str = "") -> Options:
        said = [options for layer in self._layers for options in layer.options(region)]
        return resolve([*said, *stronger], where=where or str(self.folder / PLAN_FILE))
