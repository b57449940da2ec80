"""A workbench for sales territory planning: five questions, one report per region."""

from importlib.metadata import version

__version__ = version("territory_kit")

__all__ = ["__version__"]
