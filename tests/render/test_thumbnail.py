"""The small picture of a region: the map of its executed notebook, or nothing."""

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image

from territory_kit.plan import open_plan
from territory_kit.render.thumbnail import (
    WIDEST_PX,
    read_thumbnail,
    write_thumbnail,
)


class _Rendered(Protocol):
    folder: Path


def _png(width: int, height: int, colour: str) -> str:
    written = BytesIO()
    Image.new("RGB", (width, height), colour).save(written, format="PNG")
    return base64.b64encode(written.getvalue()).decode("ascii")


def _write(file: Path, *cells: tuple[str, str]) -> None:
    """Write a notebook of cells with one output each: source, then picture."""
    written = [
        {
            "cell_type": "code",
            "source": [source],
            "outputs": [{"data": {"text/html": [f'<img src="data:image/png;base64,{picture}">']}}],
        }
        for source, picture in cells
    ]
    file.write_text(json.dumps({"cells": written}), encoding="utf-8")


def _made(folder: Path) -> str:
    write_thumbnail(folder)
    return read_thumbnail(folder)


def _opened(address: str) -> Image.Image:
    start, _, picture = address.partition(",")
    assert start == "data:image/png;base64"
    return Image.open(BytesIO(base64.b64decode(picture)))


@pytest.mark.notebook
def test_a_rendered_region_has_its_map_in_small(rendered: _Rendered) -> None:
    """And it is small enough for a page over a hundred regions."""
    folder = rendered.folder / "reports" / open_plan(rendered.folder).slug("Nord")
    address = read_thumbnail(folder)
    assert _opened(address).width == WIDEST_PX
    assert len(address) < 60_000


def test_the_picture_is_that_of_the_map(tmp_path: Path) -> None:
    """Of a bar chart in blue and a map in red, the red one is shown, at a third of its size."""
    cells = (
        ("report.plot_load(result, task)", _png(960, 300, "blue")),
        ("report.map_before_after(task)", _png(960, 300, "red")),
    )
    _write(tmp_path / "05-review.ipynb", *cells)
    picture = _opened(_made(tmp_path))
    assert picture.size == (320, 100)
    assert picture.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_a_small_picture_keeps_its_size(tmp_path: Path) -> None:
    _write(tmp_path / "05-review.ipynb", ("report.map_before_after(task)", _png(90, 40, "red")))
    assert _opened(_made(tmp_path)).size == (90, 40)


def test_without_a_map_the_plan_on_one_page_is_shown(tmp_path: Path) -> None:
    cells = (
        ("report.map_before_after(task)", ""),
        ("report.plot_plan(result, task)", _png(50, 50, "green")),
    )
    _write(tmp_path / "05-review.ipynb", *cells)
    assert _opened(_made(tmp_path)).size == (50, 50)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no notebook",
        "[]",
        '{"cells": 3}',
        '{"cells": [1, {"source": "map_before_after("}]}',
        '{"cells": [{"source": "map_before_after(", "outputs": [1, {"data": 2}]}]}',
        # a picture that is none
        json.dumps(
            {
                "cells": [
                    {
                        "source": "map_before_after(",
                        "outputs": [{"data": {"text/html": 'src="data:image/png;base64,AAAAA"'}}],
                    }
                ]
            }
        ),
    ],
)
def test_what_cannot_be_read_is_no_picture(tmp_path: Path, content: str) -> None:
    (tmp_path / "05-review.ipynb").write_text(content, encoding="utf-8")
    assert _made(tmp_path) == ""


def test_a_folder_without_notebooks_has_no_picture(tmp_path: Path) -> None:
    assert _made(tmp_path / "missing") == ""
