"""Tables of what step 2 says of accounts beyond class, profit and place in the grid."""

from territory_kit.columns.column import table

ACCOUNT_TABLES = (
    table(
        "account_recency",
        "One row per customer in scope: its last contact, contacts and money of a year, scored.",
        "account_id quiet_days_count contacts_count monetary_amount_per_year recency_score "
        "frequency_score monetary_score recency_group",
        key="account_id",
    ),
    table(
        "account_referral",
        "One row per account in scope that has answered how likely it is to recommend us.",
        "account_id referral_score revenue_amount_per_year referral_share "
        "referral_value_amount_per_year",
        key="account_id",
    ),
    table(
        "prospect_propensity",
        "One row per prospect in scope: its chance to buy; empty where that cannot be learnt.",
        "account_id propensity_share propensity_reason",
        key="account_id",
    ),
    table(
        "propensity_reliability",
        "One row per tenth of chance: what accounts were given, and how many bought.",
        "predicted_share observed_share accounts_count",
    ),
)
