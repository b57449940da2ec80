"""Check pairs of latitude and longitude: half a pair, zero, swapped, in another country."""

import pandas as pd

from territory_kit.columns import get_table
from territory_kit.tables.faults.fault import Fault, Severity
from territory_kit.tables.places.geonames import country_box, country_code
from territory_kit.tables.reading import Reading

PAIRS = (("lat_deg", "lon_deg"), ("home_lat_deg", "home_lon_deg"))
_ZERO_DEG = 0.01
_HIGHEST_LON_DEG = 180
_HIGHEST_LAT_DEG = 90
# Without a country: a point this far from the others' middle that would be near when swapped.
_FAR_DEG = 20
_NEAR_DEG = 10
_FEWEST_POINTS_COUNT = 3

# severity, code, what, remedy
_Text = tuple[Severity, str, str, str]
_HALF: _Text = (
    "repaired",
    "half_coordinates",
    "Latitude or longitude is missing",
    "The other was set missing too. Give both.",
)
_ZERO: _Text = (
    "repaired",
    "zero_coordinates",
    "Coordinates are 0 / 0, in the sea off Africa",
    "They were set missing. Leave coordinates empty where they are not known.",
)
_SWAPPED: _Text = (
    "repaired",
    "swapped_coordinates",
    "Latitude and longitude are swapped",
    "They were turned round. If all are, swap the two headers in plan.yaml.",
)
_OUTSIDE: _Text = (
    "notice",
    "outside_country",
    "Coordinates lie outside the country",
    "They were kept. Correct them, or give the row its own country.",
)


def check_coordinates(
    reading: Reading, frame: pd.DataFrame, *, country: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Check the coordinates of a table, and turn swapped ones round.

    Parameters
    ----------
    reading
        The table that is being read.
    frame
        Values of the declared kinds; the index holds row numbers.
    country
        Country of the plan, or empty; a row's own country comes first.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        New table, and what was changed or looks wrong.
    """
    checked, faults = frame, []
    # a column of the file's own may have such a name too: its values are text
    declared = get_table(reading.table).columns
    for lat, lon in PAIRS:
        if lat in declared:
            checked, found = _check_pair(reading, checked, (lat, lon), country)
            faults += found
    return checked, faults


def _check_pair(
    reading: Reading, frame: pd.DataFrame, pair: tuple[str, str], country: str
) -> tuple[pd.DataFrame, list[Fault]]:
    lat, lon = (frame[name] for name in pair)
    if lat.isna().all() and lon.isna().all():
        return frame, []
    half = lat.isna() != lon.isna()
    zero = (lat.abs() < _ZERO_DEG) & (lon.abs() < _ZERO_DEG)
    lat, lon = lat.where(~half & ~zero), lon.where(~half & ~zero)
    codes = _country_codes(frame, country)
    swapped = _find_swapped(lat, lon, codes)
    right_lat, right_lon = lat.where(~swapped, lon), lon.where(~swapped, lat)
    outside = _find_outside(right_lat, right_lon, codes) & ~swapped
    faults = [
        reading.fault_of_rows(
            severity, code, pair[0], _shown(frame.loc[rows, [*pair]]), what=what, remedy=remedy
        )
        for rows, (severity, code, what, remedy) in (
            (half, _HALF),
            (zero, _ZERO),
            (swapped, _SWAPPED),
            (outside, _OUTSIDE),
        )
        if rows.any()
    ]
    return frame.assign(**{pair[0]: right_lat, pair[1]: right_lon}), faults


def _shown(points: pd.DataFrame) -> pd.Series:
    texts = points.astype("str").fillna("nothing")
    return texts.iloc[:, 0] + " / " + texts.iloc[:, 1]


def _country_codes(frame: pd.DataFrame, country: str) -> pd.Series:
    own = frame["country"] if "country" in frame else pd.Series(pd.NA, frame.index, dtype="str")
    names = own.fillna(country)
    return names.map({name: country_code(name) for name in names.unique()})


def _find_swapped(lat: pd.Series, lon: pd.Series, codes: pd.Series) -> pd.Series:
    boxes = {code: box for code in codes.unique() if (box := country_box(code))}
    # where the country is known, turned round they must lie in it
    impossible = (lat.abs() > _HIGHEST_LAT_DEG) & (lon.abs() <= _HIGHEST_LAT_DEG)
    swapped = impossible & ~codes.isin(boxes)
    for code, box in boxes.items():
        swapped |= (codes == code) & ~box.contains(lat, lon) & box.contains(lon, lat)
    # a number that is no coordinate at all must not move the middle
    usual = ~swapped & (lat.abs() <= _HIGHEST_LON_DEG) & (lon.abs() <= _HIGHEST_LON_DEG)
    middle = lat.loc[usual].median(), lon.loc[usual].median()
    if lat.count() < _FEWEST_POINTS_COUNT:
        return swapped
    distance = _apart(lat, lon, middle)
    turned = _apart(lon, lat, middle)
    free = ~codes.isin(boxes) & (lon.abs() <= _HIGHEST_LAT_DEG)
    return swapped | (free & (distance > _FAR_DEG) & (turned < _NEAR_DEG))


def _apart(lat: pd.Series, lon: pd.Series, middle: tuple[float, float]) -> pd.Series:
    """Return the larger of the two differences from a point, degrees."""
    return pd.concat([(lat - middle[0]).abs(), (lon - middle[1]).abs()], axis=1).max(axis=1)


def _find_outside(lat: pd.Series, lon: pd.Series, codes: pd.Series) -> pd.Series:
    outside = pd.Series(data=False, index=lat.index)
    for code in codes.unique():
        box = country_box(code)
        if box is not None:
            outside |= (codes == code) & lat.notna() & ~box.contains(lat, lon)
    return outside
