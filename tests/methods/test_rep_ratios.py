"""The ratio set of reps, and how ranks depend on the yardstick."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.rep_ratios import RepFigures, RepRatios, ranks, rep_ratios

NA = float("nan")

# "Crestlight Paper Company", teaching case: potential accounts, accounts sold, calls, sales, gross
# margin, expenses, remuneration (scribd 125590469; slides "Crestlight")
CRESTLIGHT = {
    "Halbert": (570, 239, 1230, 258000, 75000, 5940, 29010),
    "Jennings": (1060, 509, 1168, 239000, 79000, 8430, 25155),
    "Bindon": (934, 476, 1051, 156000, 59000, 15030, 19620),
    "Vereker": (653, 353, 1409, 112000, 41000, 11460, 16440),
    "Prince": (566, 413, 1196, 154000, 55000, 7800, 21630),
    "Anderson": (699, 398, 1450, 112000, 39000, 5820, 20340),
    "Randall": (531, 202, 1171, 142000, 50000, 10200, 21990),
    "Thompson": (423, 364, 1220, 123000, 47000, 9600, 17535),
    "Campbell": (529, 317, 1135, 143000, 53000, 9900, 21435),
}
# the same sources; decimals as printed
PRINTED = {
    "expense_share": "2.30 3.53 9.63 10.23 5.06 5.20 7.18 7.80 6.92",
    "expense_per_call": "4.83 7.22 14.30 8.13 6.52 4.01 8.71 7.87 8.72",
    "cost_per_call": "28.41 28.75 32.97 19.80 24.61 18.04 27.49 22.24 27.61",
    "penetration_share": "41.9 48.0 51.0 54.1 73.0 56.9 38.0 86.1 59.9",
    "sales_per_account": "1079.50 469.55 327.73 317.28 372.88 281.41 702.97 337.91 451.10",
    "calls_per_account": "5.15 2.29 2.21 3.99 2.90 3.64 5.80 3.35 3.58",
    "contribution": "40050 45415 24350 13100 25570 12840 17810 19865 21665",
}
CELLS = [
    (rep, ratio, value)
    for ratio, printed in PRINTED.items()
    for rep, value in zip(CRESTLIGHT, printed.split(), strict=True)
]


def figures(*reps: tuple[float, ...]) -> RepFigures:
    return RepFigures(*(np.array(column, dtype=float) for column in zip(*reps, strict=True)))


def crestlight() -> RepRatios:
    return rep_ratios(figures(*CRESTLIGHT.values()))


def test_each_ratio_has_its_own_divisor() -> None:
    # 10 of 40 accounts sold in 50 calls for 2000, margin 800, expenses 100, pay 400
    found = rep_ratios(figures((40, 10, 50, 2000, 800, 100, 400)))
    assert found.expense_share.tolist() == [0.05]
    assert found.expense_per_call.tolist() == [2]
    assert found.cost_per_call.tolist() == [10]
    assert found.penetration_share.tolist() == [0.25]
    assert found.sales_per_account.tolist() == [200]
    assert found.calls_per_account.tolist() == [5]
    assert found.contribution.tolist() == [300]


@pytest.mark.oracle
@pytest.mark.parametrize(("rep", "ratio", "printed"), CELLS)
def test_the_published_ratios_of_nine_reps(rep: str, ratio: str, printed: str) -> None:
    found = getattr(crestlight(), ratio)[list(CRESTLIGHT).index(rep)]
    decimals = len(printed.partition(".")[2])
    scale = 100 if ratio.endswith("_share") else 1
    # half a unit of the last digit: 9.635 % may be printed either way
    assert scale * found == pytest.approx(float(printed), abs=0.5001 * 10**-decimals)


@pytest.mark.oracle
def test_the_published_totals_of_nine_reps() -> None:
    potential, sold, calls, *_ = zip(*CRESTLIGHT.values(), strict=True)
    assert (sum(potential), sum(sold), sum(calls)) == (5965, 3271, 11030)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("ratio", "first", "second"),
    [("contribution", "Jennings", "Halbert"), ("penetration_share", "Thompson", "Prince")],
)
def test_the_published_ranks_flip_with_the_yardstick(ratio: str, first: str, second: str) -> None:
    found = ranks(getattr(crestlight(), ratio)).tolist()
    names = list(CRESTLIGHT)
    assert (names[found.index(1)], names[found.index(2)]) == (first, second)


@pytest.mark.oracle
def test_the_published_cost_of_a_call() -> None:
    # 370 k of pay, 90 k and 45 k of expenses over 180 days of 4 calls: 701.39 a call
    found = rep_ratios(figures((NA, NA, 180 * 4, NA, NA, 90_000 + 45_000, 370_000)))
    assert round(float(found.cost_per_call[0]), 2) == 701.39


@pytest.mark.parametrize("divisor", [0.0, -20.0])
def test_without_sales_there_is_no_share_of_expenses(divisor: float) -> None:
    """Credits alone would make high expenses look like a gain."""
    found = rep_ratios(figures((40, 10, 50, divisor, 800, 100, 400)))
    assert np.isnan(found.expense_share).all()
    assert found.contribution.tolist() == [300]


def test_a_new_rep_has_a_contribution_and_nothing_else() -> None:
    found = rep_ratios(figures((0, 0, 0, 0, 0, 100, 400)))
    assert found.contribution.tolist() == [-500]
    others = [field.name for field in fields(found) if field.name != "contribution"]
    assert all(np.isnan(getattr(found, name)).all() for name in others)


def test_what_is_unknown_leaves_the_other_ratios_known() -> None:
    found = rep_ratios(figures((NA, 10, 50, 2000, NA, 100, 400)))
    assert np.isnan(found.penetration_share).all()
    assert np.isnan(found.contribution).all()
    assert found.cost_per_call.tolist() == [10]


def test_more_accounts_sold_than_counted_as_potential_shows_above_one() -> None:
    assert rep_ratios(figures((8, 10, 1, 1, 1, 1, 1))).penetration_share.tolist() == [1.25]


def test_no_reps_have_no_ratios() -> None:
    assert rep_ratios(RepFigures(*[np.zeros(0)] * 7)).contribution.tolist() == []


def test_equal_values_share_the_better_rank_and_unknown_ones_have_none() -> None:
    assert ranks(np.array([5.0, 9, 5, 1])).tolist() == [2, 1, 2, 4]
    found = ranks(np.array([NA, 2.0, 3]))
    assert np.isnan(found[0])
    assert found[1:].tolist() == [2, 1]


def test_the_lowest_cost_is_first_when_less_is_better() -> None:
    assert ranks(np.array([5.0, 9, 1]), is_less_better=True).tolist() == [2, 3, 1]


def test_figures_of_different_length_are_refused() -> None:
    with pytest.raises(ParameterError, match="differ in length: potential_count 2, sold_count 1"):
        RepFigures(np.ones(2), *[np.ones(1)] * 6)


@pytest.mark.parametrize("column", ["potential_count", "sold_count", "calls_count"])
def test_counts_below_nothing_are_refused(column: str) -> None:
    values = {field.name: np.array([1.0, 1.0]) for field in fields(RepFigures)}
    values[column] = np.array([1.0, -3])
    with pytest.raises(ParameterError, match=rf"below 0: -3 \({column}, rows 1\)"):
        RepFigures(**values)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    rep=st.lists(st.floats(1, 1e6), min_size=7, max_size=7),
    factor=st.floats(0.01, 100),
)
def test_another_currency_scales_money_and_leaves_shares(rep: list[float], factor: float) -> None:
    counts, money = rep[:3], rep[3:]
    here = rep_ratios(figures((*counts, *money)))
    there = rep_ratios(figures((*counts, *(amount * factor for amount in money))))
    assert there.expense_share == pytest.approx(here.expense_share)
    assert there.calls_per_account == pytest.approx(here.calls_per_account)
    assert there.cost_per_call == pytest.approx(here.cost_per_call * factor)
    # a difference of large sums keeps their rounding error
    assert there.contribution == pytest.approx(here.contribution * factor, abs=1e-6 * factor)
