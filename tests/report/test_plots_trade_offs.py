"""Proposals that none beats stand out; the others are grey and have no name."""

import numpy as np
import pandas as pd
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from territory_kit import report
from territory_kit.report import Evidence
from territory_kit.report.colours import ACCENT, LIGHT_ACCENT, RULE
from territory_kit.report.plots_trade_offs import draw_trade_offs

TABLE = pd.DataFrame(
    {
        "option": ["keep today", "proposal", "beaten", "moves are free"],
        "is_chosen": [False, True, False, False],
        "is_dominated": [False, False, True, False],
        "moved_share": [0.0, 0.1, 0.2, 0.4],
        "travel_km_per_year": [90e3, 85e3, 88e3, 70e3],
        "deviation_share": [0.4, 0.1, 0.1, 0.12],
    }
)


def test_beaten_proposals_are_grey_and_nameless() -> None:
    ax = draw_trade_offs(TABLE)
    faces = [np.asarray(c.get_facecolor()) for c in ax.collections]
    colours = [to_hex(face[0]) for face in faces if len(face)]
    assert colours == [RULE, LIGHT_ACCENT, ACCENT]
    names = {text.get_text() for text in ax.texts}
    assert names == {"keep today", "proposal", "moves are free"}


def test_the_dot_with_most_kilometres_is_the_largest() -> None:
    light = draw_trade_offs(TABLE).collections[1]
    assert isinstance(light, PathCollection)
    assert np.asarray(light.get_sizes()).tolist() == [170.0, 25.0]


def test_no_name_covers_the_dot_of_another_proposal() -> None:
    """The one that is beaten lies right of the proposal, where its name would stand."""
    near = TABLE.assign(moved_share=[0.0, 0.1, 0.12, 0.4])
    ax = draw_trade_offs(near)
    names = {text.get_text(): text.get_window_extent() for text in ax.texts}
    assert not names["proposal"].contains(*ax.transData.transform((0.12, 0.1)))


def test_title_and_caption_say_what_the_proposal_does_and_how_many_were_tried() -> None:
    figure = report.plot_trade_offs(Evidence({"trade_offs": TABLE}))
    assert figure.title == (
        "The proposal moves 10 % of accounts and leaves 10 % as the largest deviation"
    )
    assert (
        "3 of 4 proposals tried are beaten by none in balance, driving and moves." in figure.caption
    )


def test_without_moves_kilometres_take_their_place() -> None:
    alone = TABLE.iloc[[1]].assign(moved_share=0.0)
    assert draw_trade_offs(alone).get_xlabel() == "Distance (km per year)"
    figure = report.plot_trade_offs(Evidence({"trade_offs": alone}))
    assert "1 of 1 proposal tried is beaten by none" in figure.caption
