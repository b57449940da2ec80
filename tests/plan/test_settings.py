"""plan.yaml and choices.yaml: every fault is named with its key, all at once."""

from pathlib import Path
from typing import Any

import pytest

from territory_kit.errors import ParameterError
from territory_kit.plan.settings import (
    Choices,
    PlanSettings,
    checked,
    read_choices_file,
    read_plan_file,
)

BAND = {"fiscal_power": 5, "rate_amount_per_km": 0.4}
SCALE = {"valid_from": "2026-01-01", "valid_to": "2026-12-31", "bands": [BAND]}


def _fault(model: type[PlanSettings | Choices], said: object) -> str:
    with pytest.raises(ParameterError) as caught:
        checked(model, said, where="plan.yaml")
    return str(caught.value)


def test_a_plan_with_a_name_and_accounts_is_complete() -> None:
    settings = checked(PlanSettings, {"inputs": {"accounts": "a.csv"}}, where="plan.yaml")
    assert settings.inputs["accounts"].file == "a.csv"
    assert settings.model_fields_set == {"inputs"}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            {"territories": {"tolerence_share": 0.1}},
            'territories.tolerence_share: there is no such setting. Did you mean "tolerance_',
        ),
        ({"currncy": "EUR"}, 'currncy: there is no such setting. Did you mean "currency"?'),
        (
            {"regions": {"Nord": {"teritories": {}}}},
            'regions.Nord.teritories: there is no such setting. Did you mean "territories"?',
        ),
        (
            {"regions": {"Nord": {"travel": {"curcuity": 1}}}},
            'regions.Nord.travel.curcuity: there is no such setting. Did you mean "circuity"?',
        ),
        ({"inputs": {"acounts": "a.csv"}}, "inputs.acounts: there is no such input. Did you mean"),
        (
            {"inputs": {"accounts": {"file": "a.csv", "sheets": "x"}}},
            'inputs.accounts.sheets: there is no such setting. Did you mean "sheet"?',
        ),
        ({"inputs": {"accounts": {}}}, "inputs.accounts.file: is missing."),
        (
            {"costs": {"mileage_scales": [{**SCALE, "valid": "2026-01-01"}]}},
            'costs.mileage_scales.0.valid: there is no such setting. Did you mean "valid_',
        ),
        (
            {"costs": {"mileage_scales": [{**SCALE, "bands": [{**BAND, "rate": 1}]}]}},
            "costs.mileage_scales.0.bands.0.rate: there is no such setting. Known names:",
        ),
        (
            {"costs": {"mileage_scales": [{**SCALE, "bands": []}]}},
            "costs.mileage_scales.0: bands needs at least one line with rate_amount_per_km",
        ),
        (
            {"inputs": {"accounts": {"file": "a", "columns": {"acount_id": "Id"}}}},
            'inputs: accounts has no column acount_id. Did you mean "account_id"?',
        ),
        (
            {"inputs": {"reps": {"file": "a", "columns": {"account_name": "Name"}}}},
            "inputs: reps has no column account_name.",
        ),
        ({"travel": 3}, "travel: needs `name: value` lines under it, not '3'."),
        ({"country": False}, "country: 'False' does not fit. Write text in quotes."),
        ({"priorities": "grow"}, "priorities: 'grow' is no list. Write a list: [grow]."),
        (
            {"priorities": {"a": 1}},
            "priorities: \"{'a': 1}\" is no list. Write a list: [first, second].",
        ),
        ({"accounts": {"class_shares": [0.8]}}, "accounts.class_shares: value 2 of the list is"),
        (
            {"accounts": {"class_shares": [0.1, 0.2, 0.3]}},
            "accounts.class_shares: '[0.1, 0.2, 0.3]' does not fit. Write a list of 2 values.",
        ),
        ({"seed": 1.5}, "seed: '1.5' does not fit. Write a whole number."),
        (
            {"travel": {"circuity": "1,3"}},
            "travel.circuity: '1,3' does not fit. Write a number with a point",
        ),
        (
            {"reps": {"keep_incumbents": "maybe"}},
            "reps.keep_incumbents: 'maybe' does not fit. Write true or false.",
        ),
        (
            {"as_of_date": "31.12.2026"},
            "as_of_date: '31.12.2026' does not fit. Write a day as 2026-12-31.",
        ),
        ({"inputs": {"accounts": {"file": ""}}}, "inputs.accounts.file: '' is no path."),
        (
            {"inputs": {"accounts": "a\0b"}},
            "inputs.accounts.file: 'a\\x00b' is no path. Write one as seen from plan.yaml",
        ),
        ({"base": " "}, "base: ' ' is no path."),
        (
            {"territories": {"mode": "redo"}},
            "territories.mode: 'redo' does not fit, should be 'rebalance', 'redesign' or 'keep'.",
        ),
        (
            {"territories": {"tolerance_share": 1.5}},
            "territories.tolerance_share: '1.5' does not fit, should be less than or equal to 1.",
        ),
        ({"visits": {"per_class": {"D": 1}}}, "visits.per_class.D: 'D' does not fit"),
        ({"as_of_date": "soon"}, "as_of_date: 'soon' does not fit"),
        (
            {"regions": {"Nord": {"currency": "USD"}}},
            "regions.Nord: currency can only be set for the whole plan",
        ),
    ],
)
def test_a_fault_is_named_with_its_key(said: dict[str, Any], message: str) -> None:
    text = _fault(PlanSettings, said)
    assert f"- {message}" in text
    assert "1 fault (plan.yaml)" in text


