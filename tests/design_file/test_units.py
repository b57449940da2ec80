"""How units are read, and every fault that their file may have."""

from collections.abc import Callable

import numpy as np
import pytest

from territory_kit.design_file.inputs import Inputs, read_inputs
from territory_kit.design_file.limits import Balance
from territory_kit.design_file.request import Request
from territory_kit.errors import TableError
from territory_kit.methods.geo import haversine_km

Ask = Callable[..., Request]

POP = (Balance("pop"),)


def read(request: Request) -> Inputs:
    return read_inputs(request)


def test_identifiers_are_text_and_keep_their_zeros(ask: Ask) -> None:
    inputs = read(ask())
    assert inputs.units.frame["unit_id"].tolist() == ["001", "002", "003", "004"]
    assert inputs.units.written_ids.name == "id"


def test_identifiers_are_written_as_they_stand_but_compared_without_spaces(ask: Ask) -> None:
    inputs = read(ask("id,x,y\n a ,0,0\nb,1,1\n"))
    assert inputs.units.written_ids.tolist() == [" a ", "b"]
    assert inputs.units.frame["unit_id"].tolist() == ["a", "b"]


def test_rows_without_identifier_are_numbered_from_1(ask: Ask) -> None:
    units = read(ask(id_column=None)).units
    assert (units.written_ids.name, units.written_ids.tolist()) == ("row", ["1", "2", "3", "4"])


@pytest.mark.parametrize(
    "content",
    [
        "id;x;y;pop\na;0,5;-1,25;3\nb;1.000,5;2;0,5\n",
        "id\tx\ty\tpop\na\t0.5\t-1.25\t3\nb\t1000.5\t2\t.5\n",
        'sep=;\nid;x;y;pop\na;0.5;-1.25;3\nb;"1,000.5";2;0.5\n',
        "A list of units\n\nid,x,y,pop\na,0.5,-1.25,3\nb,1000.5,2,0.5\n".encode("utf-16"),
    ],
)
def test_separators_decimals_and_encodings_are_found(ask: Ask, content: str | bytes) -> None:
    units = read(ask(content, balances=POP)).units
    assert units.frame[["x", "y"]].to_numpy().tolist() == [[0.5, -1.25], [1000.5, 2.0]]
    assert units.measures["pop"].tolist() == [3.0, 0.5]


def test_degrees_have_no_thousands_whatever_the_separator(ask: Ask) -> None:
    content = "id;lat;lon\na;48.123;2.345\nb;48.124;2.346\n"
    units = read(ask(content, lat_column="lat", lon_column="lon")).units
    assert np.ptp(units.frame["y"]) < 1


def test_the_plane_keeps_great_circle_distances_across_the_date_line(ask: Ask) -> None:
    content = "id,lat,lon\na,-17,179.5\nb,-17.5,-179.9\nc,-18,177\n"
    xy = read(ask(content, lat_column="lat", lon_column="lon")).units.frame[["x", "y"]].to_numpy()
    for one, two, ends in (
        (0, 1, (-17, 179.5, -17.5, -179.9)),
        (1, 2, (-17.5, -179.9, -18, 177)),
    ):
        distance = np.hypot(*(xy[one] - xy[two]))
        assert distance == pytest.approx(float(haversine_km(*ends)), rel=1e-3)


def test_a_plane_that_stretches_distances_is_told(ask: Ask) -> None:
    content = "id,lat,lon\na,60,-30\nb,40,40\n"
    notices = read(ask(content, lat_column="lat", lon_column="lon")).notices
    assert "distances out there are up to" in notices[0]


def test_a_unit_without_weight_needs_no_place(ask: Ask) -> None:
    units = read(ask("id,x,y,w\na,0,0,1\nb,,,0\n", weight_column="w")).units
    assert np.isnan(units.frame["x"]).tolist() == [False, True]


def test_totals_below_the_units_are_left_out_and_told(ask: Ask) -> None:
    inputs = read(ask("id,x,y,pop\na,0,0,5\nb,1,0,5\nTotal,,,10\n"))
    assert len(inputs.units) == 2
    assert "left out" in inputs.notices[0]


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("", {}, "The file is empty"),
        ("id,x,y\n", {}, "The file has headers, but no rows (units.csv). Export it again"),
        (
            "id,x,yy\na,0,0\nb,1,1\n",
            {},
            'There is no such column: y (units.csv). Did you mean "yy"? Known names: id, x, yy.',
        ),
        ("id,x,y\na,0,0\na,1,1\n", {}, 'Several units have the same identifier: "a"'),
        ("id,x,y\n1,0,0\n1.0,1,1\n", {}, "Several units have the same identifier"),
        (
            "id,x,y\n,0,0\nb,1,1\n",
            {},
            "A unit has no identifier (units.csv, column id, 1 row: row 2)",
        ),
        ("id,x,y\n1.8E+10,0,0\nb,1,1\n", {}, "Identifiers were rounded by a spreadsheet"),
        (
            "id,x,y\na,0,0\nb,east,1\n",
            {},
            'A value is no number: "east" (units.csv, column x, 1 row: b)',
        ),
        ("id,x,y\na,0,0\nb,,1\n", {}, "A coordinate is missing (units.csv, column x, 1 row: b)"),
        ("id,x,y,w\na,0,0,1\nb,n/a,1,2\n", {"weight_column": "w"}, "A coordinate is missing"),
        ("id,x,y,w\na,0,0,1\nb,1,1,-2\n", {"weight_column": "w"}, 'A value is below zero: "-2"'),
        ("id,x,y,pop\na,0,0,\nb,1,1,2\n", {"balances": POP}, "A number is missing"),
        ("id,x,y,pop\na,0,0,1e300\nb,1,1,2\n", {"balances": POP}, 'A value is no number: "1e300"'),
        ("id,x,y\na,0,0\n", {}, "more territories than units: 2 territories, 1 unit ("),
        (
            "id,lat,lon\na,48,2\nb,102,49\n",
            {"lat_column": "lat", "lon_column": "lon"},
            'A coordinate lies outside -90 to 90 degrees: "102"',
        ),
        ("id,x,y\na,0,0\nb,1,1,7,8\n", {}, "A coordinate is missing"),
        (b"%PDF-1.7", {}, "The file is no table: a PDF document"),
    ],
)
def test_a_fault_is_named_with_its_place(
    ask: Ask, content: str | bytes, options: dict[str, object], message: str
) -> None:
    with pytest.raises(TableError) as refused:
        read(ask(content, **options))
    assert message in str(refused.value)


def test_all_faults_are_named_at_once(ask: Ask) -> None:
    content = "id,x,y,pop\n1,0,zwei,-5\n1,1,,5\n,10,0,\n"
    with pytest.raises(TableError) as refused:
        read(
            ask(content, edges="a,b\n1,7\n", balances=(*POP, Balance("hours")), territories_count=9)
        )
    text = str(refused.value)
    assert text.startswith("The files have faults: 9. Correct:\n- ")
    assert text.count("\n- ") == 9


def test_a_column_that_is_missing_twice_is_named_once(ask: Ask) -> None:
    with pytest.raises(TableError) as refused:
        read(ask(weight_column="hours", balances=(Balance("hours"),)))
    assert str(refused.value).count("hours") == 1


def test_five_of_many_identifiers_are_shown(ask: Ask) -> None:
    rows = "".join(f"u{n},,0\n" for n in range(20))
    with pytest.raises(TableError, match=r"20 rows: u0, u1, u2, u3, u4 and 15 more \(20 in all\)"):
        read(ask(f"id,x,y\n{rows}"))
