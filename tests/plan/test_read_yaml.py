"""YAML of settings: plain values only, keys as written, each once."""

from pathlib import Path

import pytest

from territory_kit.errors import ParameterError
from territory_kit.plan.read_yaml import read_settings


def _read(tmp_path: Path, text: str) -> dict[str, object]:
    file = tmp_path / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def test_values_are_plain_and_keys_are_text(tmp_path: Path) -> None:
    """A French department 01 is not the number 1, and NO is a country."""
    read = _read(tmp_path, "regions:\n  01: {seed: 3}\n  NO: {}\nsegments: [a, b]\n")
    assert read == {"regions": {"01": {"seed": 3}, "NO": {}}, "segments": ["a", "b"]}


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    """Editors on Windows write one."""
    assert _read(tmp_path, "\ufeffname: x\n") == {"name": "x"}


def test_a_file_of_comments_says_nothing(tmp_path: Path) -> None:
    assert _read(tmp_path, "# nothing\n") == {}


@pytest.mark.parametrize(
    ("text", "message", "reason"),
    [
        ("- a\n- b\n", "not a list of `name: value` lines", "the top level is a list"),
        ("only words\n", "only words", "the top level is a text"),
        ("a: !!python/object/apply:os.system [ls]\n", "line 1: could not determine", "a tag"),
        ("a: !mine 1\n", "line 1: could not determine", "an own tag"),
        ("a: &x [1]\nb: *x\n", "aliases", "an alias can grow without end"),
        ("a: 1\nb: 2\na: 3\n", 'line 3: "a" stands here twice', "the last would win silently"),
        ("? [a, b]\n: 1\n", "a key must be one word or text", "a list as key"),
        ("a: [1\n", "line 2", "a bracket is open"),
        ("a: 1\n\tb: 2\n", "line 2", "a tab"),
        ("a: \x00\n", "not plain YAML", "a character that YAML forbids"),
        ("[" * 600, "not plain YAML: nested too deeply", "too deep"),
    ],
)
def test_what_is_not_plain_is_refused(tmp_path: Path, text: str, message: str, reason: str) -> None:
    with pytest.raises(ParameterError) as caught:
        _read(tmp_path, text)
    assert message in str(caught.value), reason
    assert "plan.yaml" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="cannot be read: No such file"):
        read_settings(tmp_path / "plan.yaml")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_bytes("name: Île".encode("latin-1"))
    with pytest.raises(ParameterError, match="not written in UTF-8"):
        read_settings(file)


def test_settings_that_are_far_too_large_are_refused_at_once(tmp_path: Path) -> None:
    """Reading ten megabytes of YAML would take minutes."""
    with pytest.raises(ParameterError, match=r"too large: 10\.0 MB .* 1 MB at most"):
        _read(tmp_path, "a: [" + "1, " * 3_333_333 + "]")


@pytest.mark.parametrize("value", ["2026-13-45", "!!int x", "!!bool x", "!!timestamp x"])
def test_values_that_only_look_like_dates_or_numbers_are_told(tmp_path: Path, value: str) -> None:
    with pytest.raises(ParameterError, match="a value is not what it looks like"):
        _read(tmp_path, f"a: {value}\n")
