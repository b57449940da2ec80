"""A file of four units on a line, and requests about files in a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from territory_kit.design_file.answer import Answer
from territory_kit.design_file.clock import command_start
from territory_kit.design_file.request import Request
from territory_kit.design_file.run import design_file

FOUR = "id,x,y,pop\n001,0,0,5\n002,1,0,5\n003,10,0,5\n004,11,0,5\n"

Ask = Callable[..., Request]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Write the units, and the edges if there are any, and ask for two territories of them."""

    def make(units: str | bytes = FOUR, *, edges: str = "", **options: Any) -> Request:  # noqa: ANN401 - options differ in type
        content = units.encode() if isinstance(units, str) else units
        (tmp_path / "units.csv").write_bytes(content)
        if edges:
            (tmp_path / "edges.csv").write_text(edges, encoding="utf-8")
            options["edges"] = tmp_path / "edges.csv"
        if "lat_column" not in options:
            options = {"x_column": "x", "y_column": "y"} | options
        chosen: dict[str, Any] = {"territories_count": 2, "id_column": "id"} | options
        return Request(units=tmp_path / "units.csv", out=tmp_path / "out.csv", **chosen)

    return make


@pytest.fixture
def divide() -> Callable[[Request], Answer]:
    """Run a request without telling anybody."""
    return lambda request: design_file(request, started=command_start(), tell=lambda _: None)


@pytest.fixture
def rows(divide: Callable[[Request], Answer]) -> Callable[[Request], dict[str, str]]:
    """Run a request and return the territory that the file gives to each unit."""

    def read(request: Request) -> dict[str, str]:
        divide(request)
        out = pd.read_csv(request.out, dtype=str)
        return dict(zip(out.iloc[:, 0], out["territory_id"], strict=True))

    return read
