"""The frame of the whole plan: made once, kept while it holds, with scales that stay."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from territory_kit import frame as frame_module
from territory_kit.frame import read_company
from territory_kit.plan import COMPANY, Plan, open_plan
from territory_kit.steps.company import frame_company
from territory_kit.steps.result import StepResult


def _add(folder: Path, file: str, text: str) -> Plan:
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(text)
    return open_plan(folder)


def _change(folder: Path, old: str, new: str) -> Plan:
    file = folder / "inputs" / "accounts.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return open_plan(folder)


def test_the_frame_has_what_the_regions_share(two_regions: Path) -> None:
    frame = read_company(open_plan(two_regions))
    shared = {"benchmarks", "class_cuts", "headcount", "region_goals", "score_bounds"}
    assert set(frame.tables) == shared
    headcount = frame.tables["headcount"]
    assert headcount["region"].tolist() == ["Nord", "Sud"]
    assert headcount["territories_count"].sum() == 3


def test_a_frame_that_holds_is_not_made_again(
    two_regions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_company(open_plan(two_regions)).record
    monkeypatch.setattr(frame_module, "frame_company", None)
    assert read_company(open_plan(two_regions)).record == first


def test_a_frame_is_made_again_when_the_plan_has_changed(two_regions: Path) -> None:
    read_company(open_plan(two_regions))
    plan = _add(two_regions, "plan.yaml", "market: {attainable_share: 0.1}\n")
    assert plan.state("company", COMPANY) == "stale"
    read_company(plan)
    assert plan.state("company", COMPANY) == "current"


def test_scales_stay_when_only_the_money_of_an_account_changes(two_regions: Path) -> None:
    """Otherwise every score would move with every new export."""
    first = read_company(open_plan(two_regions))
    second = read_company(_change(two_regions, ",20000,3800\n", ",90000,9900\n"))
    for name in ("score_bounds", "class_cuts"):
        pd.testing.assert_frame_equal(second.tables[name], first.tables[name])
    assert second.record.tables["headcount"] != first.record.tables["headcount"]


def test_scales_stay_when_an_account_is_new(two_regions: Path) -> None:
    """An import is no reason to value yesterday's accounts in another way."""
    first = read_company(open_plan(two_regions))
    second = read_company(
        _add(two_regions, "inputs/accounts.csv", "A99,New,48.5,2.5,Nord,R1,90000,9\n")
    )
    for name in ("score_bounds", "class_cuts"):
        pd.testing.assert_frame_equal(second.tables[name], first.tables[name])


def test_scales_are_made_anew_with_other_criteria(two_regions: Path) -> None:
    first = read_company(open_plan(two_regions))
    second = read_company(_add(two_regions, "plan.yaml", "accounts: {class_shares: [0.5, 0.9]}\n"))
    assert not second.tables["class_cuts"].equals(first.tables["class_cuts"])


def test_regions_that_start_at_once_make_one_frame(
    two_regions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads stand for the kernels of the regions: a lock keeps them apart just the same."""
    made: list[str] = []

    def count(*tables: Any, **options: Any) -> StepResult:  # noqa: ANN401 - passed on as they are
        made.append("frame")
        return frame_company(*tables, **options)

    monkeypatch.setattr(frame_module, "frame_company", count)
    with ThreadPoolExecutor(2) as pool:
        frames = list(pool.map(read_company, [open_plan(two_regions), open_plan(two_regions)]))
    assert made == ["frame"]
    assert frames[0].record == frames[1].record
