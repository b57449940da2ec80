"""What if: another number of territories, tolerance or price of moves, tried before it is kept.

In JupyterLab this is three sliders and two buttons. Printed or rendered it is its static twin, the
table of the alternatives that the step has computed already.
"""

import html
from dataclasses import asdict, dataclass
from typing import Any

import ipywidgets as widgets
import pandas as pd

from territory_kit import columns, report
from territory_kit.errors import TerritoryKitError
from territory_kit.steps import territories
from territory_kit.steps.result import StepResult
from territory_kit.walk import Task

_CAPTION = "Proposals under other settings; the chosen one is the plan's. Distances are estimates."


@dataclass(frozen=True)
class Choice:
    """What the analyst sets; the names are those of the options of step 3.

    Parameters
    ----------
    territories_count
        Number of territories, at least 1.
    tolerance_share
        Allowed deviation of workload from target, 0 to 1.
    move_price_factor
        Weight of the price of moves against driving; 0 means that moves are free.
    """

    territories_count: int
    tolerance_share: float
    move_price_factor: float


class WhatIf:
    """Try other settings of step 3 and keep the one that convinces.

    Parameters
    ----------
    task
        The opened task of step 3.
    result
        The result that the task has given.
    """

    def __init__(self, task: Task, result: StepResult) -> None:
        self.task = task
        self.result = result
        self.tried: pd.DataFrame = result.tables["alternatives"].assign(
            is_chosen=lambda table: table["is_chosen"].fillna(value=False)
        )
        self._box: widgets.VBox | None = None

    def try_choice(self, choice: Choice) -> pd.DataFrame:
        """Compute the proposal of one choice and add it to the comparison.

        Parameters
        ----------
        choice
            The settings to try.

        Returns
        -------
        pandas.DataFrame
            All proposals so far, one a row, with the columns of ``alternatives``.
        """
        row = territories.try_option(
            self.task.tables,
            region=self.task.region,
            options=self.task.options,
            **asdict(choice),
        )
        others = self.tried.loc[self.tried["option"] != row["option"]]
        self.tried = columns.shape_result(
            "alternatives", pd.concat([others, pd.DataFrame([row])], ignore_index=True)
        )
        return self.tried

    def keep(self, choice: Choice) -> None:
        """Write the choice to the plan's choices, where every later run finds it.

        Parameters
        ----------
        choice
            The settings to keep.
        """
        self.task.plan.choose(self.task.region, "territories", **asdict(choice))

    def table(self) -> report.ShownTable:
        """Return the comparison as a table for people.

        Returns
        -------
        ShownTable
            A table with caption that notebooks and reports display.
        """
        return report.show_frame(
            self.tried, report.gather(self.result, self.task), caption=_CAPTION
        )

    def widget(self) -> widgets.VBox:
        """Return the sliders, buttons and table; made once.

        Returns
        -------
        ipywidgets.VBox
            The widget for JupyterLab.
        """
        if self._box is None:
            self._box = self._build()
        return self._box

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Offer the widget and its static twin; whoever displays takes what it can."""
        bundle: dict[str, Any] = dict(self.widget()._repr_mimebundle_())
        return bundle | {"text/html": self.table()._repr_html_()}

    def _build(self) -> widgets.VBox:
        sliders = self._sliders()
        shown, said = widgets.HTML(self.table()._repr_html_()), widgets.HTML()
        # as JupyterLab shows the tables of cells
        shown.add_class("jp-RenderedHTMLCommon")
        attempt = widgets.Button(description="Try", tooltip="Compute this proposal")
        keep = widgets.Button(description="Keep", tooltip="Write to choices.yaml")

        def on_try(_: widgets.Button) -> None:
            said.value = ""
            try:
                self.try_choice(_read(sliders))
            except TerritoryKitError as error:
                said.value = html.escape(str(error))
            shown.value = self.table()._repr_html_()

        def on_keep(_: widgets.Button) -> None:
            self.keep(_read(sliders))
            said.value = "Kept in choices.yaml: run this notebook again to plan with it."

        attempt.on_click(on_try)
        keep.on_click(on_keep)
        return widgets.VBox([*sliders.values(), widgets.HBox([attempt, keep, said]), shown])

    def _sliders(self) -> dict[str, widgets.Widget]:
        count = len(self.result.tables["territory_plan"])
        chosen = self.task.options.territories
        wide = {"style": {"description_width": "12em"}, "layout": {"width": "30em"}}
        return {
            "territories_count": widgets.IntSlider(
                count, min=1, max=2 * count + 2, description="Territories", **wide
            ),
            "tolerance_share": widgets.FloatSlider(
                chosen.tolerance_share,
                min=0.01,
                max=0.5,
                step=0.01,
                readout_format=".0%",
                description="Tolerance",
                **wide,
            ),
            "move_price_factor": widgets.FloatSlider(
                chosen.move_price_factor,
                min=0,
                max=5,
                step=0.25,
                description="Price of moves ×",
                **wide,
            ),
        }


def _read(sliders: dict[str, widgets.Widget]) -> Choice:
    return Choice(**{name: slider.value for name, slider in sliders.items()})
