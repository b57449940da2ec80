"""Page one of a region's report: verdict, reps, moves and questions, for five minutes' reading."""

import html
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit.report.answer import gap_sentence
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.tables import ShownTable, show_frame
from territory_kit.wording import MISSING, NO_MONEY, amount, clipped, number

MOVES_SHOWN = 10
FIGURES_SHOWN = 4
_ONE_DIGIT = 10
_SHORT_FROM = 1e5
VACANT = "no rep yet"
_FIRST = ": there is nothing to compare it with"
_REP_COLUMNS = {
    "territory_name": "Territory",
    "rep_name": "Rep",
    "accounts_count": "Accounts",
    "potential_amount_per_year": None,
    "capacity_share": "Load (% of capacity)",
    "travel_km_per_year": "Distance (km per year)",
    "quota_amount_per_year": None,
    "key_kept_count": "Key kept",
    "key_gained_count": "Key gained",
    "key_given_count": "Key given",
}
_MOVES_CAPTION = (
    "The moves with most revenue. The price is the margin at risk when the account changes hands; "
    "it is 0 for customers without contact for long."
)
_MOVE_COLUMNS = (
    "account_name",
    "account_class",
    "from_rep_id",
    "to_rep_id",
    "move_reason",
    "revenue_amount_per_year",
    "move_price_amount",
)


@dataclass(frozen=True)
class Verdict:
    """The verdict on a plan, why, and the figures behind it.

    Parameters
    ----------
    verdict
        Adopt, adopt with changes, keep today, or first plan.
    reason
        Why, in a sentence.
    findings
        What the reader must know first.
    figures
        Name, figure of today, figure of the proposal and reading, as text.
    """

    verdict: str
    reason: str
    findings: tuple[str, ...]
    figures: tuple[tuple[str, str, str, str], ...]

    def __str__(self) -> str:
        """Return verdict and reason in one line."""
        return f"{self.verdict}: {self.reason}"

    def _repr_html_(self) -> str:
        tiles = "".join(map(_tile, self.figures))
        first = _FIRST * self.verdict.startswith("first plan")
        notes = "".join(f"<li>{html.escape(finding)}</li>" for finding in self.findings)
        kind = html.escape(self.verdict.split(" ")[0].lower())
        return (
            f'<div class="tk-verdict tk-{kind}"><p class="tk-verdict-word">'
            f"<strong>{html.escape(_sentence_case(self.verdict))}{first}</strong></p>"
            f'<p class="tk-verdict-reason">{html.escape(self.reason)}</p>'
            + (f'<ul class="tk-findings">{notes}</ul>' if notes else "")
            + f'<div class="tk-tiles">{tiles}</div></div>'
        )


def verdict(*sources: HasTables) -> Verdict:
    """Show the verdict, its reason, what must be known first, and the headline figures.

    Parameters
    ----------
    *sources
        The result of the review: its figures and ``comparison``.

    Returns
    -------
    Verdict
        The box at the top of page one.
    """
    evidence = gather(*sources)
    rows = evidence.table("comparison").head(FIGURES_SHOWN)
    return Verdict(
        verdict=str(evidence.figures.get("verdict", "no verdict")),
        reason=f"{evidence.figures.get('verdict_reason', '')} {gap_sentence(evidence)}".strip(),
        findings=evidence.findings,
        figures=tuple(_figure(row) for _, row in rows.iterrows()),
    )


def rep_table(*sources: HasTables) -> ShownTable:
    """Show one row per territory and rep: work, money and key accounts.

    Parameters
    ----------
    *sources
        Hold ``rep_review``.

    Returns
    -------
    ShownTable
        The table of page one.
    """
    evidence = gather(*sources)
    table = evidence.table("rep_review")
    # a plan without any reps has no vacancies either
    has_reps = evidence.has_rows("reps") or table["rep_id"].notna().any()
    unnamed = VACANT if has_reps else MISSING
    named = table.assign(rep_name=table["rep_name"].fillna(unnamed))
    shown = _with_quotas(named[list(_REP_COLUMNS)], table["territory_id"], evidence)
    return show_frame(
        shown,
        evidence,
        caption="One row per territory. Key accounts are class A; load is workload against the "
        "hours of the rep.",
        headings={name: text for name, text in _REP_COLUMNS.items() if text},
    )


