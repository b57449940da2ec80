"""The files that a plan is made of: its plan.yaml and choices.yaml, and those of its base.

A scenario names a base; only what differs stands in the scenario, its inputs come from the base.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

import yaml

from territory_kit.errors import ParameterError
from territory_kit.options import Options
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.precedence import merge
from territory_kit.plan.settings import (
    CHOICES_FILE,
    PLAN_FILE,
    Choices,
    PlanSettings,
    checked,
    read_choices_file,
    read_plan_file,
)
from territory_kit.tables import Source

_PLAN_ONLY = {"name", "base", "inputs", "regions"}
_CHOICES_HEAD = (
    "# Written by the widgets of the notebooks; goes before plan.yaml.\n"
    "# Delete a line, or the file, to take a choice back.\n"
)


@dataclass(frozen=True)
class Layer:
    """What the files of one plan folder say.

    Parameters
    ----------
    folder
        The plan folder.
    settings
        Its plan.yaml; only what stands there is set.
    choices
        Its choices.yaml, by region.
    """

    folder: Path
    settings: PlanSettings
    choices: dict[str, Options]

    @property
    def regions(self) -> frozenset[str]:
        """Regions of which something is said."""
        return frozenset({*self.settings.regions, *self.choices})

    def options(self, region: str) -> Iterator[dict[str, Any]]:
        """Say what is set for a region, weakest first: plan, region, choices.

        Parameters
        ----------
        region
            Name of the region; empty for the whole plan.
        """
        yield self.settings.model_dump(exclude_unset=True, exclude=_PLAN_ONLY)
        for by_region in (self.settings.regions, self.choices):
            if region in by_region:
                yield by_region[region].model_dump(exclude_unset=True)

    def with_choice(self, region: str, step: str, options: dict[str, Any]) -> "Layer":
        """Return the layer with options of one step chosen anew.

        Parameters
        ----------
        region
            Name of the region.
        step
            Name of the step.
        options
            Values by name; None takes a choice back.

        Returns
        -------
        Layer
            The new layer, not yet written.

        Raises
        ------
        ParameterError
            When an option is unknown or its value does not fit.
        """
        chosen = self._chosen().get(region, {})
        of_step = {**chosen.get(step, {}), **options}
        kept = {name: value for name, value in of_step.items() if value is not None}
        said = {**self._chosen(), region: {**chosen, step: kept}}
        where = f"choices for {region}, step {step}"
        return replace(self, choices=checked(Choices, {"regions": said}, where=where).regions)

    def write_choices(self) -> None:
        """Write choices.yaml, all at once."""
        text = yaml.safe_dump({"regions": self._chosen()}, allow_unicode=True, sort_keys=True)
        write_atomically(self.folder / CHOICES_FILE, _CHOICES_HEAD + text)

    def _chosen(self) -> dict[str, Any]:
        """Return the choices as plain values, by region and step."""
        return {
            region: options.model_dump(mode="json", exclude_unset=True)
            for region, options in self.choices.items()
        }


def read_layers(folder: Path, *, above: Sequence[Path] = ()) -> tuple[Layer, ...]:
    """Read the files of a plan and of the plans it is based on.

    Parameters
    ----------
    folder
        The plan folder.
    above
        The scenarios that have led here.

    Returns
    -------
    tuple of Layer
        The base first, the plan itself last.

    Raises
    ------
    ParameterError
        When a file is missing or not right, or plans are based on each other in a circle.
    """
    folder = folder.resolve()
    if not (folder / PLAN_FILE).exists():
        raise _no_plan(folder, above)
    if folder in above:
        raise ParameterError(
            "Plans are based on each other in a circle",
            value=" → ".join(step.name for step in (*above, folder)),
            where=f"{folder / PLAN_FILE}, base",
            remedy="Take the line `base` out of one of them.",
        )
    settings = read_plan_file(folder)
    own = Layer(folder, settings, read_choices_file(folder))
    if settings.base is None:
        return (own,)
    return (*read_layers(folder / settings.base, above=(*above, folder)), own)


def _no_plan(folder: Path, above: Sequence[Path]) -> ParameterError:
    if above:
        return ParameterError(
            "There is no plan in the folder that the plan is based on",
            value=str(folder),
            where=f"{above[-1] / PLAN_FILE}, base",
            remedy="Correct the line `base`: the folder of a plan, seen from this plan.yaml.",
        )
    return ParameterError(
        "There is no plan in this folder",
        value=str(folder),
        where=PLAN_FILE,
        remedy="Name the folder of a plan, or make one: territory-kit new FOLDER.",
    )


def merged_settings(layers: Sequence[Layer]) -> PlanSettings:
    """Return the settings of a plan with those of its base under them.

    Parameters
    ----------
    layers
        The base first, the plan itself last.

    Returns
    -------
    PlanSettings
        Settings by region stand under ``regions``, not merged into the others.
    """
    said = [layer.settings.model_dump(exclude_unset=True) for layer in layers]
    return PlanSettings.model_validate(reduce(merge, said))


def list_sources(layers: Sequence[Layer]) -> dict[str, Source]:
    """Return where each input stands.

    Parameters
    ----------
    layers
        The base first, the plan itself last; an input named later replaces the earlier one.

    Returns
    -------
    dict of Source
        By name of input, files seen from the plan.yaml that names them.

    Raises
    ------
    ParameterError
        When the plan has no accounts.
    """
    sources = {name: source for name, (_, source) in _owned_sources(layers).items()}
    if "accounts" not in sources:
        raise ParameterError(
            "The plan has no accounts",
            value="inputs.accounts is missing",
            where=str(layers[-1].folder / PLAN_FILE),
            remedy="Write under `inputs:` the line `accounts: inputs/accounts.csv`.",
        )
    return sources


def find_source(layers: Sequence[Layer], name: str) -> tuple[Path, Source] | None:
    """Return where an input stands, and the plan that names it.

    Parameters
    ----------
    layers
        The base first, the plan itself last.
    name
        Name of the input.

    Returns
    -------
    tuple of Path and Source, or None
        Folder of that plan and the file; None where no plan names the input.
    """
    return _owned_sources(layers).get(name)


def _owned_sources(layers: Sequence[Layer]) -> dict[str, tuple[Path, Source]]:
    return {
        name: (layer.folder, Source(layer.folder / entry.file, entry.columns, entry.sheet))
        for layer in layers
        for name, entry in layer.settings.inputs.items()
    }
