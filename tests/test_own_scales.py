"""Mileage scales in the settings: every distance of every car has one rate."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from territory_kit.options import Options
from territory_kit.own_scales import OwnScale

PAGE = Path(__file__).resolve().parents[1] / "docs" / "mileage.md"

DAYS = {"valid_from": "2026-01-01", "valid_to": "2026-12-31"}
END = {"fiscal_power": 5, "rate_amount_per_km": 0.4}
START = {**END, "up_to_km": 5000}


def test_a_scale_of_two_bands_is_read() -> None:
    scale = OwnScale.model_validate({**DAYS, "bands": [END, START]})
    assert (scale.name, scale.currency) == ("own mileage scale", "")
    assert [band.up_to_km for band in scale.bands] == [None, 5000]
    assert scale.bands[0].fixed_amount == 0


def test_the_example_of_the_page_can_be_copied() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    (scale,) = Options.model_validate(yaml.safe_load(example)).costs.mileage_scales
    assert [band.fiscal_power for band in scale.bands] == [3, 3, 5, 5]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        pytest.param({"bands": [START]}, "fiscal power 5 needs one last band", id="no end"),
        pytest.param({"bands": [END, END]}, "fiscal power 5 needs one last band", id="two ends"),
        pytest.param({"bands": [START, START, END]}, "no band twice", id="twice"),
        pytest.param({"bands": []}, "bands needs at least one line", id="no bands"),
        pytest.param({"valid_to": "2025-12-31"}, "must not lie before valid_from", id="days"),
        pytest.param({"bands": [{**END, "rate": 1}]}, "rate", id="an unknown name"),
    ],
)
def test_a_scale_with_gaps_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        OwnScale.model_validate({**DAYS, "bands": [END], **said})
