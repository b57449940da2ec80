"""Adopt, adopt with changes, or keep today: a simple rule, and the reason in words.

- *Keep today* when there is a today that can go on and no figure gets better.
- *Adopt* when all limits are kept, every territory has a rep with enough hours, and no figure gets
  worse.
- *Adopt with changes* otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit.errors import list_ids
from territory_kit.options import TerritoriesOptions
from territory_kit.steps._review.comparison import Figure
from territory_kit.wording import counted, number, percent

_ROUNDING_SHARE = 1e-6


@dataclass(frozen=True)
class Verdict:
    """A verdict with its reason.

    Parameters
    ----------
    word
        "adopt", "adopt with changes", "keep today" or, where no figure can be compared, "first
        plan" with or without changes.
    reason
        Why, in two or three sentences.
    """

    word: str
    reason: str


@dataclass(frozen=True)
class Situation:
    """What a verdict depends on besides the figures.

    Parameters
    ----------
    has_today
        Whether there are territories today.
    can_stay
        Whether today can go on: no rep leaves, no territory ends, no account waits for one.
    broken_limits
        Limits of balance that the proposal breaks, in words.
    vacant_names
        Territories of the proposal without a rep, where reps are known.
    full_names
        Territories of the proposal whose rep has too few hours.
    """

    has_today: bool
    can_stay: bool
    broken_limits: tuple[str, ...]
    vacant_names: tuple[str, ...]
    full_names: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something must still be solved before the plan can start."""
        return bool(self.broken_limits or self.vacant_names or self.full_names)


def judge(
    figures: Sequence[Figure],
    situation: Situation,
    disruption: pd.DataFrame,
    worthwhile_share: float,
) -> Verdict:
    """Judge the proposal against today.

    Parameters
    ----------
    figures
        Main figures of both plans.
    situation
        Limits, vacancies, and whether today can go on.
    disruption
        From `handover.sum_disruption`.
    worthwhile_share
        Smallest difference that counts.

    Returns
    -------
    Verdict
        Word and reason.
    """
    readings = {figure.name: figure.reading(worthwhile_share) for figure in figures}
    better = [name for name, reading in readings.items() if reading == "better"]
    worse = [name for name, reading in readings.items() if reading == "worse"]
    is_first = not situation.has_today or set(readings.values()) <= {"no comparison"}
    if is_first:
        word = "first plan with changes" if situation.is_open else "first plan"
    elif situation.has_today and situation.can_stay and not better:
        word = "keep today"
    elif situation.is_open or worse:
        word = "adopt with changes"
    else:
        word = "adopt"
    parts = [
        _comparison_words(figures, better, worse, is_first=is_first),
        _disruption_words(disruption) if situation.has_today else "",
        _open_words(situation),
    ]
    return Verdict(word, " ".join(part for part in parts if part))


def broken_limits(plan: pd.DataFrame, settings: TerritoriesOptions) -> tuple[str, ...]:
    """Name the limits of balance that a plan breaks.

    Parameters
    ----------
    plan
        ``territory_plan``.
    settings
        Options of step 3: the tolerances.

    Returns
    -------
    tuple of str
        One sentence per measure with the worst territory.
    """
    tolerances = {
        "workload": settings.tolerance_share,
        "potential": settings.potential_tolerance_share,
    }
    texts = []
    for name, tolerance in tolerances.items():
        apart = plan[f"{name}_index"].to_numpy(dtype=float) / 100 - 1
        if tolerance is None or not (np.abs(apart) > tolerance + _ROUNDING_SHARE).any():
            continue
        worst = int(np.abs(apart).argmax())
        side = "above" if apart[worst] > 0 else "below"
        texts.append(
            f"{name.capitalize()} of {plan['territory_name'].iloc[worst]} is "
            f"{percent(abs(apart[worst]))} {side} target, {percent(tolerance)} is allowed."
        )
    return tuple(texts)


def broken_caps(assignment: pd.DataFrame, settings: TerritoriesOptions) -> tuple[str, ...]:
    """Name the caps on moves by choice that a plan breaks.

    Parameters
    ----------
    assignment
        ``assignment``.
    settings
        Options of step 3: the caps.

    Returns
    -------
    tuple of str
        One sentence per cap.
    """
    owned = assignment.loc[
        assignment["territory_id"].notna() & assignment["current_territory_id"].notna()
    ]
    is_chosen = (owned["is_moved"] & ~owned["is_forced"]).to_numpy(dtype=bool)
    revenue = owned["revenue_amount_per_year"].clip(lower=0.0)
    kinds = [
        ("accounts", settings.most_moved_share, pd.Series(1.0, index=owned.index)),
        ("revenue", settings.most_moved_revenue_share, revenue),
        *(
            (f"revenue of {territory}", settings.most_moved_revenue_share_per_rep, values)
            for territory, values in _by_territory(owned, revenue)
        ),
    ]
    return tuple(
        f"{percent(values[is_chosen].sum() / values.sum())} of {name} would move by choice, "
        f"{percent(most)} may."
        for name, most, values in kinds
        if most is not None and values[is_chosen].sum() > (most + _ROUNDING_SHARE) * values.sum()
    )


def _by_territory(owned: pd.DataFrame, revenue: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    territories = owned["current_territory_id"]
    for territory in sorted(territories.unique()):
        yield territory, revenue.where(territories == territory, 0.0)


def _comparison_words(
    figures: Sequence[Figure], better: list[str], worse: list[str], *, is_first: bool
) -> str:
    first = figures[0]
    if is_first:
        alone = "There are no territories today to compare with."
        return f"{alone} {first.name} is {percent(first.proposal)}."
    before, after = percent(first.today), percent(first.proposal)
    change = f"stays at {after}" if before == after else f"goes from {before} to {after}"
    texts = [f"{first.name} {change}."]
    if worse and not better:
        texts.insert(0, "Nothing gets better, but today cannot go on as it is.")
    for word, names in (("Better", better), ("Worse", worse)):
        if names:
            texts.append(f"{word}: {', '.join(name.lower() for name in names)}.")
    if not better and not worse:
        texts.append("No figure changes by enough to count.")
    return " ".join(texts)


def _disruption_words(disruption: pd.DataFrame) -> str:
    rows = disruption.set_index("kind")
    count, forced = rows["accounts_count"]["all"], rows["accounts_count"]["forced"]
    if count == 0:
        return "No account changes hands."
    share = rows["revenue_share"]["all"]
    has_revenue = rows["revenue_amount_per_year"]["all"] > 0
    moved = counted(count, "account") + f" with {percent(share)} of revenue" * bool(has_revenue)
    if count == 1:
        return f"{moved} changes hands, {'as it must' if forced else 'by choice'}."
    must = f"{number(forced)} of them must" if forced else "all by choice"
    return f"{moved} change hands, {must}."


def _open_words(situation: Situation) -> str:
    texts = list(situation.broken_limits)
    if situation.vacant_names:
        texts.append(f"Without a rep: {list_ids(situation.vacant_names)}.")
    if situation.full_names:
        texts.append(f"More work than the rep has hours: {list_ids(situation.full_names)}.")
    return " ".join(texts)
