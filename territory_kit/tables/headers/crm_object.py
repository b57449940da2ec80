"""What one object of a CRM is, and how headers are compared."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

CRM_NAMES = MappingProxyType(
    {"dynamics": "Dynamics", "hubspot": "HubSpot", "salesforce": "Salesforce"}
)


@dataclass(frozen=True, eq=False)
class CrmObject:
    """The headers of one kind of export, and which of our columns they mean.

    Parameters
    ----------
    crm
        ``salesforce``, ``hubspot`` or ``dynamics``; ``any`` for everyday words.
    name
        What the CRM calls a row, such as ``Opportunity``; empty for everyday words.
    table
        Our table.
    fields
        By our column: the CRM's internal names. The first that a file has is used.
    labels
        By our column: the headers that people see in its exports, likewise.
    others
        Headers that tell the object, but mean nothing to us.
    """

    crm: str
    name: str
    table: str
    fields: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...] = ()

    @cached_property
    def headers(self) -> Mapping[str, tuple[str, ...]]:
        """All headers by our column, internal names first."""
        names = dict.fromkeys([*self.fields, *self.labels])
        return {name: self.fields.get(name, ()) + self.labels.get(name, ()) for name in names}

    @cached_property
    def plain_headers(self) -> frozenset[str]:
        """All its headers, reduced to letters and digits."""
        known = [header for headers in self.headers.values() for header in headers]
        return frozenset(plain_header(header) for header in (*known, *self.others))


def crm_object(
    crm: str, name: str, table: str, columns: Mapping[str, tuple[str, str]], others: str = ""
) -> CrmObject:
    """Declare an object with its headers as words in texts.

    Parameters
    ----------
    crm, name, table
        As in `CrmObject`.
    columns
        By our column: internal names separated by spaces, and labels separated by ``|``.
    others
        Headers that mean nothing to us, separated by ``|``.

    Returns
    -------
    CrmObject
        The declared object.
    """
    return CrmObject(
        crm,
        name,
        table,
        MappingProxyType(
            {column: tuple(fields.split()) for column, (fields, _) in columns.items()}
        ),
        MappingProxyType({column: _split(labels) for column, (_, labels) in columns.items()}),
        _split(others),
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(word for part in words.split("|") if (word := part.strip()))


def plain_header(header: str) -> str:
    """Reduce a header to its letters and digits, in lower case and without accents.

    Parameters
    ----------
    header
        Header as in a file.

    Returns
    -------
    str
        Equal for ``Billing City`` and ``BillingCity``, for ``Région`` and ``REGION``.
    """
    # by a test of its own: most headers are ASCII, and taking letters apart is slow
    text = header if header.isascii() else unicodedata.normalize("NFKD", header)
    return re.sub(r"[\W_]+", "", text).casefold()
