"""The whole plan in one picture: five answers, and a page that stands without map or money."""

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territory_kit import report
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Figure
from territory_kit.report.plan_page import five_answers, whole_sentences
from territory_kit.steps.result import StepResult


@pytest.fixture
def evidence(review_result: StepResult, task: HasTables) -> Evidence:
    return gather(review_result, task)


def _with(evidence: Evidence, **tables: pd.DataFrame) -> Evidence:
    return replace(evidence, tables={**evidence.tables, **tables})


def _pixels(figure: Figure) -> np.ndarray:
    with Image.open(io.BytesIO(figure.png)) as image:
        return np.asarray(image)


def test_each_step_answers_in_a_few_words(evidence: Evidence) -> None:
    answers = dict(five_answers(evidence))
    assert [*answers] == ["1 Market", "2 Accounts", "3 Territories", "4 Reps", "5 Changes"]
    assert "could spend EUR" in answers["1 Market"]
    assert "of class A hold" in answers["2 Accounts"]
    assert answers["3 Territories"].endswith("largest deviation of workload 39 % to 9 %")
    assert answers["4 Reps"].endswith("no rep yet: Rennes Sud")
    assert "hands" in answers["5 Changes"]


def test_without_classes_or_territories_the_answers_say_so(evidence: Evidence) -> None:
    classes = evidence.table("class_summary").iloc[:0]
    balance = evidence.table("balance").iloc[:0]
    answers = dict(five_answers(_with(evidence, class_summary=classes, balance=balance)))
    assert answers["2 Accounts"] == "no account has a class"
    assert ";" not in answers["3 Territories"]


def test_the_page_is_one_picture_with_the_verdict(evidence: Evidence) -> None:
    page = report.plot_plan(evidence)
    assert page.title.endswith("adopt with changes")
    assert page.png.startswith(b"\x89PNG")
    # it fits on a page in A4
    assert page.height_px < 1.45 * page.width_px


def test_the_maps_of_the_page_are_those_of_the_report(evidence: Evidence) -> None:
    """They are drawn once, and stand below the words."""
    page, maps = (_pixels(plot(evidence)) for plot in (report.plot_plan, report.map_before_after))
    tops = range(len(page) - len(maps))
    assert sum(np.array_equal(page[top : top + len(maps)], maps) for top in tops) == 1


def test_without_owners_today_the_map_of_the_proposal_stands_alone(evidence: Evidence) -> None:
    nobody = evidence.table("assignment").assign(
        current_territory_id=pd.Series(dtype="str"),
    )
    page = _pixels(report.plot_plan(_with(evidence, assignment=nobody)))
    strip = page[300:500]
    assert (strip[:, : page.shape[1] // 2 - 10] == 255).all()
    assert (strip[:, page.shape[1] // 2 :] < 255).any()


def test_long_answers_make_the_page_longer_instead_of_standing_below_it(
    evidence: Evidence,
) -> None:
    """The vacant territory is named; a line of 20 letters is 3.75 mm high."""
    plan = evidence.table("territory_plan").assign(territory_name="a name of many words " * 6)
    long = _with(evidence, territory_plan=plan)
    assert len(dict(five_answers(long))["4 Reps"]) > 7 * 20
    grown = report.plot_plan(long).height_px - report.plot_plan(evidence).height_px
    assert grown >= 2 * 3.75 / 25.4 * 150 - 1


def test_the_page_stands_where_no_account_has_a_place(evidence: Evidence) -> None:
    lost = evidence.table("assignment").assign(lat_deg=float("nan"), lon_deg=float("nan"))
    assert report.plot_plan(_with(evidence, assignment=lost)).png


def test_a_long_reason_ends_with_a_whole_sentence() -> None:
    words = "Short first sentence. " + "word " * 100 + "end."
    assert whole_sentences(words) == "Short first sentence."
    assert whole_sentences("All fits. So it stays.") == "All fits. So it stays."
    assert len(whole_sentences("word " * 200).splitlines()) == 3
