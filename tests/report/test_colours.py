"""Colours by territory: the same whatever the order, different up to ten."""

from territory_kit.report.colours import ABOVE, BELOW, INSIDE, deviation_colour, territory_colours


def test_the_order_of_territories_does_not_change_a_colour() -> None:
    assert territory_colours(["T3", "T1", "T2"]) == territory_colours(["T2", "T3", "T1", "T1"])


def test_ten_territories_have_ten_colours() -> None:
    assert len(set(territory_colours(f"T{i}" for i in range(10)).values())) == 10


def test_the_colour_of_an_index_says_on_which_side_of_the_band_it_lies() -> None:
    found = [deviation_colour(index, 0.1) for index in (80, 90, 100, 110, 120)]
    assert found == [BELOW, INSIDE, INSIDE, INSIDE, ABOVE]
