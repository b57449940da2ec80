"""Columns of statistics of regions: what an input gives, and what step 1 makes of them."""

from territory_kit.columns.column import Column

SHARE_BASES = ("nation", "region")
AREA_READINGS = ("strong", "whitespace", "watch", "weak", "n/a")

# Shares of the nation; the names stand in the sentence that asks for them.
REGIONAL_INPUT_COLUMNS = (
    Column("area_id", "id", "Region, or the first characters of its postal codes.", "Area"),
    Column("area_name", "text", "Name of the area.", "Area name"),
    Column("income_share", "share", "Share of the nation's income.", "Income", 0, 1),
    Column("retail_sales_share", "share", "Share of the nation's retail sales.", "Retail", 0, 1),
    Column(
        "population_share",
        "share",
        "Share of the nation's people; in business markets of its firms or employees.",
        "Population",
        0,
        1,
    ),
    Column(
        "category_sales_share",
        "share",
        "Share of what the nation buys of our kind of product, from anybody.",
        "Category sales",
        0,
        1,
    ),
    Column(
        "brand_sales_share",
        "share",
        "Share of all that we sell in the nation.",
        "Our sales",
        0,
        1,
    ),
)

REGIONAL_RESULT_COLUMNS = (
    Column(
        "buying_power_share",
        "share",
        "Weighted share of the nation's income, retail sales and population.",
        "Buying power, nation",
        0,
        1,
    ),
    Column(
        "share_base",
        "choice",
        "Whether buying power and our sales are compared as parts of the nation, or of the areas "
        "of the region.",
        "Compared within",
        choices=SHARE_BASES,
    ),
    Column(
        "compared_power_share",
        "share",
        "Part of the buying power that is compared.",
        "Buying power",
        0,
        1,
    ),
    Column("sales_share", "share", "Part of our sales that is compared.", "Our sales"),
    Column("power_gap_share", "share", "Buying power less our sales.", "Above our sales"),
    Column(
        "category_index",
        "number",
        "What the area buys of our kind of product, for its population.",
        "Category index",
        0,
    ),
    Column("brand_index", "number", "What the area buys from us, for its population.", "Own index"),
    Column(
        "opportunity_index",
        "number",
        "Own index for the category index: below 100 we lag behind the category.",
        "Own against category",
        0,
    ),
    Column(
        "area_reading",
        "choice",
        "Both indices against 100: strong is high in both, whitespace in the category alone, watch "
        "in ours alone, weak in neither; n/a where one is unknown.",
        "Reading",
        choices=AREA_READINGS,
    ),
)
