"""Read a YAML file of settings: plain values only, keys as text, each key once.

Keys stay as they are written (a region ``01`` is not the number 1). Tags and aliases, which could
make objects or grow without end, are refused.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from territory_kit.errors import ParameterError

# A thousand regions with options of their own take less.
MAX_SETTINGS_MB = 1
_BYTES_PER_MB = 1_000_000


def read_settings(file: Path) -> dict[str, Any]:
    """Read a file whose top level is a mapping.

    Parameters
    ----------
    file
        A YAML file in UTF-8, with or without a byte-order mark.

    Returns
    -------
    dict
        Values by key, keys as text; empty for a file without settings.

    Raises
    ------
    ParameterError
        When the file is missing, is no YAML of plain values, or its top level is no mapping.
    """
    try:
        _refuse_large(file)
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ParameterError(
            "The settings cannot be read",
            value=getattr(error, "strerror", None) or "not written in UTF-8",
            where=str(file),
            remedy="Check that the file exists, that you may read it and that it is saved as UTF-8 "
            "text.",
        ) from error
    return parse_settings(text, where=str(file))


def parse_settings(text: str, *, where: str) -> dict[str, Any]:
    """Parse the text of a file whose top level is a mapping.

    Parameters
    ----------
    text
        YAML, without a byte-order mark.
    where
        The file, for the message.

    Returns
    -------
    dict
        Values by key, keys as text; empty for a text without settings.

    Raises
    ------
    ParameterError
        When it is no YAML of plain values, or its top level is no mapping.
    """
    try:
        loaded = _load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ParameterError(
            "The settings are not plain YAML",
            value=_problem(error),
            where=where,
            remedy="Write one `name: value` a line, indented by two blanks under its section.",
        ) from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise ParameterError(
            "The settings are not a list of `name: value` lines",
            value=str(loaded)[:60],
            where=where,
            remedy="Start from the template of plan.yaml.",
        )
    return loaded


def _refuse_large(file: Path) -> None:
    size = file.stat().st_size
    if size > MAX_SETTINGS_MB * _BYTES_PER_MB:
        raise ParameterError(
            "The settings are too large",
            value=f"{size / _BYTES_PER_MB:,.1f} MB",
            where=str(file),
            remedy=f"Settings take {MAX_SETTINGS_MB} MB at most. Tables belong into files of their "
            "own, named under `inputs:`.",
        )


class _PlainLoader(yaml.SafeLoader):
    """The safe loader, with keys as text, each once, and without aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.get_mark()
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not allowed", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[Hashable, Any]:  # noqa: ARG002, FBT001, FBT002 - PyYAML's own signature
        mapping: dict[Hashable, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refusal("a key must be one word or text", key)
            if key.value in mapping:
                raise _refusal(f'"{key.value}" stands here twice', key)
            mapping[key.value] = self.construct_object(value, deep=True)
        return mapping


def _load(text: str) -> object:
    loader = _PlainLoader(text)
    try:
        return loader.get_single_data()
    except (ValueError, LookupError, AttributeError, OverflowError) as error:
        # a day such as 2026-13-45, or a tag that promises what the value is not
        raise yaml.YAMLError("a value is not what it looks like, such as 2026-13-45") from error
    finally:
        loader.dispose()


def _refusal(problem: str, node: yaml.Node) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


def _problem(error: yaml.YAMLError | RecursionError) -> str:
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return "nested too deeply" if isinstance(error, RecursionError) else str(error)
    return f"line {error.problem_mark.line + 1}: {error.problem}"
