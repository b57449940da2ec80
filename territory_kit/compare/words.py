"""Figures of the comparison as text: the table line by line, and how gains are computed."""

import math
from collections.abc import Callable, Sequence

import pandas as pd

from territory_kit.compare.gain import OPTION_OF, SEED, Constant
from territory_kit.methods.scenarios import DRAWS_COUNT, INTERVAL_SHARE
from territory_kit.wording import MISSING, amount, number, percent

_CONSTANT_WORDS = {
    "circuity": "road km for each straight km",
    "loss_share": "share of revenue at risk when a customer changes rep",
    "margin_share": "gross margin where an account has none of its own",
}
Show = Callable[[float], str]


def table_lines(
    table: pd.DataFrame, *, currency: str, has_money: bool
) -> list[tuple[str, tuple[str, ...]]]:
    """Turn the table for people: a line per figure, a cell per plan.

    Parameters
    ----------
    table
        From `comparison.tabulate`.
    currency
        Currency of all plans.
    has_money
        Whether potential is money, and not a number of accounts.

    Returns
    -------
    list of tuple
        What the line shows, and its cells in the order of the plans.
    """
    potential = "potential" if has_money else "number of accounts"
    first = table["plan"].iloc[0]

    def money(value: float) -> str:
        return MISSING if math.isnan(value) else amount(value, currency)

    figures: list[tuple[str, str, Show]] = [
        ("territories_count", "Territories", number),
        ("reps_count", "Reps with a territory", number),
        ("workload_deviation_share", "Largest deviation of workload", _tenths),
        ("potential_deviation_share", f"Largest deviation of {potential}", _tenths),
        ("travel_km_per_year", "Distance, km per year", number),
        ("coverage_share", "Wanted visits that hours allow", _tenths),
        ("cost_amount_per_year", f"Cost, {currency} per year", number),
        ("changed_count", "Accounts that change hands", number),
        ("changed_revenue_amount_per_year", "Their revenue per year", money),
        ("move_price_amount", "Price of the moves", money),
        ("gain_amount_per_year", f"Gain per year against {first}", money),
    ]
    lines = [(label, tuple(map(show, table[name].astype(float)))) for name, label, show in figures]
    ends = table[["gain_low_amount_per_year", "gain_high_amount_per_year"]].to_numpy(dtype=float)
    middle = tuple(
        MISSING if math.isnan(low) else f"{money(low)} to {money(high)}" for low, high in ends
    )
    lines += [
        (f"{percent(INTERVAL_SHARE)} of the draws", middle),
        ("Chance of a gain, P(gain > 0)", tuple(map(_chance, table["gain_chance_share"]))),
        ("Beaten by", tuple(names or MISSING for names in table["beaten_by"])),
    ]
    return lines


def gain_words(first: str, horizon_years: float) -> str:
    """Say how the gain is computed.

    Parameters
    ----------
    first
        Name of the first plan.
    horizon_years
        Years over which the price of moves is spread.

    Returns
    -------
    str
        Two sentences.
    """
    years = "one year" if horizon_years == 1 else f"{horizon_years:g} years"
    return (
        f"Gain: the yearly cost of {first} less that of the plan, less what its moves cost more "
        f"than those of {first}, spread over {years} (review.horizon_years of {first}). Hiring, "
        "and what customers buy more or less, are not in it."
    )


def uncertainty_words(first: str, constants: Sequence[Constant]) -> str:
    """Say what is uncertain and how it was drawn.

    Parameters
    ----------
    first
        Name of the first plan.
    constants
        Uncertain constants.

    Returns
    -------
    str
        Some sentences.
    """
    varied = "; ".join(_constant_words(first, one) for one in constants if one.is_varied)
    fixed = ", ".join(OPTION_OF[one.name] for one in constants if not one.is_varied)
    kept = f" {fixed}: 0 in {first}, and not varied." if fixed else ""
    return (
        f"Uncertain: {varied}.{kept} Plans and regions with other values move in proportion. "
        f"{number(DRAWS_COUNT)} draws with seed {SEED}, the same for all plans; they vary the gain "
        "only, and say nothing of what is not listed here."
    )


def _constant_words(first: str, one: Constant) -> str:
    show: Show = _plain if one.name == "circuity" else _tenths
    value = show(one.value)
    likely = f"most likely {value} as in {first}"
    if not one.is_likely:
        likely = f"all as likely, since {first} has {value}, which lies outside"
    return (
        f"{_CONSTANT_WORDS[one.name]} ({OPTION_OF[one.name]}) from {show(one.low)} to "
        f"{show(one.high)}, {likely}"
    )


def _plain(value: float) -> str:
    return number(value, decimals=2)


def _tenths(share: float) -> str:
    return percent(share, decimals=1)


def _chance(share: float) -> str:
    """Never round a chance to certainty."""
    if share in (0.0, 1.0) or math.isnan(share):
        return percent(share)
    return f"{number(min(max(100 * share, 1.0), 99.0))} %"
