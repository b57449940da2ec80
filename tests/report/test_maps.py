"""The map before and after: all accounts are drawn or counted, one colour per territory."""

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex

from territory_kit import report
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Sheet
from territory_kit.report.maps import draw_maps
from territory_kit.report.projection import frame_around
from territory_kit.steps.result import StepResult


def small(territory: list[str | None], today: list[str | None]) -> Evidence:
    """Four accounts in a square; the last one has no place."""
    assignment = pd.DataFrame(
        {
            "territory_id": pd.Series(territory, dtype="str"),
            "current_territory_id": pd.Series(today, dtype="str"),
            "lat_deg": [48.0, 48.0, 48.4, np.nan],
            "lon_deg": [2.0, 2.6, 2.0, np.nan],
            "potential_amount_per_year": [100.0, 50.0, np.nan, 10.0],
        }
    )
    return Evidence({"assignment": assignment})


def test_the_caption_counts_what_is_not_drawn(
    territories_result: StepResult, task: HasTables
) -> None:
    """The fixture has 260 accounts, five without a place, four in no territory."""
    caption = report.map_before_after(territories_result, task).caption
    assert "5 accounts without a known place" in caption
    assert "in no territory (4 accounts)" in caption
    assert "260 accounts." in caption


def test_without_owners_today_there_is_one_map() -> None:
    figure = report.map_before_after(small(["T1", "T1", "T2", "T2"], [None] * 4))
    assert figure.alt.startswith("Map of accounts")
    assert figure.title == "2 territories are proposed"


def test_the_title_says_how_many_accounts_stay() -> None:
    """Three of four accounts keep their territory."""
    figure = report.map_before_after(small(["T1", "T1", "T2", "T2"], ["T1", "T2", "T2", "T2"]))
    assert figure.title.startswith("75 % of accounts stay")


def test_a_region_without_any_place_has_a_sentence_for_its_map() -> None:
    evidence = small(["T1"] * 4, ["T1"] * 4)
    lost = evidence.table("assignment").assign(lat_deg=np.nan, lon_deg=np.nan)
    figure = report.map_before_after(Evidence({"assignment": lost}))
    assert "4 accounts without a known place" in figure.caption
    assert figure.title == (
        "No account has a known place: write `country:` in plan.yaml or give postal codes"
    )
    assert "<img" not in figure._repr_html_()


def test_a_map_counts_territories_whose_accounts_have_no_place() -> None:
    """T2 has the fourth account only, which is nowhere."""
    evidence = small(["T1", "T1", "T1", "T2"], [None] * 4)
    table = evidence.table("assignment")
    lat, lon = table["lat_deg"].to_numpy(), table["lon_deg"].to_numpy()
    frame = frame_around(lat, lon, flattest=0.6, tallest=1.05)
    placed = table.assign(east_km=[0.0, 1, 0, np.nan], north_km=[0.0, 0, 1, np.nan])
    with Sheet(60) as sheet:
        draw_maps(placed, frame, evidence, {"proposal": sheet.axes[0]})
    assert sheet.axes[0].get_title(loc="left") == "Proposal: 2 territories"


def test_rows_in_another_order_give_the_same_picture(territories_result: StepResult) -> None:
    tables = dict(territories_result.tables)
    first = report.map_before_after(Evidence(tables))
    tables["assignment"] = tables["assignment"].sample(frac=1, random_state=1)
    assert report.map_before_after(Evidence(tables)).png == first.png


def test_a_territory_has_the_same_colour_on_both_maps() -> None:
    evidence = gather(small(["T2", "T2", "T1", None], ["T1", "T2", "T1", "T2"]))
    table = evidence.table("assignment")
    lat, lon = table["lat_deg"].to_numpy(), table["lon_deg"].to_numpy()
    frame = frame_around(lat, lon, flattest=0.6, tallest=1.05)
    east, north = frame.flat.to_km(lat, lon)
    placed = table.assign(east_km=east, north_km=north)
    with Sheet(60, columns=2) as sheet:
        axes = dict(zip(("today", "proposal"), sheet.axes, strict=True))
        draw_maps(placed, frame, evidence, axes)
    drawn = {
        state: [to_hex(c) for c in ax.collections[0].get_facecolors()]  # type: ignore[attr-defined]  # a scatter has them
        for state, ax in axes.items()
    }
    colours = evidence.colours()
    # largest potential first: the accounts in the order 0, 1, 2
    assert drawn["today"] == [colours["T1"], colours["T2"], colours["T1"]]
    assert drawn["proposal"] == [colours["T2"], colours["T2"], colours["T1"]]
