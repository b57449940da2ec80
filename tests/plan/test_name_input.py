"""One line more in plan.yaml, and nothing else."""

from pathlib import Path

import pytest

from territory_kit.errors import ParameterError
from territory_kit.plan.name_input import with_input_line


def named(tmp_path: Path, text: str) -> str:
    file = tmp_path / "plan.yaml"
    file.write_bytes(text.encode())
    return with_input_line(file, "overrides", "inputs/o.csv")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "inputs: # mine\n\n  # who\n    accounts: a.csv\nseed: 1\n",
            "inputs: # mine\n    overrides: inputs/o.csv\n\n  # who\n    accounts: a.csv\n"
            "seed: 1\n",
            id="indented as the line below, past comments",
        ),
        pytest.param(
            "inputs:\r\n  accounts: a.csv\r\n",
            "inputs:\r\n  overrides: inputs/o.csv\r\n  accounts: a.csv\r\n",
            id="line ends of Windows",
        ),
        pytest.param(
            "base: ../other",
            "base: ../other\ninputs:\n  overrides: inputs/o.csv\n",
            id="no inputs yet",
        ),
        pytest.param(
            "inputs:\nseed: 1\n",
            "inputs:\n  overrides: inputs/o.csv\nseed: 1\n",
            id="a heading without lines",
        ),
        pytest.param(
            "\ufeffinputs:\n  accounts: a.csv\n",
            "\ufeffinputs:\n  overrides: inputs/o.csv\n  accounts: a.csv\n",
            id="a byte-order mark",
        ),
    ],
)
def test_the_line_is_added_and_the_rest_stays(tmp_path: Path, before: str, after: str) -> None:
    assert named(tmp_path, before) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("inputs: {accounts: a.csv}\n", id="in braces"),
        pytest.param('"inputs":\n  accounts: a.csv\n', id="a heading in quotes"),
    ],
)
def test_what_cannot_be_completed_is_told_with_the_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ParameterError) as caught:
        named(tmp_path, text)
    assert str(caught.value) == (
        "The settings cannot be completed by themselves: overrides is missing under inputs "
        f"({tmp_path / 'plan.yaml'}). Write under `inputs:` the line `overrides: inputs/o.csv`, "
        "with a file of that name that holds the headers, and run the same again."
    )
