"""Tell what came of a division, for people at a terminal of 80 columns."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from territory_kit.design_file.answer import Answer
from territory_kit.tables import make_printable
from territory_kit.tables.faults.fault import shorten
from territory_kit.wording import counted, number, percent

_MOST_SHOWN_COUNT = 30
_MOST_MEASURES_COUNT = 4
_NO_DECIMALS_FROM = 1e6
# Less than this is rounding.
_LEAST_GAP_SHARE = 1e-9
_STOPS = {
    "converged": "nothing helped any more",
    "max_iterations": "all iterations were used",
    "time_limit": "the time was up, so another run may differ",
}


def print_summary(answer: Answer, *, seconds: float) -> None:
    """Print the figures of a division.

    Parameters
    ----------
    answer
        What was found.
    seconds
        Wall time of the whole command until now.
    """
    console = Console()
    for line in _headlines(answer, seconds):
        console.print(Text(make_printable(line)), soft_wrap=True)
    if len(answer.names) <= _MOST_SHOWN_COUNT:
        console.print(_territories(answer))


def _headlines(answer: Answer, seconds: float) -> list[str]:
    design = answer.design
    broken = len(design.violations)
    state = f"{counted(broken, 'limit', 'is')} broken" if broken else "all limits are kept"
    counts = (
        f"{counted(len(answer.inputs.units), 'unit')}, {counted(len(answer.names), 'territory')}"
    )
    parts = design.objective
    moves = f" with {_figure(parts['moves'])} for moves" if parts["moves"] else ""
    return [
        f"{counts}, {state}.",
        f"Objective {_figure(parts['total'])}{moves}; {_bound(answer)}.",
        *_spans(answer),
        f"Stopped after {seconds:.1f} s: {_STOPS[design.stop_reason]}. Seed {design.seed}.",
        f"Written to {answer.request.out}",
    ]


def _bound(answer: Answer) -> str:
    bound, gap = answer.design.lower_bound, answer.gap_share
    if bound is None:
        return "no lower bound is known"
    if gap is not None and gap < _LEAST_GAP_SHARE:
        return "no division is better"
    at_most = "" if gap is None else f", so at most {percent(gap, decimals=2)} above the best"
    return f"no division is below {_figure(bound)}{at_most}"


def _spans(answer: Answer) -> list[str]:
    """Say between which loads and limits the territories are, measure by measure."""
    problem, loads = answer.problem, answer.design.loads
    return [
        f"{shorten(balance.column)}: {_figure(loads[:, place].min())} to "
        f"{_figure(loads[:, place].max())}, allowed {_figure(problem.lower[0, place])} to "
        f"{_figure(problem.upper[0, place])}"
        for place, balance in enumerate(answer.request.balances)
    ]


def _territories(answer: Answer) -> Table:
    loads = answer.loads()
    measures = list(next(iter(loads.values())))[:_MOST_MEASURES_COUNT]
    counts = answer.table()["territory_id"].value_counts()
    centres = dict(zip(answer.names, answer.centre_ids, strict=True))
    table = Table(box=None, pad_edge=False)
    for heading in ("territory", "centre", "units", *measures):
        is_text = heading in {"territory", "centre"}
        table.add_column(Text(shorten(heading)), justify="left" if is_text else "right")
    for name in loads:
        figures = [_figure(loads[name][measure]) for measure in measures]
        cells = [name, centres[name], number(counts.get(name, 0)), *figures]
        table.add_row(*(Text(shorten(cell)) for cell in cells))
    return table


def _figure(value: float) -> str:
    """Write a number with seven digits, and all before the point."""
    return f"{value:,.7g}" if abs(value) < _NO_DECIMALS_FROM else number(value)
