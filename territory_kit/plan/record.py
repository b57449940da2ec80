"""The run record: from what, with what and when a result was made.

A result is current only through its record, which is written last.
"""

import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from territory_kit.plan.order import COMPANY_STEP, COMPANY_TABLES_OF_STEP
from territory_kit.plan.precedence import digest

_LIBRARIES = ("numba", "numpy", "pandas", "pyarrow", "scikit-learn", "scipy")

# Names of files are made from these, and a record may come from anywhere.
_TableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
_RunName = Annotated[str, StringConstraints(pattern=r"^run-[0-9a-f]{32}$")]


def library_versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that compute.

    Returns
    -------
    dict of str
        Version by name.
    """
    return dict(_versions())


@cache
def _versions() -> dict[str, str]:
    """Read the versions once: those that the process has loaded stay."""
    return {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}


def flatten(options: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Give nested options dotted names.

    Parameters
    ----------
    options
        Values by name; groups of options are mappings.
    prefix
        What stands before each name.

    Returns
    -------
    dict
        Values by dotted name.

    Examples
    --------
    >>> flatten({"seed": 1, "travel": {"circuity": 1.3}})
    {'seed': 1, 'travel.circuity': 1.3}
    """
    flat: dict[str, Any] = {}
    for name, value in options.items():
        is_group = isinstance(value, Mapping)
        flat |= flatten(value, f"{prefix}{name}.") if is_group else {f"{prefix}{name}": value}
    return flat


class _Closed(BaseModel):
    # a figure may be nan: JSON then holds the word NaN
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class Origin(_Closed):
    """Everything that a result was made from; a result is current while all of it holds.

    Parameters
    ----------
    inputs
        Hash of each input that the step reads.
    options
        The options that the step depends on, with their values.
    upstream
        Digest of each earlier result that the step reads.
    package_version
        Version of territory_kit.
    """

    inputs: dict[str, str]
    options: dict[str, Any]
    upstream: dict[str, str]
    package_version: str

    def changes(self, now: "Origin") -> tuple[str, ...]:
        """Name what is different now, in words for the analyst.

        Parameters
        ----------
        now
            What the result would be made from today.

        Returns
        -------
        tuple of str
            One part for each kind of change; empty when nothing changed.
        """
        earlier = _different(self.upstream, now.upstream)
        kinds = {
            "input": _different(self.inputs, now.inputs),
            "option": _different(flatten(self.options), flatten(now.options)),
            "result of step": earlier,
            "version of territory_kit": _different(
                {self.package_version: ""}, {now.package_version: ""}
            ),
        }
        return tuple(f"{kind}: {', '.join(names)}" for kind, names in kinds.items() if names)


class TableFile(_Closed):
    """One table of a result as written.

    Parameters
    ----------
    sha256
        Hash of the file.
    rows_count
        Number of rows.
    """

    sha256: str
    rows_count: int


class Record(_Closed):
    """The run record of one result.

    Parameters
    ----------
    step, region
        Which result it is.
    run
        Folder of the tables, beside the record.
    tables
        Files by name of table.
    figures, assumptions, findings
        What the step said beside its tables.
    parameters
        What the notebook set itself; None stands for "as the plan says" and is left out.
    seed
        Seed of the engine.
    origin
        What the result was made from.
    versions
        Versions of Python and of the libraries that compute.
    started
        When the work began, UTC.
    seconds
        How long it took.
    """

    step: str
    region: str
    run: _RunName
    tables: dict[_TableName, TableFile]
    figures: dict[str, float | str]
    assumptions: tuple[str, ...]
    findings: tuple[str, ...]
    parameters: dict[str, Any]
    seed: int | None
    origin: Origin
    versions: dict[str, str] = Field(default_factory=library_versions)
    started: str
    seconds: float

    def digest_for(self, step: str) -> str:
        """Hash what a later step reads: two runs with the same result have the same digest.

        Parameters
        ----------
        step
            The later step.

        Returns
        -------
        str
            64 hexadecimal digits.
        """
        if self.step == COMPANY_STEP:
            names = COMPANY_TABLES_OF_STEP[step]
            return digest([self.tables[name].sha256 for name in names if name in self.tables])
        said = {"tables", "figures", "assumptions", "findings"}
        return digest(self.model_dump(mode="json", include=said))


def written_by(content: bytes) -> str:
    """Find the version of the package in a record that cannot be understood otherwise.

    Parameters
    ----------
    content
        The record as it stands in its file.

    Returns
    -------
    str
        The version; empty where none is told.
    """
    try:
        version = json.loads(content)["origin"]["package_version"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return version if isinstance(version, str) else ""


def _different(then: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    names = then.keys() | now.keys()
    return sorted(name for name in names if then.get(name) != now.get(name))
