"""A plan's own copies of the notebooks."""

import json
from pathlib import Path
from typing import Any

import pytest

from territory_kit import __version__
from territory_kit.errors import TerritoryKitError
from territory_kit.plan import notebooks
from territory_kit.plan.notebooks import (
    StaleNotebook,
    copy_notebooks,
    stale_notebooks,
    stale_sentence,
)

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


@pytest.mark.usefixtures("originals")
def test_without_a_region_the_parameter_is_empty(tmp_path: Path) -> None:
    """Inputs with blocking faults have no regions yet; the notebook then says which there are."""
    assert 'region = ""' in "".join(_cells(copy_notebooks(tmp_path))[1]["source"])


def _edit(file: Path, cell: int, source: str) -> None:
    notebook = json.loads(file.read_text(encoding="utf-8"))
    notebook["cells"][cell]["source"] = [source]
    file.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.usefixtures("originals")
def test_fresh_copies_are_not_stale(tmp_path: Path) -> None:
    copy_notebooks(tmp_path, region="Nord")
    assert stale_notebooks(tmp_path) == ()


def test_a_copy_is_stale_once_its_original_has_changed(tmp_path: Path, originals: Path) -> None:
    copy_notebooks(tmp_path, region="Nord")
    _edit(originals / "01-market.ipynb", 0, "# Better question")
    expected = StaleNotebook("01-market.ipynb", __version__, is_edited=False)
    assert stale_notebooks(tmp_path) == (expected,)


def test_running_a_copy_is_not_editing_it(tmp_path: Path, originals: Path) -> None:
    copy = copy_notebooks(tmp_path, region="Nord") / "01-market.ipynb"
    notebook = json.loads(copy.read_text(encoding="utf-8"))
    notebook["cells"][1] |= {"outputs": [{"output_type": "stream"}], "execution_count": 3}
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    _edit(originals / "01-market.ipynb", 0, "# Better question")
    assert not stale_notebooks(tmp_path)[0].is_edited


def test_the_analysts_own_work_in_a_stale_copy_is_told(tmp_path: Path, originals: Path) -> None:
    copy = copy_notebooks(tmp_path, region="Nord") / "01-market.ipynb"
    _edit(copy, 2, "my_own = 1")
    _edit(originals / "01-market.ipynb", 0, "# Better question")
    assert stale_notebooks(tmp_path)[0].is_edited


def test_a_copy_whose_original_is_gone_is_stale(tmp_path: Path, originals: Path) -> None:
    copy_notebooks(tmp_path, region="Nord")
    (originals / "01-market.ipynb").unlink()
    assert [copy.name for copy in stale_notebooks(tmp_path)] == ["01-market.ipynb"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"metadata": []}', '{"metadata": {}}', "\x00"])
@pytest.mark.usefixtures("originals")
def test_notebooks_of_other_origin_are_nothing_to_speak_of(tmp_path: Path, text: str) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "mine.ipynb").write_text(text, encoding="utf-8")
    assert stale_notebooks(tmp_path) == ()


def test_a_plan_without_notebooks_has_no_stale_ones(tmp_path: Path) -> None:
    assert stale_notebooks(tmp_path) == ()
    assert stale_sentence(()) == ""


def test_the_sentence_says_what_to_do_and_whose_work_is_in_it() -> None:
    stale = [
        StaleNotebook("01-a.ipynb", "0.1", is_edited=True),
        StaleNotebook("02-b.ipynb", "0.1", is_edited=False),
    ]
    text = stale_sentence(stale)
    assert "copies from version 0.1 whose originals have changed" in text
    assert "01-a.ipynb (changed by you), 02-b.ipynb." in text
    assert "delete or rename them" in text
    assert "territory-kit lab again" in text


@pytest.mark.usefixtures("originals")
def test_a_file_in_place_of_the_folder_is_told_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "notebooks").write_text("a file", encoding="utf-8")
    with pytest.raises(TerritoryKitError, match=r"cannot be used: File exists \(.*notebooks\)"):
        copy_notebooks(tmp_path, region="Nord")
