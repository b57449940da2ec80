"""Columns of the results of step 4 about a rep's year: ratios, targets, and vacancies."""

from territory_kit.columns.column import Column

VACANCY_OPTIONS = ("backfill", "absorb")
SKILL_SOURCES = ("evidence", "self-assessed")

RATIO_COLUMNS = (
    Column(
        "calls_count",
        "count",
        "Visits, phone and video calls of the last year of data.",
        "Calls",
        0,
    ),
    Column("gross_margin_amount_per_year", "money", "Margin on the revenue.", "Margin"),
    Column(
        "expense_amount_per_year",
        "money",
        "Declared kilometres and material of calls.",
        "Expenses",
        0,
    ),
    Column("remuneration_amount_per_year", "money", "Pay, benefits and overhead.", "Pay", 0),
    Column("expense_share", "share", "Expenses against revenue.", "Expenses of revenue", 0),
    Column("expense_per_call_amount", "money", "Expenses over calls.", "Expenses per call", 0),
    Column("cost_per_call_amount", "money", "Expenses and pay over calls.", "Cost per call", 0),
    Column(
        "sales_per_account_amount_per_year",
        "money",
        "Revenue over customers.",
        "Revenue per customer",
    ),
    Column(
        "calls_made_per_account_per_year", "number", "Calls made over customers.", "Calls each", 0
    ),
    Column(
        "contribution_amount_per_year",
        "money",
        "Margin less people, kilometres and calls; nights away are not counted, and it is not for "
        "pay decisions alone.",
        "Contribution",
    ),
    Column("contribution_rank", "count", "Place by contribution, 1 is best.", "By contribution", 1),
    Column("penetration_rank", "count", "Place by penetration, 1 is best.", "By penetration", 1),
    Column(
        "vacancy_option",
        "choice",
        "What may be done with a territory without a rep.",
        "Option",
        choices=VACANCY_OPTIONS,
    ),
    Column("taken_by", "text", "Who takes over: a rep, or territories with accounts.", "Taken by"),
    Column("extra_hours_per_year", "number", "Work that comes on top.", "Extra work"),
    Column("extra_km_per_year", "number", "Driving that comes on top.", "Extra driving"),
    Column("option_reason", "text", "What speaks for the option, and against.", "For and against"),
    Column(
        "present_share",
        "share",
        "Part of the last year in which the rep was there.",
        "Year present",
        0,
        1,
    ),
    Column(
        "target_index_share",
        "share",
        "Weighted results against targets; not for pay decisions alone.",
        "Index",
        0,
    ),
    Column(
        "target_weight_share",
        "share",
        "Part of the weights of the index that has a target and a result.",
        "Weight known",
        0,
        1,
    ),
    Column("is_capped", "yes_no", "Whether a result was cut at the cap.", "Capped"),
    Column(
        "skill_source",
        "choice",
        "Whether deals won moved a skill of the rep, or all are as the rep says.",
        "Skills from",
        choices=SKILL_SOURCES,
    ),
    Column(
        "efficiency_share",
        "share",
        "Part of the best practice that is reached, luck set apart; not for pay decisions alone.",
        "Efficiency",
        0,
        1,
    ),
)
