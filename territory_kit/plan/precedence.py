"""Who wins when an option is set in several places, and which options a result depends on.

From weak to strong: default, plan, region, choices, parameter. A scenario comes after all of its
base: what stands in the scenario differs on purpose.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache, reduce
from hashlib import sha256
from typing import Any

from territory_kit.errors import ParameterError, suggest
from territory_kit.options import Options
from territory_kit.plan.order import OPTIONS_OF_STEP, STEPS
from territory_kit.plan.saved_filters import check_filters
from territory_kit.plan.settings import checked

# These name their own entries: whoever sets them sets all of them.
_REPLACED_WHOLE = frozenset({"bounds", "gates", "pairwise", "segment_rules", "weights"})


def merge(weak: Mapping[str, Any], strong: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one set of options over another, entry by entry.

    Parameters
    ----------
    weak
        Options by name; groups of options are mappings.
    strong
        The same; its entries win.

    Returns
    -------
    dict
        New mapping.

    Examples
    --------
    >>> merge({"travel": {"circuity": 1.3, "parking_hours": 0.1}}, {"travel": {"circuity": 1.2}})
    {'travel': {'circuity': 1.2, 'parking_hours': 0.1}}
    """
    merged = dict(weak)
    for name, value in strong.items():
        below = weak.get(name) if name not in _REPLACED_WHOLE else None
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            merged[name] = merge(below, value)
        else:
            merged[name] = value
    return merged


def resolve(layers: Iterable[Mapping[str, Any]], *, where: str) -> Options:
    """Return the options that hold when the layers lie over the defaults.

    Parameters
    ----------
    layers
        What each place sets, weakest first.
    where
        Who set the strongest layer, for the message.

    Returns
    -------
    Options
        Every option with the value that wins.

    Raises
    ------
    ParameterError
        When a value does not fit its option.
    """
    options = checked(Options, reduce(merge, layers, dict(_defaults())), where=where)
    return check_filters(options)


@cache
def _defaults() -> dict[str, Any]:
    """Return all options as nobody has set them; `merge` leaves them so."""
    return Options().model_dump()


def parameter_layer(step: str | None, parameters: Mapping[str, object]) -> dict[str, Any]:
    """Return the layer that the parameters of a notebook make.

    Parameters
    ----------
    step
        The step whose options the parameters are.
    parameters
        Values by option name; None means "as the plan says".

    Returns
    -------
    dict
        What is set, in the shape of `Options`.

    Raises
    ------
    ParameterError
        When the step has no such option.
    """
    own = Options.model_fields[step].default if step in STEPS else None
    known = ["seed", *(type(own).model_fields if own is not None else ())]
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise ParameterError(
            "There is no such parameter",
            value=", ".join(unknown),
            where=f"parameters of step {step}" if step else "parameters",
            remedy=suggest(unknown[0], known),
        )
    given = {name: value for name, value in parameters.items() if value is not None}
    layer = {"seed": given.pop("seed")} if "seed" in given else {}
    return {**layer, str(step): given} if given else layer


def used_options(step: str, options: Options) -> dict[str, Any]:
    """Return the options that a result depends on.

    Parameters
    ----------
    step
        Name of the step.
    options
        All options of the region, or of the whole plan for its frame.

    Returns
    -------
    dict
        Plain values that JSON can hold.
    """
    used = options.model_dump(mode="json", include=OPTIONS_OF_STEP[step])
    if "market" in used:
        # the first rule that matches wins, so that their order is part of what a result is made of
        rules = options.market.segment_rules
        used["market"] |= {"segment_rules": [list(rule) for rule in rules.items()]}
    return used


def digest(values: object) -> str:
    """Return a hash of plain values that does not depend on the order of keys.

    Parameters
    ----------
    values
        Anything that JSON can hold.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    text = json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
