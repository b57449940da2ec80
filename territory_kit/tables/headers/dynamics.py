"""Headers of Dynamics exports: labels of its workbooks, and internal names.

Sources: public files and documentation; the labels Owner, Territory and State/Province were not
seen in an export.
"""

from territory_kit.tables.headers.crm_object import crm_object

DYNAMICS = (
    crm_object(
        "dynamics",
        "account",
        "accounts",
        {
            "account_id": ("accountid", "(Do Not Modify) Account"),
            "account_name": ("name", "Account Name"),
            "street": ("address1_line1", "Address 1: Street 1"),
            "city": ("address1_city", "Address 1: City"),
            "region": ("address1_stateorprovince", "Address 1: State/Province"),
            "postal_code": ("address1_postalcode", "Address 1: ZIP/Postal Code"),
            "country": ("address1_country", "Address 1: Country/Region"),
            "lat_deg": ("address1_latitude", "Address 1: Latitude"),
            "lon_deg": ("address1_longitude", "Address 1: Longitude"),
            "employees_count": ("numberofemployees", "Number of Employees|No. of Employees"),
            "turnover_amount_per_year": ("revenue", "Annual Revenue"),
            "industry": ("industrycode", "Industry"),
            "account_type": ("customertypecode", "Relationship Type"),
            "currency": ("transactioncurrencyid", "Currency"),
            "current_rep_id": ("ownerid", "Owner"),
            "current_territory_id": ("territoryid", "Territory"),
            "parent_account_id": ("parentaccountid", "Parent Account"),
        },
        "(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|modifiedon|Main Phone"
        "|Primary Contact",
    ),
    crm_object(
        "dynamics",
        "territory",
        "territories",
        {
            "territory_id": ("territoryid", "(Do Not Modify) Territory"),
            "territory_name": ("name", "Territory Name"),
            "parent_id": ("parentterritoryid", "Parent"),
        },
        "(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|managerid",
    ),
)
