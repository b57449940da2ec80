"""The whole plan of a region in one picture: the five answers, the map, the loads, the verdict."""

import textwrap
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from territory_kit.report.captions import caption
from territory_kit.report.colours import ABOVE, ACCENT, BAND, INK, SOFT_INK
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import (
    DOTS_PER_INCH,
    MM_PER_INCH,
    WIDTH_MM,
    Figure,
    Sheet,
    without_picture,
)
from territory_kit.report.maps import STATES, maps_side_by_side
from territory_kit.report.page_one import Verdict, verdict
from territory_kit.report.plots_reps import draw_load
from territory_kit.report.plots_territories import (
    TERRITORIES_SHOWN,
    allowed_share,
    balance_rows,
    draw_balance,
)
from territory_kit.wording import MISSING, amount, counted, listed, percent

_WORDS_MM, _ANSWERS_MM, _ROW_MM, _FRAME_MM, _NO_MAPS_MM = 42.0, 27.0, 6.5, 18.0, 7.0
_EDGE_MM, _INDENT_MM, _BETWEEN_MM, _LINE_MM = 1.06, 1.7, 2.0, 3.75
# How far below the upper edge of their strip words start.
_REASON_MM, _BOXES_MM, _NAME_MM, _VALUE_MM = 8.2, 24.2, 25.8, 34.2
_HEADING_MM, _ANSWER_MM = 3.6, 9.0
_READINGS = {"better": "#117733", "worse": ABOVE}
_REASON_LETTERS, _REASON_LINES = 112, 3
_FIGURE_LETTERS, _ANSWER_LETTERS = 25, 20


def plot_plan(*sources: HasTables) -> Figure:
    """Draw the whole plan on one page: verdict, figures, map, loads and the five answers.

    Parameters
    ----------
    *sources
        Hold the result of the review, and the results of the four steps before it.

    Returns
    -------
    Figure
        One picture; without the map where no account has a place.
    """
    evidence = gather(*sources)
    accounts, reviewed = evidence.table("assignment"), evidence.table("rep_review")
    maps, box = _maps(evidence), verdict(*sources)
    figures = [_wrapped_figure(*figure) for figure in box.figures]
    answers = [(name, _wrapped(words, _ANSWER_LETTERS)) for name, words in five_answers(evidence)]
    heights = [
        max([_WORDS_MM, *(_bottom_mm(_VALUE_MM, value) for _, value, _ in figures)]),
        maps.height_px / DOTS_PER_INCH * MM_PER_INCH or _NO_MAPS_MM,
        _FRAME_MM + _ROW_MM * min(len(reviewed), TERRITORIES_SHOWN),
        max([_ANSWERS_MM, *(_bottom_mm(_ANSWER_MM, words) for _, words in answers)]),
    ]
    with Sheet(sum(heights), columns=0) as sheet:
        # parts of their own, so that long names beside the bars narrow nothing else
        parts = sheet.canvas.subfigures(4, 1, height_ratios=heights, squeeze=False)[:, 0]
        _draw_words(_Strip(parts[0], heights[0]), box, figures, evidence.region)
        load, balance = parts[2].subplots(1, 2)
        _draw_loads(load, balance, evidence)
        _draw_answers(_Strip(parts[3], heights[3]), answers)
        if maps.png:
            sheet.paste(maps, top_mm=heights[0])
        return sheet.finish(
            title=f"{evidence.region}: {box.verdict}",
            caption=caption(
                evidence,
                "Bars: hours of each territory's rep, the mark is what the rep has. Dots: workload "
                "of the proposal against its target, rings today's.",
                f"{counted(len(accounts), 'account')}, {counted(len(reviewed), 'territory')}.",
                step="review",
            ),
            alt="The plan on one page: verdict, figures, map, loads and five answers.",
        )


def five_answers(evidence: Evidence) -> list[tuple[str, str]]:
    """Say what each step found, in a heading and a few words.

    Parameters
    ----------
    evidence
        Holds the results of the five steps.

    Returns
    -------
    list of tuple of str
        Heading and words, in the order of the steps.
    """
    return [
        ("1 Market", _of_market(evidence)),
        ("2 Accounts", _of_accounts(evidence)),
        ("3 Territories", _of_territories(evidence)),
        ("4 Reps", _of_reps(evidence)),
        ("5 Changes", _of_changes(evidence)),
    ]


def _of_market(evidence: Evidence) -> str:
    segments = evidence.table("market_segments")
    accounts = counted(segments["accounts_count"].sum(), "account")
    potential = float(segments["potential_amount_per_year"].sum())
    if not evidence.has_money or potential <= 0:
        return f"{accounts}; no potential known"
    ours = percent(float(segments["revenue_amount_per_year"].sum()) / potential)
    return f"{accounts} could spend {amount(potential, evidence.currency)} a year; we have {ours}"


def _of_accounts(evidence: Evidence) -> str:
    classes = evidence.table("class_summary").set_index("account_class")
    if "A" not in classes.index:
        return "no account has a class"
    share = percent(classes["potential_share"]["A"])
    count = counted(classes["accounts_count"]["A"], "account")
    return f"{count} of class A hold {share} of potential"


def _of_territories(evidence: Evidence) -> str:
    balance = evidence.table("balance")
    of_workload = balance["measure"].str.startswith("workload")
    largest = balance.loc[of_workload].set_index("state")["deviation_share"]
    count = counted(len(evidence.table("territory_plan")), "territory")
    if "proposal" not in largest.index:
        return count
    before = f"{percent(largest['today'])} to " if "today" in largest.index else ""
    return f"{count}; largest deviation of workload {before}{percent(largest['proposal'])}"


