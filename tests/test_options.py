"""Options: defaults that fit their own limits, closed to unknown names, and one template."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from territory_kit.options import AccountsOptions, Options

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "plan.yaml"


def test_every_option_has_a_default_that_is_allowed() -> None:
    assert Options().territories.tolerance_share == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("section", "value", "reason"),
    [
        ({"seed": -1}, "seed", "a seed is not negative"),
        ({"seed": 2**32}, "seed", "numpy takes 32 bits"),
        ({"headcount": 0}, "headcount", "a plan without territories is none"),
        ({"territories": {"tolerance_share": 0}}, "tolerance_share", "nothing is exactly equal"),
        ({"territories": {"mode": "redo"}}, "mode", "there are three modes"),
        ({"hours": {"per_day": 25}}, "per_day", "a day has 24 hours"),
        ({"travel": {"circuity": 0.9}}, "circuity", "no road is shorter than a straight line"),
        ({"visits": {"per_class": {"D": 1}}}, "per_class", "there are three classes"),
        ({"costs": {"km_amont": 1}}, "km_amont", "the name is unknown"),
    ],
)
def test_values_out_of_range_are_refused(section: dict[str, Any], value: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=value):
        Options.model_validate(section)
    assert reason


def test_a_heading_without_settings_is_taken_as_not_said() -> None:
    """An analyst comments out every line of a section and leaves its heading."""
    options = Options.model_validate({"market": None, "accounts": {"weights": None}})
    assert options == Options()
    assert "market" not in options.model_fields_set


def test_an_option_that_may_be_empty_keeps_empty_as_a_value() -> None:
    """Empty potential tolerance means that potential is not balanced."""
    options = Options.model_validate({"territories": {"potential_tolerance_share": None}})
    assert options.territories.potential_tolerance_share is None


def test_options_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Options().seed = 2  # type: ignore[misc] # frozen is what is tested


def test_every_option_says_what_it_means() -> None:
    for model in _models():
        assert all(field.description for field in model.model_fields.values() if not _model(field))


def test_the_template_is_what_its_tool_writes() -> None:
    """The comments in plan.yaml and the options of the package cannot drift apart."""
    written = runpy.run_path(str(ROOT / "tools" / "make_plan_template.py"))["template"]()
    assert TEMPLATE.read_text(encoding="utf-8") == written


def test_the_template_with_all_comment_signs_away_holds_the_defaults() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    options_only = text[text.index("# The whole plan") : text.index("regions:")]
    uncommented = re.sub(r"^( *)# ([a-z_]+:)", r"\1\2", options_only, flags=re.MULTILINE)
    said = yaml.safe_load(uncommented)
    assert Options.model_validate(said) == Options()
    assert set(said) == set(Options.model_fields)


def _models() -> list[type[BaseModel]]:
    fields = Options.model_fields.values()
    return [Options, *(type(field.default) for field in fields if _model(field))]


def _model(field: Any) -> bool:  # noqa: ANN401 - pydantic's field class is not public
    return isinstance(field.default, BaseModel)


def test_class_shares_must_rise() -> None:
    """A share of A above that of B would leave no B at all."""
    with pytest.raises(ValidationError, match="the first share must not be above the second"):
        AccountsOptions(class_shares=(0.95, 0.8))
