"""Balance, driving and moves against each other: proposals that no other one beats on all three."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from territory_kit.methods.scenarios import dominated_flags
from territory_kit.options import TerritoriesOptions
from territory_kit.steps._territories.alternatives import (
    ONE_LESS,
    ONE_MORE,
    keep_today,
    search_less,
    sum_up,
    widen,
)
from territory_kit.steps._territories.division import Division, divide
from territory_kit.wording import percent

# What is tried beside half and double tolerance and free moves: factors of tolerance and price.
_TOLERANCES = (0.5, 1.0, 2.0)
_PRICES = (0.25, 4.0)
# Where nobody can move, only the tolerance is left to vary.
_TOLERANCES_ALONE = (0.25, 0.75, 1.5, 3.0, 4.0)
# Enough to compare, and the same in every run.
_ITERATIONS = 5
# Differences below a thousandth, or a kilometre, do not make a proposal better.
_DIGITS = {"deviation_share": 3, "travel_km_per_year": 0, "moved_share": 3}


def list_trade_offs(
    division: Division, today: pd.DataFrame, tried: Mapping[str, Division]
) -> pd.DataFrame:
    """List proposals with the same number of territories, and say which ones another one beats.

    Parameters
    ----------
    division
        The proposal.
    today
        Today's territories, measured.
    tried
        From `alternatives.try_variants`; those with another number are passed over.

    Returns
    -------
    pandas.DataFrame
        ``trade_offs``: today, the proposal, and a fixed set of tolerances and prices of moves, a
        few rounds of search each.
    """
    named = {"proposal": division}
    named |= {name: one for name, one in tried.items() if name not in (ONE_LESS, ONE_MORE)}
    rows = [_row(one, name) for name, one in (*named.items(), *_try_settings(division))]
    if len(today):
        start = keep_today(today, division.settings)
        rows.insert(0, start | {"move_price_factor": division.settings.move_price_factor})
    table = pd.DataFrame(rows)
    return table.assign(is_chosen=table["option"] == "proposal", is_dominated=flag_beaten(table))


def flag_beaten(table: pd.DataFrame) -> np.ndarray:
    """Flag proposals that another one equals or beats on balance, driving and moves.

    Parameters
    ----------
    table
        ``option``, ``deviation_share``, ``travel_km_per_year``, ``moved_share``.

    Returns
    -------
    numpy.ndarray
        True where another proposal is at least as good in all three and better in one, and for all
        but one of those that are equal in all three; of these the proposal stays, else the first.
    """
    rounded = table[list(_DIGITS)].astype(float).round(_DIGITS)
    figures = {name: rounded[name].to_numpy() for name in _DIGITS}
    beaten = dominated_flags(figures, dict.fromkeys(_DIGITS, "lower"))
    first = (table["option"] != "proposal").sort_values(kind="stable").index
    is_repeated = rounded.loc[first].duplicated().reindex(table.index).to_numpy()
    return np.asarray(beaten | is_repeated)


def _try_settings(division: Division) -> Iterator[tuple[str, Division]]:
    if len(division.slots) == 1:
        return
    setup = division.setup
    has_owners = bool(setup.placed["today_territory_id"].notna().any())
    can_move = setup.mode == "rebalance" and has_owners
    few = search_less(division.settings, _ITERATIONS)
    # settings that read the same, such as two beyond the widest tolerance, are tried once
    named = {_name(one, can_move=can_move): one for one in _settings(few, can_move=can_move)}
    for name, settings in named.items():
        yield name, divide(setup, settings, setup.counts, is_bounded=False)


def _name(settings: TerritoriesOptions, *, can_move: bool) -> str:
    price = f", moves × {settings.move_price_factor:g}" if can_move else ""
    return f"±{percent(settings.tolerance_share)}{price}"


def _settings(settings: TerritoriesOptions, *, can_move: bool) -> list[TerritoriesOptions]:
    if not can_move:
        return [widen(settings, factor) for factor in _TOLERANCES_ALONE]
    # free moves are no price to multiply
    usual = settings.move_price_factor or 1.0
    return [
        widen(settings, factor).model_copy(update={"move_price_factor": price * usual})
        for factor in _TOLERANCES
        for price in _PRICES
    ]


def _row(division: Division, option: str) -> dict[str, object]:
    row = sum_up(division, option=option)
    return row | {"move_price_factor": division.settings.move_price_factor}
