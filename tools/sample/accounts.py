"""The accounts of Maison Brindalor as its CRM should know them, before faults slip in.

*Share of wallet* is revenue divided by potential. The true potential of every account is kept
here for visits and deals; `accounts.csv` shows it for three accounts of four.
"""

import numpy as np
import pandas as pd

from tools.sample.business import (
    ACCOUNT_TYPES,
    BUYING_POWER,
    RETAIL,
    SEGMENT_OF_NAME,
    SEGMENTS,
    SKILLS,
    WHOLESALE_INDUSTRY,
    WHOLESALE_SHARE,
    Segment,
)
from tools.sample.chance import happens
from tools.sample.geography import ARRONDISSEMENTS, REGIONS, Place, draw_sites
from tools.sample.naming import SiteNames

POTENTIAL_SPREAD = 1.1
LARGEST_POTENTIAL = 750_000
REMOTE_POTENTIAL_SHARE = 0.45
# Identifiers of the system before the CRM: a spreadsheet would turn them into numbers.
_OLD_IDS = ("00042731", "00042732", "00051008", "0007E12", "0012E45", "00098110")
_OLD_IDS_EVERY = 230


def draw_accounts(generator: np.random.Generator) -> pd.DataFrame:
    """Draw all accounts without owners, sorted by identifier.

    Parameters
    ----------
    generator
        Source of randomness.

    Returns
    -------
    DataFrame
        Canonical columns, and ``department`` and ``true_potential`` for the other tables.
    """
    names = SiteNames(generator)
    rows = [
        _site(region, site, names, generator)
        for region, (_, count, _) in REGIONS.items()
        for site in draw_sites(region, count, generator)
    ]
    accounts = pd.DataFrame(rows).sample(frac=1, random_state=generator).reset_index(drop=True)
    accounts.insert(0, "account_id", _identifiers(len(accounts)))
    accounts = _with_money(accounts, generator)
    accounts = _with_needs(accounts, generator)
    accounts = _with_coverage(accounts, generator)
    return accounts.sort_values("account_id", ignore_index=True)


def _site(
    region: str,
    site: tuple[Place, float, float],
    names: SiteNames,
    generator: np.random.Generator,
) -> dict[str, object]:
    place, lat_deg, lon_deg = site
    segment = _choose_segment(generator)
    is_wholesaler = segment is RETAIL and generator.random() < WHOLESALE_SHARE
    name = names.wholesaler() if is_wholesaler else names.draw(segment.name, place.name)
    return {
        "account_name": name,
        "account_type": str(
            generator.choice(list(ACCOUNT_TYPES), p=np.array(list(ACCOUNT_TYPES.values())))
        ),
        "lat_deg": lat_deg,
        "lon_deg": lon_deg,
        "street": names.street(),
        "city": place.name,
        "postal_code": _postal_code(place, generator),
        "country": "FR",
        "region": region,
        "industry": WHOLESALE_INDUSTRY if is_wholesaler else segment.industry,
        "segment": segment.name,
        "employees_count": _employees(segment, generator, is_wholesaler=is_wholesaler),
        "department": place.department,
    }


def _choose_segment(generator: np.random.Generator) -> Segment:
    weights = np.array([segment.weight for segment in SEGMENTS])
    return SEGMENTS[int(generator.choice(len(SEGMENTS), p=weights / weights.sum()))]


def _postal_code(place: Place, generator: np.random.Generator) -> str:
    if place.name not in ARRONDISSEMENTS:
        return place.postal_code
    return f"{place.department}{generator.integers(1, ARRONDISSEMENTS[place.name] + 1):03d}"


def _employees(segment: Segment, generator: np.random.Generator, *, is_wholesaler: bool) -> int:
    median = segment.employees_median * (1.6 if is_wholesaler else 1)
    return max(1, round(median * float(generator.lognormal(0, segment.employees_spread))))


def _identifiers(count: int) -> list[str]:
    identifiers = [f"A{number:05d}" for number in range(1, count + 1)]
    for position, old in enumerate(_OLD_IDS):
        identifiers[position * _OLD_IDS_EVERY] = old
    return identifiers


def _with_money(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    count = len(accounts)
    employees = accounts["employees_count"]
    power = accounts["department"].map(BUYING_POWER).fillna(1.0)
    per_head = _of_segment(accounts, "potential_per_employee")
    potential = employees * per_head * power * generator.lognormal(0, POTENTIAL_SPREAD, count)
    largest = LARGEST_POTENTIAL * generator.uniform(0.6, 1, count)
    potential = _tens(potential.where(potential < largest, largest))
    wallet = generator.beta(2, 3.2, count) * np.where(happens(0.02, count, generator), 2.4, 1)
    revenue = _tens(potential * wallet).where(accounts["account_type"] == "customer")
    turnover = employees * _of_segment(accounts, "turnover_per_employee")
    turnover = (turnover * generator.lognormal(0, 0.35, count)).round(-3)
    margin = _of_segment(accounts, "margin_share") + generator.normal(0, 0.03, count)
    return accounts.assign(
        true_potential=potential,
        potential_amount_per_year=potential.where(happens(0.75, count, generator)),
        revenue_amount_per_year=revenue,
        turnover_amount_per_year=turnover.where(happens(0.7, count, generator)),
        margin_share=margin.round(3).where(revenue.notna()),
        employees_count=employees.astype("Int64").where(happens(0.93, count, generator)),
        visit_hours=_of_segment(accounts, "visit_hours"),
    )


def _with_needs(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    usual = np.array([SEGMENT_OF_NAME[name].needs for name in accounts["segment"]])
    needs = np.clip(usual + generator.normal(0, 0.12, usual.shape), 0, 1).round(2)
    # Paris, the Alps and the coast of the Mediterranean live on foreign guests.
    foreign = accounts["department"].isin(["75", "73", "74", "34", "66"]).to_numpy()
    needs[:, 2] = np.where(foreign, np.minimum(needs[:, 2] + 0.2, 1).round(2), needs[:, 2])
    columns = {f"need_{skill}_share": needs[:, k] for k, skill in enumerate(SKILLS)}
    return accounts.assign(**columns)


def _with_coverage(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Serve small accounts outside the cities by phone, and a few through wholesalers."""
    rank = accounts["true_potential"].rank(pct=True)
    prefecture = accounts["postal_code"].str[-3:].astype(int) % 100 == 0
    is_town = ~prefecture & ~accounts["department"].isin(["75", "92", "93", "94"])
    is_remote = (rank < REMOTE_POTENTIAL_SHARE) & (is_town | (rank < REMOTE_POTENTIAL_SHARE / 8))
    is_remote &= happens(0.85, len(accounts), generator)
    coverage = pd.Series("field", index=accounts.index).mask(is_remote, "remote")
    partner = accounts["industry"].eq(WHOLESALE_INDUSTRY) & happens(0.15, len(rank), generator)
    coverage = coverage.mask(partner | (accounts["account_type"] == "partner"), "partner")
    return accounts.assign(coverage=coverage)


def _of_segment(accounts: pd.DataFrame, attribute: str) -> pd.Series:
    values = {segment.name: float(getattr(segment, attribute)) for segment in SEGMENTS}
    return accounts["segment"].map(values)


def _tens(amounts: pd.Series) -> pd.Series:
    return (amounts / 10).round() * 10
