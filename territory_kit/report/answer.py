"""The answer of a step in two or three sentences, made from its result tables.

What the reader must know first stands before it: an infeasible limit, a vacancy, missing data.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from territory_kit.errors import ParameterError, suggest
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.wording import (
    NO_MONEY,
    agree,
    amount,
    counted,
    counted_of,
    number,
    percent,
    percent_at_most,
)

# A plan that may be so much dearer, or more, is not known to be good.
_TELLING_GAP_SHARE = 0.2


@dataclass(frozen=True)
class Answer:
    """A few sentences with numbers and units.

    Parameters
    ----------
    sentences
        The answer.
    findings
        What the reader must know first.
    """

    sentences: tuple[str, ...]
    findings: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return findings and sentences, one a line."""
        return "\n".join([*(f"! {finding}" for finding in self.findings), *self.sentences])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(finding)}</li>" for finding in self.findings)
        notes = f'<ul class="tk-findings">{items}</ul>' if items else ""
        text = html.escape(" ".join(self.sentences))
        return f'<div class="tk-answer">{notes}<p>{text}</p></div>'


def answer(*sources: HasTables, currency: str = "") -> Answer:
    """Answer the question of a step in two or three sentences.

    Parameters
    ----------
    *sources
        The result of the step first; a task behind it knows currency and names.
    currency
        Currency of the plan, when no source knows it.

    Returns
    -------
    Answer
        Sentences, and the findings of the step before them.

    Raises
    ------
    ParameterError
        When the first source is not one of the five steps.
    """
    evidence = gather(*sources, currency=currency)
    if evidence.step not in _ANSWERS:
        raise ParameterError(
            "There is no answer for this step",
            value=evidence.step,
            remedy=suggest(evidence.step, sorted(_ANSWERS)),
        )
    return Answer(tuple(filter(None, _ANSWERS[evidence.step](evidence))), evidence.findings)


def _answer_market(evidence: Evidence) -> list[str]:
    segments = evidence.table("market_segments")
    accounts = segments["accounts_count"].sum()
    potential = segments["potential_amount_per_year"].sum()
    revenue = segments["revenue_amount_per_year"].sum()
    sold = f", {percent(revenue / potential)} of it" if potential else ""
    size = (
        f"Our market is {counted(accounts, 'account')}, "
        f"{counted(segments['customers_count'].sum(), 'customer')} among them"
    )
    if not evidence.has_money:
        known = "what they could spend is not known"
        return [f"{size}; {known}.", NO_MONEY, _left_out_sentence(evidence)]
    return [
        f"{size}; they could spend {amount(potential, evidence.currency)} a year on what we sell.",
        f"They spend {amount(revenue, evidence.currency)} a year with us today{sold}.",
        _concentration_sentence(evidence),
        _left_out_sentence(evidence),
    ]


def _concentration_sentence(evidence: Evidence) -> str:
    names = ("paying_customers_count", "effective_customers_count", "revenue_herfindahl")
    if not all(name in evidence.figures for name in names):
        return ""
    paying, equal, index = (float(evidence.figures[name]) for name in names)
    return (
        f"The revenue of {counted(paying, 'customer')} is as concentrated as that of "
        f"{equal:,.1f} equal ones (Herfindahl index {index:.3f} of at most 1)."
    )


def _left_out_sentence(evidence: Evidence) -> str:
    if not evidence.has_rows("left_out"):
        return "No account is left out."
    left_out = evidence.table("left_out")
    count = left_out["accounts_count"].sum()
    most = left_out.nlargest(1, "accounts_count")["left_out_reason"].iloc[0]
    return (
        f"{counted(count, 'account')} with {percent(left_out['potential_share'].sum())} of all "
        f"{'potential' if evidence.has_money else 'accounts'} {agree('is', count)} left out, "
        f"most often for this reason: {most}."
    )


def _answer_accounts(evidence: Evidence) -> list[str]:
    classes = evidence.table("class_summary")
    first = classes[classes["account_class"] == "A"]
    held = first["accounts_count"].sum()
    visits, hours = classes["visits_per_year"].sum(), classes["call_hours_per_year"].sum()
    key_accounts = f"{counted_of(held, classes['accounts_count'].sum(), 'account', 'is')} class A"
    share = percent(first["potential_share"].sum())
    holds = f" and {agree('holds', held)} {share} of the potential." if evidence.has_money else "."
    work = (
        f"To serve every account as its class asks takes {counted(visits, 'visit')} or calls and "
        f"{counted(hours, 'hour')} with customers a year."
    )
    return [key_accounts + holds, _alike_sentence(evidence), work]


def _answer_territories(evidence: Evidence) -> list[str]:
    plan, assignment = evidence.table("territory_plan"), evidence.table("assignment")
    moved = assignment["is_moved"].fillna(value=False)
    price = amount(assignment.loc[moved, "move_price_amount"].sum(), evidence.currency)
    at_price = f", at a price of {price} of margin at risk" if evidence.has_money else ""
    placed = int(assignment["territory_id"].notna().sum())
    # those who have an owner today: nobody else can move
    owned = (assignment["territory_id"].notna() & assignment["current_territory_id"].notna()).sum()
    share = percent(moved.sum() / max(int(owned), 1))
    moves = f"{counted(moved.sum(), 'account')} would move ({share}){at_price}."
    return [
        f"{counted(placed, 'account', 'is')} divided into {counted(len(plan), 'territory')}.",
        *[_balance_sentence(row, evidence) for row in _balance_rows(evidence)],
        moves if moved.any() else "No account moves.",
        gap_sentence(evidence),
        _alike_sentence(evidence),
    ]


