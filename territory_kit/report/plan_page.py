"""The whole plan of a region in one picture: the five answers, the map, the loads, the verdict."""

import textwrap
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from territory_kit.report.captions import caption
from territory_kit.report.colours import ABOVE, ACCENT, BAND, INK, SOFT_INK
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Figure, Sheet
from territory_kit.report.maps import (
    FLATTEST,
    STATES,
    TITLE_MM,
    draw_maps,
    height_of_maps,
    place_on_map,
)
from territory_kit.report.page_one import Verdict, verdict
from territory_kit.report.plots_reps import draw_load
from territory_kit.report.plots_territories import (
    TERRITORIES_SHOWN,
    allowed_share,
    balance_rows,
    draw_balance,
)
from territory_kit.report.projection import Frame
from territory_kit.wording import MISSING, amount, counted, listed, percent

_WORDS_MM, _ANSWERS_MM, _ROW_MM, _FRAME_MM = 42.0, 27.0, 6.5, 18.0
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
    bars_mm = _FRAME_MM + _ROW_MM * min(len(reviewed), TERRITORIES_SHOWN)
    has_place = accounts[["lat_deg", "lon_deg"]].notna().all(axis=1).any()
    placed = place_on_map(accounts, flattest=FLATTEST) if has_place else None
    maps_mm = TITLE_MM if placed is None else height_of_maps(placed[1], len(STATES))
    heights = [_WORDS_MM, maps_mm, bars_mm, _ANSWERS_MM]
    box = verdict(*sources)
    with Sheet(sum(heights)) as sheet:
        sheet.axes[0].remove()
        # parts of their own, so that long names beside the bars do not narrow the maps
        parts = sheet.canvas.subfigures(4, 1, height_ratios=heights, squeeze=False)
        words, maps, bars, answers = parts[:, 0]
        _draw_words(words.subplots(), box, evidence.region)
        load, balance = bars.subplots(1, 2)
        _draw_loads(load, balance, evidence)
        _draw_answers(answers.subplots(), five_answers(evidence))
        _draw_maps(maps.subplots(1, len(STATES)), placed, evidence)
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


def _draw_words(ax: Axes, box: Verdict, region: str) -> None:
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    word = box.verdict[:1].upper() + box.verdict[1:]
    ax.text(0, 1, f"{region}: {word}", fontsize=13, weight="bold", color=ACCENT, va="top")
    ax.text(0, 0.82, whole_sentences(box.reason), fontsize=7.5, va="top", linespacing=1.4)
    for place, (name, today, proposal, reading) in enumerate(box.figures):
        x = place / len(box.figures)
        value = proposal if today == MISSING else f"{today} → {proposal}"
        colour = _READINGS.get(reading.split(" ", maxsplit=1)[0], INK)
        ax.axvspan(x, x + 1 / len(box.figures) - 0.012, 0, 0.42, color=BAND, alpha=0.6)
        _write(ax, x + 0.01, 0.38, name, letters=_FIGURE_LETTERS, colour=SOFT_INK)
        _write(ax, x + 0.01, 0.17, value, letters=_FIGURE_LETTERS, colour=colour, weight="bold")


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


def _write(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    *,
    letters: int,
    colour: str = INK,
    weight: str = "normal",
) -> None:
    # a number and its sign stay on one line
    text = "\n".join(textwrap.wrap(words.replace(" %", "\N{NO-BREAK SPACE}%"), letters))
    ax.text(x, y, text, fontsize=7, va="top", linespacing=1.3, color=colour, weight=weight)


def _draw_maps(
    plots: Sequence[Axes], placed: tuple[pd.DataFrame, Frame] | None, evidence: Evidence
) -> None:
    axes = dict(zip(STATES, plots, strict=True))
    accounts = evidence.table("assignment")
    for state in STATES:
        if placed is None or accounts[STATES[state]].isna().all():
            axes.pop(state).set_axis_off()
    if placed is not None and axes:
        draw_maps(*placed, evidence, axes)


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


def _draw_answers(ax: Axes, answers: list[tuple[str, str]]) -> None:
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    width = 1 / len(answers)
    for place, (heading, words) in enumerate(answers):
        x = place * width
        ax.axvspan(x, x + width - 0.012, color=BAND, alpha=0.6)
        ax.text(x + 0.01, 0.9, heading, fontsize=8.5, weight="bold", color=ACCENT, va="top")
        _write(ax, x + 0.01, 0.68, words, letters=_ANSWER_LETTERS)
