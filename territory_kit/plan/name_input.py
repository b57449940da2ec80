"""Name one more input in a plan.yaml; every other line of it stays as the analyst wrote it."""

import re
from pathlib import Path
from typing import Any

from territory_kit.errors import ParameterError
from territory_kit.plan.read_yaml import parse_settings, read_settings

_HEADING = re.compile(r"^inputs:[ \t]*(?:#[^\r\n]*)?(\r?\n)", flags=re.MULTILINE)
# The first setting under the heading, past comments and empty lines.
_FIRST_LINE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*([ ]+)[^\s#]")


def with_input_line(file: Path, name: str, path: str) -> str:
    """Return the text of a plan.yaml that names one more input.

    Parameters
    ----------
    file
        A plan.yaml that can be read.
    name
        Name of the input, which the file does not name.
    path
        Its file, seen from the plan.yaml; plain letters, so that YAML needs no quotes.

    Returns
    -------
    str
        The text with one line more, or two where nothing stood under ``inputs:``.

    Raises
    ------
    ParameterError
        When the line cannot be added without changing something else.
    """
    before = read_settings(file)
    mark, text = _split_mark(file.read_bytes().decode("utf-8"))
    wanted = {**before, "inputs": {**(before.get("inputs") or {}), name: path}}
    written = _insert(text, f"{name}: {path}", has_heading="inputs" in before)
    if _parsed(written, file) != wanted:
        raise ParameterError(
            "The settings cannot be completed by themselves",
            value=f"{name} is missing under inputs",
            where=str(file),
            remedy=f"Write under `inputs:` the line `{name}: {path}`, with a file of that name "
            "that holds the headers, and run the same again.",
        )
    return mark + written


def _insert(text: str, line: str, *, has_heading: bool) -> str:
    """Put a line right under the heading, indented as the one below it."""
    heading = _HEADING.search(text)
    if heading is None:
        end = "\r\n" if "\r\n" in text else "\n"
        start = text if not text or text.endswith("\n") else text + end
        return text if has_heading else f"{start}inputs:{end}  {line}{end}"
    first = _FIRST_LINE.match(text, heading.end())
    indent = first.group(1) if first is not None else "  "
    return f"{text[: heading.end()]}{indent}{line}{heading.group(1)}{text[heading.end() :]}"


def _split_mark(text: str) -> tuple[str, str]:
    """Return the byte-order mark, if there is one, and the text."""
    rest = text.removeprefix("\ufeff")
    return text[: len(text) - len(rest)], rest


def _parsed(text: str, file: Path) -> dict[str, Any] | None:
    try:
        return parse_settings(text, where=str(file))
    except ParameterError:
        return None
