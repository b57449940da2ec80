"""Why the best accounts have their score, in points that add up to it."""

import pandas as pd

from territory_kit import columns
from territory_kit.methods.sharing import share_whole
from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show_frame

BEST_SHOWN = 10


def score_reasons(*sources: HasTables, rows: int = BEST_SHOWN) -> ShownTable:
    """Show the accounts with the highest scores and what their points come from.

    Parameters
    ----------
    *sources
        Hold ``account_quality``, ``score_reasons`` and ``accounts`` or ``market_accounts``.
    rows
        Most accounts to show.

    Returns
    -------
    ShownTable
        One row per account; whole points, rounded so that they add up to the rounded score.
    """
    evidence = gather(*sources)
    scored = evidence.table("account_quality").dropna(subset=["score"])
    best = scored.sort_values(["score", "account_id"], ascending=[False, True]).head(rows)
    names = evidence.table("market_accounts").set_index("account_id")["account_name"]
    parts = dict(list(evidence.table("score_reasons").groupby("account_id", sort=False)))
    shown = best.assign(
        account_name=best["account_id"].map(names),
        score=best["score"].round(),
        score_reason=[
            _in_words(parts[name], score)
            for name, score in zip(best["account_id"], best["score"], strict=True)
        ],
    )
    return show_frame(
        shown[["account_name", "account_class", "score", "score_reason"]].reset_index(drop=True),
        evidence,
        caption="The highest scores; the points of the criteria add up to the score.",
        all_rows_count=len(scored),
        headings={"score_reason": "Why"},
    )


def _in_words(reasons: pd.DataFrame, score: float) -> str:
    points = share_whole(reasons["points"].to_numpy(), round(score))
    return ", ".join(
        f"{_label(name)} {int(part)}"
        for name, part in zip(reasons["criterion"], points, strict=True)
    )


def _label(name: str) -> str:
    column = columns.find_column(name)
    return column.label.lower() if column else name.replace("_", " ")
