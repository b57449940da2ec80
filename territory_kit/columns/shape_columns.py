"""Columns of how territories lie on the map: close together, and across cities."""

from territory_kit.columns.column import Column

SHAPE_COLUMNS = (
    Column(
        "today_travel_km_per_year",
        "number",
        "Yearly driving from the centre, today.",
        "Driving today",
        0,
    ),
    Column(
        "today_spread_km",
        "number",
        "Mean straight distance of visits to their weighted centre, today.",
        "To the middle, today",
        0,
    ),
    Column(
        "spread_km",
        "number",
        "Mean straight distance of visits to their weighted centre.",
        "To the middle",
        0,
    ),
    Column(
        "today_tree_ratio",
        "number",
        "Tree length ratio of today's places.",
        "Tree length ratio today",
        0,
    ),
    Column(
        "tree_ratio",
        "number",
        "Shortest net that joins all places, over the root of their number times their area; less "
        "where they cluster.",
        "Tree length ratio",
        0,
    ),
    Column(
        "today_overlap_share",
        "share",
        "Accounts that lie inside the hull of another territory of the team, today.",
        "Overlap today",
        0,
        1,
    ),
    Column(
        "overlap_share",
        "share",
        "Accounts that lie inside the hull of another territory of the team.",
        "Overlap",
        0,
        1,
    ),
    Column(
        "holder_territory_id",
        "id",
        "Territory that holds the largest part of the city, by workload.",
        "Largest part in",
    ),
    Column("parts_count", "count", "Territories that share the city.", "Divided in", 2),
    Column(
        "held_count",
        "count",
        "Accounts among the moves that a lock, an override or a group holds.",
        "Held by a rule",
        0,
    ),
    Column(
        "deviation_change_share",
        "share",
        "Largest deviation of workload with the city whole, less that of the plan, in points.",
        "Change of largest deviation",
    ),
    Column(
        "change_km_per_year",
        "number",
        "Yearly driving with the city whole, less that of the plan.",
        "Change of driving",
    ),
    Column("deals_count", "count", "Open deals.", "Open deals", 0),
    Column(
        "expected_deals_amount",
        "money",
        "Open deals that close within twelve months, times their chance.",
        "Expected",
        0,
    ),
    Column("coverage_share", "share", "Expected value against the target.", "Coverage", 0),
    Column(
        "open_coverage_ratio",
        "number",
        "Open value within twelve months against the target.",
        "Open per target",
        0,
    ),
    Column(
        "required_coverage_ratio",
        "number",
        "Open value per target that the chances ask for: one over the mean chance.",
        "Needed per target",
        0,
    ),
)
