"""Hours of a full-time rep, worked out by hand."""

import pytest

from territory_kit.options import Hours, Options
from territory_kit.steps.working_hours import usual_hours


def test_hours_for_calls_and_travel_leave_prospecting_out() -> None:
    """8 h on 200 days, three quarters in the field, a tenth of that for prospecting."""
    hours = Hours(per_day=8, days_per_year=200, field_share=0.75, prospecting_share=0.1)
    assert usual_hours(Options(hours=hours)) == pytest.approx(1080)
