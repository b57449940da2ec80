"""In what plans differ before anything is computed: inputs, currency, options."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from territory_kit.compare.scenario import Scenario
from territory_kit.errors import ParameterError, TableError
from territory_kit.options import Options
from territory_kit.plan import COMPANY
from territory_kit.wording import agree, clipped, listed

# What the plan takes the world to be, and not what it chooses.
_ASSUMED = ("as_of_date", "costs.", "hours.", "travel.", "visits.")
_LONGEST_VALUE = 60
_NOT_THERE = object()


def differing_inputs(scenarios: Sequence[Scenario]) -> list[str]:
    """Name the inputs that are not the same in all plans.

    Parameters
    ----------
    scenarios
        The plans.

    Returns
    -------
    list of str
        Names of tables, sorted.
    """
    names = {name for one in scenarios for name in one.inputs}
    return sorted(name for name in names if len({one.inputs.get(name) for one in scenarios}) > 1)


def require_comparable(scenarios: Sequence[Scenario], *, may_differ: bool) -> None:
    """Refuse plans whose figures do not belong side by side.

    Parameters
    ----------
    scenarios
        The plans.
    may_differ
        Whether other inputs are accepted.

    Raises
    ------
    ParameterError
        When the currencies differ.
    TableError
        When the inputs differ and this is not accepted.
    """
    currencies = {one.name: str(one.option("currency")) for one in scenarios}
    if len(set(currencies.values())) > 1:
        raise ParameterError(
            "Plans in different currencies cannot be compared",
            value=", ".join(f"{name}: {currency}" for name, currency in currencies.items()),
            remedy="Set the same currency in each plan.yaml, and render the plans again.",
        )
    differing = differing_inputs(scenarios)
    if differing and not may_differ:
        raise TableError(
            "The plans do not rest on the same inputs",
            value=", ".join(differing),
            where=f"plans {listed([one.name for one in scenarios])}",
            remedy="Compare scenarios of one base plan, or allow other inputs with "
            "--different-inputs: part of a difference may then come from the data.",
        )


def input_words(scenarios: Sequence[Scenario]) -> str:
    """Say on what the plans rest.

    Parameters
    ----------
    scenarios
        The plans.

    Returns
    -------
    str
        A sentence.
    """
    names = sorted({name for one in scenarios for name in one.inputs})
    differing = differing_inputs(scenarios)
    if not differing:
        return f"All plans rest on the same inputs: {', '.join(names)}."
    return (
        f"The plans rest on different inputs: {', '.join(differing)} "
        f"{agree('differs', len(differing))}. Part of a difference may come from the data, not "
        "from the plan."
    )


def option_words(scenarios: Sequence[Scenario]) -> list[str]:
    """Say in which options the plans differ.

    Parameters
    ----------
    scenarios
        The plans.

    Returns
    -------
    list of str
        One sentence for each option, or for each region where regions have values of their own;
        assumptions last, with what they mean for the comparison.
    """
    names = sorted({name for one in scenarios for _, name in one.options})
    chosen = [name for name in names if not name.startswith(_ASSUMED)]
    assumed = [name for name in names if name.startswith(_ASSUMED)]
    words = [text for name in chosen for text in _words(scenarios, name)]
    warned = [text for name in assumed for text in _words(scenarios, name)]
    if warned:
        warned.append(
            "The plans assume different things of costs, hours, visits, roads or the day they look "
            "from: part of a difference comes from that."
        )
    return [*words, *warned] or ["The plans have the same options."]


def _words(scenarios: Sequence[Scenario], name: str) -> list[str]:
    places = sorted({place for one in scenarios for place, other in one.options if other == name})
    rows = {
        place: [one.options.get((place, name), _NOT_THERE) for one in scenarios] for place in places
    }
    differing = {place: values for place, values in rows.items() if _differ(values)}
    is_everywhere = len({repr(values) for values in rows.values()}) == 1
    return [
        _sentence(scenarios, name, "" if is_everywhere else place, values)
        for place, values in list(differing.items())[: 1 if is_everywhere else None]
    ]


def _sentence(scenarios: Sequence[Scenario], name: str, place: str, values: list[Any]) -> str:
    said = ", ".join(
        f"{one.name}: {_value(value)}" for one, value in zip(scenarios, values, strict=True)
    )
    meaning = _meaning(name)
    where = f" in {place}" if place != COMPANY else ""
    return f"{name}{where} ({meaning}) – {said}." if meaning else f"{name}{where} – {said}."


def _differ(values: Sequence[Any]) -> bool:
    return any(value is _NOT_THERE or value != values[0] for value in values)


def _value(value: Any) -> str:  # noqa: ANN401 - whatever the option holds
    if value is _NOT_THERE:
        return "as the whole plan"
    if value is None or value in ("", [], {}):
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return clipped(", ".join(map(_value, value)), _LONGEST_VALUE)
    return f"{value:g}" if isinstance(value, float) else clipped(str(value), _LONGEST_VALUE)


def _meaning(name: str) -> str:
    """Return what the options say of themselves."""
    model: type[BaseModel] = Options
    for part in name.split("."):
        field = model.model_fields.get(part)
        if field is None:
            return ""
        if not isinstance(field.default, BaseModel):
            return field.description or ""
        model = type(field.default)
    return ""
