"""Columns and tables of the results: what one step gives the next, and the report.

A column that an input declares already is not declared again: a result uses it by name.
"""

from territory_kit.columns.column import Column, table

POTENTIAL_SOURCES = ("given", "benchmark", "median", "equal")
COORDINATE_SOURCES = ("given", "places", "city", "postal_code", "none")
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

RESULT_COLUMNS = (
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
        "potential_share",
        "share",
        "Share of all potential.",
        "Share of potential",
        0,
        1,
    ),
    Column("account_class", "choice", "Class of the account.", "Class", choices=CLASSES),
    Column("score", "number", "Weighted score, 0 to 100.", "Score", 0, 100),
    Column("data_share", "share", "Share of the score's weight with data.", "Data", 0, 1),
    Column("class_reason", "text", "Why the account has its class.", "Because"),
    Column(
        "call_channel",
        "choice",
        "How it is served.",
        "Served by",
        choices=("visit", "phone"),
    ),
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
    Column("option", "text", "What is varied.", "Option"),
    Column("is_chosen", "yes_no", "Whether this is the proposal.", "Chosen"),
    Column("moved_share", "share", "Share of accounts that move.", "Accounts moved", 0, 1),
    Column("moved_count", "count", "Accounts that move.", "Moves", 0),
    Column("attainment_share", "share", "Revenue against quota.", "Attainment", 0),
    Column("won_count", "count", "Deals won.", "Won", 0),
    Column("closed_count", "count", "Deals won or lost.", "Closed", 0),
    Column("won_share", "share", "Deals won of those closed.", "Win rate", 0, 1),
    Column("fit_share", "share", "Fit of rep to territory.", "Fit", 0, 1),
    Column(
        "skill_fit_share",
        "share",
        "How far needs are met by skills.",
        "Skill fit",
        0,
        1,
    ),
    Column(
        "home_km",
        "number",
        "Straight distance from home to centre.",
        "Home to centre",
        0,
    ),
    Column(
        "relation_share",
        "share",
        "Revenue already with this rep.",
        "Known revenue",
        0,
        1,
    ),
    Column("is_incumbent", "yes_no", "Whether the rep keeps it.", "Incumbent"),
    Column("is_vacant", "yes_no", "Territory without a rep.", "Vacant"),
    Column("rep_reason", "text", "Why this rep.", "Why this rep"),
    Column("other_territory_id", "id", "Second territory of a swap.", "Swaps with"),
    Column("other_rep_id", "id", "Second rep of a swap.", "Rep there"),
    Column("gain_share", "share", "Fit gained by the swap.", "Gain"),
    Column("ideal_visits_per_year", "number", "Visits wanted by class.", "Ideal visits", 0),
    Column(
        "actual_visits_per_year",
        "number",
        "Visits that took place.",
        "Actual visits",
        0,
    ),
    Column("reached_share", "share", "Ideal visits that took place.", "Coverage", 0, 1),
    Column("misplaced_share", "share", "Visits at the wrong accounts.", "Misplaced", 0),
    Column("declared_km_per_year", "number", "Distance as declared.", "Declared km", 0),
    Column("people_cost_amount_per_year", "money", "Pay and overhead.", "People"),
    Column(
        "travel_cost_amount_per_year",
        "money",
        "Kilometres at the km rate.",
        "Travel cost",
    ),
    Column("total_cost_amount_per_year", "money", "All yearly cost.", "Cost"),
    Column("capacity_share", "share", "Workload against capacity.", "Load", 0),
    Column("key_kept_count", "count", "Class A accounts that stay.", "Key kept", 0),
    Column("key_gained_count", "count", "Class A accounts gained.", "Key gained", 0),
    Column("key_given_count", "count", "Class A accounts given.", "Key given", 0),
    Column("gained_count", "count", "Accounts gained.", "Gained", 0),
    Column("given_count", "count", "Accounts given.", "Given", 0),
    Column("from_territory_id", "id", "Territory before.", "From"),
    Column("to_territory_id", "id", "Territory after.", "To"),
    Column("from_rep_id", "id", "Rep before.", "From rep"),
    Column("to_rep_id", "id", "Rep after.", "To rep"),
    Column("open_deals_amount", "money", "Value of open deals.", "Open deals", 0),
    Column("kind", "text", "Forced, chosen or all.", "Kind"),
    Column("accounts_share", "share", "Share of accounts.", "Share of accounts", 0, 1),
    Column("revenue_share", "share", "Share of revenue.", "Share of revenue"),
    Column("figure", "text", "What is compared.", "Figure"),
    Column("unit", "text", "Unit of the figure.", "Unit"),
    Column("today_value", "number", "Figure of today's plan.", "Today"),
    Column("proposal_value", "number", "Figure of the proposal.", "Proposal"),
    Column("reading", "text", "Better, worse or equal.", "Reading"),
    Column("question", "text", "Question to the manager.", "Question"),
    Column("answer_by_date", "date", "Last day for the answer.", "Answer by"),
)

