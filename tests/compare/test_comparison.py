"""Plans side by side: what beats what, and the whole way from folders to a table."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from territory_kit.compare import Comparison, compare_plans, make_request
from territory_kit.compare.comparison import beaten_by, tabulate
from territory_kit.compare.gain import list_constants
from territory_kit.compare.scenario import Scenario
from territory_kit.errors import ParameterError, StaleResultError, TableError

NO_RANGES: dict[str, str | None] = {}


def constant(option: str) -> float:
    return {"travel.circuity": 1.3, "costs.loss_share": 0.15, "costs.margin_share": 0.3}[option]


def table_of(*scenarios: Scenario) -> pd.DataFrame:
    return tabulate(scenarios, list_constants(constant, {}), horizon_years=1)


def test_the_first_plan_has_no_gain_and_the_others_are_measured_against_it(
    scenario: Callable[..., Scenario],
) -> None:
    table = table_of(scenario("A"), scenario("B", cost_amount_per_year=240_000.0))
    assert table["plan"].tolist() == ["A", "B"]
    first, second = table.to_dict("records")
    assert np.isnan([first["gain_amount_per_year"], first["gain_chance_share"]]).all()
    assert second["gain_amount_per_year"] == 10_000
    assert second["gain_low_amount_per_year"] == pytest.approx(10_000)
    assert second["gain_chance_share"] == 1


def test_a_plan_that_is_worse_in_one_figure_and_better_in_none_is_beaten(
    scenario: Callable[..., Scenario],
) -> None:
    table = table_of(
        scenario("A"),
        scenario("B", cost_amount_per_year=240_000.0),
        scenario("C", cost_amount_per_year=230_000.0, changed_count=11),
        scenario("D", cost_amount_per_year=260_000.0, changed_count=11),
    )
    assert table["beaten_by"].tolist() == ["B", "", "", "A, B, C"]


def test_differences_that_are_not_shown_beat_nobody(scenario: Callable[..., Scenario]) -> None:
    table = table_of(scenario("A"), scenario("B", workload_deviation_share=0.1001))
    assert table["beaten_by"].tolist() == ["", ""]


def test_a_figure_that_one_plan_lacks_is_not_judged(scenario: Callable[..., Scenario]) -> None:
    table = table_of(scenario("A"), scenario("B", coverage_share=np.nan, changed_count=9))
    assert beaten_by(table) == ["B", ""]


# ---- from folders --------------------------------------------------------------------------------


def compare(*folders: Path, may_differ: bool = False) -> Comparison:
    return compare_plans(make_request(folders, ranges=NO_RANGES, may_differ=may_differ))


def test_two_plans_on_the_same_inputs_are_compared(walked: Path) -> None:
    found = compare(walked / "base", walked / "wide")
    assert found.table["plan"].tolist() == ["Base", "=Wide <b>"]
    assert found.folder == (walked / "base" / "reports" / "_compare").resolve()
    assert found.currency == "EUR"
    assert found.table["territories_count"].tolist() == [2, 2]
    assert found.table.drop(columns=["plan"]).iloc[1].notna().all()
    assert "All plans rest on the same inputs: accounts, reps, visits." in found.notes
    assert (
        "territories.tolerance_share (allowed deviation of workload from target) – Base: 0.1, "
        "=Wide <b>: 0.5." in found.notes
    )
    uncertain = next(note for note in found.notes if note.startswith("Uncertain"))
    assert "(travel.circuity) from 1.20 to 1.40, most likely 1.30 as in Base" in uncertain
    assert "10,000 draws with seed 1" in uncertain


def test_plans_of_one_name_are_called_by_their_folders(walked: Path) -> None:
    settings = walked / "wide" / "plan.yaml"
    text = settings.read_text(encoding="utf-8").replace('"=Wide <b>"', "Base")
    settings.write_text(text, encoding="utf-8")
    found = compare(walked / "base", walked / "wide")
    assert found.table["plan"].tolist() == ["base", "wide"]


def test_a_stale_result_is_told_with_plan_region_step_and_command(walked: Path) -> None:
    with (walked / "wide" / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write("reps: {home_weight: 0.4}\n")
    with pytest.raises(StaleResultError) as caught:
        compare(walked / "base", walked / "wide")
    stale = "The result of step 4 reps is older than what it was made from"
    assert str(caught.value).splitlines() == [
        "Not every plan has current results:",
        f"- plan =Wide <b>, region Nord: {stale}: option: reps.home_weight. ",
        "Make them with:",
        f"territory-kit render {(walked / 'wide').resolve()}",
    ]


def test_other_inputs_are_refused_with_the_names_of_the_tables(
    walked: Path, other_visits: Path
) -> None:
    with pytest.raises(TableError, match="do not rest on the same inputs: visits ") as caught:
        compare(walked / "base", other_visits)
    assert "--different-inputs" in str(caught.value)


def test_other_inputs_can_be_allowed_and_are_told(walked: Path, other_visits: Path) -> None:
    found = compare(walked / "base", other_visits, may_differ=True)
    assert any(
        note.startswith("The plans rest on different inputs: visits") for note in found.notes
    )
    assert "The plans have the same options." in found.notes


def test_a_region_that_a_plan_lacks_is_told(walked: Path) -> None:
    folders = [walked / "base", walked / "wide"]
    with pytest.raises(ParameterError, match=r"does not have this region: Sud \(plan Base\)"):
        compare_plans(make_request(folders, regions=["Sud"], ranges=NO_RANGES))
