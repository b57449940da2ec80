"""Options that contradict each other."""

from pathlib import Path
from typing import Any

import pytest

from territory_kit.design_file.request import Request
from territory_kit.errors import ParameterError

PLANE = {"x_column": "x", "y_column": "y"}


def request(**options: Any) -> Request:  # noqa: ANN401 - options differ in type
    usual: dict[str, Any] = {"units": Path("u.csv"), "out": Path("o.csv"), "territories_count": 2}
    return Request(**(usual | options))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "Say where units are"),
        ({"x_column": "x"}, "Say where units are"),
        ({"lat_column": "lat", "y_column": "y"}, "not both"),
        (PLANE | {"lat_column": "lat", "lon_column": "lon"}, "not both"),
        (PLANE | {"capacity_column": "c"}, "Give --capacity and --load together"),
        (PLANE | {"load_column": "c"}, "Give --capacity and --load together"),
        (
            PLANE | {"capacity_column": "c", "load_column": "l", "centre": "mean"},
            "it needs --centre medoid",
        ),
        (PLANE | {"move_price": 3.0}, "--move-price needs --current"),
        (PLANE | {"islands_column": "i"}, "--islands needs --edges"),
        (PLANE | {"out": Path("x/../u.csv")}, "--out would overwrite an input"),
        (PLANE | {"edges": Path("o.csv")}, "--out would overwrite an input"),
        (PLANE | {"id_column": "territory_id"}, "has the name of a column that is written"),
    ],
)
def test_what_does_not_fit_together_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        request(**options)


def test_all_contradictions_are_named_at_once() -> None:
    with pytest.raises(ParameterError) as refused:
        request(x_column="x", move_price=1.0, load_column="l")
    assert str(refused.value).count("\n- ") == 3


def test_degrees_or_a_plane_say_where_units_are() -> None:
    assert request(**PLANE).place_columns == ("x", "y")
    degrees = request(lat_column="lat", lon_column="lon")
    assert (degrees.is_in_degrees, degrees.place_columns) == (True, ("lat", "lon"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"out": Path("plan.xlsx")}, "--out writes CSV: call the file plan.csv"),
        ({"time_limit_s": float("inf")}, "--time-limit must be a number of seconds"),
        ({"move_price": float("inf"), "current_column": "c"}, "--move-price must be a number"),
    ],
)
def test_what_would_fail_later_is_refused_at_once(options: dict[str, Any], told: str) -> None:
    given: dict[str, Any] = {
        "units": Path("units.csv"),
        "out": Path("out.csv"),
        "territories_count": 2,
        "x_column": "x",
        "y_column": "y",
    }
    with pytest.raises(ParameterError, match=told):
        Request(**(given | options))
