"""The commands of territory-kit: each one calls one function and says what came of it.

Exit codes: 0 done, 1 the data or a run is at fault, 2 wrong usage.
"""

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from territory_kit.arguments import PlanFolder, is_address, read_folder, read_place
from territory_kit.design_file.command import EXAMPLE, DesignCommand, design
from territory_kit.errors import ParameterError, TerritoryKitError, suggest

SAMPLE_FOLDER = "sample-plan"
DEBUG = "TERRITORY_KIT_DEBUG"


class _Commands(TyperGroup):
    """The commands; a fault of the program ends with one sentence instead of a traceback."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # as typer's own groups
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TyperException):
            raise
        except Exception as error:
            if os.environ.get(DEBUG):
                raise
            _echo_error(
                f"This is a fault of the program, not of your data: {type(error).__name__}: "
                f"{error}. Set {DEBUG}=1 to see where it happened, and report it."
            )
            raise typer.Exit(1) from error


app = typer.Typer(
    name="territory-kit",
    help="A workbench for sales territory planning: five questions, one report per region.",
    no_args_is_help=True,
    add_completion=False,
    cls=_Commands,
    pretty_exceptions_enable=False,
)


@app.command(
    epilog="Example: territory-kit new plans/north-2027 --from accounts.csv --from deals.csv",
)
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make.")],
    exports: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="EXPORT",
            help="Export of a CRM or a list of your own (CSV, Excel, Parquet), recognised by its "
            "headers and copied to the inputs; may be repeated.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Make a plan folder from the templates and from exports."""
    from territory_kit.plan.create import create_plan
    from territory_kit.terminal import print_new_plan

    with _plain_errors(usage=True):
        print_new_plan(create_plan(folder, exports=exports or []), folder)


