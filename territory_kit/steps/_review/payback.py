"""Moves by choice whose saving does not bring in their price.

The saving of a move is what the engine counts for it: a year of driving to the centre of the new
territory instead of the old one. Its price is the margin at risk and the visit to introduce the new
rep. A move that does not pay may still be needed to keep the territories in balance.
"""

import numpy as np
import pandas as pd

from territory_kit.methods.move_gains import unpaid_moves
from territory_kit.options import Options
from territory_kit.steps._review.part import Part
from territory_kit.steps.road_price import hour_amount, km_amount, road_km_per_year
from territory_kit.wording import amount, counted_of

_OF_MOVES = [
    "account_id",
    "account_name",
    "from_territory_id",
    "to_territory_id",
    "move_reason",
    "saving_amount_per_year",
    "gain_amount",
    "price_amount",
    "shortfall_amount",
]


def review_payback(hands: pd.DataFrame, remote_ids: frozenset[str], options: Options) -> Part:
    """Find the moves by choice that do not pay.

    Parameters
    ----------
    hands
        From `handover.trace_hands`.
    remote_ids
        Accounts that are served by phone or video.
    options
        Options of the region.

    Returns
    -------
    Part
        ``unpaid_moves``, their number and what they fall short by.
    """
    chosen = price_chosen(hands, remote_ids, options)
    unpaid = list_unpaid(chosen, options)
    rule = (
        "A move pays when the driving to the centre that it saves in "
        f"{years_words(options.review.horizon_years)} is more than the margin at risk and the "
        "visit to introduce the new rep. Moves that do not pay are listed, and taken back on "
        "request only."
    )
    return Part(
        tables={"unpaid_moves": unpaid},
        figures={
            "unpaid_moves_count": float(len(unpaid)),
            "unpaid_shortfall_amount": float(unpaid["shortfall_amount"].sum()),
        },
        findings=[unpaid_words(unpaid, len(chosen), options)],
        assumptions=[rule],
    )


def price_chosen(hands: pd.DataFrame, remote_ids: frozenset[str], options: Options) -> pd.DataFrame:
    """Set the gain of each move by choice against its price.

    Parameters
    ----------
    hands
        From `handover.trace_hands`; ``closer_km`` is missing where the territory stays and only
        its rep changes: no driving is saved there.
    remote_ids
        Accounts that are served by phone or video: nobody drives to them.
    options
        Options of the region: costs, and the years for which a saving counts.

    Returns
    -------
    pandas.DataFrame
        Rows of the moves by choice with the columns of ``unpaid_moves``, sorted by account.
    """
    chosen = hands.loc[hands["changes_hands"] & ~hands["is_forced"]]
    is_driven = chosen["lat_deg"].notna() & ~chosen["account_id"].isin(list(remote_ids))
    visits = chosen["visits_per_year"].fillna(0.0)
    closer_km = chosen["closer_km"].where(is_driven).astype("float64").fillna(0.0)
    road_km = road_km_per_year(visits.to_numpy(dtype=np.float64), options)
    saving = closer_km * road_km * km_amount(options)
    hours = chosen["call_hours_per_year"] + chosen["travel_hours_per_year"]
    introduction = (hours / visits.where(visits > 0)).fillna(0.0) * hour_amount(options)
    gain = saving * options.review.horizon_years
    price = chosen["move_price_amount"] + introduction
    return chosen.assign(
        saving_amount_per_year=saving,
        gain_amount=gain,
        price_amount=price,
        shortfall_amount=price - gain,
    ).sort_values("account_id", ignore_index=True)


def list_unpaid(chosen: pd.DataFrame, options: Options) -> pd.DataFrame:
    """List the moves by choice that do not bring in their price.

    Parameters
    ----------
    chosen
        From `price_chosen`.
    options
        Options of the region: the years for which a saving counts.

    Returns
    -------
    pandas.DataFrame
        ``unpaid_moves``; a move that comes out even does not pay.
    """
    is_unpaid = unpaid_moves(
        chosen["saving_amount_per_year"].to_numpy(dtype=np.float64),
        chosen["price_amount"].to_numpy(dtype=np.float64),
        horizon_years=options.review.horizon_years,
    )
    return chosen.loc[is_unpaid, _OF_MOVES].reset_index(drop=True)


def unpaid_words(unpaid: pd.DataFrame, chosen_count: int, options: Options) -> str:
    """Say how many moves do not pay.

    Parameters
    ----------
    unpaid
        From `list_unpaid`.
    chosen_count
        Number of moves by choice.
    options
        Options of the region.

    Returns
    -------
    str
        A sentence; empty where every move pays.
    """
    if unpaid.empty:
        return ""
    short = amount(float(unpaid["shortfall_amount"].sum()), options.currency)
    return (
        f"{counted_of(len(unpaid), chosen_count, 'chosen move', 'saves')} less driving in "
        f"{years_words(options.review.horizon_years)} than the price, {short} less in all: these "
        "moves are worth it for balance only and can be taken back."
    )


def years_words(years: float) -> str:
    """Write a number of years.

    Parameters
    ----------
    years
        Above 0.

    Returns
    -------
    str
        Number and word.
    """
    return "one year" if years == 1 else f"{years:g} years"
