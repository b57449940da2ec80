"""What came of it: the table that is written, and the same in figures for people and programs."""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.design import Design, Problem, Violation, explain
from territory_kit.design_file.inputs import Inputs
from territory_kit.design_file.request import Request
from territory_kit.errors import list_ids
from territory_kit.tables.faults.fault import shorten
from territory_kit.tables.files.write import neutralise, write_whole
from territory_kit.wording import counted

Ints = NDArray[np.int64]

_PLAIN_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_NUMBERED = re.compile(r"\b(measure|territory|unit|group) (\d+)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Answer:
    """A division of units, in the words of their file.

    Parameters
    ----------
    request
        What was asked for.
    inputs
        What the files say, in the order of their rows.
    order
        Place in the file of each unit as the engine counts them.
    problem, design
        What the engine was asked, and what it found.
    names
        Identifier of each territory of the design.
    """

    request: Request
    inputs: Inputs
    order: Ints
    problem: Problem
    design: Design
    names: tuple[str, ...]

    @property
    def centre_ids(self) -> tuple[str, ...]:
        """Identifier, as written in the file, of the unit at each centre; else empty."""
        written = self.inputs.units.written_ids.to_numpy(dtype=object)[self.order]
        return tuple(str(written[unit]) if unit >= 0 else "" for unit in self.design.centre_units)

    @property
    def gap_share(self) -> float | None:
        """How far the objective can be above the best, as a share of the bound; None: unknown."""
        bound, total = self.design.lower_bound, self.design.objective["total"]
        if bound is None or not self.design.is_feasible or (bound <= 0 < total):
            return None
        return max(total - bound, 0.0) / bound if bound > 0 else 0.0

    def table(self) -> pd.DataFrame:
        """Return one row per row of the file: identifier, territory_id, centre_id."""
        labels = np.empty_like(self.design.labels)
        labels[self.order] = self.design.labels
        names, centres = (np.array(ids, dtype=object) for ids in (self.names, self.centre_ids))
        ids = self.inputs.units.written_ids
        return pd.DataFrame(
            {
                ids.name: ids.to_numpy(dtype=object),
                "territory_id": names[labels],
                "centre_id": centres[labels],
            },
            dtype="str",
        )

    def empty_territories(self) -> tuple[str, ...]:
        """Say in a sentence which territories have no unit, if any."""
        empty = [name for place, name in enumerate(self.names) if place not in self.design.labels]
        if not empty:
            return ()
        verb = "has" if len(empty) == 1 else "have"
        count = counted(len(empty), "territory")
        return (
            f"{count} {verb} no unit: {list_ids(empty)}. Locks and groups leave too few units.",
        )

    def loads(self) -> dict[str, dict[str, float]]:
        """Return the sum of each measure, and of what capacities bound, by territory."""
        columns = [balance.column for balance in self.request.balances]
        sums = self.design.loads
        if self.request.load_column and self.request.load_column not in columns:
            columns.append(self.request.load_column)
            taken = np.bincount(
                self.design.labels, self.problem.capacity_loads, minlength=len(self.names)
            )
            sums = np.column_stack([sums, taken])
        rows = dict(zip(self.names, sums, strict=True))
        return {
            name: dict(zip(columns, map(float, rows[name]), strict=True))
            for name in self.inputs.territories.names
        }

    def explanations(self) -> tuple[str, ...]:
        """Say why limits are broken, in the words of the file."""
        groups = sorted(set(self.inputs.units.frame["together"].dropna()))
        written = self.inputs.units.written_ids.to_numpy(dtype=object)[self.order]
        known: dict[str, Any] = {
            "measure": [balance.column for balance in self.request.balances],
            "territory": self.names,
            "unit": written,
            "group": groups,
        }

        def rename(found: re.Match[str]) -> str:
            word, place = found[1], int(found[2])
            return f"{word} {known[word.lower()][place]}"

        reasons = [_NUMBERED.sub(rename, one) for one in explain(self.problem, self.design)]
        if reasons and self.design.stop_reason == "time_limit":
            reasons.append("The time was up before the search had ended: a longer one may help.")
        return tuple(reasons)

    def as_json(self, *, seconds: float) -> dict[str, Any]:
        """Return the figures for a program.

        Parameters
        ----------
        seconds
            Wall time of the whole command until now.

        Returns
        -------
        dict
            Plain values that JSON can hold; what is unknown or has no end is None.
        """
        design = self.design
        return {
            "units_count": len(self.inputs.units),
            "territories_count": len(self.names),
            "feasible": design.is_feasible,
            "objective": {part: float(value) for part, value in design.objective.items()},
            "bound": design.lower_bound,
            "gap": self.gap_share,
            "loads": self.loads(),
            "violations": [self._violation(one) for one in design.violations],
            "explanations": list(self.explanations()),
            "seconds": round(seconds, 3),
            "stop_reason": design.stop_reason,
            "iterations": design.iterations,
            "seed": design.seed,
            "reproducible": design.is_reproducible,
            "notices": list(self.inputs.notices),
        }

    def _violation(self, one: Violation) -> dict[str, Any]:
        columns = [balance.column for balance in self.request.balances]
        return {
            "kind": one.kind,
            "territory_id": self.names[one.territory] if one.territory >= 0 else None,
            "measure": columns[one.measure] if one.kind == "measure" else None,
            "side": one.side,
            "limit": one.limit if math.isfinite(one.limit) else None,
            "load": one.load,
            "amount": one.amount,
        }


def write_answer(table: pd.DataFrame, out: Path) -> tuple[str, ...]:
    """Write the table, whole or not at all.

    Parameters
    ----------
    table
        Texts, the identifier first.
    out
        File to write; its folder exists.

    Returns
    -------
    tuple of str
        What the reader must know to join the file, in sentences.

    Raises
    ------
    TableError
        When the file cannot be written.
    """
    safe = neutralise(table)
    # a spreadsheet takes -5 for a number, and with an apostrophe it could not be joined
    for place in range(table.shape[1]):
        texts = table.iloc[:, place]
        is_number = texts.str.fullmatch(_PLAIN_NUMBER).to_numpy()
        safe.isetitem(place, safe.iloc[:, place].where(~is_number, texts).array)
    # only other letters need the mark by which Excel knows UTF-8; programs stumble over it
    is_ascii = all(safe.iloc[:, place].str.isascii().all() for place in range(safe.shape[1]))
    is_ascii &= all(str(header).isascii() for header in safe)
    encoding = "utf-8" if is_ascii else "utf-8-sig"
    write_whole(out, lambda draft: safe.to_csv(draft, index=False, encoding=encoding))
    changed = table.iloc[:, 0][safe.iloc[:, 0].to_numpy() != table.iloc[:, 0].to_numpy()]
    if changed.empty:
        return ()
    ids = list_ids([shorten(text) for text in changed])
    sentence = (
        "Identifiers that a spreadsheet would calculate have an apostrophe in front in "
        f"{out.name}; mind it when you join the file: {ids}."
    )
    return (sentence,)
