"""A plan's own copies of the notebooks."""

import json
from pathlib import Path
from typing import Any

import pytest

from territory_kit.plan import notebooks
from territory_kit.plan.notebooks import copy_notebooks

PARAMETERS = """\
plan_dir = "../data/sample"  # folder of the plan
region = "Bretagne"  # name of a region
seed = None  # as the plan says"""


def _code(source: list[str], *, tags: list[str]) -> dict[str, Any]:
    output = {"output_type": "stream", "name": "stdout", "text": ["of the sample"]}
    return {
        "cell_type": "code",
        "metadata": {"tags": tags},
        "source": source,
        "outputs": [output],
        "execution_count": 2,
    }


def _cells(notebooks: Path) -> list[dict[str, Any]]:
    text = (notebooks / "01-market.ipynb").read_text(encoding="utf-8")
    cells: list[dict[str, Any]] = json.loads(text)["cells"]
    return cells


@pytest.fixture
def originals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ship one notebook with a parameters cell and stored outputs."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Question"]},
        _code(PARAMETERS.splitlines(keepends=True), tags=["parameters"]),
        _code(['region = "stays"'], tags=[]),
    ]
    (folder / "01-market.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}))
    monkeypatch.setattr(notebooks, "shipped_folder", lambda _: folder)
    return folder


@pytest.mark.usefixtures("originals")
def test_copies_are_set_to_the_plan(tmp_path: Path) -> None:
    cells = _cells(copy_notebooks(tmp_path, region='Île "Sud"'))
    assert cells[1]["source"] == [
        'plan_dir = ".."  # folder of the plan\n',
        'region = "Île \\"Sud\\""  # name of a region\n',
        "seed = None  # as the plan says",
    ]
    assert cells[2]["source"] == ['region = "stays"']


@pytest.mark.usefixtures("originals")
def test_outputs_of_the_sample_are_left_out(tmp_path: Path) -> None:
    code = _cells(copy_notebooks(tmp_path, region="Nord"))[1:]
    assert [(cell["outputs"], cell["execution_count"]) for cell in code] == [([], None)] * 2


def test_the_originals_stay_as_they_are(tmp_path: Path, originals: Path) -> None:
    before = (originals / "01-market.ipynb").read_bytes()
    copy_notebooks(tmp_path, region="Nord")
    assert (originals / "01-market.ipynb").read_bytes() == before


@pytest.mark.usefixtures("originals")
def test_a_notebook_that_is_there_already_stays_as_it_is(tmp_path: Path) -> None:
    """It holds the analyst's work."""
    mine = copy_notebooks(tmp_path, region="Nord") / "01-market.ipynb"
    mine.write_text("mine", encoding="utf-8")
    copy_notebooks(tmp_path, region="Sud")
    assert mine.read_text(encoding="utf-8") == "mine"
