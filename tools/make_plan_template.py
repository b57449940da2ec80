"""Write the template of plan.yaml from the options: `python tools/make_plan_template.py`.

Every option stands in it as a comment, with its default, unit, range and meaning, so that an
analyst changes a plan by taking a comment sign away.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from territory_kit.columns import Column
from territory_kit.options import Options

FILE = Path(__file__).resolve().parents[1] / "templates" / "plan.yaml"

_HEAD = """\
# The settings of one plan.
#
# A line such as `# seed: 1` is an option at its default: take the `# ` in front away to change it.
# Names and values are checked when the plan is opened, and everything that is wrong is listed.
# Shares are written from 0 to 1, days as 2026-12-31, numbers with a point.

name: New plan

# Where each input stands, seen from this file: CSV, Excel or Parquet. Only accounts are required.
# Headers of Salesforce, HubSpot and Dynamics exports are known; others are named under `columns`.
inputs:
  accounts:
    file: inputs/accounts.csv
    # sheet: Accounts
    columns:
      # account_id: Customer number
      # region: Sales district
  # reps: inputs/reps.csv
  # territories: inputs/territories.csv
  # visits: inputs/visits.csv
  # deals: inputs/deals.csv
  # account_team: inputs/account_team.csv
  # overrides: inputs/overrides.csv
  # places: inputs/places.csv
  # regional_statistics: inputs/regional_statistics.csv

# A scenario names the plan that it starts from; then only what differs stands here, and the
# inputs come from there.
# base: ../other-plan
"""

_TAIL = """
# What differs in single regions, by the name of the region as the accounts write it.
regions:
  # Northern region:
  #   territories:
  #     territories_count: 6
"""


def template() -> str:
    """Return the text of the template.

    Returns
    -------
    str
        YAML that opens as a plan without options, and with all defaults once uncommented.
    """
    lines = ["", "# The whole plan", *_option_lines(Options, indent="")]
    for name, field in Options.model_fields.items():
        if isinstance(field.default, BaseModel):
            model = type(field.default)
            meaning = str(model.__doc__).split("\n", maxsplit=1)[0].rstrip(".")
            lines += ["", f"# {meaning}", f"{name}:", *_option_lines(model, indent="  ")]
    return _HEAD + "\n".join(lines) + "\n" + _TAIL


def _option_lines(model: type[BaseModel], *, indent: str) -> Iterator[str]:
    properties = model.model_json_schema()["properties"]
    for name, field in model.model_fields.items():
        if isinstance(field.default, BaseModel):
            continue
        allowed = f"{_unit(name)} {_range(properties[name])}".strip()
        notes = [str(field.description), allowed]
        value = _value(model().model_dump(mode="json")[name])
        yield f"{indent}# {name}:{value}  # {'; '.join(note for note in notes if note)}"


def _value(default: object) -> str:
    if default is None:
        return ""
    text = yaml.safe_dump(_shortened(default), default_flow_style=True, sort_keys=False, width=1000)
    return " " + text.removesuffix("...\n").strip()


def _shortened(value: object) -> object:
    """Write whole numbers without a point."""
    if isinstance(value, dict):
        return {key: _shortened(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_shortened(entry) for entry in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _unit(name: str) -> str:
    unit = Column(name, "number", "", "").unit.format(currency="currency of the plan")
    return "share" if unit == "%" else unit


def _range(schema: dict[str, Any]) -> str:
    """Say the range of an option in words; choices stand in its meaning."""
    # an option that may stay empty lists its own range beside the empty one
    own = schema.get("anyOf", [schema])[0]
    own = own.get("additionalProperties", own)
    words = {
        "exclusiveMinimum": "above",
        "minimum": "from",
        "maximum": "to",
        "exclusiveMaximum": "below",
    }
    return " ".join(f"{word} {own[key]:.12g}" for key, word in words.items() if key in own)


if __name__ == "__main__":
    FILE.write_text(template(), encoding="utf-8", newline="\n")
    print(f"Written: {FILE}")
