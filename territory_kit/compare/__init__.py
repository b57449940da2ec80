"""Compare scenarios: plans on the same inputs side by side, and how sure a gain is."""

from territory_kit.compare.comparison import Comparison, compare_plans
from territory_kit.compare.request import Request, make_request

__all__ = ["Comparison", "Request", "compare_plans", "make_request"]
