"""What a report rests on, and what is done with it: assumptions, findings, dates, signatures."""

import html
from dataclasses import dataclass

from territory_kit.report.evidence import HasTables, gather

DECISIONS = ("adopt", "adopt with the changes named above", "keep today's territories")
ROLES = ("Regional manager", "Sales operations", "Head of sales")


@dataclass(frozen=True)
class Sentences:
    """Sentences as a list.

    Parameters
    ----------
    sentences
        One item each.
    otherwise
        What is said when there is none.
    """

    sentences: tuple[str, ...]
    otherwise: str = "Nothing to report."

    def __str__(self) -> str:
        """Return one sentence a line."""
        return "\n".join(self.sentences) or self.otherwise

    def _repr_html_(self) -> str:
        if not self.sentences:
            return f'<p class="tk-notes">{html.escape(self.otherwise)}</p>'
        items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.sentences)
        return f'<ul class="tk-notes">{items}</ul>'


@dataclass(frozen=True)
class SignOff:
    """A calendar and lines to sign, for the printed report.

    Parameters
    ----------
    dates
        What happens when, as pairs of text.
    """

    dates: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Return the dates, one a line."""
        return "\n".join(f"{day}: {what}" for day, what in self.dates)

    def _repr_html_(self) -> str:
        days = "".join(
            f'<tr><th scope="row" style="text-align:left">{html.escape(day)}</th>'
            f'<td style="text-align:left">{html.escape(what)}</td></tr>'
            for day, what in self.dates
        )
        boxes = "".join(f"<li>☐ {html.escape(decision)}</li>" for decision in DECISIONS)
        lines = "".join(
            f'<tr style="height:3em"><th scope="row" style="text-align:left">{role}</th>'
            "<td></td><td></td></tr>"
            for role in ROLES
        )
        return (
            '<div class="tk-sign-off" style="break-inside:avoid">'
            f'<div class="tk-table tk-calendar"><table><tbody>{days}</tbody></table></div>'
            f'<ul class="tk-boxes" style="list-style:none;padding-left:0">{boxes}</ul>'
            '<div class="tk-table tk-signatures"><table><thead><tr>'
            '<th scope="col" style="text-align:left">Role</th>'
            '<th scope="col" style="text-align:left">Name and signature</th>'
            '<th scope="col" style="text-align:left">Date</th></tr></thead>'
            f"<tbody>{lines}</tbody></table></div></div>"
        )


def assumptions(*sources: HasTables) -> Sentences:
    """List what was assumed.

    Parameters
    ----------
    *sources
        Results, whose assumptions are put together without repeating any.

    Returns
    -------
    Sentences
        One item per assumption.
    """
    return Sentences(gather(*sources).assumptions, "Nothing was assumed beyond the inputs.")


def findings(*sources: HasTables) -> Sentences:
    """List what the reader must know.

    Parameters
    ----------
    *sources
        Results, whose findings are put together without repeating any.

    Returns
    -------
    Sentences
        One item per finding.
    """
    return Sentences(gather(*sources).findings, "Nothing stands against this plan.")


def sign_off(*sources: HasTables) -> SignOff:
    """Show what happens when, and lines to sign.

    Parameters
    ----------
    *sources
        Hold ``questions``; a source with options knows when the plan starts.

    Returns
    -------
    SignOff
        Calendar and signatures.
    """
    evidence = gather(*sources)
    options = next((o for s in sources if (o := getattr(s, "options", None))), None)
    days: list[tuple[str, str]] = []
    if evidence.as_of_date:
        days.append((evidence.as_of_date.isoformat(), "Day the data are from"))
    due = evidence.table("questions")["answer_by_date"].dropna()
    if len(due):
        days.append((f"{due.max():%Y-%m-%d}", "Last day for answers and changes"))
    if options and options.plan_start_date:
        days.append((options.plan_start_date.isoformat(), "First day of the new territories"))
    return SignOff(tuple(sorted(days)))
