"""Classes A, B and C, and why each account has its class."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.classes import classes_by_cuts, classes_by_value, value_cuts
from territory_kit.methods.scoring import Scores
from territory_kit.options import AccountsOptions

# With data for less than half of the score, an account is at most B.
LEAST_DATA_SHARE = 0.5
_SHOWN_CRITERIA_COUNT = 2
_SHOWN_POINTS = 0.5


@dataclass(frozen=True)
class Wording:
    """What the reasons of classes speak of.

    Parameters
    ----------
    class_value
        Column whose sum makes the classes.
    shares
        Cumulative shares below which an account is A, and below which it is B.
    whole
        Whose sum that is: the region or the plan.
    currency
        Currency of the plan.
    """

    class_value: str
    shares: tuple[float, float]
    whole: str
    currency: str


def find_cuts(
    accounts: pd.DataFrame, *, stored: pd.DataFrame | None, options: AccountsOptions
) -> dict[str, float]:
    """Find the lowest value of each class.

    Parameters
    ----------
    accounts
        account_id and class_value; negative counts as 0.
    stored
        ``class_cuts`` of the whole plan, or None.
    options
        Cumulative shares of the classes.

    Returns
    -------
    dict of float
        As stored, else by cumulative value; infinite for a class that nobody reaches.
    """
    if stored is not None and not stored.empty:
        lowest = stored["lowest_value"].fillna(np.inf)
        return dict(zip(stored["account_class"], lowest, strict=True))
    values = accounts["class_value"].to_numpy()
    ids = accounts["account_id"].to_numpy(dtype=object)
    return value_cuts(values, classes_by_value(values, ids, options.class_shares))


def cuts_table(cuts: dict[str, float]) -> pd.DataFrame:
    """Return the lowest values as the table ``class_cuts``.

    Parameters
    ----------
    cuts
        Lowest value by class.

    Returns
    -------
    pandas.DataFrame
        Missing where nobody reaches the class.
    """
    lowest = pd.Series(cuts, dtype=float).rename_axis("account_class").rename("lowest_value")
    return lowest.replace(np.inf, np.nan).reset_index()


def class_accounts(accounts: pd.DataFrame, *, cuts: dict[str, float]) -> pd.DataFrame:
    """Class accounts by value, and hold back those that little is known of.

    Parameters
    ----------
    accounts
        class_value and data_share.
    cuts
        Lowest value by class; accounts of equal value are in the same class.

    Returns
    -------
    pandas.DataFrame
        Rows of ``accounts`` with ``account_class``, and ``value_class``, the class by value alone.
    """
    by_value = classes_by_cuts(accounts["class_value"].to_numpy(), cuts)
    is_held_back = (by_value == "A") & (accounts["data_share"] < LEAST_DATA_SHARE)
    return accounts.assign(
        value_class=by_value, account_class=np.where(is_held_back, "B", by_value)
    )


def write_reasons(
    accounts: pd.DataFrame, scores: Scores, *, criteria: list[str], wording: Wording
) -> pd.DataFrame:
    """Say in plain words why each account has its class.

    Parameters
    ----------
    accounts
        account_class, value_class, class_value and potential_source.
    scores
        Scores of the same rows.
    criteria
        Names of the criteria, in the order of the contributions.
    wording
        What the reasons speak of.

    Returns
    -------
    pandas.DataFrame
        Rows of ``accounts`` with ``class_reason``.
    """
    places = _places(wording)
    rows = zip(
        accounts["account_class"],
        accounts["value_class"],
        _values_in_words(accounts, wording),
        accounts["class_value"] > 0,
        scores.data_share,
        _scores_in_words(scores, criteria),
        strict=True,
    )
    reasons = [
        f"{name}: {value}{places[by_value] if has_value else ''}"
        f"{_held_back(share) if name != by_value else ''}; {score}"
        for name, by_value, value, has_value, share, score in rows
    ]
    is_alike = is_potential(wording.class_value) & (accounts["potential_source"] == "equal")
    words = pd.Series(reasons, index=accounts.index, dtype="str")
    alike = accounts["account_class"] + ": potential unknown, every account counts as one"
    return accounts.assign(class_reason=words.mask(is_alike, alike))


def is_potential(name: str) -> bool:
    """Say whether a column is the potential, which may be estimated or only a count.

    Parameters
    ----------
    name
        Name of a column.

    Returns
    -------
    bool
        True for the potential.
    """
    return name == "potential_amount_per_year"


def label_of(name: str) -> str:
    """Return the name of a criterion as a reader knows it.

    Parameters
    ----------
    name
        Name of a column.

    Returns
    -------
    str
        The declared label in lower case; an undeclared name without its underscores.
    """
    column = columns.find_column(name)
    return column.label.lower() if column else name.replace("_", " ")


def _places(wording: Wording) -> dict[str, str]:
    first, second = (f"{100 * share:.0f} %" for share in wording.shares)
    last = f"{100 * (1 - wording.shares[1]):.0f} %"
    whole = f"of the {wording.whole}'s {label_of(wording.class_value)}"
    return {
        "A": f" is among the accounts that make up the first {first} {whole}",
        "B": f" is among the accounts between the first {first} and {second} {whole}",
        "C": f" is among the accounts that make up the last {last} {whole}",
    }


def _values_in_words(accounts: pd.DataFrame, wording: Wording) -> list[str]:
    label, column = label_of(wording.class_value), columns.find_column(wording.class_value)
    is_money = column is not None and column.kind == "money"
    is_estimated = is_potential(wording.class_value) & (accounts["potential_source"] != "given")
    return [
        f"{label} {value:,.0f} {wording.currency}{' (estimated)' if is_guess else ''}"
        if value > 0 and is_money
        else f"{label} {value:,.3g}"
        if value > 0
        else f"no {label}"
        for value, is_guess in zip(accounts["class_value"], is_estimated, strict=True)
    ]


def _held_back(data_share: float) -> str:
    return f", but no more than B because {100 * data_share:.0f} % of the score has data"


def _scores_in_words(scores: Scores, criteria: list[str]) -> list[str]:
    labels = [label_of(name) for name in criteria]
    order = np.argsort(-scores.contributions, axis=1, kind="stable")[:, :_SHOWN_CRITERIA_COUNT]
    return [
        _score_in_words(score, [(labels[k], points[k]) for k in top])
        for score, points, top in zip(scores.score, scores.contributions, order, strict=True)
    ]


def _score_in_words(score: float, top: list[tuple[str, float]]) -> str:
    if np.isnan(score):
        return "no data for the score"
    parts = ", ".join(f"{label} {points:.0f}" for label, points in top if points >= _SHOWN_POINTS)
    return f"score {score:.0f} of 100{': ' if parts else ''}{parts}"
