"""Find out what a reference means: by identifier, else by one way after the other.

A reference is taken for what the first way finds. Where that way finds several, it is *torn*: none
of them is taken, and no later way is asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd


def are_among(texts: pd.Series, known: pd.Series | pd.Index) -> pd.Series:
    """Tell which texts are among many others.

    Parameters
    ----------
    texts
        Texts, missing ones included.
    known
        What they may be.

    Returns
    -------
    pandas.Series
        Yes or no; no where a text is missing.

    Notes
    -----
    ``Series.isin`` builds a list of Python texts each time, which takes ten times as long.
    """
    places = pd.Index(known.dropna().unique()).get_indexer(pd.Index(texts))
    return pd.Series(places >= 0, index=texts.index)


def as_written(text: pd.Series) -> pd.Series:
    """Compare texts as they are.

    Parameters
    ----------
    text
        Texts.

    Returns
    -------
    pandas.Series
        The same.
    """
    return text


def without_zeros(text: pd.Series) -> pd.Series:
    """Take the leading zeros off numbers, which spreadsheets lose.

    Parameters
    ----------
    text
        Identifiers.

    Returns
    -------
    pandas.Series
        Those of digits alone, without the zeros they begin with; missing where there are others.
    """
    return text.str.extract(r"^0*([1-9][0-9]*)$", expand=False)


@dataclass(frozen=True, eq=False)
class Way:
    """One way to find what is meant.

    Parameters
    ----------
    words
        What is compared, in words: "e-mail".
    ids
        Identifiers of what is known.
    names
        How each is called, in the same order.
    plain
        Turns names into what is compared.
    read
        Turns references into what is compared; None: as names.
    """

    words: str
    ids: pd.Series
    names: pd.Series
    plain: Callable[[pd.Series], pd.Series] = as_written
    read: Callable[[pd.Series], pd.Series] | None = None

    @cached_property
    def known(self) -> pd.DataFrame:
        """Every different pair of ``key``, what is compared, and ``id``; made when first asked."""
        keys = self.plain(self.names).to_numpy()
        return pd.DataFrame({"key": keys, "id": self.ids.to_numpy()}).dropna().drop_duplicates()


def resolve(named: pd.Series, ways: Sequence[Way]) -> pd.DataFrame:
    """Find what references mean.

    Parameters
    ----------
    named
        References, repeated and missing ones included.
    ways
        Ways to find what is meant, the surest first.

    Returns
    -------
    pandas.DataFrame
        By reference, those alone that some way finds: ``id``, missing where several are meant;
        ``way``, in words; ``others``, the identifiers that are meant where there are several.
    """
    rest = pd.Series(named.dropna().unique(), dtype="str")
    parts = []
    for way in ways:
        if rest.empty:
            break
        found = _find(rest, way)
        parts.append(found)
        rest = rest.loc[~are_among(rest, found.index)]
    full = [part for part in parts if len(part)]
    return pd.concat(full) if full else _empty()


def _find(rest: pd.Series, way: Way) -> pd.DataFrame:
    asked = pd.DataFrame({"reference": rest, "key": (way.read or way.plain)(rest)}).dropna()
    if asked.empty:
        return _empty()
    pairs = way.known.loc[are_among(way.known["key"], asked["key"])].sort_values(["key", "id"])
    if pairs.empty:
        return _empty()
    meant = asked.merge(pairs.groupby("key")["id"].agg(["first", "size"]), on="key")
    is_one = meant["size"] == 1
    torn = pairs.loc[are_among(pairs["key"], meant.loc[~is_one, "key"])]
    others = torn.groupby("key")["id"].agg(", ".join)
    return pd.DataFrame(
        {
            "id": meant["first"].where(is_one).astype("str"),
            "way": way.words,
            "others": meant["key"].map(others).astype("str"),
        }
    ).set_index(meant["reference"].to_numpy())


def _empty() -> pd.DataFrame:
    names = ("id", "way", "others")
    return pd.DataFrame({name: pd.Series(dtype="str") for name in names})