@app.command(epilog="Example: territory-kit check plans/north-2027 --out faults.xlsx")
def check(
    plan: PlanFolder,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the faults to this file instead: .xlsx, .html, .txt or .csv.",
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """List all faults of a plan's settings and inputs; exit 1 if any blocks the plan."""
    from territory_kit.plan import open_plan
    from territory_kit.tables import (
        FAULT_FILE_ENDINGS,
        make_printable,
        measure_together,
        summarise,
        write_faults,
    )
    from territory_kit.terminal import print_faults

    if out is not None and out.suffix.lower() not in FAULT_FILE_ENDINGS:
        raise typer.BadParameter(
            f"{out.name} must end in {', '.join(FAULT_FILE_ENDINGS)}.", param_hint="--out"
        )
    with _plain_errors():
        opened = open_plan(plan)
        _tell_stale_notebooks(plan)
        inputs = opened.checked_inputs
        affected = measure_together(inputs.faults, inputs.tables.get("accounts"))
        if out is None:
            print_faults(inputs.faults, affected)
        else:
            write_faults(inputs.faults, out, affected)
            typer.echo(f"{summarise(inputs.faults, affected)} Written to {out}")
        if any(fault.severity == "blocking" for fault in inputs.faults):
            raise typer.Exit(1)
        names = opened.regions()
    typer.echo(make_printable(f"{opened.name}, regions ({len(names)}): {', '.join(names)}"))


@app.command(
    epilog='Example: territory-kit render plans/north-2027 --region "Bretagne" --workers 2',
)
def render(  # noqa: PLR0913 - one parameter for each option
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN",
            help="Folder of the plan, or an address of one such as s3://bucket/plans/north.",
            parser=read_place,
        ),
    ],
    region: Annotated[
        list[str] | None,
        typer.Option("--region", metavar="REGION", help="Only this region; may be repeated."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Regions at a time; one for each core if not given."),
    ] = None,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Render reports again that still hold.")
    ] = False,
    cold: Annotated[
        bool,
        typer.Option("--cold", help="Start each kernel from nothing: slower, same results."),
    ] = False,
    region_timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=1, help="Stop a region that takes longer."),
    ] = None,
    xlsx: Annotated[
        bool, typer.Option("--xlsx", help="Write all result tables into results.xlsx too.")
    ] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Write report.pdf too; needs the extra pdf.")
    ] = False,
    dask: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Render on the Dask cluster of this scheduler: docs/cluster.md."
        ),
    ] = "",
    notebooks: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Run these notebooks, such as edited copies, instead of those of the package.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Run the five notebooks of each region whose report does not hold any more."""
    from territory_kit.plan import open_plan
    from territory_kit.render.batch import RenderRequest, render_plan

    is_stored = is_address(plan)
    if region and not is_stored:
        with _plain_errors():
            known = open_plan(plan).regions()
        _require_regions(region, known)
    with _plain_errors():
        request = RenderRequest(
            workers,
            is_forced=force,
            is_cold=cold,
            timeout_seconds=region_timeout,
            cluster=dask,
            notebooks=notebooks,
            outputs=tuple(name for name, wanted in (("pdf", pdf), ("xlsx", xlsx)) if wanted),
        )
        if is_stored:
            from territory_kit.render.stored.batch import render_stored_plan

            failed = render_stored_plan(plan, regions=region, request=request).failed
        else:
            failed = render_plan(Path(plan), regions=region, request=request).failed
    if failed:
        raise typer.Exit(1)


@app.command(
    epilog="Example: territory-kit compare plans/north-2027 plans/north-2027-nine-reps",
)
def compare(
    plans: Annotated[
        list[Path],
        typer.Argument(
            metavar="PLAN...",
            help="Folders of two plans or more; gains are against the first one.",
            parser=read_folder,
        ),
    ],
    *,
    region: Annotated[
        list[str] | None,
        typer.Option("--region", metavar="REGION", help="Only this region; may be repeated."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Where compare.csv and compare.html go; reports/_compare of the first plan if not "
            "given.",
            file_okay=False,
        ),
    ] = None,
    different_inputs: Annotated[
        bool, typer.Option("--different-inputs", help="Compare although inputs differ.")
    ] = False,
    circuity: Annotated[
        str | None,
        typer.Option(metavar="LOW:HIGH", help="Road km for each straight km, as 1.2:1.4."),
    ] = None,
    loss: Annotated[
        str | None,
        typer.Option(metavar="LOW:HIGH", help="Share of revenue at risk when a rep changes."),
    ] = None,
    margin: Annotated[
        str | None,
        typer.Option(metavar="LOW:HIGH", help="Gross margin where an account has none."),
    ] = None,
) -> None:
    """Put scenarios side by side: figures, gain and how sure it is, and what beats what."""
    from territory_kit.compare import compare_plans, make_request
    from territory_kit.compare.show import print_comparison, write_comparison
    from territory_kit.plan import open_plan
    from territory_kit.tables import make_printable

    ranges = {"circuity": circuity, "loss_share": loss, "margin_share": margin}
    with _plain_errors(usage=True):
        request = make_request(
            plans, regions=region or [], ranges=ranges, may_differ=different_inputs
        )
    with _plain_errors():
        known = {name for plan in request.folders for name in open_plan(plan).regions()}
    _require_regions(request.regions, sorted(known))
    with _plain_errors():
        comparison = compare_plans(request)
        print_comparison(comparison)
        files = write_comparison(comparison, output or comparison.folder)
    typer.echo(make_printable(f"Written to {files[0]} and {files[1].name}"))


@app.command(
    name="take-back",
    epilog='Example: territory-kit take-back plans/north-2027 --region "Bretagne" --yes',
)
def take_back(
    plan: PlanFolder,
    *,
    region: Annotated[
        list[str] | None,
        typer.Option("--region", metavar="REGION", help="Only this region; may be repeated."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take them back without asking.")] = False,
) -> None:
    """List the chosen moves that do not pay, and take them back when you say yes."""
    from territory_kit.plan import open_plan
    from territory_kit.tables import make_printable
    from territory_kit.take_back import add_overrides, find_moves, make_rows, print_moves
    from territory_kit.wording import counted

    with _plain_errors():
        opened = open_plan(plan)
        known = opened.regions()
    _require_regions(region or [], known)
    with _plain_errors():
        found = find_moves(opened, region or [])
        print_moves(found)
        if found.moves.empty:
            return
        if not yes and not (_is_terminal() and typer.confirm("Take them back?")):
            typer.echo("Nothing was changed. With --yes these moves are taken back.")
            return
        overrides = opened.inputs().tables.get("overrides")
        taken = [] if overrides is None else list(overrides["override_id"].dropna())
        rows = make_rows(found.moves, currency=found.currency, taken_ids=taken)
        file = add_overrides(opened, rows)
    again = shlex.join(["territory-kit", "render", str(plan)])
    done = f"Added {counted(len(rows), 'override')} to {file}."
    typer.echo(make_printable(f"{done} Now run {again}, or the notebooks 03 to 05, again."))
    typer.echo("Balance may move other accounts instead: compare both plans before you keep it.")


@app.command(epilog="Example: territory-kit lab plans/north-2027")
def lab(
    plan: Annotated[
        Path | None,
        typer.Argument(
            metavar="PLAN",
            help=f"Folder of the plan; without it, a copy of the sample in {SAMPLE_FOLDER}.",
            parser=read_folder,
        ),
    ] = None,
    *,
    browser: Annotated[
        bool, typer.Option(help="Open a browser; without one, the address is printed.")
    ] = True,
) -> None:
    """Start JupyterLab on the notebooks of a plan, for this computer only."""
    from territory_kit.plan import open_plan
    from territory_kit.plan.create import copy_sample
    from territory_kit.plan.notebooks import copy_notebooks
    from territory_kit.workbench import run_lab

    with _plain_errors():
        if plan is None:
            plan = Path(SAMPLE_FOLDER)
            copy_sample(plan)
        region = open_plan(plan).first_region()
        notebooks = copy_notebooks(plan, region=region)
    _tell_stale_notebooks(plan)
    if not region:
        typer.echo("The inputs have faults that block the plan: the first notebook lists them.")
    first = min(notebook.name for notebook in notebooks.glob("*.ipynb"))
    typer.echo("JupyterLab starts on 127.0.0.1. The address with its token is printed below;")
    typer.echo("open it in a browser if none opens. Stop with Ctrl+C.")
    raise typer.Exit(run_lab(plan, first=first, opens_browser=browser))


def _require_regions(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Refuse a region that is mistyped, as wrong usage."""
    from territory_kit.tables import make_printable

    unknown = [name for name in wanted if name not in known]
    if unknown:
        text = f"there is no region {unknown[0]}. {suggest(unknown[0], known)}"
        raise typer.BadParameter(make_printable(text), param_hint="--region")


def _is_terminal() -> bool:
    """Tell whether a person can answer."""
    return sys.stdin.isatty()


def _tell_stale_notebooks(plan: Path) -> None:
    """Say which copies of the notebooks have been overtaken by a newer version."""
    from territory_kit.plan.notebooks import stale_notebooks, stale_sentence

    sentence = stale_sentence(stale_notebooks(plan))
    if sentence:
        typer.echo(sentence)


@contextmanager
def _plain_errors(*, usage: bool = False) -> Iterator[None]:
    """Print what is wrong without a traceback, and end with code 1, or 2 for wrong usage."""
    try:
        yield
    except TerritoryKitError as error:
        _echo_error(error)
        raise typer.Exit(2 if usage and isinstance(error, ParameterError) else 1) from error
    except OSError as error:
        from territory_kit.plan.writing import refusal

        _echo_error(refusal(error))
        raise typer.Exit(1) from error


def _echo_error(error: Exception | str) -> None:
    """Print an error line by line, without what a terminal would obey."""
    from territory_kit.tables import make_printable

    for line in str(error).split("\n"):
        typer.echo(make_printable(line), err=True)


app.command(cls=DesignCommand, epilog=EXAMPLE)(_plain_errors(usage=True)(design))
