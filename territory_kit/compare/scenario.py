"""Read the current results of one plan: its figures, what they were made from, its options."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from territory_kit.compare.figures import Figures, measure
from territory_kit.errors import ParameterError, StaleResultError, suggest
from territory_kit.options import Options
from territory_kit.plan import COMPANY, COMPANY_STEP, STEPS, Plan, Saved
from territory_kit.plan.record import flatten


@dataclass(frozen=True)
class Scenario:
    """One plan as far as it is compared.

    Parameters
    ----------
    name
        Name of the plan, unlike those of the others.
    regions
        Names of the regions whose figures are added up.
    figures
        What the plan takes and changes.
    inputs
        Hash of each input by name.
    options
        Values by place and dotted name of the option; the place is a region, or empty for the
        whole plan.
    """

    name: str
    regions: tuple[str, ...]
    figures: Figures
    inputs: Mapping[str, str]
    options: Mapping[tuple[str, str], Any]

    def option(self, name: str) -> Any:  # noqa: ANN401 - whatever the option holds
        """Return an option as the first region has it."""
        return self.options[self.regions[0], name]


def name_plans(plans: Sequence[Plan]) -> list[str]:
    """Give each plan a name that no other one has.

    Parameters
    ----------
    plans
        Plans in different folders.

    Returns
    -------
    list of str
        Names of the plans where they differ, else of the folders, else the whole paths.
    """
    names = [plan.name for plan in plans]
    folders = [plan.folder.name for plan in plans]
    for tried in (names, folders):
        if len(set(tried)) == len(tried):
            return tried
    return [str(plan.folder) for plan in plans]


def choose_regions(
    plans: Sequence[Plan], names: Sequence[str], wanted: Sequence[str]
) -> tuple[str, ...]:
    """Return the regions to compare, which every plan must have.

    Parameters
    ----------
    plans
        The plans.
    names
        Their names.
    wanted
        Names of regions; empty: all.

    Returns
    -------
    tuple of str
        Sorted names.

    Raises
    ------
    ParameterError
        When a plan lacks a region that is wanted or that another one has.
    """
    regions = set(wanted) or {region for plan in plans for region in plan.regions()}
    for plan, name in zip(plans, names, strict=True):
        missing = sorted(regions - set(plan.regions()))
        if missing:
            raise ParameterError(
                "A plan does not have this region",
                value=", ".join(missing),
                where=f"plan {name}",
                remedy=f"{suggest(missing[0], plan.regions())} Choose with --region what all have.",
            )
    return tuple(sorted(regions))


def require_results(plans: Sequence[Plan], names: Sequence[str], regions: Sequence[str]) -> None:
    """Make sure that every plan has current results of all its steps.

    Parameters
    ----------
    plans
        The plans.
    names
        Their names.
    regions
        Names of the regions.

    Raises
    ------
    StaleResultError
        When one has not; the message lists every plan, region and step, and what makes them.
    """
    gaps: list[str] = []
    commands: list[str] = []
    for plan, name in zip(plans, names, strict=True):
        found = [(region, _gap(plan, region)) for region in regions]
        late = [(region, text) for region, text in found if text]
        gaps += [f"plan {name}, region {region}: {text}" for region, text in late]
        if late:
            commands.append(_render(plan, [r for r, _ in late], is_all=len(late) == len(regions)))
    if gaps:
        raise StaleResultError(
            "\n- ".join(["Not every plan has current results:", *gaps]),
            remedy="\n".join(["", "Make them with:", *commands]),
        )


def read_scenario(plan: Plan, name: str, regions: Sequence[str]) -> Scenario:
    """Read what is compared of one plan.

    Parameters
    ----------
    plan
        The plan.
    name
        Its name among the others.
    regions
        Names of the regions, at least one.

    Returns
    -------
    Scenario
        Sums over the regions.

    Raises
    ------
    StaleResultError
        When a result is missing, stale or damaged.
    """
    saved = {region: _read_steps(plan, region) for region in regions}
    company = plan.read(COMPANY_STEP, COMPANY)
    inputs: dict[str, str] = {}
    for steps in saved.values():
        for result in (company, *steps.values()):
            inputs |= result.record.origin.inputs
    accounts = plan.inputs().tables["accounts"]
    own_margin = frozenset(accounts.loc[accounts["margin_share"].notna(), "account_id"])
    of_regions = _region_options(saved)
    figures = measure([_tables(steps) for steps in saved.values()], own_margin)
    return Scenario(
        name=name,
        regions=tuple(regions),
        figures=replace(
            figures,
            loss_share=_largest(of_regions, "costs.loss_share", "costs.dormant_loss_share"),
            margin_share=_largest(of_regions, "costs.margin_share"),
        ),
        inputs=inputs,
        options={**_whole_options(company, plan.regions(), regions), **of_regions},
    )


def _largest(options: Mapping[tuple[str, str], Any], *names: str) -> float:
    """Return the largest value of some options in any region."""
    return max((float(value) for (_, name), value in options.items() if name in names), default=0.0)


def _read_steps(plan: Plan, region: str) -> dict[str, Saved]:
    return {step: plan.read(step, region) for step in STEPS}


def _gap(plan: Plan, region: str) -> str:
    """Say what is missing of a region; nothing when all is current."""
    try:
        _read_steps(plan, region)
    except StaleResultError as error:
        return f"{error.what}: {error.value}" if error.value else error.what
    return ""


def _render(plan: Plan, regions: Sequence[str], *, is_all: bool) -> str:
    words = [word for region in regions for word in ("--region", region)]
    return shlex.join(["territory-kit", "render", str(plan.folder), *([] if is_all else words)])


def _tables(steps: Mapping[str, Saved]) -> dict[str, pd.DataFrame]:
    return {**steps["review"].tables, "balance": steps["territories"].tables["balance"]}


def _whole_options(
    company: Saved, known: Sequence[str], regions: Sequence[str]
) -> dict[tuple[str, str], Any]:
    """Return the options of the whole plan, and what it read of the regions that are compared."""
    options: dict[tuple[str, str], Any] = {}
    for name, value in flatten(company.record.origin.options).items():
        place = next((region for region in known if _is_of(region, name)), COMPANY)
        if place == COMPANY or place in regions:
            options[place, name.removeprefix(f"{place}.") if place else name] = value
    return options


def _is_of(region: str, name: str) -> bool:
    """Tell an option of a region, which may be called like a group of options."""
    rest = name.removeprefix(f"{region}.")
    return rest != name and rest.split(".")[0] in Options.model_fields


def _region_options(saved: Mapping[str, Mapping[str, Saved]]) -> dict[tuple[str, str], Any]:
    return {
        (region, name): value
        for region, steps in saved.items()
        for result in steps.values()
        for name, value in flatten(result.record.origin.options).items()
    }
