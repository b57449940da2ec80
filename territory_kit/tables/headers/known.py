"""All headers that are known: those of CRM exports, everyday words, and words that say too little.

Salesforce, HubSpot and Dynamics each have a module of their own. "Annual Revenue" is the account's
own turnover in all three, never what it spends with us.
"""

import re
from collections.abc import Mapping

from territory_kit.tables.headers.crm_object import plain_header
from territory_kit.tables.headers.dynamics import DYNAMICS
from territory_kit.tables.headers.everyday import EVERYDAY
from territory_kit.tables.headers.hubspot import HUBSPOT
from territory_kit.tables.headers.salesforce import SALESFORCE

__all__ = ["AMBIGUOUS_HEADERS", "CRM_OBJECTS", "EVERYDAY", "could_mean", "plain_header"]

CRM_OBJECTS = (*SALESFORCE, *HUBSPOT, *DYNAMICS)

_MONEY = ("revenue_amount_per_year", "turnover_amount_per_year")
# Headers that two of our columns could mean: never guessed, unless they are a CRM's own.
AMBIGUOUS_HEADERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "accounts": {
        "ca": _MONEY,
        "caannuel": _MONEY,
        "chiffredaffaires": _MONEY,
        "jahresumsatz": _MONEY,
        "revenue": _MONEY,
        "sales": _MONEY,
        "secteur": ("industry", "current_territory_id"),
        "turnover": _MONEY,
        "umsatz": _MONEY,
    },
}
# What a header says besides its meaning: of which year, in which currency.
_BESIDES = re.compile(r"(19|20)\d\d|last year|letztes jahr|vorjahr|\b(eur|usd|gbp|chf|k€)\b|[€$£]")


def could_mean(table: str, header: str) -> tuple[str, ...]:
    """Say which of our columns a header that says too little could mean.

    Parameters
    ----------
    table
        Name of the input.
    header
        Header as in a file; a year or a currency in it counts for nothing.

    Returns
    -------
    tuple of str
        Our names; none for a header that is clear or unknown.

    Examples
    --------
    >>> could_mean("accounts", "Umsatz 2025 (EUR)")
    ('revenue_amount_per_year', 'turnover_amount_per_year')
    """
    meaning = plain_header(_BESIDES.sub("", header.casefold()))
    return AMBIGUOUS_HEADERS.get(table, {}).get(meaning, ())
