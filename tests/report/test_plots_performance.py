import pandas as pd

from territory_kit import columns
from territory_kit.report.plots_performance import draw_performance, plot_performance
from territory_kit.steps.result import StepResult


def performance(**values: bool | float | pd.Series) -> StepResult:
    frame = pd.DataFrame(
        {
            "rep_id": ["R1", "R2"],
            "rep_name": ["Ann <b>", "Bob"],
            "accounts_count": 3.0,
            "potential_amount_per_year": 400.0,
            "workload_hours_per_year": 100.0,
            "revenue_amount_per_year": [90.0, 210.0],
            "expected_amount_per_year": [100.0, 120.0],
            "low_expected_amount_per_year": [-10.0, 60.0],
            "high_expected_amount_per_year": [160.0, 180.0],
            "performance_share": [0.9, 1.75],
            "studentised_residual": [-0.2, 2.4],
            "is_outside": pd.array([False, True], dtype="boolean"),
            "efficiency_share": float("nan"),
        }
    ).assign(**values)
    return StepResult("reps", "R", {"rep_performance": frame})


def test_the_interval_the_expectation_and_the_revenue_are_drawn() -> None:
    table = performance().tables["rep_performance"]
    ax = draw_performance(table, currency="EUR")
    # The interval never reaches below nothing.
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 160), (60, 120)]  # type: ignore[attr-defined]  # bars are rectangles
    assert [text.get_text() for text in ax.texts] == ["90 %", "175 %"]
    assert ax.get_xlabel() == "Revenue (EUR per year)"


def test_the_title_counts_who_is_outside_and_the_caption_warns() -> None:
    figure = plot_performance(performance())
    assert "1 of 2 reps sells more or less than the territory lets one expect" in repr(figure)
    assert "Not for pay decisions alone" in figure.caption
    assert "2 reps." in figure.caption


def test_the_title_says_that_all_are_ordinary() -> None:
    figure = plot_performance(performance(is_outside=False))
    assert "No rep differs by more than chance" in repr(figure)


def test_the_title_says_that_nobody_can_be_compared() -> None:
    nobody = performance(
        is_outside=pd.Series([None, None], dtype="boolean"),
        expected_amount_per_year=float("nan"),
        low_expected_amount_per_year=float("nan"),
        high_expected_amount_per_year=float("nan"),
        performance_share=float("nan"),
    )
    figure = plot_performance(nobody)
    assert "Too few reps to say what is ordinary" in repr(figure)
    assert "nan" not in figure.caption


def test_without_rows_the_figure_says_so() -> None:
    empty = columns.empty_frame("rep_performance")
    figure = plot_performance(StepResult("reps", "R", {"rep_performance": empty}))
    assert "What territories let one expect is not known" in repr(figure)
