"""Where overrides are written, and where not."""

from pathlib import Path

import pandas as pd
import pytest

from territory_kit.errors import TableError, TerritoryKitError
from territory_kit.plan import open_plan
from territory_kit.tables import write_excel
from territory_kit.take_back import add_overrides, make_rows

MOVES = pd.DataFrame(
    {"account_id": ["A06"], "from_territory_id": ["T1"], "shortfall_amount": [72.8]}
)
ROWS = make_rows(MOVES, currency="EUR", taken_ids=())
OVERRIDES = "override_id;scope;value;action;target;author\nO1;account;A00;house;;Zoé\n"
LINE = "take-back A06;account;A06;to_territory;T1;\n"


def _name(plan: Path, file: str) -> None:
    settings = plan / "plan.yaml"
    text = settings.read_text(encoding="utf-8")
    named = text.replace("inputs:\n", f"inputs:\n  overrides: {file}\n")
    settings.write_text(named, encoding="utf-8")


def test_rows_go_below_those_of_the_plans_own_file(plan: Path) -> None:
    file = plan / "inputs" / "own.csv"
    file.write_text(OVERRIDES, encoding="utf-8")
    _name(plan, "inputs/own.csv")
    assert add_overrides(open_plan(plan), ROWS) == file
    assert file.read_text(encoding="utf-8") == OVERRIDES + LINE


def test_a_plan_without_overrides_gets_a_file_and_names_it(plan: Path) -> None:
    before = (plan / "plan.yaml").read_text(encoding="utf-8")
    file = add_overrides(open_plan(plan), ROWS)
    assert file == plan / "inputs" / "overrides.csv"
    line = "  overrides: inputs/overrides.csv\n"
    assert (plan / "plan.yaml").read_text(encoding="utf-8") == before.replace(
        "inputs:\n", f"inputs:\n{line}"
    )
    read = open_plan(plan).inputs().tables["overrides"]
    assert read[["override_id", "value", "target", "status"]].to_numpy().tolist() == [
        ["take-back A06", "A06", "T1", "accepted"]
    ]


def test_a_file_that_the_plan_does_not_name_is_left_alone(plan: Path) -> None:
    file = plan / "inputs" / "overrides.csv"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(TableError, match=r"does not name: inputs/overrides\.csv .*the line"):
        add_overrides(open_plan(plan), ROWS)
    assert file.read_text(encoding="utf-8") == "mine"


def test_nothing_is_written_into_the_base_of_a_scenario(plan: Path, tmp_path: Path) -> None:
    file = plan / "inputs" / "overrides.csv"
    file.write_text(OVERRIDES, encoding="utf-8")
    _name(plan, "inputs/overrides.csv")
    scenario = tmp_path / "other"
    scenario.mkdir()
    (scenario / "plan.yaml").write_text("base: ../north\n", encoding="utf-8")
    with pytest.raises(TerritoryKitError) as caught:
        add_overrides(open_plan(scenario), ROWS)
    assert str(caught.value) == (
        "The overrides of this plan stand in another folder and are not changed from here: "
        f"{file} (plan North). Copy that file to inputs/overrides.csv of this plan, name it in "
        "plan.yaml under `inputs:` with the line `overrides: inputs/overrides.csv`, and run the "
        "same again. Or take back in the plan that the file belongs to."
    )
    assert file.read_text(encoding="utf-8") == OVERRIDES


def test_a_scenario_whose_base_has_no_overrides_gets_its_own(plan: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "other"
    scenario.mkdir()
    (scenario / "plan.yaml").write_text("base: ../north", encoding="utf-8")
    add_overrides(open_plan(scenario), ROWS)
    assert not (plan / "inputs" / "overrides.csv").exists()
    assert len(open_plan(scenario).inputs().tables["overrides"]) == 1


def test_a_file_elsewhere_that_the_plan_names_itself_is_not_written(
    plan: Path, tmp_path: Path
) -> None:
    (tmp_path / "shared.csv").write_text(OVERRIDES, encoding="utf-8")
    _name(plan, "../shared.csv")
    with pytest.raises(TerritoryKitError, match="stand in another folder"):
        add_overrides(open_plan(plan), ROWS)


def test_for_a_workbook_the_lines_are_given_to_a_person(plan: Path) -> None:
    file = plan / "inputs" / "all.xlsx"
    table = pd.DataFrame(
        {"scope": ["account"], "value": "A00", "action": "house", "target": "", "reason": ""}
    )
    write_excel({"overrides": table}, file)
    _name(plan, "{file: inputs/all.xlsx, sheet: overrides}")
    before = file.read_bytes()
    with pytest.raises(TableError) as caught:
        add_overrides(open_plan(plan), ROWS)
    assert str(caught.value) == (
        f"The file is no text file: rows are not added to it ({file}, sheet overrides). "
        "Add these by hand below the last row:\nscope;value;action;target;reason\n"
        "account;A06;to_territory;T1;the move saves EUR 73 less than its price"
    )
    assert file.read_bytes() == before
