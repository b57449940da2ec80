"""What the year's driving of each rep comes to by an official mileage scale.

Declared km come before the estimate. The scale is the one that holds on the day the plan looks
from; where none does, the newest one is used, and a sentence says so.
"""

import math
from collections.abc import Sequence

import pandas as pd

from territory_kit import columns
from territory_kit.errors import ParameterError
from territory_kit.methods.mileage import Band, Scale, mileage_amount, scale_on
from territory_kit.methods.mileage_scales import FRENCH_SCALES
from territory_kit.options import Options
from territory_kit.own_scales import OwnBand
from territory_kit.steps._review.part import Part
from territory_kit.steps.dates import data_day
from territory_kit.wording import amount, counted

_TABLE = "mileage"
_FRANCE = {"fr", "fra", "france"}
_ENTER = "enter the new one under costs: mileage_scales"
_NO_REPS = "Without reps there is nobody whose driving a mileage scale could price."
_RULE = (
    "By the mileage scale all km of a year have the rate of the band that their sum falls in; cars "
    "are not electric. Declared km are those of the last year, in today's territories, and a visit "
    "without km adds none; estimates are those of the proposal."
)


def review_mileage(review: pd.DataFrame, countries: pd.Series, options: Options) -> Part:
    """Price the driving of each rep by the official mileage scale.

    Parameters
    ----------
    review
        Proposed territories: ``rep_id``, ``travel_km_per_year`` and ``declared_km_per_year``.
    countries
        Country of each account of the region, name or ISO code; missing: that of the plan.
    options
        Options of the region: country, currency, day, fiscal power and scales of the plan's own.

    Returns
    -------
    Part
        ``mileage`` with its sum, and the sentence under it; no rows where no scale fits.
    """
    country = region_country(countries, options.country)
    scales = known_scales(country, options)
    scale = choose_scale(scales, data_day(options)) if scales else None
    told = _why_not(scale, country, options)
    driven = driven_km(review)
    if scale is None or told or driven.empty:
        words = told or _NO_REPS
        return Part(
            tables={_TABLE: columns.empty_frame(_TABLE)},
            figures={"mileage_words": words},
            assumptions=[told],
        )
    priced = [
        mileage_amount(km, fiscal_power=options.costs.fiscal_power, is_electric=False, scale=scale)
        for km in driven["driven_km_per_year"]
    ]
    table = driven.assign(mileage_amount_per_year=pd.Series(priced, dtype="float64"))
    late = validity_words(scale, data_day(options))
    return Part(
        tables={_TABLE: table},
        figures={
            "mileage_amount_per_year": float(sum(priced)),
            "mileage_words": " ".join(filter(None, [scale_words(scale, options), late])),
        },
        findings=[sum_words(table, options)],
        assumptions=[_RULE, late],
    )


def region_country(countries: pd.Series, default: str) -> str:
    """Find the country of a region: that of most of its accounts.

    Parameters
    ----------
    countries
        Country of each account, name or ISO code; missing: the default.
    default
        Country of the plan; may be empty.

    Returns
    -------
    str
        "FR" for France, else as written; empty where none is known.
    """
    named = countries.fillna(default).astype("str").str.strip()
    named = named.mask(named.str.casefold().isin(_FRANCE), "FR").loc[lambda names: names != ""]
    return str(named.mode().iloc[0]) if len(named) else ""


def known_scales(country: str, options: Options) -> tuple[Scale, ...]:
    """List the mileage scales that may be used in a country.

    Parameters
    ----------
    country
        From `region_country`.
    options
        Options of the region: scales of the plan's own hold in every country.

    Returns
    -------
    tuple of Scale
        The official ones where the country is France, and those of the plan.
    """
    own = [
        Scale(
            name=given.name,
            valid_from=given.valid_from,
            valid_to=given.valid_to,
            currency=given.currency or options.currency,
            source="settings of the plan",
            bands=_sorted_bands(given.bands),
        )
        for given in options.costs.mileage_scales
    ]
    return (*(FRENCH_SCALES if country == "FR" else ()), *own)


def _sorted_bands(given: Sequence[OwnBand]) -> tuple[Band, ...]:
    bands = [
        Band(
            band.fiscal_power,
            math.inf if band.up_to_km is None else band.up_to_km,
            band.rate_amount_per_km,
            band.fixed_amount,
        )
        for band in given
    ]
    return tuple(sorted(bands, key=lambda band: (band.fiscal_power, band.up_to_km)))


