"""Columns of what step 3 compares: numbers of territories, settings, size against quality."""

from territory_kit.columns.column import Column

SIZE_QUALITIES = ("big and rich", "big and poor", "small and rich", "small and poor", "n/a")

TERRITORY_COLUMNS = (
    Column(
        "territory_hours_per_year",
        "number",
        "Hours of calls and of driving from the centre, for each full territory.",
        "Workload of one",
        0,
    ),
    Column(
        "accounts_reached_share",
        "share",
        "Share of accounts that get all their wanted visits within the hours there are.",
        "Accounts reached",
        0,
        1,
    ),
    Column(
        "potential_reached_share",
        "share",
        "Share of potential at accounts that get all their wanted visits.",
        "Potential reached",
        0,
        1,
    ),
    Column(
        "reps_cost_amount_per_year",
        "money",
        "Yearly cost of the reps and their kilometres.",
        "Reps and km",
        0,
    ),
    Column(
        "roi_share",
        "share",
        "What the last rep brings back in three years, against the cost of one year.",
        "Return of the last rep",
    ),
    Column("sizing_rule", "text", "Rule that gives a number of reps.", "Rule"),
    Column("exact_count", "number", "Full-time reps in fractions.", "Exact number", 0),
    Column("rule_assumption", "text", "What the number rests on.", "Rests on"),
    Column(
        "is_dominated",
        "yes_no",
        "Whether another proposal is at least as good in balance, driving and moves.",
        "Beaten",
    ),
    Column(
        "move_price_factor",
        "number",
        "Weight of the price of moves against driving.",
        "Price of moves ×",
        0,
    ),
    Column(
        "size_quality",
        "choice",
        "Workload and potential per hour of work, each against the average.",
        "Size and quality",
        choices=SIZE_QUALITIES,
    ),
    Column(
        "largest_customer_share",
        "share",
        "Share of revenue of the largest customer.",
        "Largest customer",
        0,
        1,
    ),
    Column(
        "herfindahl_share",
        "share",
        "Sum of the squared revenue shares of all customers; all from one is the whole.",
        "Concentration",
        0,
        1,
    ),
    Column("model_rank", "number", "Rank by potential per hour of work, 1 is best.", "Our rank", 1),
    Column("rank_gap", "number", "Ranks between the field's and ours.", "Ranks apart", 0),
)
