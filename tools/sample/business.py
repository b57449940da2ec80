"""What Maison Brindalor sells to whom: segments, seasons and sizes, all invented."""

from dataclasses import dataclass
from datetime import date

YEAR_START = date(2025, 11, 1)
YEAR_END = date(2026, 10, 31)


@dataclass(frozen=True)
class Segment:
    """What the accounts of a segment have in common.

    Parameters
    ----------
    name
        Name of the segment.
    industry
        Code of the French classification of activities.
    weight
        Share of the accounts.
    employees_median
        Employees of the middle account.
    employees_spread
        Standard deviation of the logarithm of the employees.
    potential_per_employee
        Drinks bought per employee and year, EUR.
    turnover_per_employee
        Own sales per employee and year, EUR.
    visit_hours
        Length of one visit with tasting, cellar or shelf check and order.
    margin_share
        Usual gross margin.
    needs
        Usual need of wine, key account and English skills.
    """

    name: str
    industry: str
    weight: float
    employees_median: float
    employees_spread: float
    potential_per_employee: float
    turnover_per_employee: float
    visit_hours: float
    margin_share: float
    needs: tuple[float, float, float]


SKILLS = ("wine", "keyaccount", "english")

CAFE = Segment("Café & bar", "56.30Z", 0.30, 4, 0.6, 4_200, 62_000, 1.25, 0.34, (0.2, 0.05, 0.1))
RESTAURANT = Segment(
    "Restaurant", "56.10A", 0.32, 8, 0.75, 2_200, 70_000, 1.5, 0.36, (0.6, 0.1, 0.2)
)
HOTEL = Segment("Hotel", "55.10Z", 0.14, 18, 0.9, 1_900, 85_000, 1.75, 0.33, (0.4, 0.45, 0.7))
WINE_SHOP = Segment(
    "Wine shop", "47.25Z", 0.10, 2.5, 0.55, 20_000, 190_000, 1.75, 0.29, (0.95, 0.1, 0.2)
)
RETAIL = Segment(
    "Supermarket & wholesale", "47.11D", 0.08, 32, 0.9, 3_400, 240_000, 2, 0.21, (0.3, 0.85, 0.1)
)
CANTEEN = Segment("Canteen", "56.29B", 0.06, 25, 0.8, 560, 45_000, 1.25, 0.25, (0.05, 0.4, 0.05))
SEGMENTS = (CAFE, RESTAURANT, HOTEL, WINE_SHOP, RETAIL, CANTEEN)
SEGMENT_OF_NAME = {segment.name: segment for segment in SEGMENTS}
WHOLESALE_INDUSTRY = "46.34Z"
WHOLESALE_SHARE = 0.25

# Sites in rich and touristic departments buy more.
BUYING_POWER = {
    "75": 1.35,
    "92": 1.2,
    "78": 1.1,
    "74": 1.3,
    "73": 1.25,
    "69": 1.1,
    "34": 1.1,
    "66": 1.1,
    "02": 0.8,
    "62": 0.85,
    "03": 0.85,
    "09": 0.85,
    "22": 0.9,
}

ACCOUNT_TYPES = {
    "customer": 0.60,
    "prospect": 0.335,
    "former": 0.045,
    "competitor": 0.01,
    "partner": 0.01,
}
