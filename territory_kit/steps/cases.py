"""Choose a text for each row: the first case that holds decides."""

from collections.abc import Sequence

import pandas as pd


def first_case(cases: Sequence[tuple[pd.Series, pd.Series | str]], default: pd.Series) -> pd.Series:
    """Choose the text of the first case that holds.

    Parameters
    ----------
    cases
        Whether the case holds, and its text, row by row; the strongest case first.
    default
        Texts where no case holds; its index is that of the cases.

    Returns
    -------
    pandas.Series
        One text, or a missing one, for each row.

    Examples
    --------
    >>> first_case([(pd.Series([True, False]), "yes")], pd.Series(["no", "no"])).tolist()
    ['yes', 'no']
    """
    chosen = default.astype("str")
    for holds, words in reversed(cases):
        chosen = chosen.mask(holds, words)
    return chosen
