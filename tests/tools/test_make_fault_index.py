"""The index of faults is in step with the codes, and each example really has its fault."""

import ast
from pathlib import Path

import pytest

from territory_kit.tables import Fault
from territory_kit.tables.faults import code, codes, codes_of_files, codes_of_links, codes_of_values
from territory_kit.tables.faults.codes import FAULT_CODES
from territory_kit.tables.faults.fault import SEVERITY_WORDS, show_values
from tools.fault_examples import EXAMPLES, example_faults
from tools.make_fault_index import FILE, index_markdown

ROOT = Path(__file__).parents[2]
LISTS = (code, codes, codes_of_files, codes_of_links, codes_of_values)


@pytest.fixture(scope="module")
def examples() -> list[Fault]:
    """Read all examples, which takes some seconds."""
    return list(example_faults())


def test_the_index_is_in_step(examples: list[Fault]) -> None:
    """Else run `python -m tools.make_fault_index`."""
    assert FILE.read_text(encoding="utf-8") == index_markdown(examples)


def test_the_glossary_tells_severities_in_the_same_words() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for severity, words in SEVERITY_WORDS.items():
        assert f"{severity}: {', '.join(words)}" in glossary


def test_no_example_of_rows_tells_what_its_rows_do_not(examples: list[Fault]) -> None:
    """Else the fault could not be told of a region alone."""
    for fault in examples:
        if fault.rows_count:
            assert fault.value == show_values(text for text in fault.row_values if text)


def test_every_code_has_an_example_that_has_its_fault(examples: list[Fault]) -> None:
    assert sorted(set(FAULT_CODES) - {fault.code for fault in examples}) == []
    assert list(EXAMPLES) == list(FAULT_CODES)


@pytest.mark.parametrize("module", [codes_of_files, codes_of_values, codes_of_links])
def test_codes_stand_in_alphabetical_order(module: object) -> None:
    names = [entry.code for entry in vars(module)["CODES"]]
    assert names == sorted(names)


def test_no_code_is_listed_twice() -> None:
    lists = (codes_of_files, codes_of_values, codes_of_links)
    assert sum(len(module.CODES) for module in lists) == len(FAULT_CODES)


def test_every_code_stands_in_some_module() -> None:
    """A code that no module uses is explained in vain."""
    own = {Path(str(module.__file__)) for module in LISTS}
    files = [f for f in (ROOT / "territory_kit").rglob("*.py") if f not in own]
    texts = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(FAULT_CODES) - texts) == []


def test_causes_and_remedies_are_sentences() -> None:
    for entry in FAULT_CODES.values():
        for text in (entry.cause, entry.remedy):
            assert text[0].isupper() or text.startswith("plan.yaml "), entry.code
            assert text.endswith("."), entry.code
