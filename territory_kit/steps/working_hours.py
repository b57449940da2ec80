"""The hours of a full-time rep for calls and travel, where a rep's own are not given."""

from territory_kit.methods.workload import capacity_hours
from territory_kit.options import Options


def usual_hours(options: Options) -> float:
    """Return the hours that a full-time rep has a year for calls and travel.

    Parameters
    ----------
    options
        Options of the region: working time, and the shares for the field and for prospecting.

    Returns
    -------
    float
        Hours per year, without the share that is kept for prospecting.
    """
    hours = options.hours
    return capacity_hours(
        per_day=hours.per_day,
        days_per_year=hours.days_per_year,
        field_share=hours.field_share,
        prospecting_share=hours.prospecting_share,
    )
