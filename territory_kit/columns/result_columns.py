"""Columns of the results of steps 1 to 3: what one step gives the next, and the report.

A column that an input declares already is not declared again: a result uses it by name.
"""

from territory_kit.columns.account_columns import ACCOUNT_COLUMNS
from territory_kit.columns.column import Column
from territory_kit.columns.mileage_columns import MILEAGE_COLUMNS
from territory_kit.columns.quota_columns import QUOTA_COLUMNS
from territory_kit.columns.ratio_columns import RATIO_COLUMNS
from territory_kit.columns.regional_columns import REGIONAL_RESULT_COLUMNS
from territory_kit.columns.rep_columns import REP_COLUMNS
from territory_kit.columns.review_columns import REVIEW_COLUMNS
from territory_kit.columns.shape_columns import SHAPE_COLUMNS
from territory_kit.columns.territory_columns import TERRITORY_COLUMNS

POTENTIAL_SOURCES = ("given", "benchmark", "median", "equal")
COORDINATE_SOURCES = ("given", "places", "city", "postal_code", "none")
LENSES = ("geography", "size", "kind")
CLASSES = ("A", "B", "C")
QUALITIES = ("high", "medium", "low", "n/a")
RULES = (
    "excluded",
    "house",
    "partner",
    "override",
    "rep",
    "territory",
    "group",
    "engine",
)
STATES = ("today", "proposal")
STOP_REASONS = ("converged", "max_iterations", "time_limit")
MOVE_REASONS = (
    "override",
    "rep",
    "territory",
    "region",
    "ended",
    "group",
    "closer",
    "relieves",
    "fills",
    "opens",
    "whole plan",
)


