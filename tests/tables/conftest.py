"""Write a small file, read it as an input, and look at its faults."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.tables import Fault, Source, read_input


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]:
    """Read text as the file of an input; faults come by their code."""

    def read_text(
        table: str, text: str | bytes, **options: object
    ) -> tuple[pd.DataFrame, dict[str, Fault]]:
        file = tmp_path / str(options.pop("name", f"{table}.csv"))
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        columns = options.pop("columns", {})
        rates = options.pop("rates", {})
        assert isinstance(columns, dict)
        assert isinstance(rates, dict)
        source = Source(file, columns)
        frame, faults = read_input(
            table,
            source,
            currency=str(options.pop("currency", "")),
            country=str(options.pop("country", "")),
            rates=rates,
        )
        assert not options
        return frame, {fault.code: fault for fault in faults}

    return read_text
