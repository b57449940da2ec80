"""Captions end with the source and the day of the data."""

from datetime import date

from territory_kit.report.captions import caption
from territory_kit.report.evidence import Evidence


def test_a_caption_names_step_region_and_day() -> None:
    evidence = Evidence({}, step="market", region="Nord", as_of_date=date(2026, 1, 2))
    assert caption(evidence, "A bar is a segment.", "") == (
        "A bar is a segment. Source: results of step market, Nord, data as of 2026-01-02."
    )


def test_without_a_step_the_inputs_are_the_source() -> None:
    assert caption(Evidence({})) == "Source: inputs of the plan."
