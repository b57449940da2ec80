"""The options of `territory-kit design`."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from territory_kit.design_file.clock import command_start, without_collection
from territory_kit.design_file.limits import pair_limits
from territory_kit.design_file.request import Centre, Distance, Request
from territory_kit.errors import InfeasiblePlanError

EXAMPLE = (
    "Example: territory-kit design units.csv --id unit_id --lat lat --lon lon --territories 8 "
    "--balance hours --tolerance 0.1 --out territories.csv"
)
_LIMITS = ("balance", "tolerance", "bounds")
_ORDER = "territory_kit.order_of_limits"


class DesignCommand(TyperCommand):
    """A command that keeps the order of --balance, --tolerance and --bounds among each other."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # as typer's own commands
        """Note the order, which is lost where an option becomes a list of its values."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_ORDER] = [param.name for param in order if param.name in _LIMITS]
        return super().parse_args(ctx, args)


def _column(flag: str, help_text: str, panel: str) -> Any:  # noqa: ANN401 - as typer declares it
    return typer.Option(flag, metavar="COLUMN", help=help_text, rich_help_panel=panel)


_WHERE = "Where units are"
_WHAT = "What is balanced"
_TIES = "What ties units"
_SEARCH = "Search and result"

Column = str | None


def design(  # noqa: PLR0913 - one parameter for each option
    ctx: typer.Context,
    units: Annotated[
        Path,
        typer.Argument(
            metavar="UNITS",
            help="Table with one row per unit: CSV, Excel or Parquet.",
            exists=True,
            dir_okay=False,
        ),
    ],
    *,
    territories: Annotated[int, typer.Option(min=1, help="Number of territories.")],
    out: Annotated[
        Path,
        typer.Option(metavar="FILE", help="CSV to write: identifier, territory_id, centre_id."),
    ],
    id_: Annotated[
        Column, _column("--id", "Identifier; without it, rows are numbered from 1.", _WHERE)
    ] = None,
    x: Annotated[Column, _column("--x", "Position east, in km or any unit.", _WHERE)] = None,
    y: Annotated[Column, _column("--y", "Position north, in the same unit.", _WHERE)] = None,
    lat: Annotated[
        Column, _column("--lat", "Latitude in degrees, instead of x and y.", _WHERE)
    ] = None,
    lon: Annotated[Column, _column("--lon", "Longitude in degrees.", _WHERE)] = None,
    weight: Annotated[
        Column,
        _column("--weight", "What a unit's distance counts; without it, each counts 1.", _WHERE),
    ] = None,
    centre: Annotated[
        Centre,
        typer.Option(
            help="Measure from one of the units or from their mean.", rich_help_panel=_WHERE
        ),
    ] = "medoid",
    distance: Annotated[
        Distance, typer.Option(help="Add up distances or their squares.", rich_help_panel=_WHERE)
    ] = "squared",
    balance: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            help="Measure to balance, each with its own tolerance or bounds; may be repeated.",
            rich_help_panel=_WHAT,
        ),
    ] = None,
    tolerance: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SHARE",
            help="Allowed share above and below the mean territory; 0.05 where nothing is given.",
            rich_help_panel=_WHAT,
        ),
    ] = None,
    bounds: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LOW:HIGH",
            help="Least and greatest sum per territory, both allowed.",
            rich_help_panel=_WHAT,
        ),
    ] = None,
    capacity: Annotated[
        Column, _column("--capacity", "What a unit can hold when it is the centre.", _WHAT)
    ] = None,
    load: Annotated[
        Column, _column("--load", "What each unit takes of the capacity.", _WHAT)
    ] = None,
    edges: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Pairs of neighbours, two columns of identifiers: territories must hang together.",
            exists=True,
            dir_okay=False,
            rich_help_panel=_TIES,
        ),
    ] = None,
    islands: Annotated[
        Column,
        _column(
            "--islands",
            "Yes for units that need no connection, like those without neighbours.",
            _TIES,
        ),
    ] = None,
    current: Annotated[
        Column, _column("--current", "Territory today; its identifier stays.", _TIES)
    ] = None,
    move_price: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            help="What a unit that leaves its territory adds to the objective.",
            rich_help_panel=_TIES,
        ),
    ] = None,
    locked: Annotated[
        Column,
        _column("--locked", "Territory a unit must have, or yes for the one it has today.", _TIES),
    ] = None,
    together: Annotated[
        Column, _column("--together", "Group whose units stay in one territory.", _TIES)
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            min=0.001,
            metavar="SECONDS",
            help="Wall time of the whole command. Without it, equal inputs give equal results.",
            rich_help_panel=_SEARCH,
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**32 - 1, help="Seed of the search.", rich_help_panel=_SEARCH)
    ] = 1,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print the figures as one JSON object.", rich_help_panel=_SEARCH
        ),
    ] = False,
) -> None:
    """Divide the units of a file into balanced, compact territories.

    The first --tolerance or --bounds belongs to the first --balance, the second to the second.
    Exit 1 where limits cannot be kept: the closest division is written all the same.
    """
    started = command_start()
    rests = {"balance": iter(balance or ()), "tolerance": iter(tolerance or ())}
    rests["bounds"] = iter(bounds or ())
    given = [(name, next(rests[name])) for name in ctx.meta[_ORDER]]
    request = Request(
        units=units,
        out=out,
        territories_count=territories,
        id_column=id_,
        x_column=x,
        y_column=y,
        lat_column=lat,
        lon_column=lon,
        weight_column=weight,
        balances=pair_limits(given),
        centre=centre,
        distance=distance,
        capacity_column=capacity,
        load_column=load,
        edges=edges,
        islands_column=islands,
        current_column=current,
        move_price=move_price,
        locked_column=locked,
        together_column=together,
        seed=seed,
        time_limit_s=time_limit,
    )
    _divide(request, started=started, as_json=as_json)


def _divide(request: Request, *, started: float, as_json: bool) -> None:
    """Run the request, print what came of it, and end with 1 where limits are broken."""
    with without_collection():
        from territory_kit.design_file.run import design_file  # noqa: PLC0415 - help needs it not
        from territory_kit.design_file.summary import print_summary  # noqa: PLC0415 - nor this

    answer = design_file(request, started=started, tell=_tell)
    seconds = time.monotonic() - started
    if as_json:
        typer.echo(json.dumps(answer.as_json(seconds=seconds), allow_nan=False))
    else:
        print_summary(answer, seconds=seconds)
    if not answer.design.is_feasible:
        raise _infeasible(request.out, answer.explanations())


def _tell(sentence: str) -> None:
    from territory_kit.tables import make_printable  # noqa: PLC0415 - nor this

    typer.echo(make_printable(sentence), err=True)


def _infeasible(out: Path, reasons: Sequence[str]) -> InfeasiblePlanError:
    return InfeasiblePlanError(
        "No division was found that keeps all limits",
        where=f"the one that misses them least is in {out}",
        remedy="\n- ".join(["Why, and what would help:", *reasons]),
    )