def test_all_faults_are_named_at_once() -> None:
    said = {"seed": -1, "market": {"x": 1}, "regions": {"Nord": {"headcount": 2}}}
    text = _fault(PlanSettings, said)
    assert "3 faults (plan.yaml)" in text
    assert [line.split(":")[0] for line in text.splitlines()[1:]] == [
        "- market.x",
        "- regions.Nord",
        "- seed",
    ]


def test_no_message_names_a_class() -> None:
    """The reader is an analyst."""
    text = _fault(PlanSettings, {"market": 1, "inputs": 2, "regions": [], "seed": None})
    assert not [word for word in ("Options", "dict", "model", "instance") if word in text]


def test_families_of_columns_can_be_mapped() -> None:
    columns = {"need_wine_share": "Wine need"}
    said = {"inputs": {"accounts": {"file": "a.csv", "columns": columns}}}
    assert checked(PlanSettings, said, where="").inputs["accounts"].columns == columns


@pytest.mark.parametrize("file", ["../shared/a.csv", "/exports/a.csv", "C:\\exports\\a.csv"])
def test_files_may_stand_anywhere(file: str) -> None:
    """They are only read, and the analyst who names them could open them anyhow."""
    settings = checked(PlanSettings, {"inputs": {"accounts": file}}, where="")
    assert settings.inputs["accounts"].file == file


def test_headers_and_sheets_may_be_numbers() -> None:
    """A column of a spreadsheet is often called 2026."""
    entry = {"file": "a.xlsx", "sheet": 2026, "columns": {"potential_amount_per_year": 2026}}
    read = checked(PlanSettings, {"inputs": {"accounts": entry}}, where="").inputs["accounts"]
    assert (read.sheet, read.columns) == ("2026", {"potential_amount_per_year": "2026"})


def test_headings_without_settings_are_taken_as_not_said() -> None:
    said = {"market": None, "regions": {"Nord": None}, "inputs": {"accounts": "a"}}
    settings = checked(PlanSettings, said, where="")
    assert "market" not in settings.model_fields_set
    assert settings.regions["Nord"].model_fields_set == set()


def test_choices_are_checked_like_regions() -> None:
    text = _fault(Choices, {"regions": {"Nord": {"territories": {"territories_cont": 3}}}})
    assert (
        "regions.Nord.territories.territories_cont: there is no such setting. Did you mean" in text
    )


def test_the_files_of_a_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("name: Nord 2027\n", encoding="utf-8")
    (tmp_path / "choices.yaml").write_text(
        "regions: {Nord: {travel: {circuity: 1.2}}}", encoding="utf-8"
    )
    assert read_plan_file(tmp_path).name == "Nord 2027"
    assert read_choices_file(tmp_path)["Nord"].travel.circuity == pytest.approx(1.2)


def test_a_folder_without_choices_has_none(tmp_path: Path) -> None:
    assert read_choices_file(tmp_path) == {}
