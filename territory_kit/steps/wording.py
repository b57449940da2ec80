"""Numbers in the sentences of steps 3 to 5."""


def percent(share: float) -> str:
    """Write a share in percent.

    Parameters
    ----------
    share
        Share, 1 is all.

    Returns
    -------
    str
        Whole percent.

    Examples
    --------
    >>> percent(0.126)
    '13 %'
    """
    return f"{100 * share:,.0f} %"


def counted(count: float, thing: str) -> str:
    """Write a number of things, the word in its plural where needed.

    Parameters
    ----------
    count
        How many.
    thing
        The word for one of them; an s makes it many.

    Returns
    -------
    str
        Number and word.

    Examples
    --------
    >>> counted(1, "account"), counted(1200, "account")
    ('1 account', '1,200 accounts')
    """
    return f"{count:,.0f} {thing}{'' if count == 1 else 's'}"
