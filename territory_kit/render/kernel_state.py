"""What a notebook may change in its kernel besides names: note it once, put it back afterwards.

Runs inside the kernel. What the first notebook finds, every later one finds too: working directory,
variables of the environment, module path, warning filters, options of pandas and numpy, plot
settings; and random numbers that nobody has seeded. Packages that were imported stay so.
"""

import os
import random
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class KernelState:
    """What a kernel is like before its first notebook; noted when this is made."""

    folder: str = field(default_factory=os.getcwd)
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    module_path: list[str] = field(default_factory=lambda: list(sys.path))
    warning_filters: list[Any] = field(default_factory=lambda: list(warnings.filters))
    print_options: dict[str, Any] = field(default_factory=lambda: dict(np.get_printoptions()))
    floating_errors: dict[str, Any] = field(default_factory=lambda: dict(np.geterr()))
    pandas_options: dict[str, object] = field(default_factory=lambda: dict(_pandas_options()))

    def restore(self) -> None:
        """Make the kernel so again."""
        # first, so that nothing below fails by a filter that turns warnings into errors
        warnings.resetwarnings()
        warnings.filters[:] = self.warning_filters  # type: ignore[index]  # a list, in fact
        os.chdir(self.folder)
        for name in set(os.environ) - set(self.environment):
            del os.environ[name]
        os.environ.update(self.environment)
        sys.path[:] = self.module_path
        np.set_printoptions(**self.print_options)
        np.seterr(**self.floating_errors)
        self._restore_pandas()
        _restore_plots()
        random.seed()
        np.random.seed()  # noqa: NPY002 - notebooks may use it

    def _restore_pandas(self) -> None:
        """Set only what differs: setting an option anew may do more than that."""
        now = dict(_pandas_options())
        with warnings.catch_warnings():
            # options that are on their way out say so whenever they are touched
            warnings.simplefilter("ignore")
            for name, value in self.pandas_options.items():
                if now[name] != value:
                    pd.set_option(name, value)


@cache
def first_state() -> KernelState:
    """Return the state in which this process was asked first.

    Returns
    -------
    KernelState
        The same one at each call.
    """
    return KernelState()


def _pandas_options() -> Iterator[tuple[str, object]]:
    """Yield each option with its value, by its whole name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from _options_below(pd.options, "")


def _options_below(node: Any, above: str) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - pandas does not say
    for name in dir(node):
        value = getattr(node, name)
        if isinstance(value, type(pd.options)):
            yield from _options_below(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _restore_plots() -> None:
    """Close figures and forget settings, where anything was drawn."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
        sys.modules["matplotlib"].rc_file_defaults()
        # not among the defaults, but what Jupyter begins with
        sys.modules["matplotlib"].interactive(True)  # noqa: FBT003 - matplotlib's own
    if "matplotlib_inline.config" in sys.modules:
        _restore_inline(sys.modules["matplotlib_inline.config"].InlineBackend)


def _restore_inline(backend: Any) -> None:  # noqa: ANN401 - a class of traitlets
    """Show figures below cells again, as pictures of the usual kind."""
    if backend.initialized():
        backend.instance().figure_format = ""
        backend.instance().figure_formats = {"png"}
        backend.instance().print_figure_kwargs = {"bbox_inches": "tight"}
        backend.instance().close_figures = True
