"""Write the report of a region: one HTML file that needs nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from territory_kit import __version__
from territory_kit.plan import COMPANY, COMPANY_STEP, STEPS, Plan, Record
from territory_kit.plan.precedence import digest
from territory_kit.plan.shipped import shipped_folder
from territory_kit.render.chapters import CHAPTERS, assemble

_TEMPLATE = "report"
_HASH_SHOWN_LENGTH = 12


@dataclass(frozen=True)
class RunLine:
    """What an auditor needs to find one result again.

    Parameters
    ----------
    step, run
        Name of the step and folder of its tables.
    started
        When it ran, UTC.
    seconds
        How long it took.
    digest
        First letters of the hash of its tables.
    """

    step: str
    run: str
    started: str
    seconds: str
    digest: str


def report_html(plan: Plan, region: str, notebooks: Sequence[NotebookNode]) -> str:
    """Render the report of a region.

    Parameters
    ----------
    plan
        The plan, whose five results of this region are current.
    region
        Name of the region.
    notebooks
        The five executed notebooks, in the order of the steps.

    Returns
    -------
    str
        A whole HTML page without code, scripts or addresses.
    """
    options = plan.options(region)
    places: dict[str, str] = {COMPANY_STEP: COMPANY} | dict.fromkeys(STEPS, region)
    records = {step: plan.read(step, place).record for step, place in places.items()}
    return _rendered(
        assemble(notebooks),
        {
            "chapters": CHAPTERS,
            "region": region,
            "plan_name": plan.name,
            "priorities": options.priorities,
            "unique": options.unique,
            "as_of_date": options.as_of_date,
            "seed": options.seed,
            "version": __version__,
            "runs": [_line(step, record) for step, record in records.items()],
            "inputs": records[STEPS[0]].origin.inputs,
        },
    )


def warm(notebooks: Sequence[NotebookNode]) -> None:
    """Load what exporting loads at first use, so that processes forked later need not.

    Parameters
    ----------
    notebooks
        Any notebooks of the steps.
    """
    _rendered(assemble(notebooks), {"chapters": CHAPTERS})


def _line(step: str, record: Record) -> RunLine:
    return RunLine(
        step=step,
        run=record.run,
        started=record.started[:16].replace("T", " "),
        seconds=f"{record.seconds:.1f}",
        digest=_shown_digest(record),
    )


def _shown_digest(record: Record) -> str:
    """Return the first letters of the hash of a result's tables."""
    return digest({name: file.sha256 for name, file in record.tables.items()})[:_HASH_SHOWN_LENGTH]


def _rendered(notebook: NotebookNode, facts: Mapping[str, Any]) -> str:
    text, _ = _exporter(shipped_folder("templates")).from_notebook_node(
        notebook, resources={"facts": dict(facts)}
    )
    return str(text)


def _prose(source: str) -> str:
    """Turn the Markdown of a notebook into HTML; HTML inside it is shown as text."""
    return str(MarkdownWithMath(IPythonRenderer(exclude_anchor_links=True)).render(source))


class _ReportExporter(TemplateExporter):
    """Exporter of the report template; what is not marked as HTML is escaped."""

    def _file_extension_default(self) -> str:
        return ".html"

    def default_filters(self) -> Iterator[tuple[str, Callable[[str], str]]]:
        """Add the filter that the template uses for headings and sentences."""
        yield from super().default_filters()
        yield "prose", _prose

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.autoescape = True
        return environment


@cache
def _exporter(templates: Path) -> _ReportExporter:
    return _ReportExporter(
        template_name=_TEMPLATE,
        extra_template_basedirs=[str(templates)],
        # the template shows nothing that they change, but each has the notebook checked anew
        default_preprocessors=[],
    )
