"""What a step returns: named tables, headline figures, assumptions, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from territory_kit import columns


@dataclass(frozen=True)
class StepResult:
    """The frozen result of one step for one region.

    Parameters
    ----------
    step
        Name of the step: company, market, accounts, territories, reps or review.
    region
        Name of the region as the inputs write it; empty for the whole plan.
    tables
        Result tables by name; each is declared in `territory_kit.columns` and checked here.
    figures
        Headline figures by name, units as the names say.
    assumptions
        What was assumed, one sentence each, in the words of the glossary.
    findings
        What the reader must know first: an infeasible limit, a vacancy, a missing input.
    """

    step: str
    region: str
    tables: Mapping[str, pd.DataFrame]
    figures: Mapping[str, float | str] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the tables against their declarations and freeze the mappings."""
        shaped = {name: columns.shape_result(name, frame) for name, frame in self.tables.items()}
        object.__setattr__(self, "tables", MappingProxyType(shaped))
        object.__setattr__(self, "figures", MappingProxyType(dict(self.figures)))
