"""What cannot be compared is refused before any plan is opened."""

from pathlib import Path

import pytest

from territory_kit.compare import make_request
from territory_kit.errors import ParameterError

PLANS = [Path("a"), Path("b")]


def test_one_plan_alone_is_refused() -> None:
    with pytest.raises(ParameterError, match="One plan has nothing to be compared with: a"):
        make_request(PLANS[:1], ranges={})


def test_a_plan_is_not_compared_with_itself() -> None:
    with pytest.raises(ParameterError, match=r"A plan is given twice: a, c/\.\./a"):
        make_request([*PLANS, Path("c/../a")][::2], ranges={})


def test_ranges_are_read_and_missing_ones_left_out() -> None:
    request = make_request(PLANS, ranges={"circuity": "1.2:1.4", "loss_share": None})
    assert request.ranges == {"circuity": (1.2, 1.4)}


@pytest.mark.parametrize("text", ["1.3", "1.4:1.2", "0.9:1.2", "1:nan", "a:b", "1:2:3", ""])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="no range of circuity") as caught:
        make_request(PLANS, ranges={"circuity": text})
    assert "between 1 and 3, as LOW:HIGH" in str(caught.value)
