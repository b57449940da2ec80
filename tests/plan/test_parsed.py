"""Tables are parsed once, and a reader cannot change what another one gets."""

from hashlib import sha256
from io import BytesIO

import pandas as pd
import pyarrow as pa
import pytest

from territory_kit.plan import parsed
from territory_kit.plan.parsed import ParsedTables, parse_table


def stored(*values: str) -> tuple[bytes, str]:
    content = pd.DataFrame({"name": [*values]}).to_parquet(index=False)
    return content, sha256(content).hexdigest()


def test_the_same_bytes_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    content = stored("once")
    first = parse_table(*content)
    monkeypatch.setattr(pd, "read_parquet", None)
    pd.testing.assert_frame_equal(parse_table(*content), first)


def test_a_changed_table_changes_no_other() -> None:
    content = stored("a", "b")
    mine = parse_table(*content)
    mine.loc[0, "name"] = "changed"
    mine["more"] = 1
    assert parse_table(*content).to_dict("list") == {"name": ["a", "b"]}


def test_large_tables_and_old_ones_are_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = stored("1"), stored("2"), stored("three" * 9)
    assert len(three[0]) > len(one[0]) == len(two[0])
    monkeypatch.setattr(parsed, "_KEPT", {})
    monkeypatch.setattr(parsed, "_MOST_TABLES", 1)
    monkeypatch.setattr(parsed, "_LARGEST_BYTES", len(one[0]))
    read, names = pd.read_parquet, []

    def count(content: BytesIO) -> pd.DataFrame:
        table = read(content)
        names.append(table["name"][0])
        return table

    monkeypatch.setattr(pd, "read_parquet", count)
    for content in (one, one, two, one, three, three, one):
        parse_table(*content)
    assert names == ["1", "2", "1", "three" * 9, "three" * 9]


def test_a_table_is_parsed_when_it_is_asked_for() -> None:
    tables = ParsedTables({"one": stored("1"), "broken": (b"no table", "hash")})
    assert ("one" in tables, [*tables], len(tables)) == (True, ["one", "broken"], 2)
    assert tables["one"] is tables["one"]
    with pytest.raises(pa.ArrowInvalid):
        tables["broken"]
