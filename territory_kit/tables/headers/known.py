"""Headers of CRM exports by table: which of our columns they mean.

Objects and fields are those of Salesforce (Account, Opportunity, Event, User, Territory2), HubSpot
(company, deal) and Dynamics (account, territory), by their internal name and by the label that an
export shows. "Annual Revenue" is the account's own turnover in all three, never what it spends
with us.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownHeader:
    """Headers that one CRM object gives to one of our columns.

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


def plain_header(header: str) -> str:
    """Reduce a header to its letters and digits, in lower case.

    Parameters
    ----------
    header
        Header as in a file.

    Returns
    -------
    str
        Equal for ``Billing City`` and ``BillingCity``.
    """
    return re.sub(r"[\W_]+", "", header).casefold()


def _headers_of(
    table: str, crm: str, crm_object: str, headers: Mapping[str, tuple[str, ...]]
) -> tuple[KnownHeader, ...]:
    return tuple(KnownHeader(table, c, crm, crm_object, names) for c, names in headers.items())


# In each table the first known header of a column that a file has is used.
KNOWN_HEADERS = (
    *_headers_of(
        "accounts",
        "salesforce",
        "Account",
        {
            "account_id": ("Id", "Account ID"),
            "account_name": ("Name", "Account Name"),
            "current_rep_id": ("OwnerId", "Account Owner"),
            "account_type": ("Type", "Account Type"),
            "industry": ("Industry",),
            "turnover_amount_per_year": ("AnnualRevenue", "Annual Revenue"),
            "employees_count": ("NumberOfEmployees", "Employees"),
            "street": ("BillingStreet", "Billing Street"),
            "city": ("BillingCity", "Billing City"),
            "region": ("BillingState", "Billing State/Province"),
            "postal_code": ("BillingPostalCode", "Billing Zip/Postal Code"),
            "country": ("BillingCountry", "Billing Country"),
            "lat_deg": ("BillingLatitude", "Billing Latitude"),
            "lon_deg": ("BillingLongitude", "Billing Longitude"),
            "last_activity_date": ("LastActivityDate", "Last Activity"),
            "parent_account_id": ("ParentId", "Parent Account"),
        },
    ),
    *_headers_of(
        "accounts",
        "hubspot",
        "company",
        {
            "account_id": ("hs_object_id", "Record ID"),
            "account_name": ("name", "Company name"),
            "current_rep_id": ("hubspot_owner_id", "Company owner"),
            "owner_since_date": ("hubspot_owner_assigneddate", "Owner assigned date"),
            "team": ("hubspot_team_id", "HubSpot Team"),
            "street": ("address", "Street Address"),
            "city": ("city", "City"),
            "region": ("state", "State/Region"),
            "postal_code": ("zip", "Postal Code"),
            "country": ("country", "Country/Region"),
            "lat_deg": ("hs_latitude", "Latitude"),
            "lon_deg": ("hs_longitude", "Longitude"),
            "industry": ("industry", "Industry"),
            "turnover_amount_per_year": ("annualrevenue", "Annual Revenue"),
            "employees_count": ("numberofemployees", "Number of Employees"),
            "account_type": ("type", "Type"),
            "parent_account_id": ("hs_parent_company_id", "Parent Company"),
            "revenue_amount_per_year": ("total_revenue", "Total Revenue"),
            "last_activity_date": (
                "notes_last_updated",
                "Last Activity Date",
                "notes_last_contacted",
                "Last Contacted",
            ),
        },
    ),
    *_headers_of(
        "accounts",
        "dynamics",
        "account",
        {
            "account_id": ("accountid", "(Do Not Modify) Account"),
            "account_name": ("name", "Account Name"),
            "street": ("address1_line1", "Address 1: Street 1"),
            "city": ("address1_city", "Address 1: City"),
            "postal_code": ("address1_postalcode", "Address 1: ZIP/Postal Code"),
            "country": ("address1_country", "Address 1: Country/Region"),
            "employees_count": ("numberofemployees", "No. of Employees"),
            # its internal name is "revenue", which elsewhere means money spent with us
            "turnover_amount_per_year": ("Annual Revenue",),
            "industry": ("industrycode", "Industry"),
            "account_type": ("customertypecode", "Relationship Type"),
            "currency": ("transactioncurrencyid", "Currency"),
            "current_rep_id": ("ownerid", "Owner"),
            "current_territory_id": ("territoryid", "Territory"),
        },
    ),
    *_headers_of(
        "deals",
        "salesforce",
        "Opportunity",
        {
            "deal_id": ("Id", "Opportunity ID"),
            "account_id": ("AccountId", "Account ID"),
            "rep_id": ("OwnerId", "Opportunity Owner"),
            "stage": ("StageName", "Stage"),
            "amount": ("Amount",),
            "win_share": ("Probability", "Probability (%)"),
            "close_date": ("CloseDate", "Close Date"),
            "open_date": ("CreatedDate", "Created Date"),
            "is_won": ("IsWon", "Won"),
            "deal_type": ("Type",),
        },
    ),
    *_headers_of(
        "deals",
        "hubspot",
        "deal",
        {
            "deal_id": ("hs_object_id", "Record ID"),
            "rep_id": ("hubspot_owner_id", "Deal owner"),
            "stage": ("dealstage", "Deal Stage"),
            "amount": ("amount", "Amount"),
            "close_date": ("closedate", "Close Date"),
            "open_date": ("createdate", "Create Date"),
        },
    ),
    *_headers_of(
        "visits",
        "salesforce",
        "Event",
        {
            "account_id": ("AccountId", "Account ID"),
            "rep_id": ("OwnerId", "Assigned"),
            "visit_date": ("ActivityDate", "Date"),
            "channel": ("Type",),
            # in minutes, which reading finds out from the values
            "duration_hours": ("DurationInMinutes", "Duration"),
        },
    ),
    *_headers_of(
        "reps",
        "salesforce",
        "User",
        {
            "rep_id": ("Id", "User ID"),
            "crm_user_id": ("Id", "User ID"),
            "email": ("Email",),
            "rep_name": ("Name", "Full Name"),
            "manager_name": ("ManagerId", "Manager"),
        },
    ),
    *_headers_of(
        "territories",
        "salesforce",
        "Territory2",
        {
            "territory_id": ("Id", "Territory ID"),
            "crm_territory_id": ("Id", "Territory ID"),
            "territory_name": ("Name",),
            "parent_id": ("ParentTerritory2Id",),
        },
    ),
    *_headers_of(
        "territories",
        "dynamics",
        "territory",
        {
            "territory_id": ("territoryid",),
            "territory_name": ("name", "Territory Name"),
            "parent_id": ("parentterritoryid", "Parent"),
        },
    ),
    *(
        KnownHeader(table, column, "any", "", headers)
        for table in ("accounts", "places")
        for column, headers in (
            ("lat_deg", ("lat", "latitude")),
            ("lon_deg", ("lon", "lng", "longitude")),
            ("postal_code", ("postcode", "zip", "zip code")),
        )
    ),
)

# Headers that two of our columns could mean: never guessed.
_MONEY = ("revenue_amount_per_year", "turnover_amount_per_year")
AMBIGUOUS_HEADERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "accounts": {
        "ca": _MONEY,
        "chiffredaffaires": _MONEY,
        "revenue": _MONEY,
        "sales": _MONEY,
        "turnover": _MONEY,
        "umsatz": _MONEY,
    },
}
