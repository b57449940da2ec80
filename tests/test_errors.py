"""Messages for analysts: four parts, in plain words."""

import sys
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from territory_kit import errors


def test_a_message_has_four_parts() -> None:
    error = errors.ParameterError(
        "The tolerance is out of range",
        value="1.7",
        where="plan.yaml, territories.tolerance_share",
        remedy="Give a share from 0 to 1.",
    )
    assert str(error) == (
        "The tolerance is out of range: 1.7 (plan.yaml, territories.tolerance_share). "
        "Give a share from 0 to 1."
    )


def test_parts_that_are_not_given_leave_no_trace() -> None:
    assert str(errors.TableError("The file is empty")) == "The file is empty."


@pytest.mark.parametrize(
    "kind",
    [
        errors.InfeasiblePlanError,
        errors.MissingDependencyError,
        errors.ParameterError,
        errors.StaleResultError,
        errors.TableError,
    ],
)
def test_every_error_is_a_value_error_of_this_package(kind: type[Exception]) -> None:
    """Callers can catch all of them with one name."""
    assert issubclass(kind, errors.TerritoryKitError)
    assert issubclass(kind, ValueError)


def test_the_parts_of_an_error_can_be_read_one_by_one() -> None:
    error = errors.TableError("what", value="value", where="where", remedy="remedy")
    assert (error.what, error.value, error.where, error.remedy) == (
        "what",
        "value",
        "where",
        "remedy",
    )


def test_a_notebook_shows_the_message_and_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    # the shell puts its own in their place
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr("builtins.display", None, raising=False)
    shell_of: Any = InteractiveShell
    shell = shell_of(config=Config({"HistoryManager": {"enabled": False}}))
    shell.run_cell("from territory_kit.errors import TableError")
    shell.run_cell("raise TableError('The file is empty', remedy='Export it again.')")
    assert capsys.readouterr().out.strip() == "The file is empty. Export it again."


def test_up_to_five_identifiers_are_named_in_order() -> None:
    assert errors.list_ids(["A3", "A1", "A2"]) == "A1, A2, A3"


def test_more_than_five_identifiers_are_counted() -> None:
    # 7 in all, 5 shown, 2 more
    assert errors.list_ids([f"A{number}" for number in range(7)]) == (
        "A0, A1, A2, A3, A4 and 2 more (7 in all)"
    )


def test_a_typing_mistake_gets_a_suggestion() -> None:
    assert errors.suggest("tolerence", ["mode", "tolerance"]) == (
        'Did you mean "tolerance"? Known names: mode, tolerance.'
    )


def test_a_name_like_no_other_gets_the_list_only() -> None:
    assert errors.suggest("xyz", ["tolerance", "mode"]) == "Known names: mode, tolerance."


def test_numbers_in_names_are_sorted_as_numbers() -> None:
    rows = [f"row {number}" for number in (100, 97, 101)]
    assert errors.list_ids(rows) == "row 97, row 100, row 101"
    assert errors.list_ids(["b", "10", "A2", "a10"]) == "10, A2, a10, b"
