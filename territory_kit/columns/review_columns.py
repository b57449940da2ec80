"""Columns of what step 5 shows beside the verdict: what each territory brings after its costs."""

from territory_kit.columns.column import Column

REVIEW_COLUMNS = (
    Column("margin_amount_per_year", "money", "Gross margin on the revenue.", "Margin"),
    Column(
        "call_cost_amount_per_year", "money", "Material of all wanted calls.", "Cost of calls", 0
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
    Column("kept_count", "count", "Accounts kept.", "Kept", 0),
    Column("given_accounts_share", "share", "Own accounts given.", "Accounts given", 0, 1),
    Column("given_revenue_share", "share", "Own revenue given.", "Revenue given", 0, 1),
    Column(
        "given_relation_share",
        "share",
        "Own revenue given, weighed by years with the account and visits.",
        "Given by relationship",
        0,
        1,
    ),
)
