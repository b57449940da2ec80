"""The last pages: what was assumed, what happens when, and who signs."""

from territory_kit import report
from territory_kit.report.evidence import Evidence, HasTables
from territory_kit.steps.result import StepResult


def test_assumptions_of_several_steps_are_listed_once(
    territories_result: StepResult, review_result: StepResult
) -> None:
    listed = report.assumptions(territories_result, review_result, review_result)
    assert listed.sentences == (
        "Straight distance times 1.3 stands for the road.",
        "15 % of the revenue of an account is at risk when its rep changes.",
    )


def test_no_finding_is_said_in_words() -> None:
    assert "Nothing stands against this plan." in report.findings(Evidence({}))._repr_html_()


def test_a_sentence_from_outside_is_escaped() -> None:
    assert "<b>" not in report.findings(Evidence({}, findings=("<b>",)))._repr_html_()


def test_the_calendar_is_in_order_and_has_lines_to_sign(
    review_result: StepResult, task: HasTables
) -> None:
    signed = report.sign_off(review_result, task)
    assert [day for day, _ in signed.dates] == ["2026-10-31", "2026-11-30"]
    assert signed._repr_html_().count("<td></td><td></td>") == 3