def _of_reps(evidence: Evidence) -> str:
    plan = evidence.table("rep_plan")
    if plan["rep_id"].isna().all() and not evidence.has_rows("reps"):
        return "no reps are known"
    vacant = plan.loc[plan["rep_id"].isna(), "territory_id"].map(evidence.territory_names())
    kept = f"{int(plan['is_incumbent'].sum())} of {len(plan)} keep their rep"
    return f"{kept}; no rep yet: {listed(list(vacant))}" if len(vacant) else kept


def _of_changes(evidence: Evidence) -> str:
    kinds = evidence.table("disruption").set_index("kind")
    share = float(kinds["revenue_share"]["all"])
    words = f"{counted(kinds['accounts_count']['all'], 'account', 'change')} hands"
    if not evidence.has_money or pd.isna(share):
        return words
    return f"{words}, {percent(share)} of revenue"


def _maps(evidence: Evidence) -> Figure:
    """Draw the maps; without accounts there is nothing to see on them."""
    if evidence.table("assignment").empty:
        return without_picture(title="", caption="")
    return maps_side_by_side(evidence, [*STATES])


@dataclass(frozen=True)
class _Strip:
    """A part of the page that holds words; places are in mm from its upper left corner."""

    part: SubFigure
    height_mm: float

    def write(self, x_mm: float, y_mm: float, words: str, **style: Any) -> None:  # noqa: ANN401 - matplotlib checks them
        height = 1 - y_mm / self.height_mm
        self.part.text(x_mm / WIDTH_MM, height, words, **{"fontsize": 7, "va": "top", **style})

    def boxes(self, count: int, *, top_mm: float = _EDGE_MM) -> list[float]:
        """Draw boxes side by side, down to the lower edge; return where each begins."""
        each = (WIDTH_MM - 2 * _EDGE_MM) / count
        starts = [_EDGE_MM + each * place for place in range(count)]
        low, high = _EDGE_MM / self.height_mm, 1 - top_mm / self.height_mm
        for start in starts:
            size = (each - _BETWEEN_MM) / WIDTH_MM, high - low
            self.part.add_artist(Rectangle((start / WIDTH_MM, low), *size, color=BAND, alpha=0.6))
        return starts


def _draw_words(
    strip: _Strip, box: Verdict, figures: list[tuple[str, str, str]], region: str
) -> None:
    word = box.verdict[:1].upper() + box.verdict[1:]
    title = {"fontsize": 13, "weight": "bold", "color": ACCENT}
    strip.write(_EDGE_MM, _EDGE_MM, f"{region}: {word}", **title)
    reason = whole_sentences(box.reason)
    strip.write(_EDGE_MM, _REASON_MM, reason, fontsize=7.5, linespacing=1.4)
    starts = strip.boxes(len(figures), top_mm=_BOXES_MM) if figures else []
    for start, (name, value, colour) in zip(starts, figures, strict=True):
        x = start + _INDENT_MM
        strip.write(x, _NAME_MM, name, linespacing=1.3, color=SOFT_INK)
        strip.write(x, _VALUE_MM, value, linespacing=1.3, color=colour, weight="bold")


def _draw_answers(strip: _Strip, answers: list[tuple[str, str]]) -> None:
    for start, (heading, words) in zip(strip.boxes(len(answers)), answers, strict=True):
        x, style = start + _INDENT_MM, {"weight": "bold", "color": ACCENT}
        strip.write(x, _HEADING_MM, heading, fontsize=8.5, **style)
        strip.write(x, _ANSWER_MM, words, linespacing=1.3)


def _wrapped_figure(name: str, today: str, proposal: str, reading: str) -> tuple[str, str, str]:
    """Return name and value as they are written, and the colour of the value."""
    value = proposal if today == MISSING else f"{today} → {proposal}"
    colour = _READINGS.get(reading.split(" ", maxsplit=1)[0], INK)
    return _wrapped(name, _FIGURE_LETTERS), _wrapped(value, _FIGURE_LETTERS), colour


def _wrapped(words: str, letters: int) -> str:
    # a number and its sign stay on one line
    return "\n".join(textwrap.wrap(words.replace(" %", "\N{NO-BREAK SPACE}%"), letters))


def _bottom_mm(top_mm: float, words: str) -> float:
    """Return the height of a strip that holds these lines of small print."""
    return top_mm + _LINE_MM * len(words.splitlines()) + _EDGE_MM


def whole_sentences(words: str) -> str:
    """Keep as many sentences of a reason as three lines hold; of one that is longer, its start.

    Parameters
    ----------
    words
        The reason.

    Returns
    -------
    str
        At most three lines.
    """
    sentences = words.split(". ")
    for count in range(len(sentences), 0, -1):
        lines = textwrap.wrap(". ".join(sentences[:count]), _REASON_LETTERS)
        if len(lines) <= _REASON_LINES:
            break
    return "\n".join(lines[:_REASON_LINES]) + "." * (count < len(sentences))


def _draw_loads(load: Axes, balance: Axes, evidence: Evidence) -> None:
    """Draw both in the same order of territories, so that one column of names serves."""
    reviewed = evidence.table("rep_review").head(TERRITORIES_SHOWN)
    draw_load(reviewed, colours=evidence.colours(), ax=load)
    load.set(title="Hours of each rep (per year)", xlabel="")
    rows = balance_rows(evidence).set_index("territory_id")
    shown = rows.reindex(reviewed["territory_id"]).reset_index()
    allowed = allowed_share(evidence, "workload")
    draw_balance(shown, index="workload_index", tolerance_share=allowed, ax=balance)
    balance.set(yticklabels=[], xlabel="", ylim=load.get_ylim())
    balance.set_title(f"Workload, allowed ±{percent(allowed)}")
