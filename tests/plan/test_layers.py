"""A scenario says only what differs; everything else comes from its base."""

from pathlib import Path

import pytest

from territory_kit.errors import ParameterError
from territory_kit.plan import Plan, open_plan


@pytest.fixture
def scenario(folder: Path) -> Path:
    """Make a folder beside the plan that is based on it."""
    scenario = folder.with_name("scenario")
    scenario.mkdir()
    (scenario / "plan.yaml").write_text("base: ../two-regions\n", encoding="utf-8")
    return scenario


def _say(folder: Path, text: str, file: str = "plan.yaml") -> Plan:
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(text)
    return open_plan(folder)


def test_inputs_come_from_the_base(scenario: Path) -> None:
    assert open_plan(scenario).regions() == ("Nord", "Île Sud")


def test_an_own_input_replaces_that_of_the_base(scenario: Path) -> None:
    (scenario / "mine.csv").write_text("account_id,account_name\nB1,Bar\n", encoding="utf-8")
    plan = _say(scenario, "inputs:\n  accounts: mine.csv\n")
    assert plan.inputs().tables["accounts"]["account_id"].tolist() == ["B1"]
    assert set(plan.inputs().tables) == {"accounts", "reps", "visits"}


def test_what_the_scenario_says_wins_over_all_of_its_base(folder: Path, scenario: Path) -> None:
    """Also over the regions and choices of the base: the difference stands there on purpose."""
    _say(folder, "regions:\n  Nord:\n    territories:\n      territories_count: 3\n")
    _say(folder, "regions: {Nord: {territories: {territories_count: 4}}}\n", "choices.yaml")
    assert open_plan(scenario).options("Nord").territories.territories_count == 4
    plan = _say(scenario, "territories:\n  territories_count: 5\n")
    assert plan.options("Nord").territories.territories_count == 5


def test_the_settings_of_a_scenario_hold_those_of_its_base(scenario: Path) -> None:
    settings = _say(scenario, "currency: CHF\n").settings
    assert (settings.name, settings.currency) == ("Two regions", "CHF")


def test_a_base_that_is_no_plan_is_named(scenario: Path) -> None:
    (scenario / "plan.yaml").write_text("base: ../nowhere\n", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"is based on: .*nowhere \(.*scenario.*, base\)"):
        open_plan(scenario)


def test_plans_based_on_each_other_are_refused(folder: Path, scenario: Path) -> None:
    with (folder / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write("base: ../scenario\n")
    with pytest.raises(ParameterError, match="circle: scenario → two-regions → scenario"):
        open_plan(scenario)


def test_a_plan_without_accounts_says_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("name: Empty\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="Write under `inputs:` the line `accounts:"):
        open_plan(tmp_path).inputs()


def test_faults_of_the_base_name_its_file(folder: Path, scenario: Path) -> None:
    (folder / "plan.yaml").write_text("sead: 1\n", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"two-regions.plan\.yaml\)"):
        open_plan(scenario)
