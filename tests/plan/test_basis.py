"""Settings, regions and options of an opened plan."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from territory_kit.errors import ParameterError
from territory_kit.plan import COMPANY, Plan, open_plan

AddSettings = Callable[[str], Plan]

NORD = "regions:\n  Nord:\n    territories:\n      territories_count: 3\n"


def test_a_plan_is_called_as_it_says(plan: Plan) -> None:
    assert plan.name == "Two regions"


def test_a_plan_without_a_name_is_called_like_its_folder(folder: Path) -> None:
    (folder / "plan.yaml").write_text("inputs: {accounts: inputs/accounts.csv}")
    assert open_plan(folder).name == "two-regions"


def test_a_folder_without_a_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"make one: territory-kit new FOLDER"):
        open_plan(tmp_path)


def test_regions_are_named_as_the_accounts_write_them(plan: Plan) -> None:
    assert plan.regions() == ("Nord", "Île Sud")


def test_an_unknown_region_is_refused_with_all_that_exist(plan: Plan) -> None:
    with pytest.raises(ParameterError) as caught:
        plan.options("Nrod")
    assert 'Did you mean "Nord"? Known names: Nord, Île Sud.' in str(caught.value)


def test_settings_of_an_unknown_region_are_refused(add_settings: AddSettings) -> None:
    plan = add_settings("regions:\n  Ile Sud: {seed: 2}\n")
    with pytest.raises(ParameterError) as caught:
        plan.regions()
    assert '"Ile Sud". Did you mean "Île Sud"? Known names: Nord, Île Sud.' in str(caught.value)
    assert "plan.yaml" in str(caught.value)


def test_the_setting_of_a_region_holds_there_only(add_settings: AddSettings) -> None:
    plan = add_settings("territories: {territories_count: 2}\n" + NORD)
    counts = {
        region: plan.options(region).territories.territories_count for region in plan.regions()
    }
    assert counts == {"Nord": 3, "Île Sud": 2}
    assert plan.options(COMPANY).territories.territories_count == 2


def test_parameter_beats_choices_beats_region(add_settings: AddSettings) -> None:
    plan = add_settings(NORD)
    plan.choose("Nord", "territories", territories_count=4)
    assert plan.options("Nord").territories.territories_count == 4
    given = plan.options("Nord", step="territories", parameters={"territories_count": 5})
    assert given.territories.territories_count == 5


def test_a_parameter_of_none_leaves_what_the_plan_says(add_settings: AddSettings) -> None:
    parameters = {"territories_count": None, "seed": None}
    given = add_settings(NORD).options("Nord", step="territories", parameters=parameters)
    assert given.territories.territories_count == 3


def test_an_unknown_parameter_is_refused(plan: Plan) -> None:
    with pytest.raises(ParameterError, match='Did you mean "tolerance_share"'):
        plan.options("Nord", step="territories", parameters={"tolerence_share": 0.1})


def test_a_parameter_out_of_range_is_refused(plan: Plan) -> None:
    with pytest.raises(ParameterError, match="parameters of step territories"):
        plan.options("Nord", step="territories", parameters={"tolerance_share": 7})


# ---- the day the plan looks from -----------------------------------------------------------------


def test_the_day_is_that_of_the_last_visit(plan: Plan) -> None:
    assert plan.options("Île Sud").as_of_date == date(2026, 3, 1)


def test_the_given_day_goes_before(add_settings: AddSettings) -> None:
    assert add_settings("as_of_date: 2025-12-31\n").options("Nord").as_of_date == date(2025, 12, 31)


def test_visits_after_the_start_of_the_plan_are_taken_for_mistakes(
    add_settings: AddSettings,
) -> None:
    assert add_settings("plan_start_date: 2026-02-15\n").options("Nord").as_of_date == date(
        2026, 2, 1
    )


def test_without_visits_and_deals_no_day_is_known(folder: Path) -> None:
    (folder / "plan.yaml").write_text("inputs: {accounts: inputs/accounts.csv}", encoding="utf-8")
    assert open_plan(folder).options("Nord").as_of_date is None


# ---- choices -------------------------------------------------------------------------------------


def test_choices_are_written_beside_the_plan_and_found_by_the_next_reader(plan: Plan) -> None:
    before = (plan.folder / "plan.yaml").read_bytes()
    plan.choose("Île Sud", "territories", territories_count=4, tolerance_share=0.2)
    text = (plan.folder / "choices.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Written by the widgets")
    chosen = {"territories": {"territories_count": 4, "tolerance_share": 0.2}}
    assert yaml.safe_load(text) == {"regions": {"Île Sud": chosen}}
    assert (plan.folder / "plan.yaml").read_bytes() == before
    assert open_plan(plan.folder).options("Île Sud").territories.territories_count == 4


def test_choices_of_two_readers_do_not_undo_each_other(plan: Plan) -> None:
    other = open_plan(plan.folder)
    plan.choose("Nord", "territories", territories_count=4)
    other.choose("Nord", "territories", tolerance_share=0.2)
    other.choose("Île Sud", "reps", skill_weight=1.0)
    chosen = open_plan(plan.folder).options("Nord").territories
    assert chosen.territories_count == 4
    assert chosen.tolerance_share == pytest.approx(0.2)


def test_none_takes_a_choice_back(add_settings: AddSettings) -> None:
    plan = add_settings(NORD)
    plan.choose("Nord", "territories", territories_count=4)
    plan.choose("Nord", "territories", territories_count=None)
    assert plan.options("Nord").territories.territories_count == 3


@pytest.mark.parametrize(
    ("region", "step", "options", "message"),
    [
        ("Nrod", "territories", {"territories_count": 4}, "There is no such region: Nrod"),
        ("Nord", "teritories", {"territories_count": 4}, 'Did you mean "territories"?'),
        ("Nord", "territories", {"count": 4}, "There is no such parameter: count"),
        ("Nord", "territories", {"territories_count": 0}, "choices for Nord, step territories"),
    ],
)
def test_a_wrong_choice_is_refused_and_nothing_written(
    plan: Plan, region: str, step: str, options: dict[str, int], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        plan.choose(region, step, **options)
    assert message in str(caught.value)
    assert not (plan.folder / "choices.yaml").exists()
