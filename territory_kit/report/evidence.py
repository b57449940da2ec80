"""What figures and tables are made from: the tables, figures and names of one region together.

Every function for notebooks takes any number of sources, for example the result of the step and
the task that read its inputs; the first source that has a table wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol, runtime_checkable

import pandas as pd

from territory_kit.errors import TableError
from territory_kit.options import Options
from territory_kit.report.colours import territory_colours
from territory_kit.steps.money import has_money


@runtime_checkable
class HasTables(Protocol):
    """Anything that holds tables by name: a step's result, a task, a saved result."""

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Tables by name."""


@dataclass(frozen=True)
class Evidence:
    """All that is known of one region, ready to be shown.

    Parameters
    ----------
    tables
        Tables by name.
    figures
        Headline figures by name.
    assumptions
        What was assumed, one sentence each.
    findings
        What the reader must know first.
    step
        Step of the first source that names one.
    region
        Region of the first source that names one.
    currency
        Currency of all money; empty when unknown.
    as_of_date
        Day the data are from; None when unknown.
    """

    tables: Mapping[str, pd.DataFrame]
    figures: Mapping[str, float | str] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    step: str = ""
    region: str = ""
    currency: str = ""
    as_of_date: date | None = None

    def table(self, name: str) -> pd.DataFrame:
        """Return a table that must be there.

        Parameters
        ----------
        name
            Name of the table.

        Returns
        -------
        pandas.DataFrame
            The table as it is stored.

        Raises
        ------
        TableError
            When no source has the table.
        """
        if name not in self.tables:
            raise TableError(
                "A table that this figure shows is missing",
                value=name,
                remedy="Pass the result of the step that makes it, or the task that read it.",
            )
        return self.tables[name]

    def has_rows(self, name: str) -> bool:
        """Tell whether a table is there and has rows.

        Parameters
        ----------
        name
            Name of the table.

        Returns
        -------
        bool
            False when the table is absent or empty.
        """
        return name in self.tables and len(self.tables[name]) > 0

    @cached_property
    def has_money(self) -> bool:
        """Whether potential is money; else each account counts as one."""
        return has_money(self.tables)

    def territory_names(self) -> dict[str, str]:
        """Return the name of each territory; the proposal's name wins over today's.

        Returns
        -------
        dict of str
            Name by territory id.
        """
        return self._names(
            "territory_id",
            "territory_name",
            ("rep_review", "territory_today", "territories", "territory_plan"),
        )

    def rep_names(self) -> dict[str, str]:
        """Return the name of each rep.

        Returns
        -------
        dict of str
            Name by rep id.
        """
        return self._names(
            "rep_id", "rep_name", ("rep_review", "rep_plan", "rep_strengths", "reps")
        )

    def colours(self) -> dict[str, str]:
        """Return the colour of each territory, today's and proposed.

        Returns
        -------
        dict of str
            Colour by territory id.
        """
        known = [*self.territory_names()]
        for column in ("territory_id", "current_territory_id"):
            if "assignment" in self.tables:
                known.extend(self.tables["assignment"][column].dropna())
        return territory_colours(known)

    def _names(self, key: str, label: str, sources: tuple[str, ...]) -> dict[str, str]:
        names: dict[str, str] = {}
        for source in sources:
            if source in self.tables and label in self.tables[source]:
                table = self.tables[source]
                pairs = zip(table[key].tolist(), table[label].tolist(), strict=True)
                # what is missing is no text
                names.update(pair for pair in pairs if all(isinstance(x, str) for x in pair))
        return names


def gather(*sources: HasTables, currency: str = "") -> Evidence:
    """Put several sources together; the first that has something wins.

    Parameters
    ----------
    *sources
        Results of steps, tasks, saved results, or evidence gathered before.
    currency
        Currency of the plan; taken from a source that has options when not given.

    Returns
    -------
    Evidence
        Tables and figures of all sources.
    """
    options = next((o for s in sources if (o := getattr(s, "options", None))), None)
    tables: dict[str, pd.DataFrame] = {}
    figures: dict[str, float | str] = {}
    for source in reversed(sources):
        tables.update(source.tables)
        figures.update(getattr(source, "figures", {}))
    return Evidence(
        tables=tables,
        figures=figures,
        assumptions=_joined(sources, "assumptions"),
        findings=_joined(sources, "findings"),
        step=_first(sources, "step"),
        region=_first(sources, "region"),
        currency=currency or _first(sources, "currency") or (options.currency if options else ""),
        as_of_date=_as_of(sources, options, tables),
    )


def _first(sources: tuple[HasTables, ...], name: str) -> str:
    return next((text for s in sources if (text := getattr(s, name, ""))), "")


def _joined(sources: tuple[HasTables, ...], name: str) -> tuple[str, ...]:
    sentences = [sentence for s in sources for sentence in getattr(s, name, ())]
    return tuple(dict.fromkeys(sentences))


def _as_of(
    sources: tuple[HasTables, ...], options: Options | None, tables: Mapping[str, pd.DataFrame]
) -> date | None:
    given = next((d for s in sources if (d := getattr(s, "as_of_date", None))), None)
    if given or (options and options.as_of_date):
        return given or (options.as_of_date if options else None)
    if "visits" not in tables or tables["visits"]["visit_date"].isna().all():
        return None
    latest: date = tables["visits"]["visit_date"].max().date()
    return latest
