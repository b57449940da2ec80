"""Points of each criterion add up to the score."""

import pandas as pd
import pytest

from territory_kit.steps._accounts.reasons import split_scores


def split(**values: list[float]) -> pd.DataFrame:
    criteria = pd.DataFrame(values, dtype=float)
    bounds = pd.DataFrame(
        [("size", 0.0, 10.0), ("fit", 0.0, 10.0), ("age", None, None)],
        columns=["criterion", "low_value", "high_value"],
    )
    ids = pd.Series([str(n + 1) for n in range(len(criteria))])
    weights = {"size": 3.0, "fit": 1.0, "age": 2.0}
    return split_scores(ids, criteria, weights=weights, bounds=bounds.astype({"low_value": float}))


def test_points_of_an_account_stand_by_size_and_add_up() -> None:
    """Nothing is known of age: size weighs 3 of 4, fit 1 of 4. 37.5 + 25 = 62.5."""
    found = split(size=[5.0], fit=[10.0], age=[float("nan")])
    assert found["criterion"].tolist() == ["size", "fit"]
    assert found["points"].tolist() == pytest.approx([37.5, 25])


def test_an_account_without_data_has_no_rows() -> None:
    nan = float("nan")
    found = split(size=[5.0, nan], fit=[nan, nan], age=[nan, nan])
    assert found["account_id"].tolist() == ["1"]
    assert found["points"].tolist() == [50]


def test_no_account_makes_no_rows() -> None:
    assert split(size=[], fit=[], age=[]).empty
