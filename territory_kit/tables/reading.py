"""What is being read at the moment, so that each fault can say where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from territory_kit.tables.faults.fault import (
    SHOWN_CHARACTERS_COUNT,
    Fault,
    Severity,
    show_values,
)


@dataclass(frozen=True)
class Source:
    """The file of an input, and how its columns are called there.

    Parameters
    ----------
    file
        Path of a CSV, Excel or Parquet file.
    columns
        Header in the file by our name, as the analyst gave it.
    sheet
        Sheet of a workbook; else the one called like the input, else the first.
    """

    file: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None


@dataclass(frozen=True)
class Reading:
    """The table that is being read: names that faults need.

    Parameters
    ----------
    table
        Name of the input.
    file
        Name of the file without its folder.
    headers
        Header in the file by our name.
    sheet
        Sheet of the workbook; empty for a text file.
    positions
        Place of each header in the file, from 1.
    labels
        Identifier of each row, or ``row 17``; the index is the row's number in the file.
    """

    table: str
    file: str
    headers: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    positions: Mapping[str, int] = field(default_factory=dict)
    labels: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"))

    def fault_of_rows(
        self,
        severity: Severity,
        code: str,
        column: str,
        values: pd.Series,
        *,
        what: str,
        remedy: str,
    ) -> Fault:
        """Make a fault of the rows whose values are given.

        Parameters
        ----------
        severity, code, column
            As in `Fault`.
        values
            Values received, as text; the index holds row numbers.
        what, remedy
            As in `Fault`.

        Returns
        -------
        Fault
            With identifiers, count, examples and header.
        """
        # one character more than is shown tells that it was cut
        texts = values.astype("str").str.slice(0, SHOWN_CHARACTERS_COUNT + 1).fillna("").tolist()
        return Fault(
            severity=severity,
            code=code,
            table=self.table,
            column=column,
            file=self.file,
            ids=tuple(self.labels.reindex(values.index).tolist()),
            rows_count=len(values),
            value=show_values(text for text in texts if text),
            what=what,
            remedy=remedy,
            header=self.headers.get(column, ""),
            sheet=self.sheet,
            position=self.positions.get(self.headers.get(column, ""), 0),
            row_numbers=tuple(values.index.tolist()),
            row_values=tuple(texts),
        )

    def fault_of_table(
        self,
        severity: Severity,
        code: str,
        *,
        what: str,
        remedy: str,
        column: str = "",
        value: str = "",
    ) -> Fault:
        """Make a fault that is not about single rows.

        Parameters
        ----------
        severity, code, what, remedy, column, value
            As in `Fault`.

        Returns
        -------
        Fault
            Without identifiers.
        """
        return Fault(
            severity=severity,
            code=code,
            table=self.table,
            column=column,
            file=self.file,
            ids=(),
            rows_count=0,
            value=value,
            what=what,
            remedy=remedy,
            header=self.headers.get(column, ""),
            sheet=self.sheet,
            position=self.positions.get(self.headers.get(column, ""), 0),
        )


def name_rows(reading: Reading, numbers: pd.Index, ids: pd.Series | None = None) -> Reading:
    """Name the rows of a table by their identifier, else by their number in the file.

    Parameters
    ----------
    reading
        The table that is being read.
    numbers
        Row numbers.
    ids
        Identifiers by row number, where there are any.

    Returns
    -------
    Reading
        With a label for each row.
    """
    labels = pd.Series("row " + numbers.astype("str"), index=numbers, dtype="str")
    return replace(reading, labels=labels if ids is None else ids.fillna(labels))
