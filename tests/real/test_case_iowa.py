"""The published case on public data says what the code finds today."""

import re
from pathlib import Path

import pandas as pd
import pytest

from tools.make_case_iowa import PAGE, case_markdown, run_case

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"

pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_dir(), reason="no folder ../shared/real beside this checkout"),
]


def test_the_page_of_the_case_is_what_its_tool_writes() -> None:
    """Else run `python -m tools.make_case_iowa FOLDER`; numbers are compared before words."""
    written = PAGE.read_text(encoding="utf-8")
    made = case_markdown(run_case(REAL), pd.read_csv(REAL / "iowa_orders.csv"))
    assert _numbers(written) == _numbers(made)
    assert written == made


def _numbers(page: str) -> list[str]:
    return re.findall(r"\d[\d,.]*", page)
