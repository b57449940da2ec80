"""What a notebook and a report show: the answer, figures, tables, in words with units.

Every function takes results of steps, tasks, or both: the result first, the task behind it for
the tables of the steps before, the names and the currency.
"""

from territory_kit.report.answer import Answer, answer
from territory_kit.report.efficiency import efficiency
from territory_kit.report.evidence import Evidence, gather
from territory_kit.report.field_opinion import field_opinion
from territory_kit.report.figures import Figure
from territory_kit.report.funnel import territory_funnel
from territory_kit.report.maps import map_before_after
from territory_kit.report.market_lenses import lens_table
from territory_kit.report.moves import move_reasons
from territory_kit.report.page_one import biggest_moves, questions, rep_table, verdict
from territory_kit.report.plan_page import plot_plan
from territory_kit.report.plots_market import plot_classes, plot_segments, plot_size
from territory_kit.report.plots_performance import plot_performance
from territory_kit.report.plots_profit import plot_whale
from territory_kit.report.plots_reps import plot_fit, plot_load, plot_visits
from territory_kit.report.plots_territories import plot_alternatives, plot_balance, plot_quality
from territory_kit.report.plots_trade_offs import plot_trade_offs
from territory_kit.report.portfolio import portfolio
from territory_kit.report.prospects import likely_prospects, propensity_reliability
from territory_kit.report.recency import quiet_customers
from territory_kit.report.referrals import referrals
from territory_kit.report.regional_indices import regional_indices
from territory_kit.report.rep_ratios import rep_ratios
from territory_kit.report.segments import territory_segments
from territory_kit.report.shape import territory_shape
from territory_kit.report.sign_off import assumptions, findings, sign_off
from territory_kit.report.sizing import sizing
from territory_kit.report.split_cities import split_cities
from territory_kit.report.tables import ShownTable, show, show_frame
from territory_kit.report.vacancies import vacancies

__all__ = [
    "Answer",
    "Evidence",
    "Figure",
    "ShownTable",
    "answer",
    "assumptions",
    "biggest_moves",
    "efficiency",
    "field_opinion",
    "findings",
    "gather",
    "lens_table",
    "likely_prospects",
    "map_before_after",
    "move_reasons",
    "plot_alternatives",
    "plot_balance",
    "plot_classes",
    "plot_fit",
    "plot_load",
    "plot_performance",
    "plot_plan",
    "plot_quality",
    "plot_segments",
    "plot_size",
    "plot_trade_offs",
    "plot_visits",
    "plot_whale",
    "portfolio",
    "propensity_reliability",
    "questions",
    "quiet_customers",
    "referrals",
    "regional_indices",
    "rep_ratios",
    "rep_table",
    "show",
    "show_frame",
    "sign_off",
    "sizing",
    "split_cities",
    "territory_funnel",
    "territory_segments",
    "territory_shape",
    "vacancies",
    "verdict",
]
