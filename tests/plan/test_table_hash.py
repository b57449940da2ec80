"""The hash of a table: the same content has the same hash, today and in a year."""

from io import BytesIO

import pandas as pd
import pytest

from territory_kit.plan.table_hash import table_hash


def _table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rep_id": pd.Series(["R1", "R2", None], dtype="str"),
            "fte_share": [1.0, 0.5, float("nan")],
            "is_active": pd.array([True, None, False], dtype="boolean"),
            "start_date": pd.Series(["2026-01-01", None, "2026-03-01"], dtype="datetime64[us]"),
        }
    )


def test_the_hash_does_not_depend_on_the_machine_or_the_versions_of_libraries() -> None:
    """Another value here makes every saved result of every plan stale: then say so."""
    assert table_hash(_table()) == (
        "01c540ffa76563e37982eeb47d4603e64fab296d32f26b6bd590cbaebbe59cb8"
    )


def test_the_order_of_rows_and_columns_does_not_count() -> None:
    turned = _table().iloc[::-1, ::-1]
    assert table_hash(turned) == table_hash(_table())


def test_a_table_that_was_stored_and_read_has_the_same_hash() -> None:
    stored = pd.read_parquet(BytesIO(_table().to_parquet(index=False)))
    assert table_hash(stored) == table_hash(_table())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (_table().replace({"rep_id": {"R2": "R3"}}), "another text"),
        (_table().fillna({"rep_id": "nan"}), "a text that looks like a missing one"),
        (_table().assign(fte_share=[0.5, 1.0, float("nan")]), "values that changed places"),
        (_table().fillna({"fte_share": 0.0}), "0 for a missing number"),
        (_table().fillna({"is_active": False}), "no for none"),
        (_table().astype({"fte_share": "str"}), "another dtype"),
        (_table().rename(columns={"rep_id": "account_id"}), "another name of a column"),
        (_table().iloc[:2], "a row less"),
        (pd.concat([_table(), _table().iloc[:1]]), "a row twice"),
        (_table().iloc[:0], "no rows"),
    ],
)
def test_other_content_has_another_hash(changed: pd.DataFrame, reason: str) -> None:
    assert table_hash(changed) != table_hash(_table()), reason


def test_columns_of_an_empty_table_count() -> None:
    assert table_hash(_table().iloc[:0]) != table_hash(_table().iloc[:0, :2])
