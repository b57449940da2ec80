"""Why each moved account moves, in words: the reasons of a move joined to one short text."""

from collections.abc import Iterator

import pandas as pd

from territory_kit.steps._territories.problem import POTENTIAL, WORKLOAD
from territory_kit.wording import amount, counted, number

# Distances below this are told with a digit after the point.
_ROUND_FROM_KM = 10
_WHOLE_PLAN = "part of a plan that is better as a whole"


def write_reasons(
    units: pd.DataFrame, reasons: pd.DataFrame, names: dict[str, str], *, currency: str
) -> pd.Series:
    """Write why each account moves.

    Parameters
    ----------
    units
        From `reasons.find_reasons`, with ``rule_text``.
    reasons
        From `reasons.find_reasons`.
    names
        Name of each territory of today and of the proposal.
    currency
        Currency of potential; empty where each account counts as one.

    Returns
    -------
    pandas.Series
        Texts by the index of ``units``, missing where nothing moves. They are short: potential is
        told only where no hours are, and what fills the new territory only where it does not
        relieve the old one. The table tells all.
    """
    told = reasons.assign(
        quantity=_quantities(reasons, currency),
        name=reasons["territory_id"].map(names).fillna(reasons["territory_id"]).astype("str"),
    )
    rule_texts = units["rule_text"].where(units["is_forced"]).fillna("").to_numpy()
    text_of = dict(zip(units["account_id"], rule_texts, strict=True))
    texts = {
        account_id: _text(rows, text_of[account_id])
        for account_id, rows in told.groupby("account_id")
    }
    return units["account_id"].map(texts).astype("str").where(units["is_moved"])


def _quantities(reasons: pd.DataFrame, currency: str) -> pd.Series:
    """Write what each reason amounts to, with its unit."""
    return pd.Series(
        [
            _quantity(str(measure), float(value), currency)
            for measure, value in zip(reasons["measure"], reasons["reason_value"], strict=True)
        ],
        index=reasons.index,
        dtype="str",
    )


def _quantity(measure: str, value: float, currency: str) -> str:
    if measure == WORKLOAD:
        return f"{number(value)} h"
    if measure == POTENTIAL:
        return f"{amount(value, currency)} of potential" if currency else counted(value, "account")
    return f"{number(value, decimals=int(value < _ROUND_FROM_KM))} km"


def _text(rows: pd.DataFrame, rule_text: str) -> str:
    """Join the reasons of one move; a forced move has one."""
    first = rows.iloc[0]
    fixed = {
        "region": f"territory {first['territory_id']} belongs to another region",
        "ended": f"territory {first['name']} is not continued",
        "whole plan": _WHOLE_PLAN,
    }
    if first["reason_kind"] in fixed:
        return fixed[first["reason_kind"]]
    return rule_text or "; ".join(_parts(rows))


def _parts(rows: pd.DataFrame) -> Iterator[str]:
    of_kind = dict(iter(rows.groupby("reason_kind")))
    if "group" in of_kind:
        yield "kept with its group"
    if "closer" in of_kind:
        yield f"closer by {of_kind['closer']['quantity'].iloc[0]}"
    if "relieves" in of_kind:
        first = of_kind["relieves"].iloc[0]
        yield f"relieves {first['name']} by {first['quantity']}"
    elif "fills" in of_kind:
        first = of_kind["fills"].iloc[0]
        yield f"gives {first['name']} {first['quantity']} that it lacks"
    elif "opens" in of_kind:
        yield f"opens {of_kind['opens']['name'].iloc[0]}"
