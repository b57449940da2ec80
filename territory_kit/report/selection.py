"""Which columns of a result people read: identifiers, coordinates and repetitions stay in the data.

A table that is not named here is shown whole.
"""

from types import MappingProxyType

SHOWN_COLUMNS = MappingProxyType(
    {
        name: tuple(text.split())
        for name, text in {
            "territory_plan": "territory_name accounts_count potential_amount_per_year "
            "revenue_amount_per_year visits_per_year workload_hours_per_year travel_km_per_year "
            "quality size_quality largest_customer_share",
            "territory_shape": "territory_name travel_km_per_year today_travel_km_per_year "
            "spread_km today_spread_km tree_ratio today_tree_ratio overlap_share "
            "today_overlap_share",
            "regional_indices": "area_id area_name accounts_count compared_power_share "
            "sales_share power_gap_share category_index brand_index opportunity_index "
            "area_reading",
            "split_cities": "city team holder_territory_id parts_count accounts_count "
            "potential_amount_per_year moved_count held_count deviation_change_share "
            "change_km_per_year",
            "territory_segments": "segment territory_name accounts_count "
            "potential_amount_per_year potential_share",
            "field_opinion": "territory_name hour_potential_amount model_rank field_rank rank_gap "
            "field_note",
            "territory_funnel": "territory_name stage deals_count open_deals_amount "
            "expected_deals_amount coverage_share open_coverage_ratio required_coverage_ratio",
            "balance": "measure state territories_count target_value lowest_share highest_share "
            "tolerance_share spread_share gini_share",
            "account_quality": "account_name account_class score data_share class_reason "
            "visits_per_year call_channel",
            "rep_plan": "territory_name rep_name is_incumbent fit_share home_km "
            "tour_hours_per_year travel_km_per_year rep_reason",
            "rep_strengths": "rep_name territory_id revenue_amount_per_year "
            "quota_amount_per_year attainment_share present_share target_index_share "
            "target_weight_share is_capped closed_count won_share shrunk_won_share "
            "low_won_share high_won_share fte_share end_date",
            "rep_win_rates": "group_kind deal_group rep_name closed_count won_count won_share "
            "shrunk_won_share low_won_share high_won_share",
            "rep_ratios": "rep_name revenue_amount_per_year contribution_amount_per_year "
            "expense_share cost_per_call_amount penetration_share "
            "sales_per_account_amount_per_year calls_made_per_account_per_year "
            "contribution_rank penetration_rank",
            "vacancy_options": "territory_name vacancy_option taken_by fit_share "
            "extra_hours_per_year extra_km_per_year capacity_share option_reason",
            "rep_reasons": "territory_id rep_id reason_rank rep_reason_kind rep_reason",
            "rep_review": "territory_name rep_name ideal_visits_per_year actual_visits_per_year "
            "over_visits_per_year under_visits_per_year reached_share "
            "misplaced_share travel_km_per_year declared_km_per_year total_cost_amount_per_year",
            "moves": "account_name account_class city from_rep_id to_rep_id is_forced "
            "move_reason revenue_amount_per_year open_deals_amount move_price_amount",
            "visit_gaps": "account_name ideal_visits_per_year actual_visits_per_year "
            "over_visits_per_year under_visits_per_year",
            "unpaid_moves": "account_name from_territory_id to_territory_id move_reason "
            "gain_amount price_amount shortfall_amount",
            "quotas": "territory_name rep_name months_count even_quota_amount_per_year "
            "prior_year_quota_amount_per_year potential_quota_amount_per_year "
            "blend_quota_amount_per_year proposed_quota_amount_per_year potential_quota_ratio "
            "quota_reading",
            "overrides": "scope value action target reason author expires_date status",
        }.items()
    }
)
