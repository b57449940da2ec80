"""Tables of the results: what one step gives the next, and the report."""

from territory_kit.columns.account_tables import ACCOUNT_TABLES
from territory_kit.columns.column import table

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
        "region_goals",
        "One row per region: what it carries of the plan's goal; empty without money.",
        "region region_goal_amount_per_year plan_goal_amount_per_year",
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
        "regional_indices",
        "One row per area of the region with statistics: buying power against our sales.",
        "area_id area_name accounts_count buying_power_share share_base compared_power_share "
        "sales_share power_gap_share category_index brand_index opportunity_index area_reading",
        key="area_id",
    ),
    table(
        "market_lenses",
        "One row per lens and group of accounts in scope.",
        "lens lens_column lens_group accounts_count customers_count penetration_share "
        "potential_amount_per_year revenue_amount_per_year wallet_share "
        "whitespace_amount_per_year overspent_count",
        key="lens lens_group",
    ),
    table(
        "left_out",
        "One row per reason why accounts are not in the market.",
        "left_out_reason accounts_count potential_amount_per_year potential_share",
        key="left_out_reason",
    ),
    table(
        "not_placed",
        "One row per reason why accounts of the region are in no territory.",
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
        "score_reasons",
        "One row per account and criterion: its points, which add up to the score.",
        "account_id criterion points",
        key="account_id criterion",
    ),
    table(
        "account_profit",
        "One row per account in scope with revenue: what it earns after its cost to serve.",
        "account_id revenue_amount_per_year gross_margin_amount_per_year "
        "visits_cost_amount_per_year way_cost_amount_per_year net_profit_amount_per_year "
        "cumulative_profit_amount_per_year cumulative_profit_share",
        key="account_id",
    ),
    table(
        "account_grid",
        "One row per account in scope: its place between opportunity and position.",
        "account_id potential_amount_per_year wallet_share portfolio_cell",
        key="account_id",
    ),
    *ACCOUNT_TABLES,
    table(
        "assignment",
        "One row per account of the region, placed or left out with a reason.",
        "account_id territory_id left_out_reason current_territory_id rule is_moved is_forced "
        "move_reason move_price_amount visits_per_year call_hours_per_year "
        "travel_hours_per_year workload_hours_per_year potential_amount_per_year "
        "revenue_amount_per_year centre_km closer_km lat_deg lon_deg",
        key="account_id",
    ),
    table(
        "move_reasons",
        "One row per reason of each account that moves.",
        "account_id reason_kind territory_id measure reason_value missed_value",
    ),
    table(
        "territory_plan",
        "One row per proposed territory.",
        "territory_id territory_name team is_provisional accounts_count visits_per_year "
        "potential_amount_per_year revenue_amount_per_year call_hours_per_year "
        "travel_hours_per_year workload_hours_per_year tour_hours_per_year travel_km_per_year "
        "size_share workload_index potential_index hour_potential_amount quality size_quality "
        "largest_customer_share herfindahl_share centre_lat_deg centre_lon_deg",
        key="territory_id",
    ),
    table(
        "territory_today",
        "One row per territory of today, measured the same way.",
        "territory_id territory_name accounts_count visits_per_year potential_amount_per_year "
        "revenue_amount_per_year workload_hours_per_year travel_km_per_year size_share "
        "workload_index potential_index",
        key="territory_id",
    ),
    table(
        "territory_shape",
        "One row per territory of today or of the proposal: how close its accounts lie together.",
        "territory_id territory_name travel_km_per_year today_travel_km_per_year spread_km "
        "today_spread_km tree_ratio today_tree_ratio overlap_share today_overlap_share",
        key="territory_id",
    ),
    table(
        "split_cities",
        "One row per team and city that several territories share: what keeping it whole would "
        "change.",
        "city team holder_territory_id parts_count accounts_count potential_amount_per_year "
        "moved_count held_count deviation_change_share change_km_per_year",
        key="city team",
    ),
    table(
        "territory_segments",
        "One row per segment and proposed territory with an account of it.",
        "segment territory_id territory_name accounts_count potential_amount_per_year "
        "potential_share",
        key="segment territory_id",
    ),
    table(
        "territory_funnel",
        "One row per proposed territory and stage of its open deals, and one for all stages.",
        "territory_id territory_name stage deals_count open_deals_amount expected_deals_amount "
        "coverage_share open_coverage_ratio required_coverage_ratio",
        key="territory_id stage",
    ),
    table(
        "field_opinion",
        "One row per territory of today that the field ranks or says something of.",
        "territory_id territory_name hour_potential_amount model_rank field_rank rank_gap "
        "field_note",
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
        "searches",
        "One row per team: what the search for its territories made least, and how it ended.",
        "team accounts_count territories_count driving_amount weighed_moves_amount "
        "objective_amount lower_bound_amount gap_share iterations_count stop_reason "
        "is_reproducible",
    ),
    table(
        "alternatives",
        "One row per other proposal that was computed.",
        "option is_chosen territories_count tolerance_share deviation_share travel_km_per_year "
        "moved_count moved_share move_price_amount",
        key="option",
    ),
    table(
        "trade_offs",
        "One row per proposal tried with the same number of territories.",
        "option is_chosen is_dominated tolerance_share move_price_factor deviation_share "
        "travel_km_per_year moved_count moved_share move_price_amount",
        key="option",
    ),
    table(
        "sizing",
        "One row per number of territories around the proposal's.",
        "territories_count is_chosen territory_hours_per_year capacity_share deviation_share "
        "accounts_reached_share potential_reached_share travel_km_per_year "
        "reps_cost_amount_per_year roi_share moved_count",
        key="territories_count",
    ),
    table(
        "sizing_rules",
        "One row per rule of thumb: how many full-time reps it asks for.",
        "sizing_rule exact_count territories_count rule_assumption",
        key="sizing_rule",
    ),
    table(
        "rep_strengths",
        "One row per rep of the region.",
        "rep_id rep_name territory_id revenue_amount_per_year quota_amount_per_year "
        "attainment_share present_share target_index_share target_weight_share is_capped "
        "closed_count won_count won_share shrunk_won_share low_won_share high_won_share "
        "skill_source fte_share end_date",
        key="rep_id",
    ),
    table(
        "rep_win_rates",
        "One row per rep and group of deals, where the rep has closed deals.",
        "group_kind deal_group rep_id rep_name closed_count won_count won_share shrunk_won_share "
        "low_won_share high_won_share",
        key="group_kind deal_group rep_id",
    ),
    table(
        "rep_performance",
        "One row per rep: revenue against what the territory of today lets one expect. Not for "
        "pay decisions alone.",
        "rep_id rep_name accounts_count potential_amount_per_year workload_hours_per_year "
        "revenue_amount_per_year expected_amount_per_year low_expected_amount_per_year "
        "high_expected_amount_per_year performance_share studentised_residual is_outside "
        "efficiency_share",
        key="rep_id",
    ),
    table(
        "rep_ratios",
        "One row per rep with accounts: the last year in ratios. Not for pay decisions alone.",
        "rep_id rep_name accounts_count customers_count calls_count revenue_amount_per_year "
        "gross_margin_amount_per_year expense_amount_per_year remuneration_amount_per_year "
        "expense_share expense_per_call_amount cost_per_call_amount penetration_share "
        "sales_per_account_amount_per_year calls_made_per_account_per_year "
        "contribution_amount_per_year contribution_rank penetration_rank",
        key="rep_id",
    ),
    table(
        "rep_fit",
        "One row per territory and rep.",
        "territory_id rep_id fit_share skill_fit_share home_km relation_share failed_gates "
        "is_incumbent",
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
        "vacancy_options",
        "One row per territory without a rep and option: an interim rep, or its neighbours.",
        "territory_id territory_name vacancy_option rep_id taken_by fit_share "
        "extra_hours_per_year extra_km_per_year capacity_share option_reason",
        key="territory_id vacancy_option",
    ),
    table(
        "rep_reasons",
        "One row per reason why a rep takes a territory, up to three for each.",
        "territory_id rep_id reason_rank rep_reason_kind rep_reason_value unit rep_reason",
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
        "ideal_visits_per_year actual_visits_per_year over_visits_per_year under_visits_per_year "
        "reached_share misplaced_share travel_km_per_year declared_km_per_year "
        "people_cost_amount_per_year travel_cost_amount_per_year total_cost_amount_per_year "
        "key_kept_count key_gained_count key_given_count gained_count given_count",
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
        "visit_gaps",
        "One row per account that was visited more or less often than wanted.",
        "account_id territory_id ideal_visits_per_year actual_visits_per_year "
        "over_visits_per_year under_visits_per_year",
        key="account_id",
    ),
    table(
        "call_costs",
        "One row per part of the cost of a call, of today's plan and the proposal.",
        "part today_amount proposal_amount",
        key="part",
    ),
    table(
        "break_evens",
        "One row per class: revenue from which the wanted calls on an account pay.",
        "account_class accounts_count calls_per_account_per_year "
        "expense_break_even_amount_per_year margin_break_even_amount_per_year",
        key="account_class",
    ),
    table(
        "quotas",
        "One row per proposed territory: its quota by four bases and as proposed; empty without "
        "money.",
        "territory_id territory_name rep_id rep_name given_quota_amount_per_year months_count "
        "even_quota_amount_per_year prior_year_quota_amount_per_year "
        "potential_quota_amount_per_year blend_quota_amount_per_year "
        "proposed_quota_amount_per_year potential_quota_ratio fair_quota_ratio quota_reading",
        key="territory_id",
    ),
    table(
        "contribution",
        "One row per territory, today and as proposed: what it brings after its costs in a year.",
        "territory_id state accounts_count margin_amount_per_year people_cost_amount_per_year "
        "travel_cost_amount_per_year call_cost_amount_per_year contribution_amount_per_year "
        "hour_contribution_amount account_contribution_amount",
        key="territory_id state",
    ),
    table(
        "change_costs",
        "One row per part of what the change costs once.",
        "part cases_count one_off_amount",
        key="part",
    ),
    table(
        "rep_disruption",
        "One row per rep: accounts kept, given and gained, and the share of the rep's own given.",
        "rep_id accounts_count kept_count given_count gained_count given_accounts_share "
        "given_revenue_share given_relation_share open_deals_amount",
        key="rep_id",
    ),
    table(
        "unpaid_moves",
        "One row per move by choice whose saving does not bring in its price.",
        "account_id account_name from_territory_id to_territory_id move_reason "
        "saving_amount_per_year gain_amount price_amount shortfall_amount",
        key="account_id",
    ),
    table(
        "mileage",
        "One row per rep: the year's driving, and what the official mileage scale gives for it.",
        "rep_id driven_km_per_year km_source mileage_amount_per_year",
        key="rep_id",
    ),
    table(
        "questions",
        "One row per question that the regional manager answers.",
        "question answer_by_date",
    ),
)
