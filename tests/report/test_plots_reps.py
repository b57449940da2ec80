"""Figures of steps 4 and 5: loads, visits and fit are those of the tables."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from territory_kit import columns, report
from territory_kit.report.colours import INK
from territory_kit.report.evidence import Evidence, HasTables
from territory_kit.report.figures import Figure, Sheet
from territory_kit.report.plots_reps import draw_fit, draw_load, draw_visits
from territory_kit.steps.result import StepResult


def review(**changes: list[object]) -> pd.DataFrame:
    """Two territories with 500 and 600 hours; the second has no rep."""
    return pd.DataFrame(
        {
            "territory_id": ["T1", "T2"],
            "territory_name": ["Nord", "Sud"],
            "rep_name": pd.Series(["Anne", None], dtype="str"),
            "workload_hours_per_year": [500.0, 600.0],
            "capacity_share": [1.25, np.nan],
            "ideal_visits_per_year": [100.0, 300.0],
            "actual_visits_per_year": [80.0, 60.0],
            "reached_share": [0.8, 0.2],
            **changes,
        }
    )


def test_capacity_is_workload_divided_by_load() -> None:
    """500 hours at a load of 125 % are 400 hours of capacity; the vacancy has none."""
    ax = draw_load(review(), colours={"T1": "#332288", "T2": "#cc6677"})
    marks = [np.asarray(path.vertices)[0, 0] for path in ax.collections[0].get_paths()]
    assert marks[0] == 400.0
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Nord  ·  Anne",
        "Sud  ·  no rep",
    ]
    assert [text.get_text() for text in ax.texts] == ["125 %", "–"]


def test_who_has_too_much_to_do_is_named() -> None:
    figure = report.plot_load(Evidence({"rep_review": review()}))
    assert figure.title == "Anne would need more hours than there are: 125 %"


def test_enough_hours_are_said_too() -> None:
    table = review(capacity_share=[0.9, 0.8])
    assert report.plot_load(Evidence({"rep_review": table})).title == (
        "Every rep has the hours needed; the fullest is at 90 %"
    )


def test_without_reps_the_hours_are_those_of_a_rep_to_be() -> None:
    table = review(capacity_share=[0.9, 0.8]).assign(rep_name=pd.Series([None, None], dtype="str"))
    title = report.plot_load(Evidence({"rep_review": table})).title
    assert title.startswith("A rep of each territory would have the hours needed")


def test_hours_without_capacity_are_still_drawn() -> None:
    table = review(capacity_share=[np.nan, np.nan])
    assert report.plot_load(Evidence({"rep_review": table})).title == "Hours of each territory"


def test_ideal_and_actual_visits_stand_beside_each_other() -> None:
    ax = draw_visits(review())
    bars = [patch.get_extents().width for patch in ax.patches]
    assert np.divide(bars, bars[0]).tolist() == pytest.approx([1.0, 3.0, 0.8, 0.6])


def test_coverage_is_weighted_by_ideal_visits() -> None:
    """(0.8 * 100 + 0.2 * 300) / 400 = 35 %."""
    assert report.plot_visits(Evidence({"rep_review": review()})).title == (
        "35 % of the ideal visits took place; least in Sud, 20 %"
    )


def test_without_a_visit_log_the_ideal_is_shown_alone() -> None:
    table = review(actual_visits_per_year=[np.nan, np.nan], reached_share=[np.nan, np.nan])
    assert report.plot_visits(Evidence({"rep_review": table})).title.startswith("No visits are on")


def test_fit_is_drawn_in_percent_and_the_proposal_framed() -> None:
    fit = pd.DataFrame({"Anne": [0.9, 0.2], "Ben": [0.4, 0.7]}, index=["Nord", "Sud"])
    ax = draw_fit(fit, chosen=[("Nord", "Anne"), ("Sud", "Ben")])
    assert [text.get_text() for text in ax.texts] == ["90", "40", "20", "70"]
    assert [patch.get_xy() for patch in ax.patches] == [(0, 0), (1, 1)]  # type: ignore[attr-defined]  # rectangles


def test_each_field_can_be_read_and_a_missing_fit_is_empty() -> None:
    """White on dark, dark on light; the fourth field is empty."""
    fit = pd.DataFrame({"Anne": [0.9, 0.2], "Ben": [0.4, np.nan]}, index=["Nord", "Sud"])
    ax = draw_fit(fit, chosen=[])
    assert {text.get_text(): text.get_color() for text in ax.texts} == {
        "90": "white",
        "40": INK,
        "20": INK,
    }


def test_many_reps_are_all_named_beside_a_scale_in_place_of_figures() -> None:
    """60 names of 60 columns, also where each has less than a line of width."""
    reps = [f"Rep {i}" for i in range(60)]
    fit = pd.DataFrame(np.linspace(0, 1, 180).reshape(3, 60), index=list("ABC"), columns=reps)
    ax = draw_fit(fit, chosen=[("A", "Rep 7")])
    assert [label.get_text() for label in ax.get_xticklabels()] == reps
    assert [label.get_text() for label in ax.get_yticklabels()] == ["A", "B", "C"]
    assert not ax.texts
    assert len(ax.child_axes) == 1


def test_names_of_many_reps_do_not_lie_on_each_other() -> None:
    reps = [f"Wilhelmina Obermüller {i}" for i in range(60)]
    fit = pd.DataFrame(np.linspace(0, 1, 180).reshape(3, 60), index=list("ABC"), columns=reps)
    with Sheet(60.0) as sheet:
        draw_fit(fit, chosen=[], ax=sheet.axes[0])
        sheet.finish(title="", caption="", alt="")
        boxes = [label.get_window_extent() for label in sheet.axes[0].get_xticklabels()]
    assert all(left.x1 <= right.x0 for left, right in pairwise(boxes))


def test_the_fit_is_titled_with_who_stays(reps_result: StepResult, task: HasTables) -> None:
    assert report.plot_fit(reps_result, task).title == (
        "5 of 6 territories keep their rep; 1 has none yet"
    )


def test_two_reps_of_one_name_are_told_apart() -> None:
    fit = pd.DataFrame(
        {"territory_id": ["T1", "T1"], "rep_id": ["R1", "R2"], "fit_share": [0.5, 0.6]}
    )
    reps = pd.DataFrame({"rep_id": ["R1", "R2"], "rep_name": ["Anne", "Anne"]})
    plan = columns.empty_frame("rep_plan")
    figure = report.plot_fit(Evidence({"rep_fit": fit, "reps": reps, "rep_plan": plan}))
    assert "1 territory, 2 reps." in figure.caption


@pytest.mark.parametrize("plot", [report.plot_load, report.plot_visits, report.plot_fit])
def test_a_region_without_territories_still_has_its_figure(plot: Callable[..., Figure]) -> None:
    tables = {name: columns.empty_frame(name) for name in ("rep_review", "rep_fit", "rep_plan")}
    assert plot(Evidence(tables)).png.startswith(b"\x89PNG")
