"""All headers that are known: those of CRM exports, everyday words, and words that say too little.

Salesforce, HubSpot and Dynamics each have a module of their own. "Annual Revenue" is the account's
own turnover in all three, never what it spends with us.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from territory_kit.tables.headers.crm_object import plain_header
from territory_kit.tables.headers.dynamics import DYNAMICS
from territory_kit.tables.headers.everyday import EVERYDAY
from territory_kit.tables.headers.hubspot import HUBSPOT
from territory_kit.tables.headers.salesforce import SALESFORCE

__all__ = ["AMBIGUOUS_HEADERS", "CRM_OBJECTS", "EVERYDAY", "KNOWN_HEADERS", "plain_header"]

CRM_OBJECTS = (*SALESFORCE, *HUBSPOT, *DYNAMICS)


@dataclass(frozen=True)
class KnownHeader:
    """Headers that one CRM object, or everyday language, gives to one of our columns.

    Parameters
    ----------
    table, column
        Our names.
    crm, crm_object
        Where it comes from; ``any`` and empty for everyday words.
    headers
        All headers, as exports write them.
    """

    table: str
    column: str
    crm: str
    crm_object: str
    headers: tuple[str, ...]


KNOWN_HEADERS = tuple(
    KnownHeader(known.table, column, known.crm, known.name, headers)
    for known in (*CRM_OBJECTS, *EVERYDAY)
    for column, headers in known.headers.items()
)

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
