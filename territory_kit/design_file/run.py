"""From file to file: read and check everything, ask the engine, write."""

from collections.abc import Callable
from dataclasses import replace

from territory_kit.design import solve
from territory_kit.design_file.answer import Answer, write_answer
from territory_kit.design_file.clock import overrun_notice, search_seconds
from territory_kit.design_file.inputs import read_inputs
from territory_kit.design_file.question import build_problem, name_territories, sort_units
from territory_kit.design_file.request import Request
from territory_kit.wording import counted

Tell = Callable[[str], None]


def design_file(request: Request, *, started: float, tell: Tell) -> Answer:
    """Divide the units of a file and write the territory of each.

    Parameters
    ----------
    request
        What is asked for.
    started
        When the command began, on the clock of `time.monotonic`.
    tell
        Is given a sentence at each step, and each notice.

    Returns
    -------
    Answer
        What was found; the file is written, even where limits are broken.

    Raises
    ------
    TableError
        When the files have faults, all of which are named, or the result cannot be written.
        Nothing is written then.
    """
    inputs = read_inputs(request)
    count = len(inputs.units)
    tell(f"Read {counted(count, 'unit')} from {request.units.name}.")
    for notice in inputs.notices:
        tell(notice)
    order = sort_units(inputs.units)
    problem = build_problem(inputs, order, request=request)
    limit_s = None
    if request.time_limit_s is not None:
        limit_s = search_seconds(request.time_limit_s, started=started, units_count=count)
    tell("Searching" + (" ..." if limit_s is None else f" for at most {limit_s:.1f} s ..."))
    design = solve(problem, seed=request.seed, time_limit_s=limit_s)
    names = name_territories(design, inputs.territories, problem)
    answer = Answer(request, inputs, order, problem, design, names)
    notices = (
        *answer.empty_territories(),
        *write_answer(answer.table(), request.out),
        *overrun_notice(request.time_limit_s, started=started),
    )
    for notice in notices:
        tell(notice)
    told = replace(inputs, notices=(*inputs.notices, *notices))
    return replace(answer, inputs=told)
