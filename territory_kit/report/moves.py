"""Why accounts move: how many for each reason that is true of the proposal."""

import pandas as pd

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show_frame
from territory_kit.wording import counted

# In the order in which they decide.
REASON_WORDS = {
    "override": "Decided by an override",
    "rep": "Locked to its rep",
    "territory": "Locked to a territory",
    "region": "Its territory belongs to another region",
    "ended": "Its territory is not continued",
    "group": "Kept with its group",
    "closer": "Closer to the new centre",
    "relieves": "Relieves a full territory",
    "fills": "Gives a territory what it lacks",
    "opens": "Opens a territory",
    "whole plan": "Part of a plan that is better as a whole",
}
_OF_MEASURE = {
    "workload_hours_per_year": ": workload",
    "potential_amount_per_year": ": potential",
}
_HEADINGS = {
    "reason_kind": "Reason",
    "moved_count": "Accounts",
    "given_count": "A limit asks for it",
}


def move_reasons(*sources: HasTables) -> ShownTable:
    """Show for how many moved accounts each reason is true.

    Parameters
    ----------
    *sources
        Hold ``move_reasons`` and ``assignment``.

    Returns
    -------
    ShownTable
        One row per reason, in the order in which they decide; an account may count in several.
    """
    evidence = gather(*sources)
    reasons = evidence.table("move_reasons")
    rows = reasons.merge(
        evidence.table("assignment")[
            ["account_id", "workload_hours_per_year", "revenue_amount_per_year"]
        ],
        on="account_id",
    )
    moves = reasons["account_id"].nunique()
    return show_frame(
        _count(rows),
        evidence,
        caption=f"Reasons of {counted(moves, 'move')}; an account may have several. Where a limit "
        "asks for it, the account cannot go back: a territory would have too much or too little.",
        headings=_HEADINGS,
    )


def _count(rows: pd.DataFrame) -> pd.DataFrame:
    """Count accounts by reason and measure, in the order of the words above."""
    ranks = {word: place for place, word in enumerate([*REASON_WORDS, *_OF_MEASURE])}
    sums = (
        rows.assign(
            kind_rank=rows["reason_kind"].map(ranks),
            measure_rank=rows["measure"].map(ranks).fillna(0),
            is_needed=rows["missed_value"] > 0,
            reason_kind=rows["reason_kind"].map(REASON_WORDS)
            + rows["measure"].map(_OF_MEASURE).astype("str").fillna(""),
        )
        .groupby(["kind_rank", "measure_rank", "reason_kind"])
        .agg(
            moved_count=("account_id", "nunique"),
            given_count=("is_needed", "sum"),
            workload_hours_per_year=("workload_hours_per_year", "sum"),
            revenue_amount_per_year=("revenue_amount_per_year", "sum"),
        )
    )
    return sums.reset_index().drop(columns=["kind_rank", "measure_rank"])
