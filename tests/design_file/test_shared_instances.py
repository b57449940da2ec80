"""Real census tracts and published instances, asked for as a user would."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from territory_kit.design_file.answer import Answer
from territory_kit.design_file.limits import Balance
from territory_kit.design_file.request import Request

BESIDE = Path(__file__).parents[3] / "shared" / "benchmarks"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not BESIDE.is_dir(), reason="needs ../shared/benchmarks"),
]

Divide = Callable[[Request], Answer]


def test_tracts_of_new_hampshire_stay_within_half_a_percent(divide: Divide, tmp_path: Path) -> None:
    file = BESIDE / "hess" / "NH.units.csv"
    request = Request(
        units=file,
        out=tmp_path / "out.csv",
        territories_count=2,
        id_column="unit_id",
        x_column="x_km",
        y_column="y_km",
        weight_column="population",
        balances=(Balance("population", None, 654944, 661526),),
        time_limit_s=6.0,
    )
    answer = divide(request)
    out = pd.read_csv(request.out, dtype=str).merge(pd.read_csv(file, dtype={"unit_id": str}))
    sums = out.groupby("territory_id")["population"].sum()
    assert sums.between(654944, 661526).all()
    # the published division costs 2698.95 million; the bound is one for any division
    assert answer.design.objective["total"] < 2698.95e6 * 1.006
    assert answer.as_json(seconds=1)["loads"]["1"]["population"] == sums["1"]


def test_tracts_of_new_mexico_hang_together(divide: Divide, tmp_path: Path) -> None:
    request = Request(
        units=BESIDE / "hess" / "NM.units.csv",
        out=tmp_path / "out.csv",
        territories_count=4,
        id_column="unit_id",
        x_column="x_km",
        y_column="y_km",
        weight_column="population",
        balances=(Balance("population", 0.1),),
        edges=BESIDE / "hess" / "NM.edges.csv",
        time_limit_s=6.0,
    )
    assert divide(request).design.is_feasible
    out = pd.read_csv(request.out, dtype=str).set_index("unit_id")["territory_id"]
    pairs = pd.read_csv(BESIDE / "hess" / "NM.edges.csv", dtype=str)
    places = [out.index.get_indexer(pd.Index(pairs[end])) for end in ("unit_a", "unit_b")]
    is_inside = out.to_numpy()[places[0]] == out.to_numpy()[places[1]]
    inside = places[0][is_inside], places[1][is_inside]
    graph = coo_array((np.ones(is_inside.sum()), inside), shape=(len(out), len(out)))
    assert connected_components(graph, directed=False)[0] == 4


def test_an_instance_without_identifiers_keeps_the_capacities(
    divide: Divide, tmp_path: Path
) -> None:
    request = Request(
        units=BESIDE / "cpmp" / "SJC1.csv",
        out=tmp_path / "out.csv",
        territories_count=10,
        x_column="x",
        y_column="y",
        distance="euclidean",
        capacity_column="capacity",
        load_column="demand",
        time_limit_s=6.0,
    )
    answer = divide(request)
    points = pd.read_csv(request.units)
    points.index = pd.RangeIndex(1, len(points) + 1)
    out = pd.read_csv(request.out).set_index("row")
    loads = points["demand"].groupby(out["centre_id"]).sum()
    assert (loads <= points["capacity"].reindex(loads.index)).all()
    centres = points.loc[out["centre_id"], ["x", "y"]].to_numpy()
    cost = np.hypot(*(points[["x", "y"]].to_numpy() - centres).T).sum()
    assert cost == pytest.approx(answer.design.objective["total"])
    # proven optimum
    assert 17288.98 < cost < 17288.99 * 1.01
