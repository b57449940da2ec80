"""Columns of quotas: what regions and territories carry, and how hard that is."""

from territory_kit.columns.column import Column

QUOTA_READINGS = ("hard", "fair", "easy", "n/a")


def _quota(base: str, meaning: str, label: str) -> Column:
    return Column(f"{base}_quota_amount_per_year", "money", meaning, label, 0)


QUOTA_COLUMNS = (
    Column(
        "plan_goal_amount_per_year",
        "money",
        "What the whole plan is to sell.",
        "Goal of the plan",
        0,
    ),
    Column(
        "region_goal_amount_per_year",
        "money",
        "What a region is to sell, with what the plan adds for safety.",
        "Goal of the region",
        0,
    ),
    _quota("given", "Quota that the input gives the rep.", "Given quota"),
    _quota("even", "Quota by equal parts for equal working time.", "Equal parts"),
    _quota("prior_year", "Quota by the revenue of the year before.", "By last year"),
    _quota("potential", "Quota by potential.", "By potential"),
    _quota("blend", "Quota by the year before and potential together.", "By both"),
    _quota("proposed", "Quota by the basis and method chosen.", "Quota"),
    Column(
        "months_count",
        "number",
        "Months of the plan's first year in which the rep is there.",
        "Months",
        0,
        12,
    ),
    Column(
        "potential_quota_ratio",
        "number",
        "Potential for each unit of quota.",
        "Potential per quota",
        0,
    ),
    Column(
        "fair_quota_ratio",
        "number",
        "Potential per quota against the typical territory; 1 is typical.",
        "Against typical",
        0,
    ),
    Column(
        "quota_reading",
        "choice",
        "Whether there is little or much potential for the quota.",
        "Quota is",
        choices=QUOTA_READINGS,
    ),
)
