"""Options of a plan are told apart by the place that sets them."""

from pathlib import Path

import pytest

from territory_kit.compare.scenario import _is_of, choose_regions, name_plans, read_scenario
from territory_kit.plan import open_plan


@pytest.mark.parametrize(
    ("region", "option", "is_of"),
    [
        ("Nord", "Nord.headcount", True),
        ("Nord", "headcount", False),
        ("Nord", "Nord-Est.headcount", False),
        # a region that is called like a group of options
        ("travel", "travel.circuity", False),
        ("travel", "travel.travel.circuity", True),
        ("Val d.Oise", "Val d.Oise.territories.territories_count", True),
    ],
)
def test_an_option_of_a_region_is_told_from_one_of_the_plan(
    region: str, option: str, *, is_of: bool
) -> None:
    assert _is_of(region, option) == is_of


def test_a_scenario_has_the_inputs_and_options_of_all_its_steps(walked: Path) -> None:
    found = read_scenario(open_plan(walked / "wide"), "Wide", ["Nord"])
    assert set(found.inputs) == {"accounts", "reps", "visits"}
    assert found.option("territories.tolerance_share") == 0.5
    assert found.option("reps.home_weight") == 0.3
    assert found.options["", "travel.circuity"] == 1.3


def test_the_price_that_rests_on_own_margins_is_kept_apart(walked: Path) -> None:
    """Every second account has a margin of its own."""
    plan = open_plan(walked / "base")
    moves = plan.read("review", "Nord").tables["moves"].set_index("account_id")
    figures = read_scenario(plan, "Base", ["Nord"]).figures
    without = moves.loc[moves.index.isin(["A00", "A02", "A04", "A06"]), "move_price_amount"]
    assert figures.plan_margin_price_amount == pytest.approx(without.sum())
    assert figures.move_price_amount == pytest.approx(moves["move_price_amount"].sum())
    # The plan says nothing of either: what is assumed.
    assert (figures.loss_share, figures.margin_share) == (0.15, 0.3)


def test_names_are_those_of_plans_then_folders_then_paths(walked: Path) -> None:
    base, wide = open_plan(walked / "base"), open_plan(walked / "wide")
    assert name_plans([base, wide]) == ["Base", "=Wide <b>"]
    assert name_plans([base, base]) == [str(base.folder)] * 2


def test_all_regions_are_compared_unless_some_are_named(walked: Path) -> None:
    plans = [open_plan(walked / "base"), open_plan(walked / "wide")]
    assert choose_regions(plans, ["a", "b"], []) == ("Nord",)
