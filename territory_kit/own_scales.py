"""A mileage scale as an analyst writes it into the settings of a plan."""

from datetime import date
from itertools import groupby
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_ENDS_FIRST = "valid_to must not lie before valid_from"
_NO_BANDS = "bands needs at least one line with rate_amount_per_km"
_NO_END = (
    "fiscal power {power} needs one last band without up_to_km, and no band twice, so that every "
    "distance has one rate"
)
_Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class OwnBand(BaseModel):
    """Rate of one class of cars within one band of yearly km."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fiscal_power: Annotated[int, Field(ge=1, le=99)] = Field(
        description="lowest fiscal power that the rate is for"
    )
    up_to_km: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = Field(
        None, description="last km of the band; empty: no end"
    )
    rate_amount_per_km: _Amount = Field(description="money for each km of the year")
    fixed_amount: _Amount = Field(0.0, description="money added once")


class OwnScale(BaseModel):
    """Mileage scale with the days it holds for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("own mileage scale", description="what the scale is called")
    valid_from: date = Field(description="first day on which it holds")
    valid_to: date = Field(description="last day on which it holds")
    currency: str = Field("", description="currency of its amounts; empty: that of the plan")
    bands: tuple[OwnBand, ...] = Field(description="rates by fiscal power and km")

    @model_validator(mode="after")
    def _prices_every_distance(self) -> Self:
        if self.valid_to < self.valid_from:
            raise ValueError(_ENDS_FIRST)
        if not self.bands:
            raise ValueError(_NO_BANDS)
        ordered = sorted(self.bands, key=lambda band: band.fiscal_power)
        for power, bands in groupby(ordered, key=lambda band: band.fiscal_power):
            ends = [band.up_to_km for band in bands]
            if ends.count(None) != 1 or len(set(ends)) < len(ends):
                raise ValueError(_NO_END.format(power=power))
        return self
