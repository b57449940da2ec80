"""The two forms of a Salesforce identifier: 15 characters, or 18 that survive a spreadsheet.

The 15 characters differ by case alone. Three more say which of them are capitals: one letter or
digit for each five characters, whose bits count the capitals from the first character on.
"""

import numpy as np
import pandas as pd

SHORT_LENGTH = 15
LONG_LENGTH = 18
_ALPHABET = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", dtype=np.uint8)
_BITS = 1 << np.arange(5)
_FIRST_CAPITAL, _LAST_CAPITAL = ord("A"), ord("Z")


def short_ids(ids: pd.Series) -> pd.Series:
    """Write identifiers with 15 characters where the other three are their checksum.

    Parameters
    ----------
    ids
        Identifiers, missing ones included.

    Returns
    -------
    pandas.Series
        New texts; what is no 18-character identifier, or has a wrong checksum, stays as it is.

    Examples
    --------
    >>> short_ids(pd.Series(["001A0000006Vm9rIAC", "R1"])).tolist()
    ['001A0000006Vm9r', 'R1']
    """
    is_long = ids.str.fullmatch(f"[A-Za-z0-9]{{{LONG_LENGTH}}}").eq(other=True)
    long = ids.loc[is_long]
    if long.empty:
        return ids
    short = long.str.slice(stop=SHORT_LENGTH)
    right = short.loc[long.str.slice(SHORT_LENGTH) == _checksums(short)]
    return ids.mask(ids.index.isin(right.index), right.reindex(ids.index))


def long_ids(ids: pd.Series) -> pd.Series:
    """Write identifiers of 15 letters and digits with 18.

    Parameters
    ----------
    ids
        Identifiers, missing ones included.

    Returns
    -------
    pandas.Series
        Only those of 15 letters and digits, with their checksum.

    Examples
    --------
    >>> long_ids(pd.Series(["001A0000006Vm9r", "R1"])).tolist()
    ['001A0000006Vm9rIAC']
    """
    short = ids.loc[ids.str.fullmatch(f"[A-Za-z0-9]{{{SHORT_LENGTH}}}").eq(other=True)]
    return short + _checksums(short)


def _checksums(short: pd.Series) -> pd.Series:
    """Compute three characters for each identifier of 15."""
    codes = np.frombuffer("".join(short).encode("ascii"), dtype=np.uint8).reshape(-1, SHORT_LENGTH)
    is_capital = (codes >= _FIRST_CAPITAL) & (codes <= _LAST_CAPITAL)
    places = is_capital.reshape(-1, 3, len(_BITS)) @ _BITS
    texts = _ALPHABET[places].tobytes().decode("ascii")
    sums = [texts[start : start + 3] for start in range(0, len(texts), 3)]
    return pd.Series(sums, short.index, dtype="str")
