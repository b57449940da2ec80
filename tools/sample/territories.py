"""Today's territories: grown over years, cut by habit, visibly unfair.

Each territory has a seat and a *reach*: an account belongs to the territory whose seat is least far
beyond its reach. A long reach made a territory grow at its neighbours' cost. Some accounts
followed a rep to another patch or were never handed over, so the territories overlap.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tools.sample.chance import happens
from tools.sample.geography import distances_km, find_city, shift_km

SECOND_BEST_SHARE = 0.09
ELSEWHERE_SHARE = 0.02
UNOWNED_PROSPECT_SHARE = 0.07


@dataclass(frozen=True)
class Patch:
    """A territory of today.

    Parameters
    ----------
    territory_id
        Identifier, the region first.
    name
        Name used in the field.
    region
        Region it belongs to.
    seat
        City in its middle when it was cut.
    north_km, east_km
        Way from the centre of that city.
    reach_km
        How far it grew against its neighbours.
    home
        City in which its rep lives.
    field_rank
        Rank that the reps of the region give it, 1 is best.
    note
        What the field says.
    """

    territory_id: str
    name: str
    region: str
    seat: str
    north_km: float
    east_km: float
    reach_km: float
    home: str
    field_rank: int
    note: str = ""


ARA, BRE, HDF, OCC, IDF = (
    "Auvergne-Rhône-Alpes",
    "Bretagne",
    "Hauts-de-France",
    "Occitanie",
    "Île-de-France",
)
# One line a territory reads as the table it is.
# fmt: off
PATCHES = (
    Patch("ARA-1", "Lyon", ARA, "Lyon", 0, 0, 5.7, "Lyon", 1,
          "Best patch of the region."),
    Patch("ARA-2", "Grand Lyon", ARA, "Vénissieux", -4, 6, 7.9, "Vienne", 3),
    Patch("ARA-3", "Loire", ARA, "Saint-Étienne", 0, 0, -13.8, "Roanne", 5),
    Patch("ARA-4", "Auvergne", ARA, "Clermont-Ferrand", 0, 0, -66.1, "Clermont-Ferrand", 6,
          "Four departments, half the week on the road."),
    Patch("ARA-5", "Alpes", ARA, "Grenoble", 30, 20, 59.2, "Voiron", 2,
          "Two reps' work since the colleague in Annecy was not replaced."),
    Patch("ARA-6", "Drôme-Ardèche", ARA, "Valence", 0, 0, -5.7, "Montélimar", 4),
    Patch("BRE-1", "Haute-Bretagne", BRE, "Rennes", 0, 0, 59.0, "Rennes", 1),
    Patch("BRE-2", "Armor", BRE, "Guingamp", 0, 0, -5.5, "Saint-Brieuc", 3,
          "Too little to live on in winter."),
    Patch("BRE-3", "Cornouaille", BRE, "Quimper", 0, 0, 0.0, "Brest", 2),
    Patch("HDF-1", "Lille", HDF, "Lille", 0, 0, 0.0, "Lille", 1),
    Patch("HDF-2", "Littoral", HDF, "Calais", 0, 0, 3.8, "Boulogne-sur-Mer", 3),
    Patch("HDF-3", "Hainaut", HDF, "Valenciennes", 0, 0, -42.9, "Cambrai", 5),
    Patch("HDF-4", "Picardie", HDF, "Amiens", 0, 0, 6.3, "Amiens", 4),
    Patch("HDF-5", "Oise-Aisne", HDF, "Compiègne", 0, 0, -6.4, "Soissons", 2,
          "Chantilly and Senlis pay for the rest."),
    Patch("OCC-1", "Toulouse", OCC, "Toulouse", 0, 0, 20.0, "Toulouse", 1,
          "Nobody has seen all accounts of this patch within a year."),
    Patch("OCC-2", "Pyrénées", OCC, "Tarbes", 0, 0, 75.3, "Lourdes", 5),
    Patch("OCC-3", "Tarn-Aveyron", OCC, "Albi", 20, 20, -13.6, "Rodez", 4),
    Patch("OCC-4", "Roussillon", OCC, "Perpignan", 10, 0, 0.0, "Narbonne", 3),
    Patch("OCC-5", "Hérault-Gard", OCC, "Montpellier", 0, 0, -7.4, "Montpellier", 2),
    Patch("IDF-1", "Paris Rive Droite", IDF, "Paris", 3, 1, -2.3, "Montreuil", 1,
          "The patch that everybody wants."),
    Patch("IDF-2", "Paris Rive Gauche", IDF, "Paris", -3, -1, -3.0, "Paris", 2),
    Patch("IDF-3", "Hauts-de-Seine", IDF, "Nanterre", 0, 0, -5.2, "Rueil-Malmaison", 3),
    Patch("IDF-4", "Yvelines", IDF, "Versailles", -2, -8, 2.1, "Versailles", 4),
    Patch("IDF-5", "Nord francilien", IDF, "Saint-Denis", 8, 2, 0.0, "Pontoise", 6,
          "From L'Isle-Adam to Montreuil through two rush hours."),
    Patch("IDF-6", "Sud francilien", IDF, "Évry", 4, 2, 3.2, "Massy", 5),
    Patch("IDF-7", "Brie", IDF, "Meaux", -20, 5, 15.6, "Provins", 7,
          "Far apart, small, quiet."),
)
# fmt: on
# Wanted size of the territories of part-time reps.
SIZE_SHARES = {"ARA-6": 0.8, "HDF-3": 0.8, "OCC-2": 0.5}


def with_territories(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Add `current_territory_id`; missing for house and partner accounts and some prospects.

    Parameters
    ----------
    accounts
        Accounts with region, place, account_type and coverage.
    generator
        Source of randomness.

    Returns
    -------
    DataFrame
        The same accounts with the column added.
    """
    chosen = pd.Series(index=accounts.index, dtype="str")
    for region in sorted(accounts["region"].unique()):
        inside = accounts["region"] == region
        chosen[inside] = _grown(accounts[inside], region, generator)
    unowned = accounts["account_type"].eq("prospect") & happens(
        UNOWNED_PROSPECT_SHARE, len(accounts), generator
    )
    served_by_others = accounts["coverage"].isin(["house", "partner"])
    return accounts.assign(current_territory_id=chosen.mask(unowned | served_by_others))


