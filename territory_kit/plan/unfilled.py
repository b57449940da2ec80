"""Sheets of the input workbook that nobody has filled in yet: they count as not given.

Only the workbook that comes with a new plan is meant: a file of one's own without rows is a fault.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from territory_kit.tables import Fault, Source
from territory_kit.tables.files.mark import is_input_workbook

_REQUIRED = "accounts"


def drop_unfilled(
    read: Mapping[str, tuple[pd.DataFrame, tuple[Fault, ...]]], sources: Mapping[str, Source]
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Take out inputs whose sheet in the input workbook has no rows yet.

    Parameters
    ----------
    read
        Table and faults of each input.
    sources
        Where each input stands.

    Returns
    -------
    tuple of dict and list of Fault
        The tables that are given, and all faults; one notice names what is not filled in.
        Accounts without rows stay, with a fault that says where to fill them in.
    """
    empty = [
        name
        for name, (table, faults) in read.items()
        if table.empty
        and all(fault.code in {"example_rows", "no_rows"} for fault in faults)
        and is_input_workbook(sources[name].file)
    ]
    dropped = [name for name in empty if name != _REQUIRED]
    kept = {name: table for name, (table, _) in read.items() if name not in dropped}
    faults = [fault for name in kept for fault in read[name][1]]
    if _REQUIRED in empty:
        faults = [_with_place_to_fill(fault) for fault in faults]
    return kept, [*faults, *([_notice(dropped, sources)] if dropped else [])]


def _with_place_to_fill(fault: Fault) -> Fault:
    if (fault.code, fault.table) != ("no_rows", _REQUIRED):
        return fault
    return replace(
        fault,
        what="The accounts are not filled in yet",
        remedy=f"Write one row per account into the sheet {fault.sheet or _REQUIRED} of "
        f"{fault.file}, or name a file of your own in plan.yaml under `inputs:`, "
        f"as in `{_REQUIRED}: inputs/export.csv`.",
    )


def _notice(names: list[str], sources: Mapping[str, Source]) -> Fault:
    return Fault(
        severity="notice",
        code="inputs_not_filled",
        table=names[0],
        column="",
        file=sources[names[0]].file.name,
        ids=(),
        rows_count=0,
        value=", ".join(names),
        what="Sheets of the input workbook are not filled in, and count as not given",
        remedy="Fill in those that you have: each answers more of the five questions.",
    )