def gap_sentence(evidence: Evidence) -> str:
    """Say how much dearer the proposal is at most than the cheapest plan within its limits.

    Parameters
    ----------
    evidence
        May hold ``searches``.

    Returns
    -------
    str
        One sentence; empty where no bound is known for one of the teams, or where it is too far
        away to tell a reader anything.
    """
    if not evidence.has_rows("searches"):
        return ""
    searches = evidence.table("searches")
    bound = searches["lower_bound_amount"].sum(skipna=False)
    total = searches["objective_amount"].sum()
    if not total <= (1 + _TELLING_GAP_SHARE) * bound:
        return ""
    is_weighed = searches["weighed_moves_amount"].notna().any()
    costs = "driving and moves" if is_weighed else "driving"
    if (searches["gap_share"] == 0).all():
        return f"No plan within its limits is cheaper in {costs}."
    return (
        f"In {costs}, the proposal is at most {percent_at_most(total / bound - 1)} dearer than the "
        "cheapest plan within its limits."
    )


def _balance_rows(evidence: Evidence) -> list[pd.DataFrame]:
    """Return the rows of each measure that has a tolerance."""
    table = evidence.table("balance")
    table = table[table["tolerance_share"].notna()]
    return [rows for _, rows in table.groupby("measure", sort=False)]


def _alike_sentence(evidence: Evidence) -> str:
    return "" if evidence.has_money else NO_MONEY


def _balance_sentence(rows: pd.DataFrame, evidence: Evidence) -> str:
    by_state = {row["state"]: row for row in rows.to_dict("records")}
    if "proposal" not in by_state:
        return ""
    after, today = by_state["proposal"], by_state.get("today")
    name = after["measure"].split("_")[0].lower()
    name = name if evidence.has_money or name != "potential" else "number of accounts"
    before = f", against {percent(today['deviation_share'])} today" if today else ""
    return (
        f"The largest deviation of {name} from target is {percent(after['deviation_share'])} "
        f"(allowed: {percent(after['tolerance_share'])}){before}."
    )


def _answer_reps(evidence: Evidence) -> list[str]:
    plan = evidence.table("rep_plan")
    kept = plan["is_incumbent"].fillna(value=False).sum()
    vacant = plan["is_vacant"].fillna(value=False).sum()
    swaps = len(evidence.tables.get("rep_swaps", ()))
    vacancies = f"{counted(vacant, 'territory', 'has')} no rep yet."
    return [
        f"{counted_of(kept, len(plan), 'territory', 'keeps')} {agree('its', kept)} rep.",
        vacancies if vacant else "Every territory has a rep.",
        f"{counted(swaps, 'swap')} of two reps would raise the fit." if swaps else "",
        _fairness_sentence(evidence),
    ]


def _fairness_sentence(evidence: Evidence) -> str:
    figures = evidence.figures
    if "fairness_gap_share" not in figures:
        return ""
    envy = float(figures["fairness_envy_amount_per_year"])
    equals = f"{counted(round(envy), 'account')}"
    if evidence.has_money:
        equals = f"{amount(envy, evidence.currency)} a year"
    of_what = "Potential" if evidence.has_money else "The number of accounts"
    gap, unequal = (float(figures[f"fairness_{name}_share"]) for name in ("gap", "gini"))
    return (
        f"{of_what} per full-time rep differs by up to {percent(gap)} of the mean (Gini "
        f"{number(unequal, decimals=2)}); between reps of one role and team by {equals}."
    )


def _answer_review(evidence: Evidence) -> list[str]:
    verdict = str(evidence.figures.get("verdict", "no verdict"))
    reason = str(evidence.figures.get("verdict_reason", ""))
    return [
        f"Verdict: {verdict}.",
        reason,
        _disruption_sentence(evidence),
        _alike_sentence(evidence),
    ]


def _disruption_sentence(evidence: Evidence) -> str:
    if not evidence.has_rows("disruption"):
        return ""
    by_kind = {row["kind"]: row for row in evidence.table("disruption").to_dict("records")}
    if "all" not in by_kind:
        return ""
    row = by_kind["all"]
    if row["accounts_count"] == 0:
        return ""
    changed = f"{counted(row['accounts_count'], 'account', 'changes')} hands "
    if not evidence.has_money:
        return f"{changed}({percent(row['accounts_share'])} of accounts)."
    return changed + (
        f"({percent(row['accounts_share'])} of accounts, {percent(row['revenue_share'])} of "
        f"revenue); {amount(row['move_price_amount'], evidence.currency)} of margin is at risk."
    )


_ANSWERS: dict[str, Callable[[Evidence], list[str]]] = {
    "market": _answer_market,
    "accounts": _answer_accounts,
    "territories": _answer_territories,
    "reps": _answer_reps,
    "review": _answer_review,
}
