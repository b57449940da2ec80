"""Figures of step 3: drawn values are those of the tables, titles say what follows."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

from territory_kit import report
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Figure
from territory_kit.report.plots_territories import (
    balance_rows,
    draw_alternatives,
    draw_balance,
    draw_quality,
)
from territory_kit.steps.result import StepResult

TWO = pd.DataFrame(
    {
        "territory_name": ["Nord", "Sud"],
        "workload_index": [104.0, 80.0],
        "workload_index_today": [130.0, np.nan],
    }
)


def test_dots_are_the_proposal_and_rings_are_today() -> None:
    ax = draw_balance(TWO, index="workload_index", tolerance_share=0.1)
    rings, dots = [c for c in ax.collections if isinstance(c, PathCollection)]
    assert np.asarray(dots.get_offsets()).tolist() == [[104.0, 1.0], [80.0, 0.0]]
    assert np.asarray(rings.get_offsets())[0].tolist() == [130.0, 1.0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Nord", "Sud"]
    assert ax.get_xlabel() == "Workload index (100 = target)"


def test_a_territory_that_is_given_up_keeps_its_ring() -> None:
    plan = pd.DataFrame(
        {
            "territory_id": ["T1"],
            "territory_name": ["New"],
            "workload_index": [100.0],
            "potential_index": [100.0],
        }
    )
    today = plan.assign(territory_id=["T0"], territory_name=["Old"])
    rows = balance_rows(Evidence({"territory_plan": plan, "territory_today": today}))
    assert rows["territory_name"].tolist() == ["Old", "New"]
    assert rows["workload_index"].isna().tolist() == [True, False]


def test_the_balance_is_titled_with_what_changes(territories_result: StepResult) -> None:
    figure = report.plot_balance(territories_result)
    assert figure.title == "The largest deviation of workload falls from 39 % to 9 %"
    assert "6 territories." in figure.caption


def test_many_territories_are_cut_to_the_most_uneven(territories_result: StepResult) -> None:
    plan = pd.concat([territories_result.tables["territory_plan"]] * 7, ignore_index=True)
    plan = plan.assign(territory_id=[f"X{i}" for i in range(len(plan))])
    tables = {**territories_result.tables, "territory_plan": plan}
    caption = report.plot_balance(Evidence(tables)).caption
    assert "The 30 furthest from target of 48 territories." in caption


def test_the_quality_of_one_territory_is_still_drawn(territories_result: StepResult) -> None:
    plan = territories_result.tables["territory_plan"].head(1)
    figure = report.plot_quality(Evidence({"territory_plan": plan}))
    assert figure.title == "Brest is the only territory"


def test_quality_names_the_axes_with_their_units(territories_result: StepResult) -> None:
    evidence = gather(territories_result)
    plan = territories_result.tables["territory_plan"]
    ax = draw_quality(plan, colours=evidence.colours(), currency="EUR")
    assert (ax.get_xlabel(), ax.get_ylabel()) == (
        "Workload (h per year)",
        "Potential per hour (EUR)",
    )


def test_the_proposal_is_marked_among_its_alternatives(territories_result: StepResult) -> None:
    """Its dot is drawn twice: filled, and with a ring."""
    ax = draw_alternatives(territories_result.tables["alternatives"])
    sizes = [len(np.asarray(c.get_offsets())) for c in ax.collections]
    assert sizes == [6, 1, 1]
    assert "proposal" in {text.get_text() for text in ax.texts}


def test_without_a_today_distance_takes_the_place_of_moves(territories_result: StepResult) -> None:
    table = territories_result.tables["alternatives"].assign(moved_share=0.0)
    assert draw_alternatives(table).get_xlabel() == "Distance (km per year)"
    assert report.plot_alternatives(Evidence({"alternatives": table})).title == (
        "The proposal leaves 9 % as the largest deviation"
    )


@pytest.mark.parametrize("plot", [report.plot_quality, report.plot_alternatives])
def test_the_same_result_gives_the_same_picture(
    plot: Callable[..., Figure], territories_result: StepResult, task: HasTables
) -> None:
    assert plot(territories_result, task).png == plot(territories_result, task).png
