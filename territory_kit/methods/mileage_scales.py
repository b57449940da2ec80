"""Official mileage scales, as dated data."""

import math
from datetime import date

from territory_kit.methods.mileage import Band, Scale

# Renew each spring: the French scale is set by decree, mostly between February and April, for the
# driving of the year before, and employers use it for the year that runs. Add a new scale for the
# new year, leave the old one, and end this one where the new one begins.
FRANCE_2023_TO_2025 = Scale(
    name="barème kilométrique, voitures",
    valid_from=date(2023, 1, 1),
    valid_to=date(2025, 12, 31),
    currency="EUR",
    source=(
        "arrêté du 27 mars 2023 (JORFTEXT000047416556), CGI annexe IV article 6 B; "
        "unchanged in the tax brochures of 2024 and 2025"
    ),
    bands=(
        Band(3, 5_000, 0.529),
        Band(3, 20_000, 0.316, 1_065),
        Band(3, math.inf, 0.370),
        Band(4, 5_000, 0.606),
        Band(4, 20_000, 0.340, 1_330),
        Band(4, math.inf, 0.407),
        Band(5, 5_000, 0.636),
        Band(5, 20_000, 0.357, 1_395),
        Band(5, math.inf, 0.427),
        Band(6, 5_000, 0.665),
        Band(6, 20_000, 0.374, 1_457),
        Band(6, math.inf, 0.447),
        Band(7, 5_000, 0.697),
        Band(7, 20_000, 0.394, 1_515),
        Band(7, math.inf, 0.470),
    ),
    electric_factor=1.2,
)

FRENCH_SCALES: tuple[Scale, ...] = (FRANCE_2023_TO_2025,)