RESULT_TABLES = (
    table(
        "benchmarks",
        "One row per segment: what stands in for a missing potential.",
        "segment customers_count employee_potential_amount_per_year potential_amount_per_year "
        "benchmark_source",
        key="segment",
    ),
    table(
        "score_bounds",
        "One row per criterion of the score, kept so that scores stay comparable.",
        "criterion low_value high_value",
        key="criterion",
    ),
    table(
        "class_cuts",
        "One row per class: the lowest value that reaches it.",
        "account_class lowest_value",
        key="account_class",
    ),
    table(
        "headcount",
        "One row per region: its share of the plan's territories.",
        "region accounts_count potential_amount_per_year workload_hours_per_year "
        "territories_count headcount_source",
        key="region",
    ),
    table(
        "market_accounts",
        "One row per account of the region, in scope or not.",
        "account_id account_name account_type is_in_scope left_out_reason segment "
        "potential_amount_per_year potential_source revenue_amount_per_year wallet_share "
        "whitespace_amount_per_year lat_deg lon_deg coordinate_source coverage",
        key="account_id",
    ),
    table(
        "market_size",
        "One row per level of the market.",
        "level accounts_count potential_amount_per_year limit",
        key="level",
    ),
    table(
        "market_segments",
        "One row per segment in scope.",
        "segment accounts_count customers_count potential_amount_per_year "
        "revenue_amount_per_year wallet_share whitespace_amount_per_year",
        key="segment",
    ),
    table(
        "left_out",
        "One row per reason why accounts are in no territory.",
        "left_out_reason accounts_count potential_amount_per_year potential_share",
        key="left_out_reason",
    ),
    table(
        "account_quality",
        "One row per account in scope.",
        "account_id account_class score data_share class_reason visits_per_year visit_hours "
        "call_channel",
        key="account_id",
    ),
    table(
        "class_summary",
        "One row per class.",
        "account_class accounts_count potential_amount_per_year potential_share "
        "revenue_amount_per_year visits_per_year call_hours_per_year",
        key="account_class",
    ),
    table(
        "assignment",
        "One row per account of the region, placed or left out with a reason.",
        "account_id territory_id left_out_reason current_territory_id rule is_moved is_forced "
        "move_reason move_price_amount visits_per_year call_hours_per_year "
        "travel_hours_per_year workload_hours_per_year potential_amount_per_year "
        "revenue_amount_per_year centre_km lat_deg lon_deg",
        key="account_id",
    ),
    table(
        "territory_plan",
        "One row per proposed territory.",
        "territory_id territory_name is_provisional accounts_count visits_per_year "
        "potential_amount_per_year revenue_amount_per_year call_hours_per_year "
        "travel_hours_per_year workload_hours_per_year tour_hours_per_year travel_km_per_year "
        "size_share workload_index potential_index hour_potential_amount quality centre_lat_deg "
        "centre_lon_deg",
        key="territory_id",
    ),
    table(
        "territory_today",
        "One row per territory of today, measured the same way.",
        "territory_id territory_name accounts_count visits_per_year potential_amount_per_year "
        "revenue_amount_per_year workload_hours_per_year travel_km_per_year workload_index "
        "potential_index",
        key="territory_id",
    ),
    table(
        "balance",
        "One row per measure and plan.",
        "measure state territories_count target_value lowest_share highest_share deviation_share "
        "tolerance_share spread_share gini_share",
        key="measure state",
    ),
    table(
        "alternatives",
        "One row per other proposal that was computed.",
        "option is_chosen territories_count tolerance_share deviation_share travel_km_per_year "
        "moved_count moved_share move_price_amount",
        key="option",
    ),
    table(
        "rep_strengths",
        "One row per rep of the region.",
        "rep_id rep_name territory_id revenue_amount_per_year quota_amount_per_year "
        "attainment_share closed_count won_count won_share fte_share end_date",
        key="rep_id",
    ),
    table(
        "rep_fit",
        "One row per territory and rep.",
        "territory_id rep_id fit_share skill_fit_share home_km relation_share is_incumbent",
        key="territory_id rep_id",
    ),
    table(
        "rep_plan",
        "One row per proposed territory: who takes it.",
        "territory_id territory_name rep_id rep_name current_rep_id is_incumbent is_vacant "
        "fit_share home_km tour_hours_per_year travel_km_per_year rep_reason",
        key="territory_id",
    ),
    table(
        "rep_swaps",
        "One row per swap of two reps that would raise the fit.",
        "territory_id rep_id other_territory_id other_rep_id gain_share",
    ),
    table(
        "rep_review",
        "One row per proposed territory with its rep.",
        "territory_id territory_name rep_id rep_name accounts_count potential_amount_per_year "
        "revenue_amount_per_year quota_amount_per_year workload_hours_per_year capacity_share "
        "ideal_visits_per_year actual_visits_per_year reached_share misplaced_share "
        "travel_km_per_year declared_km_per_year people_cost_amount_per_year "
        "travel_cost_amount_per_year total_cost_amount_per_year key_kept_count key_gained_count "
        "key_given_count gained_count given_count",
        key="territory_id",
    ),
    table(
        "moves",
        "One row per account that changes hands.",
        "account_id account_name account_class city from_territory_id to_territory_id from_rep_id "
        "to_rep_id is_forced move_reason revenue_amount_per_year open_deals_amount "
        "move_price_amount",
        key="account_id",
    ),
    table(
        "disruption",
        "One row per kind of move.",
        "kind accounts_count accounts_share revenue_amount_per_year revenue_share "
        "open_deals_amount move_price_amount",
        key="kind",
    ),
    table(
        "comparison",
        "One row per figure, today against the proposal.",
        "figure unit today_value proposal_value reading",
        key="figure",
    ),
    table(
        "questions",
        "One row per question that the regional manager answers.",
        "question answer_by_date",
    ),
)
