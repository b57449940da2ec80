"""Rows that show how the sheets of the input workbook are filled in; never read as data."""

from collections.abc import Mapping, Sequence
from datetime import date

# Reading leaves out rows whose identifiers begin like this.
EXAMPLE = "EXAMPLE-"

Cell = str | float | date

_RENNES = {"city": "Rennes", "postal_code": "35000", "country": "FR", "region": "Bretagne"}
_BREST = {"city": "Brest", "postal_code": "29200", "country": "FR", "region": "Bretagne"}

EXAMPLE_ROWS: Mapping[str, Sequence[Mapping[str, Cell]]] = {
    "accounts": (
        {
            "account_id": f"{EXAMPLE}A1",
            "account_name": "Café of an example",
            "account_type": "customer",
            "lat_deg": 48.1113,
            "lon_deg": -1.68,
            **_RENNES,
            "segment": "Restaurant",
            "employees_count": 12,
            "revenue_amount_per_year": 18000,
            "margin_share": 0.35,
            "potential_amount_per_year": 40000,
            "coverage": "field",
            "current_territory_id": f"{EXAMPLE}T1",
            "current_rep_id": f"{EXAMPLE}R1",
            "owner_since_date": date(2024, 3, 1),
            "lock": "none",
        },
        {
            "account_id": f"{EXAMPLE}A2",
            "account_name": "Hotel without coordinates",
            "account_type": "prospect",
            **_BREST,
            "segment": "Hotel",
            "employees_count": 45,
            "potential_amount_per_year": 25000,
        },
    ),
    "reps": (
        {
            "rep_id": f"{EXAMPLE}R1",
            "rep_name": "Rep of an example",
            "email": "rep@company.example",
            "role": "owner",
            "region": "Bretagne",
            "home_lat_deg": 48.1173,
            "home_lon_deg": -1.6778,
            "capacity_hours_per_year": 1600,
            "fte_share": 1,
            "quota_amount_per_year": 900000,
            "preferred_territory_ids": f"{EXAMPLE}T1",
            "start_date": date(2021, 9, 1),
            "is_vacancy": "no",
            "is_active": "yes",
        },
        {
            "rep_id": f"{EXAMPLE}R2",
            "rep_name": "Job that is open",
            "role": "owner",
            "region": "Bretagne",
            "fte_share": 0.8,
            "is_vacancy": "yes",
        },
    ),
    "territories": (
        {
            "territory_id": f"{EXAMPLE}T1",
            "territory_name": "Rennes",
            "region": "Bretagne",
            "rep_id": f"{EXAMPLE}R1",
            "size_share": 1,
            "field_rank": 1,
        },
        {
            "territory_id": f"{EXAMPLE}T2",
            "territory_name": "Brest",
            "region": "Bretagne",
            "rep_id": f"{EXAMPLE}R2",
            "size_share": 0.8,
        },
    ),
    "visits": (
        {
            "account_id": f"{EXAMPLE}A1",
            "rep_id": f"{EXAMPLE}R1",
            "visit_date": date(2026, 5, 4),
            "channel": "visit",
            "duration_hours": 1.5,
            "distance_km": 12,
        },
        {
            "account_id": f"{EXAMPLE}A2",
            "rep_id": f"{EXAMPLE}R1",
            "visit_date": date(2026, 5, 11),
            "channel": "phone",
            "duration_hours": 0.25,
        },
    ),
    "deals": (
        {
            "deal_id": f"{EXAMPLE}D1",
            "account_id": f"{EXAMPLE}A1",
            "rep_id": f"{EXAMPLE}R1",
            "stage": "Won",
            "amount": 6000,
            "open_date": date(2026, 1, 12),
            "close_date": date(2026, 3, 2),
            "is_closed": "yes",
            "is_won": "yes",
            "deal_type": "renewal",
        },
        {
            "deal_id": f"{EXAMPLE}D2",
            "account_id": f"{EXAMPLE}A2",
            "rep_id": f"{EXAMPLE}R1",
            "stage": "Offer",
            "amount": 9000,
            "win_share": 0.4,
            "open_date": date(2026, 9, 7),
            "is_closed": "no",
        },
    ),
    "account_team": (
        {
            "account_id": f"{EXAMPLE}A1",
            "rep_id": f"{EXAMPLE}R1",
            "role": "owner",
            "credit_share": 0.8,
        },
        {
            "account_id": f"{EXAMPLE}A1",
            "rep_id": f"{EXAMPLE}R2",
            "role": "overlay",
            "credit_share": 0.2,
        },
    ),
    "places": (
        {
            "country": f"{EXAMPLE}FR",
            "postal_code": "01000",
            "city": "Bourg-en-Bresse",
            "lat_deg": 46.2052,
            "lon_deg": 5.2255,
        },
        {
            "country": f"{EXAMPLE}FR",
            "postal_code": "35000",
            "city": "Rennes",
            "lat_deg": 48.1113,
            "lon_deg": -1.68,
        },
    ),
    "regional_statistics": (
        {
            "area_id": f"{EXAMPLE}29",
            "area_name": "Finistère",
            "region": "Bretagne",
            "income_share": 0.0132,
            "retail_sales_share": 0.0141,
            "population_share": 0.0138,
            "category_sales_share": 0.016,
            "brand_sales_share": 0.011,
        },
        {
            "area_id": f"{EXAMPLE}Corse",
            "area_name": "Corse",
            "income_share": 0.0049,
            "retail_sales_share": 0.0058,
            "population_share": 0.0052,
        },
    ),
    "overrides": (
        {
            "override_id": f"{EXAMPLE}O1",
            "scope": "account",
            "value": f"{EXAMPLE}A1",
            "action": "to_territory",
            "target": f"{EXAMPLE}T2",
            "reason": "Same owner as a hotel in Brest",
            "author": "Regional manager",
            "decided_date": date(2026, 10, 5),
            "status": "accepted",
        },
        {
            "override_id": f"{EXAMPLE}O2",
            "scope": "city",
            "value": "Brest",
            "action": "keep_together",
            "reason": "One tour a week",
            "author": "Regional manager",
            "decided_date": date(2026, 10, 6),
            "status": "proposed",
        },
    ),
}