def biggest_moves(*sources: HasTables) -> ShownTable:
    """Show the moves with most revenue, with reason and price.

    Parameters
    ----------
    *sources
        Hold ``moves``; a task behind the result knows the names of reps and territories.

    Returns
    -------
    ShownTable
        Ten rows at most.
    """
    evidence = gather(*sources)
    moves = evidence.table("moves")
    ordered = moves.sort_values(
        ["revenue_amount_per_year", "open_deals_amount", "account_id"],
        ascending=[False, False, True],
    )
    first = ordered.head(MOVES_SHOWN)
    named = first["account_name"].fillna(first["account_id"]).map(clipped)
    place = (", " + first["city"]).fillna("")
    return show_frame(
        first.assign(account_name=named + place)[_columns_of_moves(moves)],
        evidence,
        caption=_MOVES_CAPTION if evidence.has_money else f"Accounts that change hands. {NO_MONEY}",
        all_rows_count=len(moves),
        headings={"account_class": "Class"},
    )


def questions(*sources: HasTables) -> ShownTable:
    """Show the questions to the regional manager, and by when they need an answer.

    Parameters
    ----------
    *sources
        Hold ``questions``.

    Returns
    -------
    ShownTable
        One row per question, with room for the answer.
    """
    evidence = gather(*sources)
    table = evidence.table("questions").assign(answer="")
    return show_frame(
        table[["question", "answer_by_date", "answer"]],
        evidence,
        caption="Questions to the regional manager.",
        headings={"answer": "Your answer"},
    )


def _with_quotas(shown: pd.DataFrame, territory_id: pd.Series, evidence: Evidence) -> pd.DataFrame:
    """Show proposed quotas where there are any, else those of the input."""
    if not evidence.has_rows("quotas"):
        return shown
    quotas = evidence.table("quotas").set_index("territory_id")["proposed_quota_amount_per_year"]
    return shown.assign(quota_amount_per_year=territory_id.map(quotas))


def _columns_of_moves(moves: pd.DataFrame) -> list[str]:
    """Name the reps of a move; without reps, its territories."""
    if moves[["from_rep_id", "to_rep_id"]].notna().any(axis=None):
        return list(_MOVE_COLUMNS)
    return [name.replace("_rep_id", "_territory_id") for name in _MOVE_COLUMNS]


def _figure(row: pd.Series) -> tuple[str, str, str, str]:
    """Write today's and the proposed value alike; the unit stands once, behind the second."""
    unit = "" if pd.isna(row["unit"]) else str(row["unit"])
    values = [float(row["today_value"]), float(row["proposal_value"])]
    largest = np.nanmax(np.abs([*values, 0.0]))
    if largest >= _SHORT_FROM:
        today, proposal = (amount(value, "") for value in values)
    else:
        decimals = int(round(largest, 1) < _ONE_DIGIT and any(v % 1 for v in values))
        today, proposal = (number(value, decimals=decimals) for value in values)
    return str(row["figure"]), today, f"{proposal} {unit}".strip(), str(row["reading"])


def _tile(figure: tuple[str, str, str, str]) -> str:
    name, today, proposal, reading = map(html.escape, figure)
    before = f'<span class="tk-before">{today} → </span>' if today != MISSING else ""
    return (
        f'<div class="tk-tile tk-{reading.split(" ")[0]}"><span class="tk-tile-name">{name}</span> '
        f'<span class="tk-tile-value">{before}<strong>{proposal}</strong></span> '
        + (f'<span class="tk-reading">{reading}</span>' if today != MISSING else "")
        + "</div>"
    )


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
