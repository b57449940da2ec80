"""Headers of Salesforce exports: internal names (Data Loader) and labels (reports).

Sources: the official field reference for Account, User and territories; for Opportunity and Event
general knowledge of the standard objects, as for the shipping address and currency fields.
"""

from territory_kit.tables.headers.crm_object import crm_object

SALESFORCE = (
    crm_object(
        "salesforce",
        "Account",
        "accounts",
        {
            "account_id": ("Id", "Account ID|Account ID (18)"),
            "account_name": ("Name", "Account Name"),
            "current_rep_id": ("OwnerId", "Account Owner|Account Owner ID|Account Owner Alias"),
            "account_type": ("Type", "Account Type"),
            "industry": ("Industry", ""),
            "turnover_amount_per_year": ("AnnualRevenue", "Annual Revenue"),
            "employees_count": ("NumberOfEmployees", "Employees"),
            "street": ("BillingStreet ShippingStreet", "Billing Street|Shipping Street"),
            "city": ("BillingCity ShippingCity", "Billing City|Shipping City"),
            "region": (
                "BillingState BillingStateCode ShippingState",
                "Billing State/Province|Billing State/Province (text only)|Shipping State/Province",
            ),
            "postal_code": (
                "BillingPostalCode ShippingPostalCode",
                "Billing Zip/Postal Code|Shipping Zip/Postal Code",
            ),
            "country": (
                "BillingCountry BillingCountryCode ShippingCountry",
                "Billing Country|Billing Country (text only)|Shipping Country",
            ),
            "lat_deg": ("BillingLatitude ShippingLatitude", "Billing Latitude|Shipping Latitude"),
            "lon_deg": (
                "BillingLongitude ShippingLongitude",
                "Billing Longitude|Shipping Longitude",
            ),
            "last_activity_date": ("LastActivityDate", "Last Activity"),
            "parent_account_id": ("ParentId", "Parent Account ID|Parent Account"),
            "currency": ("CurrencyIsoCode", "Account Currency|Annual Revenue Currency"),
        },
        "AccountNumber|AccountSource|Account Source|Account Site|Rating|SicDesc",
    ),
    crm_object(
        "salesforce",
        "Opportunity",
        "deals",
        {
            "deal_id": ("Id", "Opportunity ID"),
            "account_id": ("AccountId", "Account ID|Account Name"),
            "rep_id": ("OwnerId", "Opportunity Owner|Opportunity Owner ID"),
            "stage": ("StageName", "Stage"),
            "amount": ("Amount", ""),
            "currency": ("CurrencyIsoCode", "Opportunity Currency|Amount Currency"),
            "win_share": ("Probability", "Probability (%)"),
            "close_date": ("CloseDate", "Close Date"),
            "open_date": ("CreatedDate", "Created Date"),
            "is_closed": ("IsClosed", "Closed"),
            "is_won": ("IsWon", "Won"),
            "deal_type": ("Type", ""),
        },
        "Opportunity Name|Fiscal Period|Next Step|Lead Source|LeadSource|ForecastCategory",
    ),
    crm_object(
        "salesforce",
        "Event",
        "visits",
        {
            "account_id": ("AccountId", "Account ID|Company / Account|Account Name"),
            "rep_id": ("OwnerId", "Assigned|Assigned ID"),
            "visit_date": ("ActivityDate", "Date"),
            "channel": ("Type EventSubtype", ""),
            # in minutes, as values.durations knows
            "duration_hours": ("DurationInMinutes", "Duration"),
        },
        "Subject|Activity ID|WhatId|WhoId|ActivityDateTime|Location",
    ),
    crm_object(
        "salesforce",
        "User",
        "reps",
        {
            "rep_id": ("Id", "User ID"),
            "crm_user_id": ("Id", "User ID"),
            "email": ("Email", ""),
            "rep_name": ("Name", "Full Name"),
            "manager_name": ("ManagerId", "Manager"),
            "is_active": ("IsActive", "Active"),
        },
        "Alias|Username|Profile|ProfileId|City|Country",
    ),
    crm_object(
        "salesforce",
        "Territory2",
        "territories",
        {
            "territory_id": ("Id", "Territory ID"),
            "crm_territory_id": ("Id", "Territory ID"),
            "territory_name": ("Name DeveloperName", "Territory Name"),
            "parent_id": ("ParentTerritory2Id", ""),
        },
        "Territory2ModelId|Territory2TypeId|AccountAccessLevel|OpportunityAccessLevel"
        "|CaseAccessLevel|ContactAccessLevel|ForecastUserId",
    ),
)
