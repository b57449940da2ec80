"""Headers of HubSpot exports: internal names and labels of properties.

Sources: stored property lists for companies; for deals general knowledge of the object.
"""

from territory_kit.tables.headers.crm_object import crm_object

HUBSPOT = (
    crm_object(
        "hubspot",
        "company",
        "accounts",
        {
            "account_id": ("hs_object_id", "Record ID|Company ID"),
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
                "notes_last_updated notes_last_contacted",
                "Last Activity Date|Last Contacted",
            ),
            "currency": ("hs_annual_revenue_currency_code", "Annual Revenue Currency Code"),
        },
        "Company Domain Name|lifecyclestage|Lifecycle Stage|hs_ideal_customer_profile"
        "|Ideal Customer Profile Tier|hs_is_target_account|hs_num_open_deals"
        "|Number of open deals|hs_total_deal_value|Total open deal value",
    ),
    crm_object(
        "hubspot",
        "deal",
        "deals",
        {
            "deal_id": ("hs_object_id", "Record ID|Deal ID"),
            "account_id": ("", "Associated Company IDs|Associated Company ID|Associated Company"),
            "rep_id": ("hubspot_owner_id", "Deal owner"),
            "stage": ("dealstage", "Deal Stage"),
            "amount": ("amount", "Amount"),
            "currency": ("deal_currency_code", "Currency"),
            "win_share": ("hs_deal_stage_probability", "Deal probability"),
            "close_date": ("closedate", "Close Date"),
            "open_date": ("createdate", "Create Date"),
            "is_closed": ("hs_is_closed", "Is Deal Closed?"),
            "is_won": ("hs_is_closed_won", "Is Closed Won"),
            "deal_type": ("dealtype", "Deal Type"),
        },
        "dealname|Deal Name|pipeline|Pipeline|Associated Contact|Associated Contact IDs",
    ),
)