def choose_scale(scales: Sequence[Scale], day: pd.Timestamp | None) -> Scale:
    """Choose the scale that holds on a day, else the newest one.

    Parameters
    ----------
    scales
        At least one scale.
    day
        Day the plan looks from; None: not known.

    Returns
    -------
    Scale
        The scale to price with.
    """
    newest = max(scales, key=lambda scale: (scale.valid_to, scale.valid_from))
    try:
        return newest if day is None else scale_on(day.date(), scales)
    except ParameterError:
        return newest


def driven_km(review: pd.DataFrame) -> pd.DataFrame:
    """Add up the driving of each rep.

    Parameters
    ----------
    review
        As for `review_mileage`; a rep may have several territories.

    Returns
    -------
    pandas.DataFrame
        ``rep_id``, ``driven_km_per_year`` and ``km_source``, sorted by rep; reps whose driving is
        not known are left out.
    """
    held = review.loc[review["rep_id"].notna()].sort_values(["rep_id", "territory_id"])
    each = held.groupby("rep_id", sort=True)
    # what a rep declares is the rep's, and stands in every territory of the rep
    declared = each["declared_km_per_year"].first().astype("float64")
    estimated = each["travel_km_per_year"].sum(min_count=1).astype("float64")
    sources = pd.Series("estimated", index=declared.index, dtype="str")
    table = pd.DataFrame(
        {
            "rep_id": declared.index.astype("str"),
            "driven_km_per_year": declared.fillna(estimated).to_numpy(),
            "km_source": sources.mask(declared.notna(), "declared").to_numpy(),
        }
    )
    return table.loc[table["driven_km_per_year"].notna()].reset_index(drop=True)


def sum_words(table: pd.DataFrame, options: Options) -> str:
    """Say what the driving of all reps comes to.

    Parameters
    ----------
    table
        ``mileage``, at least one row.
    options
        Options of the region: currency and the plan's own price of a km.

    Returns
    -------
    str
        One sentence.
    """
    by_scale = amount(float(table["mileage_amount_per_year"].sum()), options.currency)
    km = float(table["driven_km_per_year"].sum())
    by_plan = amount(km * options.costs.km_amount, options.currency)
    return (
        f"By the official mileage scale the driving of {counted(len(table), 'rep')} comes to "
        f"{by_scale} a year, against {by_plan} at the plan's {options.costs.km_amount:g} a km; "
        f"{_source_words(table)}."
    )


def scale_words(scale: Scale, options: Options) -> str:
    """Name the scale that was used.

    Parameters
    ----------
    scale
        From `choose_scale`.
    options
        Options of the region: the fiscal power.

    Returns
    -------
    str
        One sentence.
    """
    return f"Scale: {scale.name}, fiscal power {options.costs.fiscal_power}."


def validity_words(scale: Scale, day: pd.Timestamp | None) -> str:
    """Say that a scale does not hold on the day the plan looks from.

    Parameters
    ----------
    scale
        From `choose_scale`.
    day
        Day the plan looks from; None: not known.

    Returns
    -------
    str
        One sentence; empty where the scale holds.
    """
    if day is None:
        return (
            f"Whether the scale {scale.name} holds is not known: the plan has no day to look from."
        )
    if day.date() > scale.valid_to:
        ended = f"ended on {scale.valid_to.isoformat()}"
        return f"The scale {scale.name} {ended}; amounts may be out of date; {_ENTER}."
    if day.date() < scale.valid_from:
        began = f"began on {scale.valid_from.isoformat()} only"
        return f"The scale {scale.name} {began}; amounts may not fit the plan's day."
    return ""


def _why_not(scale: Scale | None, country: str, options: Options) -> str:
    """Say why no scale prices the driving; nothing where one does."""
    if scale is None:
        place = f"the country {country}" if country else "a region whose country is not known"
        return (
            f"No official mileage scale is held for {place}: driving is priced by the plan's price "
            "of a km alone. A scale of your own goes under costs: mileage_scales."
        )
    if scale.currency != options.currency:
        return (
            f"The scale {scale.name} is in {scale.currency}, the plan in {options.currency}: "
            "driving is not priced by it."
        )
    return ""


def _source_words(table: pd.DataFrame) -> str:
    declared = int((table["km_source"] == "declared").sum())
    if declared == len(table):
        return "all km are declared"
    if not declared:
        return "all km are estimated"
    return f"km are declared by {declared} of them, estimated for the others"
