"""The run record: what a result was made from, and whether that still holds."""

from typing import Any

import pytest
from pydantic import ValidationError

from territory_kit.plan.record import Origin, Record, TableFile, library_versions

RUN = "run-" + "0" * 32


def _origin(**changed: Any) -> Origin:  # noqa: ANN401 - any field of the record
    said: dict[str, Any] = {
        "inputs": {"accounts": "a1"},
        "options": {"seed": 1, "travel": {"circuity": 1.3}},
        "upstream": {"market": "m1"},
        "package_version": "0.1.0",
    }
    return Origin(**{**said, **changed})


def _record(**changed: Any) -> Record:  # noqa: ANN401 - any field of the record
    said: dict[str, Any] = {
        "step": "market",
        "region": "Nord",
        "run": RUN,
        "tables": {"balance": TableFile(sha256="b1", rows_count=2)},
        "figures": {"accounts_count": 3.0},
        "assumptions": ("One.",),
        "findings": (),
        "parameters": {},
        "seed": 1,
        "origin": _origin(),
        "started": "2026-01-01T00:00:00+00:00",
        "seconds": 1.0,
    }
    return Record(**{**said, **changed})


def test_an_unchanged_origin_has_no_changes() -> None:
    assert _origin().changes(_origin()) == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"inputs": {"accounts": "a2"}}, "input: accounts"),
        ({"inputs": {"accounts": "a1", "reps": "r1"}}, "input: reps"),
        ({"inputs": {}}, "input: accounts"),
        (
            {"options": {"seed": 2, "travel": {"circuity": 1.2}}},
            "option: seed, travel.circuity",
        ),
        ({"upstream": {"market": "m2"}}, "result of step: market"),
        ({"package_version": "0.2.0"}, "version of territory_kit: 0.1.0, 0.2.0"),
    ],
)
def test_changes_are_named(changed: dict[str, Any], words: str) -> None:
    assert _origin().changes(_origin(**changed)) == (words,)


def test_a_record_survives_its_file() -> None:
    record = _record(figures={"gap_share": float("inf"), "verdict": "adopt"})
    assert Record.model_validate_json(record.model_dump_json()) == record


def test_a_figure_that_is_not_a_number_survives_too() -> None:
    read = Record.model_validate_json(_record(figures={"x": float("nan")}).model_dump_json())
    assert str(read.figures["x"]) == "nan"


def test_the_same_result_made_later_has_the_same_digest() -> None:
    """So that running a step again without any change leaves later steps current."""
    later = _record(started="2027-01-01T00:00:00+00:00", seconds=9.0, run="run-" + "1" * 32)
    assert later.digest_for("accounts") == _record().digest_for("accounts")


@pytest.mark.parametrize(
    "changed",
    [
        {"tables": {"balance": TableFile(sha256="b2", rows_count=2)}},
        {"figures": {"accounts_count": 4.0}},
        {"assumptions": ()},
        {"findings": ("A vacancy.",)},
    ],
)
def test_another_result_has_another_digest(changed: dict[str, Any]) -> None:
    assert _record(**changed).digest_for("accounts") != _record().digest_for("accounts")


def test_of_the_frame_of_the_plan_a_step_reads_its_tables_only() -> None:
    """More headcount divides regions anew, but does not change what an account is worth."""
    names = ("benchmarks", "class_cuts", "headcount", "score_bounds")
    tables = {name: TableFile(sha256=name, rows_count=1) for name in names}
    frame = _record(step="company", tables=tables)
    tables["headcount"] = TableFile(sha256="other", rows_count=1)
    later = _record(step="company", tables=tables)
    assert later.digest_for("accounts") == frame.digest_for("accounts")
    assert later.digest_for("territories") != frame.digest_for("territories")


@pytest.mark.parametrize(
    "changed",
    [
        {"run": "../run-1"},
        {"run": RUN + "/.."},
        {"tables": {"../x": TableFile(sha256="b", rows_count=1)}},
        {"tables": {"Balance\n": TableFile(sha256="b", rows_count=1)}},
    ],
)
def test_a_record_cannot_lead_out_of_its_folder(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _record(**changed)


def test_versions_of_the_computing_libraries_are_kept() -> None:
    assert {"python", "numpy", "pandas", "scipy"} <= set(library_versions())


def test_who_changes_the_versions_of_one_record_changes_no_other() -> None:
    library_versions().clear()
    assert "numpy" in library_versions()
