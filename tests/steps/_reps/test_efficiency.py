import numpy as np
import pandas as pd

from territory_kit.steps._reps.efficiency import add_efficiency, say_efficiency


def reps(count: int, *, accounts: float = np.nan) -> pd.DataFrame:
    """Make reps with half their potential as revenue, by chance less, some far less."""
    random = np.random.default_rng(1)
    potential = random.uniform(100, 1000, count)
    lost = np.abs(random.normal(0, 0.6, count))
    revenue = 0.5 * potential * np.exp(random.normal(0, 0.1, count) - lost)
    own = random.integers(10, 60, count).astype(float) if np.isnan(accounts) else accounts
    return pd.DataFrame(
        {
            "revenue_amount_per_year": revenue,
            "potential_amount_per_year": potential,
            "accounts_count": own,
        }
    )


def test_from_thirty_reps_on_each_has_an_efficiency() -> None:
    found = add_efficiency(reps(40))
    assert found["efficiency_share"].between(0, 1).all()
    yield_share = found["revenue_amount_per_year"] / found["potential_amount_per_year"]
    assert yield_share.corr(found["efficiency_share"], method="spearman") > 0.8
    (sentence,) = say_efficiency(found)
    assert sentence.endswith("luck set apart. Not for pay decisions alone.")


def test_accounts_that_do_not_differ_are_left_out() -> None:
    assert add_efficiency(reps(40, accounts=20.0))["efficiency_share"].notna().all()


def test_with_fewer_reps_one_sentence_says_how_many_it_takes() -> None:
    found = add_efficiency(reps(30).assign(accounts_count=[0.0] + [5.0] * 29))
    assert found["efficiency_share"].isna().all()
    (sentence,) = say_efficiency(found)
    assert sentence == (
        "No efficiency of reps: it takes 30 reps with revenue and unlike potential to part it from "
        "luck, and 29 reps of the region can be used."
    )


def test_reps_of_one_potential_and_size_cannot_be_told_apart() -> None:
    same = reps(40, accounts=20.0).assign(potential_amount_per_year=100.0)
    assert add_efficiency(same)["efficiency_share"].isna().all()


def test_without_reps_there_is_nothing_to_say() -> None:
    found = add_efficiency(reps(0))
    assert found.empty
    assert say_efficiency(found) == ()
