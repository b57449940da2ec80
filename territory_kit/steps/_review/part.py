"""One part of the review: what it adds to the result of step 5 beside the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from territory_kit.steps._review.comparison import Figure


@dataclass(frozen=True, eq=False)
class Part:
    """What one part of the review adds.

    Parameters
    ----------
    tables
        Result tables by name.
    figures
        Headline figures by name.
    compared
        Further rows of the comparison; the verdict does not weigh them.
    findings, assumptions
        Sentences for the reader; empty ones are left out.
    """

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    figures: Mapping[str, float | str] = field(default_factory=dict)
    compared: Sequence[Figure] = ()
    findings: Sequence[str] = ()
    assumptions: Sequence[str] = ()


def join(parts: Sequence[Part]) -> Part:
    """Put parts together in their order.

    Parameters
    ----------
    parts
        Parts of one review; no two have a table or figure of the same name.

    Returns
    -------
    Part
        All of them as one.
    """
    return Part(
        tables={name: table for part in parts for name, table in part.tables.items()},
        figures={name: value for part in parts for name, value in part.figures.items()},
        compared=tuple(figure for part in parts for figure in part.compared),
        findings=tuple(text for part in parts for text in part.findings if text),
        assumptions=tuple(text for part in parts for text in part.assumptions if text),
    )
