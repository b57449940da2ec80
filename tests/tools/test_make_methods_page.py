"""The page of methods is in step with the docstrings, and leaves no module out."""

from tools.make_methods_page import FILE, METHODS, MODULES, methods_markdown, read_method

SOURCE = '''\
"""How far it is.

More about it.
"""

def way(km):
    """Compute a way, in km.

    References
    ----------
    Daganzo, C. F. (1984), "The
    Distance", doi:10.1/x.

    Examples
    --------
    >>> way(1)
    """

def _hidden():
    """Hide."""

def way_back(km):
    """Compute the way back, in km.

    References
    ----------
    Daganzo, C. F. (1984), "The Distance", doi:10.1/x.
    """
'''


def test_the_page_is_what_its_tool_writes() -> None:
    """Run `python -m tools.make_methods_page` after a change of a docstring."""
    assert FILE.read_text(encoding="utf-8") == methods_markdown()


def test_every_module_stands_under_one_step() -> None:
    """A new module gets its place in MODULES."""
    listed = sorted(name for names in MODULES.values() for name in names)
    assert listed == sorted(file.stem for file in METHODS.glob("[!_]*.py"))


def test_a_module_tells_its_functions_and_each_source_once() -> None:
    method = read_method("ways", SOURCE, "@pytest.mark.oracle\n@pytest.mark.oracle\n")
    assert method.summary == "How far it is."
    assert method.functions == (
        ("way", "Compute a way, in km."),
        ("way_back", "Compute the way back, in km."),
    )
    assert method.references == ('Daganzo, C. F. (1984), "The Distance", doi:10.1/x.',)
    assert method.oracle_count == 2
