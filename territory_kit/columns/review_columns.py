"""Columns of what step 5 shows beside the verdict: what each territory brings after its costs."""

from territory_kit.columns.column import Column

REVIEW_COLUMNS = (
    Column("margin_amount_per_year", "money", "Gross margin on the revenue.", "Margin"),
    Column(
        "call_cost_amount_per_year", "money", "Material of all wanted calls.", "Cost of calls", 0
    ),
    Column(
        "contribution_amount_per_year",
        "money",
        "Margin less people, kilometres and calls; nights away are not counted.",
        "Contribution",
    ),
    Column(
        "hour_contribution_amount",
        "money",
        "Contribution of one hour of work, with driving from home.",
        "Contribution per hour",
    ),
    Column(
        "account_contribution_amount",
        "money",
        "Contribution of one account in a year.",
        "Contribution per account",
    ),
    Column("cases_count", "count", "Places filled, or accounts moved.", "Number", 0),
    Column("one_off_amount", "money", "What it costs once.", "Cost once", 0),
)
