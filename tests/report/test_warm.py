"""What pictures load at first is loaded when that is asked for, and nothing else changes."""

import matplotlib as mpl

from territory_kit.report.cities import all_cities
from territory_kit.report.warm import warm


def test_the_cities_are_read_and_no_setting_is_changed() -> None:
    """A kernel that is forked afterwards starts like any other."""
    all_cities.cache_clear()
    before = dict(mpl.rcParams)
    warm()
    assert all_cities.cache_info().currsize == 1
    assert dict(mpl.rcParams) == before