MARKET_AND_TERRITORY_COLUMNS = (
    Column(
        "is_in_scope",
        "yes_no",
        "Whether the account belongs to our market.",
        "In scope",
    ),
    Column(
        "left_out_reason",
        "text",
        "Why the account is in no territory.",
        "Left out because",
    ),
    Column(
        "potential_source",
        "choice",
        "Where the potential comes from.",
        "Potential from",
        choices=POTENTIAL_SOURCES,
    ),
    Column(
        "coordinate_source",
        "choice",
        "Where the coordinates come from.",
        "Place from",
        choices=COORDINATE_SOURCES,
    ),
    Column(
        "wallet_share",
        "share",
        "Revenue as a share of potential.",
        "Share of wallet",
        0,
    ),
    Column(
        "whitespace_amount_per_year",
        "money",
        "Potential not yet sold, never negative.",
        "Whitespace",
    ),
    Column("level", "text", "TAM, SAM or SOM.", "Level"),
    Column("limit", "text", "What sets the size of the level.", "Set by"),
    Column("accounts_count", "count", "Number of accounts.", "Accounts", 0),
    Column("customers_count", "count", "Number of customers.", "Customers", 0),
    Column(
        "lens",
        "choice",
        "How the market is looked at: by place, by size or by kind of account.",
        "Lens",
        choices=LENSES,
    ),
    Column("lens_column", "text", "Column of the accounts that makes the groups.", "Grouped by"),
    Column("lens_group", "text", "City or postal area, employees, segment or industry.", "Group"),
    Column("penetration_share", "share", "Customers among the accounts.", "Penetration", 0, 1),
    Column(
        "overspent_count",
        "count",
        "Accounts with more revenue than potential; their whitespace counts as 0.",
        "Above potential",
        0,
    ),
    Column(
        "potential_share",
        "share",
        "Share of all potential.",
        "Share of potential",
        0,
        1,
    ),
    Column("account_class", "choice", "Class of the account.", "Class", choices=CLASSES),
    Column("score", "number", "Weighted score, 0 to 100.", "Score", 0, 100),
    Column(
        "data_share",
        "share",
        "Share of the score's weight with data, among the criteria that the account can have.",
        "Data",
        0,
        1,
    ),
    Column("class_reason", "text", "Why the account has its class.", "Because"),
    Column(
        "call_channel",
        "choice",
        "How it is served.",
        "Served by",
        choices=("visit", "phone"),
    ),
    Column("points", "number", "Points of the score, of 100.", "Points", 0, 100),
    Column("criterion", "text", "Column that the score uses.", "Criterion"),
    Column("low_value", "number", "Value that scores 0.", "Scores 0 at"),
    Column("high_value", "number", "Value that scores 100.", "Scores 100 at"),
    Column("lowest_value", "number", "Lowest value of the class.", "From"),
    Column(
        "employee_potential_amount_per_year",
        "money",
        "Benchmark of potential for each employee.",
        "Potential per employee",
    ),
    Column("benchmark_source", "text", "How the benchmark was found.", "Benchmark from"),
    Column("territories_count", "count", "Number of territories.", "Territories", 0),
    Column("headcount_source", "text", "What sets the number of territories.", "Set by"),
    Column("call_hours_per_year", "number", "Hours with the customer.", "Call hours", 0),
    Column("travel_hours_per_year", "number", "Hours on the road.", "Travel", 0),
    Column(
        "workload_hours_per_year",
        "number",
        "Hours for calls and travel.",
        "Workload",
        0,
    ),
    Column(
        "tour_hours_per_year",
        "number",
        "Travel once territory and home are known.",
        "Tour hours",
        0,
    ),
    Column("travel_km_per_year", "number", "Estimated road distance.", "Distance", 0),
    Column("is_moved", "yes_no", "Whether the account changes hands.", "Moves"),
    Column("is_forced", "yes_no", "Whether the move cannot be avoided.", "Forced"),
    Column("move_reason", "text", "Why the account moves.", "Because"),
    Column(
        "reason_kind",
        "choice",
        "Kind of reason of a move, true of the proposal as it stands.",
        "Reason",
        choices=MOVE_REASONS,
    ),
    Column(
        "reason_value",
        "number",
        "What the reason amounts to, in the unit of the measure.",
        "Amount",
        0,
    ),
    Column(
        "missed_value",
        "number",
        "By how much a limit would be missed if the account, with its group, went back; 0: by "
        "nothing.",
        "Limit missed without it",
        0,
    ),
    Column(
        "closer_km",
        "number",
        "How much closer the account lies to the centre of its new territory than to that of its "
        "old one; negative: farther.",
        "Closer",
    ),
    Column(
        "move_price_amount",
        "money",
        "Margin at risk when it moves.",
        "Price of move",
        0,
    ),
    Column("rule", "choice", "Rule that placed the account.", "Placed by", choices=RULES),
    Column("centre_km", "number", "Straight distance to the centre.", "To centre", 0),
    Column(
        "centre_lat_deg",
        "number",
        "Latitude of the centre.",
        "Centre latitude",
        -90,
        90,
    ),
    Column(
        "centre_lon_deg",
        "number",
        "Longitude of the centre.",
        "Centre longitude",
        -180,
        180,
    ),
    Column("is_provisional", "yes_no", "New, not yet adopted.", "New"),
    Column("workload_index", "number", "Workload against its target.", "Workload index", 0),
    Column(
        "potential_index",
        "number",
        "Potential against its target.",
        "Potential index",
        0,
    ),
    Column("quality", "choice", "Potential per hour of work.", "Quality", choices=QUALITIES),
    Column(
        "hour_potential_amount",
        "money",
        "Potential per hour of work.",
        "Potential per hour",
    ),
    Column("measure", "text", "What is balanced.", "Measure"),
    Column("state", "choice", "Today's or the proposed plan.", "Plan", choices=STATES),
    Column("target_value", "number", "Wanted value of each territory.", "Target"),
    Column("lowest_share", "share", "Lowest territory against target.", "Lowest", -1),
    Column("highest_share", "share", "Highest territory against target.", "Highest", -1),
    Column(
        "deviation_share",
        "share",
        "Largest deviation from target.",
        "Largest deviation",
        0,
    ),
    Column("tolerance_share", "share", "Allowed deviation from target.", "Allowed", 0),
    Column("spread_share", "share", "Standard deviation over mean.", "Spread (CV)", 0),
    Column("gini_share", "share", "Gini coefficient; 0 is equal.", "Gini", 0, 1),
    Column("driving_amount", "money", "A year of driving to the centres.", "Driving", 0),
    Column(
        "weighed_moves_amount",
        "money",
        "Price of all moves and of introducing the new reps, times its weight; missing where "
        "moves are free.",
        "Moves as weighed",
        0,
    ),
    Column(
        "objective_amount",
        "money",
        "What is made least within the limits: driving, and moves as weighed.",
        "Made least",
        0,
    ),
    Column(
        "lower_bound_amount",
        "money",
        "No plan within the limits has less of what is made least; missing where it is not known.",
        "No plan below",
        0,
    ),
    Column(
        "gap_share",
        "share",
        "How much dearer the plan is at most than the cheapest within the limits, in what is made "
        "least; missing where it is not known.",
        "At most dearer",
        0,
    ),
    Column(
        "stop_reason",
        "choice",
        "Why the search ended.",
        "Ended because",
        choices=STOP_REASONS,
    ),
    Column("iterations_count", "count", "Rounds of the search.", "Rounds", 0),
    Column(
        "is_reproducible",
        "yes_no",
        "Whether the same inputs and seed give the same plan.",
        "Reproducible",
    ),
    Column("option", "text", "What is varied.", "Option"),
    Column("is_chosen", "yes_no", "Whether this is the proposal.", "Chosen"),
    Column("moved_share", "share", "Share of accounts that move.", "Accounts moved", 0, 1),
    Column("moved_count", "count", "Accounts that move.", "Moves", 0),
    *QUOTA_COLUMNS,
    *TERRITORY_COLUMNS,
    *SHAPE_COLUMNS,
    *ACCOUNT_COLUMNS,
    *MILEAGE_COLUMNS,
    *REGIONAL_RESULT_COLUMNS,
)

RESULT_COLUMNS = (*MARKET_AND_TERRITORY_COLUMNS, *REP_COLUMNS, *RATIO_COLUMNS, *REVIEW_COLUMNS)
