"""Columns of what step 2 says of accounts beyond their class: what they earn."""

from territory_kit.columns.column import Column

PORTFOLIO_CELLS = ("core", "growth/drag", "maintain", "problem", "n/a")
RECENCY_GROUPS = ("best", "active", "cooling", "quiet", "never seen", "n/a")

ACCOUNT_COLUMNS = (
    Column(
        "visits_cost_amount_per_year",
        "money",
        "What the planned calls on the account cost, without the way.",
        "Calls",
        0,
    ),
    Column(
        "way_cost_amount_per_year",
        "money",
        "What the way to the account costs; missing where its length is not known.",
        "Way",
        0,
    ),
    Column(
        "net_profit_amount_per_year",
        "money",
        "Gross margin less the cost to serve; below 0 where the account costs more than it brings.",
        "Net profit",
    ),
    Column(
        "cumulative_profit_amount_per_year",
        "money",
        "Net profit of this account and of all that earn more.",
        "Net profit so far",
    ),
    Column(
        "cumulative_profit_share",
        "share",
        "Net profit of this account and of all that earn more, as a share of all net profit; "
        "missing where all accounts together earn nothing.",
        "Net profit so far",
    ),
    Column(
        "portfolio_cell",
        "choice",
        "Place of the account between opportunity (potential) and position (share of wallet): "
        "core is high in both, growth/drag in opportunity alone, maintain in position alone, "
        "problem in neither; n/a where one is unknown.",
        "Place in the grid",
        choices=PORTFOLIO_CELLS,
    ),
    Column(
        "quiet_days_count",
        "count",
        "Days since the last visit, call or won deal; missing where none is known.",
        "Days quiet",
        0,
    ),
    Column(
        "contacts_count",
        "count",
        "Visits, calls and won deals of the 365 days up to the day the plan looks from.",
        "Contacts of the year",
        0,
    ),
    Column(
        "monetary_amount_per_year",
        "money",
        "What the account spends with us: its revenue, else the deals won in the year; missing "
        "where neither is known.",
        "Spends with us",
    ),
    Column(
        "recency_score",
        "number",
        "Last contact: 5 for less than a month ago, 4 up to 3 months, 3 up to 6, 2 up to 9, else "
        "1; missing where none is known.",
        "Recency",
        1,
        5,
    ),
    Column(
        "frequency_score",
        "number",
        "Contacts of the year, in fifths of the customers: 5 for the fifth with most.",
        "Frequency",
        1,
        5,
    ),
    Column(
        "monetary_score",
        "number",
        "What the account spends with us, in fifths of the customers: 5 for the fifth that spends "
        "most; missing where it is not known.",
        "Money",
        1,
        5,
    ),
    Column(
        "recency_group",
        "choice",
        "What the scores say: best (recency, frequency and money of 4 or 5), active (contact "
        "within 3 months), cooling (within 6), quiet (longer ago), never seen (no contact, though "
        "contacts are known of more than 6 months ago); n/a where that cannot be told.",
        "Contact",
        choices=RECENCY_GROUPS,
    ),
    Column(
        "referral_share",
        "share",
        "Chance that the account recommends us, from what became of earlier answers; missing where "
        "that is not known.",
        "Chance of a referral",
        0,
        1,
    ),
    Column(
        "referral_value_amount_per_year",
        "money",
        "Margin of a year that the account can be expected to bring by recommending us; missing "
        "where that is not known.",
        "Referral value",
    ),
    Column(
        "propensity_share",
        "share",
        "Chance that the prospect buys once a deal is tried with it.",
        "Chance to buy",
        0,
        1,
    ),
    Column(
        "propensity_reason",
        "text",
        "What moves this chance most against the average account.",
        "Because",
    ),
    Column(
        "predicted_share",
        "share",
        "Mean chance that these accounts were given before their outcome was known.",
        "Chance given",
        0,
        1,
    ),
    Column(
        "observed_share",
        "share",
        "Share of these accounts that bought.",
        "Bought",
        0,
        1,
    ),
)
