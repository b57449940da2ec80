"""What stands in plan.yaml and choices.yaml, checked: every fault is named, all at once."""

from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from territory_kit import columns
from territory_kit.errors import ParameterError, suggest
from territory_kit.options import Options
from territory_kit.plan.read_yaml import read_settings
from territory_kit.plan.saved_filters import check_filters
from territory_kit.plan.setting_faults import fault_text

PLAN_FILE = "plan.yaml"
CHOICES_FILE = "choices.yaml"

# They hold for the whole plan: money is never summed across currencies, and so on.
_PLAN_WIDE = (
    "as_of_date",
    "country",
    "currency",
    "exchange_rates",
    "headcount",
    "quotas",
    "revenue_source",
)

Model = TypeVar("Model", bound=BaseModel)


def _filled(entry: object) -> object:
    """Take a heading without settings under it as not said."""
    return {} if entry is None else entry


def _written(entry: object) -> object:
    """Take a column without a header behind its colon as not said."""
    if not isinstance(entry, dict):
        return _filled(entry)
    return {name: header for name, header in entry.items() if header is not None and header != ""}


def _file_or_settings(entry: object) -> object:
    return {"file": entry} if isinstance(entry, str) else entry


def _path(text: str) -> str:
    """Take any path, absolute ones and those with ../ too: files of a plan are only read."""
    if "\0" in text or not text.strip():
        raise ValueError(f"{text!r} is no path. Write one as seen from plan.yaml")
    return text


def _known_input(name: str) -> str:
    if name not in columns.input_names():
        raise ValueError(f"there is no such input. {suggest(name, columns.input_names())}")
    return name


_PathText = Annotated[str, AfterValidator(_path)]


def _of_a_region(options: Options) -> Options:
    wide = sorted(options.model_fields_set.intersection(_PLAN_WIDE))
    if wide:
        raise ValueError(f"{', '.join(wide)} can only be set for the whole plan")
    return options


class InputSettings(BaseModel):
    """Where one input stands and how its columns are called there."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    file: _PathText = Field(description="path of the file, seen from plan.yaml; or absolute")
    columns: Annotated[dict[str, str], BeforeValidator(_written)] = Field(
        {}, description="our column: header in the file"
    )
    sheet: str | None = Field(None, description="sheet of a workbook; empty: the first")


def _known_columns(inputs: dict[str, InputSettings]) -> dict[str, InputSettings]:
    faults = [
        f"{table} has no column {name}. {suggest(name, columns.get_table(table).columns)}"
        for table, entry in inputs.items()
        for name in entry.columns
        if (column := columns.find_column(name)) is None
        or column.name not in columns.get_table(table).columns
    ]
    if faults:
        raise ValueError(" ".join(faults))
    return inputs


_InputName = Annotated[str, AfterValidator(_known_input)]
_Input = Annotated[InputSettings, BeforeValidator(_file_or_settings)]
_Region = Annotated[
    Options,
    BeforeValidator(_filled),
    AfterValidator(_of_a_region),
    AfterValidator(check_filters),
]


class PlanSettings(Options):
    """The settings of a plan: the options, and what only the plan folder knows."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    name: str = Field("", description="name of the plan; empty: that of its folder")
    base: _PathText | None = Field(
        None, description="folder of the plan that this scenario starts from"
    )
    inputs: Annotated[dict[_InputName, _Input], AfterValidator(_known_columns)] = Field(
        {}, description="files by input"
    )
    regions: dict[str, _Region] = Field({}, description="options of single regions")

    @model_validator(mode="after")
    def _filters_are_right(self) -> Self:
        check_filters(self)
        return self


class Choices(BaseModel):
    """What was chosen in widgets: options by region, as they could stand in plan.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    regions: Annotated[dict[str, _Region], BeforeValidator(_filled)] = {}


def read_plan_file(folder: Path) -> PlanSettings:
    """Read and check the plan.yaml of a folder.

    Parameters
    ----------
    folder
        The plan folder.

    Returns
    -------
    PlanSettings
        Only what the file says is set; the rest has its default.

    Raises
    ------
    ParameterError
        Names all faults with their keys.
    """
    return checked(PlanSettings, read_settings(folder / PLAN_FILE), where=folder / PLAN_FILE)


def read_choices_file(folder: Path) -> dict[str, Options]:
    """Read and check the choices.yaml of a folder, where there is one.

    Parameters
    ----------
    folder
        The plan folder.

    Returns
    -------
    dict of Options
        By region, only what was chosen is set.

    Raises
    ------
    ParameterError
        Names all faults with their keys.
    """
    file = folder / CHOICES_FILE
    return checked(Choices, read_settings(file), where=file).regions if file.exists() else {}


def checked(model: type[Model], values: object, *, where: Path | str) -> Model:
    """Check settings against a model and name every fault in plain words.

    Parameters
    ----------
    model
        What the settings must be.
    values
        The settings as read.
    where
        File or notebook they come from, for the message.

    Returns
    -------
    Model
        The checked settings.

    Raises
    ------
    ParameterError
        When anything is unknown, missing or out of range; lists all faults.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        faults = sorted({fault_text(model, fault) for fault in error.errors()})
        count = f"{len(faults)} faults" if len(faults) > 1 else "1 fault"
        raise ParameterError(
            "Settings are not right",
            value=count,
            where=str(where),
            remedy="\n".join(["Correct:", *(f"- {fault}" for fault in faults)]),
        ) from error
