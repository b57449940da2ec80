"""Captions: what is shown, how many rows, from when and where, in the same order everywhere."""

from territory_kit.report.evidence import Evidence


def caption(evidence: Evidence, *parts: str, step: str = "") -> str:
    """Return the caption under a figure or table.

    Parameters
    ----------
    evidence
        Names the region and the day the data are from.
    *parts
        Sentences on what is shown, with a full stop each; empty ones are left out.
    step
        Step whose results are shown; the evidence's own step when not given.

    Returns
    -------
    str
        One line of text.
    """
    return " ".join([*filter(None, parts), source_line(evidence, step=step)])


def source_line(evidence: Evidence, *, step: str = "") -> str:
    """Return the sentence that names the source and date of what is shown.

    Parameters
    ----------
    evidence
        Names the region and the day the data are from.
    step
        Step whose results are shown; the evidence's own step when not given.

    Returns
    -------
    str
        One sentence.
    """
    named = step or evidence.step
    source = f"Source: results of step {named}" if named else "Source: inputs of the plan"
    region = f", {evidence.region}" if evidence.region else ""
    day = f", data as of {evidence.as_of_date.isoformat()}" if evidence.as_of_date else ""
    return f"{source}{region}{day}."
