"""Figure over all regions: bars and dots are those of the table."""

from typing import cast

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from territory_kit.report.plots_company import REGIONS_SHOWN, draw_company, plot_company


def loads() -> pd.DataFrame:
    """Two regions with 900 and 1,200 hours on average; the mean of all three is 1,000."""
    return pd.DataFrame(
        {
            "region": ["Nord", "Nord", "Sud"],
            "region_mean_hours_per_year": [900.0, 900.0, 1200.0],
            "full_hours_per_year": [800.0, 1000.0, 1200.0],
        }
    )


def widths(ax: Axes) -> list[float]:
    """Return the length of each bar, the top one first."""
    return [cast("Rectangle", bar).get_width() for bar in ax.patches]


def test_a_bar_for_each_region_and_a_dot_for_each_territory() -> None:
    """The region with most work stands on top, and says how far it is from the mean."""
    ax = draw_company(loads(), mean_hours=1000.0)
    assert widths(ax) == [1200.0, 900.0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Sud", "Nord"]
    dots = np.asarray(ax.collections[0].get_offsets())
    assert dots.tolist() == [[800.0, 0.0], [1000.0, 0.0], [1200.0, 1.0]]
    assert [text.get_text() for text in ax.texts] == ["+20 %", "−10 %"]
    assert np.asarray(ax.lines[0].get_xdata()).tolist() == [1000.0, 1000.0]


def test_the_order_of_rows_changes_nothing() -> None:
    figures = [
        plot_company(table, mean_hours=1000.0, title="Work.", source="Source: here.")
        for table in (loads(), loads().iloc[::-1])
    ]
    assert figures[0].caption == figures[1].caption
    turned = draw_company(loads().iloc[::-1], mean_hours=1000.0)
    assert widths(turned) == widths(draw_company(loads(), mean_hours=1000.0))


def test_the_caption_counts_territories_and_names_the_source() -> None:
    figure = plot_company(loads(), mean_hours=1000.0, title="Work.", source="Source: here.")
    assert figure.caption.endswith("line: the mean of all regions. 3 territories. Source: here.")
    assert figure.png


def test_of_many_regions_those_farthest_from_the_mean_are_drawn() -> None:
    """One of 41 has twice the work of the others, and is not the one left out."""
    names = [f"R{n:02d}" for n in range(REGIONS_SHOWN + 1)]
    hours = [1000.0] * REGIONS_SHOWN + [2000.0]
    columns = {"region": names, "region_mean_hours_per_year": hours, "full_hours_per_year": hours}
    table = pd.DataFrame(columns)
    ax = draw_company(table, mean_hours=1000.0)
    assert len(ax.patches) == REGIONS_SHOWN
    assert ax.get_yticklabels()[0].get_text() == "R40"
    figure = plot_company(table, mean_hours=1000.0, title="Work.", source="Source: here.")
    assert "40 of 41 regions, those farthest from the mean." in figure.caption


def test_one_region_without_work_is_drawn() -> None:
    table = loads().head(1).assign(full_hours_per_year=0.0, region_mean_hours_per_year=0.0)
    figure = plot_company(table, mean_hours=1.0, title="Work.", source="Source: here.")
    assert figure.png