def territories_table() -> pd.DataFrame:
    """Return `territories.csv`: one row per territory of today, sorted by identifier."""
    rows = [
        {
            "territory_id": patch.territory_id,
            "territory_name": patch.name,
            "region": patch.region,
            "rep_id": rep_of_patch(patch),
            "size_share": SIZE_SHARES.get(patch.territory_id, 1.0),
            "field_rank": patch.field_rank,
            "field_note": patch.note,
            "crm_territory_id": f"BRI{number:04d}",
        }
        for number, patch in enumerate(PATCHES, start=1)
    ]
    return pd.DataFrame(rows).sort_values("territory_id", ignore_index=True)


def rep_of_patch(patch: Patch) -> str:
    """Return the identifier of the rep, or vacancy, that holds a territory today."""
    return f"R{PATCHES.index(patch) + 1:02d}"


def _grown(accounts: pd.DataFrame, region: str, generator: np.random.Generator) -> list[str]:
    patches = [patch for patch in PATCHES if patch.region == region]
    positions = accounts[["lat_deg", "lon_deg"]].to_numpy(dtype=float)
    effort = np.column_stack([_effort(positions, patch) for patch in patches])
    ranked = effort.argsort(axis=1, kind="stable")
    draws = generator.random(len(accounts))
    place = np.where(draws < SECOND_BEST_SHARE, 1, 0)
    place = np.where(draws > 1 - ELSEWHERE_SHARE, 2, place)
    return [patches[row[rank]].territory_id for row, rank in zip(ranked, place, strict=True)]


def _effort(positions: np.ndarray, patch: Patch) -> np.ndarray:
    city = find_city(patch.seat)
    offset = np.array([patch.north_km, patch.east_km])
    lat_deg, lon_deg = shift_km(city.lat_deg, city.lon_deg, offset)
    return np.asarray(distances_km(positions, lat_deg, lon_deg) - patch.reach_km)
