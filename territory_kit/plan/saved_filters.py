"""Check the saved filters of the options as soon as they are read, before any data are."""

import re

from territory_kit.columns import filter_kinds
from territory_kit.expressions import parse_saved
from territory_kit.options import Options


def check_filters(options: Options) -> Options:
    """Read every saved filter against the declared columns of accounts.

    Parameters
    ----------
    options
        Options as read.

    Returns
    -------
    Options
        The same options.

    Raises
    ------
    ParameterError
        When a filter cannot be read, or asks for a column that accounts cannot have. Whether the
        accounts have a ``need_<skill>_share`` is known when the step runs.
    """
    texts = options.market.filters
    words = sorted({word for text in texts.values() for word in re.findall(r"\w+", text)})
    parse_saved(texts, columns=filter_kinds("accounts", further=words))
    return options
