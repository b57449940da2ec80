"""Columns of step 5 about driving as an official mileage scale prices it."""

from territory_kit.columns.column import Column

KM_SOURCES = ("declared", "estimated")

MILEAGE_COLUMNS = (
    Column(
        "driven_km_per_year",
        "number",
        "Declared driving of the last year of data; where the rep has declared none, the "
        "estimate for the proposed territories.",
        "Driving",
        0,
    ),
    Column(
        "km_source",
        "choice",
        "Whether the driving is declared or estimated.",
        "Driving is",
        choices=KM_SOURCES,
    ),
    Column(
        "mileage_amount_per_year",
        "money",
        "What the official mileage scale gives for the driving.",
        "By the scale",
        0,
    ),
)
