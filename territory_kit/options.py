"""Every option of the five steps, once: name, default, range and meaning.

`plan.yaml`, choices and notebook parameters are checked against these models, and each step gets
one `Options` object, already resolved for its region.
"""

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from territory_kit.own_scales import OwnScale

Share = Annotated[float, Field(ge=0, le=1)]
NotNegative = Annotated[float, Field(ge=0)]
Mode = Literal["rebalance", "redesign", "keep"]
AccountType = Literal["customer", "prospect", "former", "partner", "competitor"]
Preset = Literal["none", "profit", "referral", "balanced"]
QuotaMethod = Literal["top_down", "bottom_up", "waterfall"]
QuotaBasis = Literal["even", "prior_year", "potential", "blend"]
Matching = Literal["fit", "preferences"]
RevenueSource = Literal["column", "won_deals"]


SCOPE_FILTER = "market: scope"


def segment_filter(name: str) -> str:
    """Say where the saved filter of a segment stands.

    Parameters
    ----------
    name
        Name of the segment.

    Returns
    -------
    str
        Its place in the options.
    """
    return f"market: segment_rules: {name}"


class _Options(BaseModel):
    """Frozen, and closed: an unknown name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _skip_empty_headings(cls, settings: Any) -> Any:  # noqa: ANN401 - whatever was given
        """Take a heading without settings under it as not said."""
        if not isinstance(settings, dict):
            return settings
        fields = cls.model_fields
        groups = {name for name in fields if isinstance(fields[name].default, BaseModel | dict)}
        return {k: value for k, value in settings.items() if value is not None or k not in groups}


class MarketOptions(_Options):
    """Step 1: which accounts are the market, and how large it is."""

    account_types: tuple[AccountType, ...] = Field(
        ("customer", "prospect", "former"), description="account types in scope"
    )
    countries: tuple[str, ...] = Field((), description="countries in scope; empty: all")
    segments: tuple[str, ...] = Field((), description="segments in scope; empty: all")
    excluded_segments: tuple[str, ...] = Field((), description="segments never in scope")
    served_segments: tuple[str, ...] = Field((), description="segments we can serve; empty: all")
    minimum_employees_count: NotNegative = Field(0, description="smaller accounts are left out")
    scope: str = Field(
        "", description="filter over columns of accounts that scope asks too; empty: none"
    )
    segment_rules: dict[str, str] = Field(
        {},
        description="filter over columns of accounts by segment, the first that matches; "
        "other accounts keep their segment",
    )
    attainable_share: Share = Field(0.35, description="share of the served market within reach")
    benchmark_share: Share = Field(
        0.8,
        description="quantile of revenue per employee that stands for full potential",
    )

    @property
    def filters(self) -> dict[str, str]:
        """Saved filters by where they stand."""
        scope = {SCOPE_FILTER: self.scope} if self.scope.strip() else {}
        return scope | {segment_filter(name): text for name, text in self.segment_rules.items()}


class AccountsOptions(_Options):
    """Step 2: what each account is worth."""

    weights: dict[str, NotNegative] = Field(
        {
            "potential_amount_per_year": 0.5,
            "revenue_amount_per_year": 0.2,
            "whitespace_amount_per_year": 0.2,
            "referral_score": 0.1,
        },
        description="weight of each criterion of the score",
    )
    preset: Preset = Field(
        "none", description="profit, referral or balanced, in the place of weights; or none"
    )
    pairwise: dict[str, Annotated[float, Field(gt=0)]] = Field(
        {},
        description="how many times more one criterion matters than another, as a/b: 3; "
        "in the place of weights and preset",
    )
    bounds: dict[str, tuple[float, float]] = Field(
        {}, description="values that score 0 and 100; else as first computed and stored"
    )
    class_value: str = Field(
        "potential_amount_per_year", description="column whose sum makes the classes"
    )
    class_shares: tuple[Share, Share] = Field(
        (0.8, 0.95),
        description="class A below the first cumulative share, B below the second",
    )

    @field_validator("class_shares")
    @classmethod
    def _must_rise(cls, shares: tuple[float, float]) -> tuple[float, float]:
        if shares[0] > shares[1]:
            message = "the first share must not be above the second"
            raise ValueError(message)
        return shares


class TerritoriesOptions(_Options):
    """Step 3: how the region is divided."""

    mode: Mode | None = Field(
        None,
        description="rebalance, redesign or keep; empty: rebalance where owners exist",
    )
    territories_count: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        None,
        description="number of territories; empty: from headcount, reps or workload",
    )
    tolerance_share: Annotated[float, Field(gt=0, le=1)] = Field(
        0.1, description="allowed deviation of workload from target"
    )
    potential_tolerance_share: Annotated[float, Field(gt=0, le=5)] | None = Field(
        0.25,
        description="allowed deviation of potential from target; empty: not balanced",
    )
    move_price_factor: NotNegative = Field(
        1.0,
        description="weight of the price of moves against driving; 0: moves are free",
    )
    most_moved_share: Share | None = Field(
        None,
        description="most of today's accounts that may move by choice; empty: no such limit",
    )
    most_moved_revenue_share: Share | None = Field(
        None, description="the same for their revenue; empty: no such limit"
    )
    most_moved_revenue_share_per_rep: Share | None = Field(
        None,
        description="most of the revenue of each rep's territory that may leave it by choice; "
        "empty: no such limit",
    )
    keep_open_deals: bool = Field(
        default=False, description="accounts with open deals keep their territory"
    )
    minimum_tenure_months: Annotated[int, Field(ge=0, le=240)] = Field(
        0, description="months that an account stays with a rep before it may move; 0: none"
    )
    max_iterations: Annotated[int, Field(ge=1, le=10_000)] = Field(
        150, description="most rounds of improvement; fewer where they stop helping"
    )


class RepsOptions(_Options):
    """Step 4: who takes which territory."""

    keep_incumbents: bool = Field(
        default=True, description="reps keep the territory that matches theirs"
    )
    most_territories: Annotated[int, Field(ge=1, le=20)] = Field(
        1, description="most territories of a rep, where reps are too few and hours allow"
    )
    matching: Matching = Field(
        "fit", description="fit, or preferences: free reps ask for the territories they wish for"
    )
    skill_weight: NotNegative = Field(0.5, description="weight of skills in the fit")
    home_weight: NotNegative = Field(0.3, description="weight of a near home in the fit")
    relation_weight: NotNegative = Field(0.2, description="weight of known customers in the fit")
    far_home_km: Annotated[float, Field(gt=0)] = Field(
        150.0, description="straight distance at which a home no longer counts as near"
    )
    swap_gain_share: Share = Field(0.1, description="gain of fit from which a swap is proposed")
    gates: dict[str, Share] = Field(
        {}, description="skills that are a must, each with the share of need from which it is one"
    )
    skill_segments: dict[str, tuple[str, ...]] = Field(
        {}, description="segments whose deals show a skill, by skill; empty: self-assessment alone"
    )
    deal_size_amounts: tuple[NotNegative, ...] = Field(
        (), description="amounts that divide deals by size; empty: thirds of the closed deals"
    )
    expected_won_share: Annotated[float, Field(gt=0, lt=1)] | None = Field(
        None,
        description="win rate expected where fewer than four reps have deals; empty: that of all",
    )
    expected_deals_count: Annotated[float, Field(gt=0)] = Field(
        10.0, description="closed deals that weigh as much as this expectation"
    )
    interval_share: Annotated[float, Field(gt=0, lt=1)] = Field(
        0.9, description="chance that a rep's true figure lies in the interval shown"
    )
    quota_weight: Annotated[float, Field(gt=0)] = Field(
        0.7, description="weight of revenue against quota in the index of targets"
    )
    calls_weight: NotNegative = Field(
        0.3, description="weight of calls made against wanted ones in it; 0: not counted"
    )
    target_cap: Annotated[float, Field(ge=1, le=10)] = Field(
        1.5, description="highest result against target that counts in it"
    )

    @field_validator("deal_size_amounts")
    @classmethod
    def _must_rise(cls, amounts: tuple[float, ...]) -> tuple[float, ...]:
        if any(low >= high for low, high in pairwise(amounts)):
            message = "each amount must be above the one before"
            raise ValueError(message)
        return amounts


class ReviewOptions(_Options):
    """Step 5: is the plan better than today."""

    answer_by_date: date | None = Field(None, description="last day for managers' answers")
    worthwhile_share: Share = Field(
        0.05, description="smallest change of a figure that counts as better or worse"
    )
    horizon_years: Annotated[float, Field(gt=0, le=20)] = Field(
        1.0, description="years for which the saving of a move is set against its price"
    )


class QuotasOptions(_Options):
    """Quotas: what each territory is to sell; the same for all regions."""

    goal_amount: Annotated[int, Field(ge=0, le=10**14)] | None = Field(
        None,
        description="goal of the whole plan; empty: last year's revenue and its growth; "
        "bottom_up does not ask it",
    )
    growth_share: Annotated[float, Field(ge=-1, le=10)] = Field(
        0.03, description="growth on last year's revenue where no goal is set"
    )
    method: QuotaMethod = Field(
        "top_down",
        description="top_down, bottom_up (what accounts let expect), or waterfall (with safety)",
    )
    basis: QuotaBasis = Field(
        "blend", description="what the goal is shared by: even, prior_year, potential or blend"
    )
    prior_year_share: Share = Field(
        0.5, description="weight of the year before in the blend; potential has the rest"
    )
    won_share: Share = Field(
        0.05, description="share of unused potential won in a year, for bottom_up"
    )
    over_assignment_shares: tuple[NotNegative, NotNegative] = Field(
        (0.0, 0.05),
        description="what the plan, then each region, hands down beyond its goal, for waterfall",
    )
    band_ratios: tuple[Share, Annotated[float, Field(ge=1)]] = Field(
        (0.8, 1.2),
        description="least and most potential per quota that is fair; 1 is the typical territory",
    )


class Costs(_Options):
    """What things cost, in the currency of the plan."""

    km_amount: NotNegative = Field(0.5, description="cost of one kilometre")
    fiscal_power: Annotated[int, Field(ge=3, le=7)] = Field(
        5, description="fiscal power of the reps' cars, for the official mileage scale"
    )
    mileage_scales: tuple[OwnScale, ...] = Field(
        (), description="mileage scales of your own, with the days they hold; see docs/mileage.md"
    )
    call_amount: NotNegative = Field(0.0, description="material cost of one call")
    night_amount: NotNegative = Field(120.0, description="cost of one night away")
    rep_amount_per_year: NotNegative = Field(75_000.0, description="cost of a rep if not given")
    hiring_amount: NotNegative = Field(15_000.0, description="one-off cost of hiring a rep")
    ramp_months: NotNegative = Field(6.0, description="months until a new rep sells in full")
    vacancy_months: NotNegative = Field(
        0.0, description="months that a place is empty before its new rep starts"
    )
    margin_share: Share = Field(0.3, description="gross margin where an account has none")
    selling_cost_share: Annotated[float, Field(gt=0, le=1)] = Field(
        0.1, description="share of revenue that selling may cost, for the break-even of calls"
    )
    loss_share: Share = Field(
        0.15, description="share of revenue at risk when a customer changes rep"
    )
    dormant_loss_share: Share = Field(0.0, description="the same for dormant customers")
    dormant_months: NotNegative = Field(12.0, description="months without contact until dormant")
    second_year_share: Share = Field(
        0.5, description="share of a further rep's first sales that come again in the second year"
    )
    third_year_share: Share = Field(0.25, description="the same in the third year")


class Hours(_Options):
    """Working time of a rep."""

    per_day: Annotated[float, Field(gt=0, le=24)] = Field(7.5, description="hours of a day")
    days_per_year: Annotated[float, Field(gt=0, le=366)] = Field(
        215.0, description="working days after leave and holidays"
    )
    field_share: Share = Field(0.85, description="share for calls and travel")
    prospecting_share: Share = Field(0.1, description="share of that kept for prospecting")


class Visits(_Options):
    """How often and how long an account is visited, where it does not say so itself."""

    per_class: dict[Literal["A", "B", "C"], NotNegative] = Field(
        {"A": 12.0, "B": 6.0, "C": 2.0}, description="visits per year of a customer"
    )
    prospect_share: Share = Field(0.5, description="visits to a prospect against a customer")
    hours_per_class: dict[Literal["A", "B", "C"], NotNegative] = Field(
        {"A": 1.0, "B": 0.75, "C": 0.5}, description="hours of one visit"
    )
    remote_hours: NotNegative = Field(0.35, description="hours of one remote call")
    per_day: Annotated[float, Field(gt=0)] = Field(6.0, description="visits on one field day")


class Travel(_Options):
    """How distances become kilometres and hours."""

    circuity: Annotated[float, Field(ge=1, le=3)] = Field(
        1.3, description="road distance for each straight kilometre"
    )
    speed_km_per_hour: Annotated[float, Field(gt=0, le=200)] = Field(
        50.0, description="average speed on the road"
    )
    parking_hours: NotNegative = Field(0.1, description="fixed time of each stop")


class Options(_Options):
    """All options of one region, resolved: parameter, choices, region, plan, default."""

    currency: str = Field("EUR", description="currency of all money")
    exchange_rates: dict[str, Annotated[float, Field(gt=0)]] = Field(
        {}, description="what one unit of another currency is worth, as USD: 0.9"
    )
    country: str = Field("", description="country of the plan, ISO code")
    revenue_source: RevenueSource = Field(
        "column",
        description="column, or won_deals: what was won in the year before as_of_date",
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(1, description="seed of the engine")
    as_of_date: date | None = Field(
        None, description="day the plan looks from; empty: last visit or deal"
    )
    plan_start_date: date | None = Field(None, description="first day of the new territories")
    priorities: tuple[str, ...] = Field((), description="what the plan is for, in words")
    unique: str = Field("", description="what only we offer, in words")
    headcount: Annotated[int, Field(ge=1)] | None = Field(
        None,
        description="territories of the whole plan, shared over regions by workload",
    )
    market: MarketOptions = MarketOptions()
    accounts: AccountsOptions = AccountsOptions()
    territories: TerritoriesOptions = TerritoriesOptions()
    reps: RepsOptions = RepsOptions()
    review: ReviewOptions = ReviewOptions()
    quotas: QuotasOptions = QuotasOptions()
    costs: Costs = Costs()
    hours: Hours = Hours()
    visits: Visits = Visits()
    travel: Travel = Travel()
