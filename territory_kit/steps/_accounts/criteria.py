"""The criteria that accounts are scored by, and the values that score 0 and 100."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from territory_kit.errors import ParameterError, suggest
from territory_kit.methods.scoring import bounds_of

_FROM_POTENTIAL = ["potential_amount_per_year", "whitespace_amount_per_year"]
# only who buys has them
OF_CUSTOMERS = ("revenue_amount_per_year", "margin_share", "referral_score")


def read_values(
    market: pd.DataFrame, accounts: pd.DataFrame, *, names: Sequence[str]
) -> pd.DataFrame:
    """Collect the columns that accounts are scored and classed by.

    Parameters
    ----------
    market
        ``market_accounts`` in scope; its columns come before those of the accounts.
    accounts
        account_id and any further columns; text is read as numbers.
    names
        Names of the columns.

    Returns
    -------
    pandas.DataFrame
        One float column per name, rows and index as in ``market``; missing where unknown.

    Raises
    ------
    ParameterError
        When neither table has a column of that name.
    """
    known = [*market.columns, *accounts.columns.difference(market.columns)]
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise ParameterError(
            "There is no column to score accounts by",
            value=unknown,
            where="accounts: weights or class_value",
            remedy=suggest(unknown, known),
        )
    by_id = accounts.set_index("account_id").reindex(market["account_id"]).set_axis(market.index)
    columns = {name: (market if name in market else by_id)[name] for name in names}
    return pd.DataFrame(
        {name: pd.to_numeric(values, errors="coerce") for name, values in columns.items()},
        index=market.index,
        dtype=float,
    )


def blank_guesses(values: pd.DataFrame, market: pd.DataFrame) -> pd.DataFrame:
    """Take out what says nothing about the account itself.

    Parameters
    ----------
    values
        From `read_values`.
    market
        potential_source and revenue_amount_per_year of the same rows.

    Returns
    -------
    pandas.DataFrame
        ``values`` without potential and whitespace that are the same for a whole segment. An
        account with revenue keeps them: its potential is never below its revenue.
    """
    is_shared = market["potential_source"].isin(["equal", "median"])
    is_guess = is_shared & ~(market["revenue_amount_per_year"] > 0)
    guessed = values.columns.intersection(_FROM_POTENTIAL)
    return values.assign(**{name: values[name].mask(is_guess) for name in guessed})


def share_of_data(
    values: pd.DataFrame, account_type: "pd.Series[str]", *, weights: Mapping[str, float]
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Compute the share of the weight with data, among the criteria that an account can have.

    Parameters
    ----------
    values
        Criteria of the accounts, missing where unknown.
    account_type
        Type of the same rows.
    weights
        Weight of each criterion, 0 or more.

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n_accounts,); 0 where no criterion can be known.

    Notes
    -----
    Revenue, margin and answers on referral cannot exist for an account that is no customer: where
    it has none, they are left out of the whole, so that a prospect of which all the rest is known
    has a share of 1 and is not held back in its class. Where it has one all the same, as a former
    customer may, the value counts as for a customer.
    """
    weight = np.array([weights[str(name)] for name in values], dtype=float)
    is_known = np.isfinite(values.to_numpy(dtype=float))
    is_of_customers = values.columns.isin(OF_CUSTOMERS)
    is_no_customer = (account_type != "customer").to_numpy(dtype=bool)
    can_exist = is_known | ~(is_no_customer[:, np.newaxis] & is_of_customers)
    whole = (can_exist * weight).sum(axis=1)
    known = (is_known * weight).sum(axis=1)
    return np.asarray(np.divide(known, whole, out=np.zeros(len(values)), where=whole > 0))


def find_bounds(
    values: pd.DataFrame,
    *,
    stored: pd.DataFrame | None,
    given: Mapping[str, tuple[float, float]],
) -> pd.DataFrame:
    """Find the values that score 0 and 100.

    Parameters
    ----------
    values
        Criteria of the accounts, missing where unknown.
    stored
        ``score_bounds`` of the whole plan, or None.
    given
        Bounds that the options set, by criterion.

    Returns
    -------
    pandas.DataFrame
        Table ``score_bounds``: as set, else as stored, else from the values; missing where nothing
        is known, so that the first data that come set them.

    Raises
    ------
    ParameterError
        When bounds that are set do not rise.
    """
    kept = {} if stored is None else stored.dropna().set_index("criterion").T.to_dict("list")
    rows = []
    for name in values:
        low, high = given.get(str(name)) or kept.get(name) or _bounds(values[name].to_numpy())
        if name in given and not low < high:
            raise ParameterError(
                "The value that scores 0 must be below the value that scores 100",
                value=f"{low:g} and {high:g}",
                where=f"accounts: bounds: {name}",
                remedy="Give the lower value first.",
            )
        rows.append((name, low, high))
    return pd.DataFrame(rows, columns=["criterion", "low_value", "high_value"])


def _bounds(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float]:
    return bounds_of(values) if np.isfinite(values).any() else (np.nan, np.nan)
