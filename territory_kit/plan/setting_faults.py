"""Say in plain words what is wrong with one setting: its key, what was received, what to write."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from territory_kit.errors import suggest

_MAPPING_FAULTS = ("dict_type", "mapping_type", "model_attributes_type", "model_type")
_SHOWN_CHARACTERS = 60
_DAY = "Write a day as 2026-12-31."
_NUMBER = "Write a number with a point, as 0.35, without units or percent signs."
_TEXT = "Write text in quotes."
_YES_NO = "Write true or false."
_WHOLE = "Write a whole number."
_REMEDIES: Mapping[str, str] = {
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "date_from_datetime_inexact": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "int_from_float": _WHOLE,
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "string_too_short": "Write at least one character.",
    "string_type": _TEXT,
}


def fault_text(model: type[BaseModel], fault: ErrorDetails) -> str:
    """Say what is wrong with one setting.

    Parameters
    ----------
    model
        What the settings must be.
    fault
        What pydantic has found.

    Returns
    -------
    str
        One line: key, value received, what to write.
    """
    path = [str(part) for part in fault["loc"] if part != "[key]"]
    if fault["type"] == "missing":
        return _missing_text(fault["loc"], path)
    if fault["type"] == "extra_forbidden":
        problem = f"there is no such setting. {suggest(path[-1], _siblings(model, path))}"
    elif fault["type"] == "value_error":
        problem = str(fault["ctx"]["error"])
    else:
        problem = _misfit_text(fault)
    return f"{'.'.join(path) or 'the settings'}: {problem}"


def _misfit_text(fault: ErrorDetails) -> str:
    kind, received = fault["type"], str(fault["input"])[:_SHOWN_CHARACTERS]
    if kind in _MAPPING_FAULTS:
        return f"needs `name: value` lines under it, not {received!r}."
    if kind == "tuple_type":
        example = received if isinstance(fault["input"], str | int | float) else "first, second"
        return f"{received!r} is no list. Write a list: [{example}]."
    if kind in {"too_long", "too_short"}:
        wanted = fault["ctx"].get("max_length", fault["ctx"].get("min_length"))
        return f"{received!r} does not fit. Write a list of {wanted} values."
    if kind in _REMEDIES:
        return f"{received!r} does not fit. {_REMEDIES[kind]}"
    wanted = fault["msg"].replace("Input should be", "should be").rstrip(".")
    return f"{received!r} does not fit, {wanted}."


def _missing_text(place: Sequence[int | str], path: Sequence[str]) -> str:
    if isinstance(place[-1], int):
        return f"{'.'.join(path[:-1])}: value {place[-1] + 1} of the list is missing."
    return f"{'.'.join(path)}: is missing."


def _siblings(model: type[BaseModel], path: Sequence[str]) -> list[str]:
    """Return the names that would have been right where an unknown one stands."""
    found: Any = model
    for part in path[:-1]:
        found = _below(found, part)
    return sorted(found.model_fields)


def _below(annotation: Any, part: str) -> Any:  # noqa: ANN401 - annotations have no common type
    """Return the annotation of what stands under a key, without its validators."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        below = annotation.model_fields[part].annotation
    else:
        # what every value of a list is, or every value of a mapping
        below = get_args(annotation)[0 if get_origin(annotation) is tuple else 1]
    # Annotated[Model, validators…] → Model
    return get_args(below)[0] if hasattr(below, "__metadata__") else below
