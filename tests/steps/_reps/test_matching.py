import pandas as pd
import pytest

from territory_kit.steps._reps.matching import Holding, match_all, propose_swaps

NOBODY_BOUND = pd.DataFrame({"territory_id": [], "rep_id": [], "weight": []})


def fit(values: dict[tuple[str, str], float]) -> pd.DataFrame:
    rows = [(*pair, value) for pair, value in values.items()]
    return pd.DataFrame(rows, columns=["territory_id", "rep_id", "fit_share"])


def known(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Make accounts from territory, rep of today and revenue."""
    names = ["territory_id", "today_rep_id", "revenue_amount_per_year"]
    return pd.DataFrame(rows, columns=names)


# R1 fits T1 by 0.9 and T2 by 0.8, R2 by 0.7 and 0.1: together best crosswise (1.5 against 1.0).
FIT = fit({("T1", "R1"): 0.9, ("T2", "R1"): 0.8, ("T1", "R2"): 0.7, ("T2", "R2"): 0.1})


def match(
    accounts: pd.DataFrame, *, bound: pd.DataFrame = NOBODY_BOUND, keep: bool = True
) -> dict[str, tuple[str, str]]:
    found = match_all(FIT, accounts, bound=bound, keep_incumbents=keep)
    return {name: (holding.rep_id, holding.how) for name, holding in sorted(found.items())}


def test_free_reps_go_where_the_sum_of_fits_is_largest() -> None:
    assert match(known()) == {"T1": ("R2", "assigned"), "T2": ("R1", "assigned")}


def test_incumbents_keep_the_territory_that_matches_theirs() -> None:
    # R1 knows 60 in T1 and 50 in T2, R2 knows 40 in T1: the sum decides, R1 T2 and R2 T1.
    accounts = known(("T1", "R1", 60), ("T2", "R1", 50), ("T1", "R2", 40))
    assert match(accounts) == {"T1": ("R2", "incumbent"), "T2": ("R1", "incumbent")}
    assert match(known(("T1", "R1", 60))) == {"T1": ("R1", "incumbent"), "T2": ("R2", "assigned")}


def test_who_knows_hardly_anything_there_is_no_incumbent() -> None:
    # R2 has 5 of 105 in T1, under a tenth, and comes there only as the rep who is free.
    accounts = known(("T2", "R1", 60), ("T1", "R2", 5), ("T9", "R2", 100))
    assert match(accounts) == {"T1": ("R2", "assigned"), "T2": ("R1", "incumbent")}


def test_nobody_keeps_anything_where_the_plan_says_so() -> None:
    assert match(known(("T1", "R1", 60)), keep=False)["T1"] == ("R2", "assigned")


def test_bound_accounts_come_before_incumbents() -> None:
    bound = pd.DataFrame({"territory_id": ["T1"], "rep_id": ["R2"], "weight": [1.0]})
    found = match(known(("T1", "R1", 60)), bound=bound)
    assert found == {"T1": ("R2", "bound"), "T2": ("R1", "assigned")}


def test_more_territories_than_reps_leave_one_vacant() -> None:
    found = match_all(
        fit({("T1", "R1"): 0.0, ("T2", "R1"): 0.3}),
        known(),
        bound=NOBODY_BOUND,
        keep_incumbents=True,
    )
    # The best of two; and even a fit of 0 would be better than nobody.
    assert found == {"T2": Holding("R1", "assigned")}
    alone = match_all(fit({("T1", "R1"): 0.0}), known(), bound=NOBODY_BOUND, keep_incumbents=True)
    assert alone == {"T1": Holding("R1", "assigned")}


def test_without_reps_all_territories_are_vacant() -> None:
    assert match_all(fit({}), known(), bound=NOBODY_BOUND, keep_incumbents=True) == {}


@pytest.mark.parametrize(
    ("least", "count"),
    [
        pytest.param(0.25, 1, id="exactly enough"),
        pytest.param(0.26, 0, id="too little"),
    ],
)
def test_a_swap_is_proposed_from_a_mean_gain_on(least: float, count: int) -> None:
    # Now 0.9 + 0.1, swapped 0.8 + 0.7: 0.5 more for two reps.
    holdings = {"T1": Holding("R1", "incumbent"), "T2": Holding("R2", "incumbent")}
    swaps = propose_swaps(FIT, holdings, gain_share=least)
    assert len(swaps) == count
    if count:
        (swap,) = swaps.to_dict("records")
        assert (swap["territory_id"], swap["rep_id"]) == ("T1", "R1")
        assert (swap["other_territory_id"], swap["other_rep_id"]) == ("T2", "R2")
        assert swap["gain_share"] == pytest.approx(0.25)


def test_bound_reps_do_not_swap() -> None:
    holdings = {"T1": Holding("R1", "bound"), "T2": Holding("R2", "incumbent")}
    assert propose_swaps(FIT, holdings, gain_share=0.0).empty


def test_each_rep_swaps_at_most_once_and_the_best_swap_comes_first() -> None:
    reps = {"T1": "R1", "T2": "R2", "T3": "R3"}
    values = {(t, r): 0.0 for t in reps for r in reps.values()}
    # T1 and T2 gain 0.3 each by swapping, T2 and T3 gain 0.5 each.
    values |= {("T1", "R2"): 0.3, ("T2", "R1"): 0.3, ("T2", "R3"): 0.5, ("T3", "R2"): 0.5}
    holdings = {name: Holding(rep, "incumbent") for name, rep in reps.items()}
    swaps = propose_swaps(fit(values), holdings, gain_share=0.1)
    assert swaps["territory_id"].tolist() == ["T2"]
    assert swaps["gain_share"].tolist() == pytest.approx([0.5])
