"""Whatever a file holds, it is read or refused with a reason, and what was read is divided."""

from collections.abc import Callable
from contextlib import suppress

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territory_kit.design_file.answer import Answer
from territory_kit.design_file.inputs import read_inputs
from territory_kit.design_file.limits import Balance
from territory_kit.design_file.request import Request
from territory_kit.errors import TableError

Ask = Callable[..., Request]
Divide = Callable[[Request], Answer]

HEADERS = ("id", "x", "y", "pop", "now", "lock", "grp")
# fmt: off
CELLS = st.sampled_from([
    "", " ", "0", "1", "-1", "3.5", "3,5", "1.234", "1e5", "inf", "nan", "n/a", "#N/A", "x", "yes",
    "Total", "=1+1", "@", "'", '"a"', "é", "\x1b[31m", "1 000", "(5)", "5%", "007", "7.0", "2E+9",
])
# fmt: on
NUMBERS = st.sampled_from(["0", "1", "2", "5", "7", "9.5"])
TERRITORIES = st.sampled_from(["", "N", "S", "=1", "nan"])
GOOD_ROW = st.tuples(NUMBERS, NUMBERS, NUMBERS, TERRITORIES, st.just(""), TERRITORIES)
ODD_ROW = st.lists(CELLS, min_size=1, max_size=9)
OPTIONS = {
    "balances": (Balance("pop", 0.5),),
    "current_column": "now",
    "move_price": 1.0,
    "locked_column": "lock",
    "together_column": "grp",
}
SEPARATORS = st.sampled_from([",", ";", "\t"])


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(content=st.lists(ODD_ROW, max_size=8), separator=SEPARATORS)
def test_any_file_is_read_or_refused(ask: Ask, content: list[list[str]], separator: str) -> None:
    request = ask("\n".join(separator.join(row) for row in (HEADERS, *content)), **OPTIONS)
    with suppress(TableError):
        assert read_inputs(request).units.frame["unit_id"].is_unique


@settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows=st.lists(GOOD_ROW, min_size=2, max_size=6))
def test_what_was_read_is_divided(ask: Ask, divide: Divide, rows: list[tuple[str, ...]]) -> None:
    lines = [f"u{n},{','.join(row)}" for n, row in enumerate(rows)]
    request = ask("\n".join([",".join(HEADERS), *lines]), **OPTIONS)
    answer = divide(request)
    out = pd.read_csv(request.out, dtype=str, keep_default_na=False)
    assert out["id"].tolist() == [f"u{n}" for n in range(len(rows))]
    assert set(out["territory_id"].str.removeprefix("'")) <= set(answer.names)
    assert bool(answer.explanations()) != answer.design.is_feasible
