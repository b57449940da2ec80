"""Visits, video and phone calls as one effort, and the mixes of them that an account allows."""

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.call_allocation import CallOptions

# Effective calls per contact, lowest and highest: starting points to be varied and then learned
# from one's own trials, not findings.
EFFECTIVENESS_RANGES = {"visit": (1.0, 1.0), "video": (0.5, 0.9), "phone": (0.2, 0.6)}

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def list_mixes(most_counts: Ints) -> Ints:
    """List all mixes of channels up to the most contacts through each, from none on.

    Parameters
    ----------
    most_counts
        Most contacts through each channel, 0 or more, shape (n_channels,).

    Returns
    -------
    numpy.ndarray
        Contacts through each channel, shape (n_mixes, n_channels).

    Examples
    --------
    >>> list_mixes(np.array([1, 2])).tolist()
    [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]
    """
    return np.indices(tuple(most_counts + 1)).reshape(len(most_counts), -1).T


def effective_calls(mixes: Ints, effectiveness: Floats) -> Floats:
    """Compute how many visits a mix of channels is worth.

    Parameters
    ----------
    mixes
        Contacts through each channel, 0 or more, shape (n_mixes, n_channels).
    effectiveness
        Visits that one contact is worth, 0 to 1, shape (n_channels,); that of a visit is 1. There
        is no value that holds everywhere: vary it, see ``EFFECTIVENESS_RANGES``.

    Returns
    -------
    numpy.ndarray
        Effective calls, shape (n_mixes,).

    Raises
    ------
    ParameterError
        An effectiveness is not between 0 and 1, or none of them is that of a visit.
    """
    is_share = ((effectiveness >= 0) & (effectiveness <= 1)).all()
    if not (is_share and effectiveness.max(initial=0) == 1):
        raise ParameterError(
            "Effectiveness of channels must be measured in visits",
            value=", ".join(f"{value:g}" for value in effectiveness),
            where="effectiveness",
            remedy="Give 1 for a visit and 0 to 1 for the other channels.",
        )
    return np.asarray(mixes @ effectiveness, dtype=np.float64)


def mix_options(
    sales_gains: Floats,
    mixes: Ints,
    *,
    channel_hours: Floats,
    channel_costs: Floats,
    least_counts: Ints,
    is_welcome: Bools,
) -> CallOptions:
    """Make an option of each mix of channels, less its cost, where the account allows it.

    Parameters
    ----------
    sales_gains
        Margin that each account brings with each mix, money, shape (n_accounts, n_mixes); a curve
        of sales at the effective calls of the mix.
    mixes
        Contacts through each channel, shape (n_mixes, n_channels).
    channel_hours
        Hours of one contact with its travel, shape (n_channels,).
    channel_costs
        Cost of one contact besides the hours, such as kilometres and tools, money, shape
        (n_channels,).
    least_counts
        Fewest contacts of each account through each channel, such as visits by its class, shape
        (n_accounts, n_channels).
    is_welcome
        Whether each account accepts each channel, shape (n_accounts, n_channels).

    Returns
    -------
    CallOptions
        One option per mix.

    Raises
    ------
    ParameterError
        No mix is left for an account, or hours are below 0.
    """
    has_enough = (mixes[None, :, :] >= least_counts[:, None, :]).all(axis=2)
    is_accepted = ((mixes[None, :, :] == 0) | is_welcome[:, None, :]).all(axis=2)
    gains = np.where(has_enough & is_accepted, sales_gains - mixes @ channel_costs, -np.inf)
    return CallOptions(gains, np.tile(mixes @ channel_hours, (len(gains), 1)))
