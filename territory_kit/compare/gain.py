"""The yearly gain of a plan against the first one, and how it spreads with what is uncertain.

The gain is the cost that is saved each year, less what the moves of the plan cost more than those
of the first one, spread over the years that count. Kilometres cost in proportion to circuity; the
price of moves grows in proportion to the share of revenue at risk and, for accounts without a
margin of their own, to the plan's margin, until these shares are 1 in the plan that is priced. What
customers buy more or less is not in it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from territory_kit.compare.figures import Figures
from territory_kit.compare.request import LIMITS
from territory_kit.methods.scenarios import ConstantRange, GainSpread, spread_of_gain

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)

SEED = 1
# Where the option of each constant stands.
OPTION_OF = {
    "circuity": "travel.circuity",
    "loss_share": "costs.loss_share",
    "margin_share": "costs.margin_share",
}
# Usual ranges against the plan's value: road networks differ by a tenth from 1.3 (1.2 to 1.4);
# 13.2 to 17.6 % of revenue were lost where 15 % is assumed (doi:10.1509/jm.15.0358); a margin that
# stands for all accounts is known to a fifth.
_USUAL_FACTORS = {
    "circuity": (1.2 / 1.3, 1.4 / 1.3),
    "loss_share": (0.132 / 0.15, 0.176 / 0.15),
    "margin_share": (0.8, 1.2),
}


@dataclass(frozen=True)
class Constant:
    """A constant that is not known for sure.

    Parameters
    ----------
    name
        Name of its option.
    value
        Value in the first plan; others move in proportion.
    low, high
        Least and greatest value.
    """

    name: str
    value: float
    low: float
    high: float

    @property
    def is_varied(self) -> bool:
        """Whether figures depend on it: nothing grows in proportion to 0."""
        return self.value > 0

    @property
    def is_likely(self) -> bool:
        """Whether the value of the first plan lies in the range, and is then the most likely."""
        return self.low <= self.value <= self.high

    def as_factor(self) -> ConstantRange:
        """Return the range against the value of the first plan."""
        low, high = self.low / self.value, self.high / self.value
        return ConstantRange(low, high, likely=1.0 if self.is_likely else None)


def list_constants(
    value_of: Callable[[str], float], ranges: Mapping[str, tuple[float, float]]
) -> list[Constant]:
    """Give each uncertain constant its range.

    Parameters
    ----------
    value_of
        Returns the value of an option in the first plan.
    ranges
        Least and greatest value by name, where they are given.

    Returns
    -------
    list of Constant
        Circuity, share of revenue at risk, margin.
    """
    constants = []
    for name, option in OPTION_OF.items():
        value = float(value_of(option))
        least, greatest = LIMITS[name]
        usual = [min(max(value * factor, least), greatest) for factor in _USUAL_FACTORS[name]]
        low, high = ranges.get(name, (usual[0], usual[1]))
        constants.append(Constant(name, value, low, high))
    return constants


def yearly_gain(
    first: Figures,
    plan: Figures,
    *,
    horizon_years: float,
    circuity: Number,
    loss_share: Number,
    margin_share: Number,
) -> Number:
    """Compute the gain of a plan against the first one, money per year.

    Parameters
    ----------
    first, plan
        Figures of both plans.
    horizon_years
        Years over which the price of moves is spread, above 0.
    circuity, loss_share, margin_share
        Each constant against its value in the plan, 1 for the same: one number, or one per draw.

    Returns
    -------
    float or numpy.ndarray
        Positive when the plan costs less.
    """
    saved_cost = first.cost_amount_per_year - plan.cost_amount_per_year
    saved_travel = first.travel_cost_amount_per_year - plan.travel_cost_amount_per_year
    price, first_price = (_price(one, loss_share, margin_share) for one in (plan, first))
    more = (price - first_price) / horizon_years
    return saved_cost - saved_travel + circuity * saved_travel - more


def _price(plan: Figures, loss_share: Number, margin_share: Number) -> Number:
    """Price the moves of a plan: nobody loses more than all the revenue, or all of it as margin."""
    loss = _capped(loss_share, plan.loss_share)
    margin = _capped(margin_share, plan.margin_share)
    own_margin = plan.move_price_amount - plan.plan_margin_price_amount
    return loss * (own_margin + margin * plan.plan_margin_price_amount)


def _capped(factor: Number, share: float) -> Number:
    """Cut a factor where the share that it multiplies would exceed 1."""
    capped: Number = np.minimum(factor, 1 / share if share > 0 else math.inf)
    return capped


def spread(
    first: Figures, plan: Figures, constants: Sequence[Constant], *, horizon_years: float
) -> GainSpread:
    """Compute how the gain spreads; all plans meet the same draws.

    Parameters
    ----------
    first, plan
        Figures of both plans.
    constants
        From `list_constants`.
    horizon_years
        Years over which the price of moves is spread, above 0.

    Returns
    -------
    GainSpread
        Interval and share of the draws with a gain.
    """
    ranges = {constant.name: constant.as_factor() for constant in constants if constant.is_varied}

    def gain(drawn: dict[str, Floats]) -> Floats:
        factors = {name: drawn.get(name, np.ones(1)) for name in OPTION_OF}
        gains = yearly_gain(
            first,
            plan,
            horizon_years=horizon_years,
            circuity=factors["circuity"],
            loss_share=factors["loss_share"],
            margin_share=factors["margin_share"],
        )
        return np.asarray(np.broadcast_to(gains, np.shape(drawn["circuity"])))

    return spread_of_gain(gain, ranges, seed=SEED)
