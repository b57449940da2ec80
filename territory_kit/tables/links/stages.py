"""What the stage of a deal says: won, lost, closed or open."""

from typing import Literal

import pandas as pd

from territory_kit.tables.links.names import plain_names

Outcome = Literal["won", "lost", "closed", "open"]

_WON = ("won", "gewonnen", "gagne", "gagnee", "gagnes", "ganada", "ganado", "vinta", "closedwon")
_LOST = (
    "lost",
    "verloren",
    "perdu",
    "perdue",
    "perdus",
    "perdida",
    "perdido",
    "persa",
    "closedlost",
    "cancelled",
    "canceled",
    "abandonnee",
)
_CLOSED = ("closed", "abgeschlossen", "geschlossen", "ferme", "fermee", "cloture", "cloturee")
# These take back the word after them, and only that: "Lost - no budget" is lost.
_NOT = ("not", "no", "nicht", "non", "pas", "almost")
# What may stand between.
_BETWEEN = ("been", "encore", "ete", "longer", "quite", "yet")
_REOPENED = ("reopened", "rouvert", "rouverte", "wiedereroffnet", "wiedereroeffnet")
# Stages that CRM systems ship with, by a word that only open deals have.
_OPEN = (
    "angebot",
    "analysis",
    "appointment",
    "appointmentscheduled",
    "contractsent",
    "decisionmakerboughtin",
    "demo",
    "develop",
    "devis",
    "discovery",
    "identification",
    "negociation",
    "negotiation",
    "new",
    "offen",
    "offer",
    "offre",
    "open",
    "ouvert",
    "ouverte",
    "perception",
    "pipeline",
    "presentation",
    "presentationscheduled",
    "proposal",
    "proposition",
    "propose",
    "prospecting",
    "prospection",
    "qualification",
    "qualified",
    "qualifiedtobuy",
    "qualifizierung",
    "qualify",
    "quote",
    "verhandlung",
)


def read_stages(stages: pd.Series) -> pd.Series:
    """Say what the stages of deals tell about their end.

    Parameters
    ----------
    stages
        Stages in English, French or German words, or as CRM systems ship them.

    Returns
    -------
    pandas.Series
        Won, lost, closed (one of both) or open; missing where the words say none of these.

    Examples
    --------
    >>> read_stages(pd.Series(["Closed Won", "6 - Perdue", "Negotiation/Review"])).tolist()
    ['won', 'lost', 'open']
    """
    different = pd.Series(stages.dropna().unique(), dtype="str")
    plain = plain_names(different).fillna("")
    meant = {stage: _outcome(text.split()) for stage, text in zip(different, plain, strict=True)}
    return stages.map(meant).astype("str")


def _outcome(words: list[str]) -> Outcome | None:
    if any(word in _REOPENED for word in words):
        return None
    linked = [word for word in words if word not in _BETWEEN]
    pairs = zip(["", *linked], linked, strict=False)
    said = {word for before, word in pairs if before not in _NOT}
    for outcome, known in _ENDS:
        if said.intersection(known):
            return outcome
    return "open" if said.intersection(_OPEN) else None


_ENDS: tuple[tuple[Outcome, tuple[str, ...]], ...] = (
    ("lost", _LOST),
    ("won", _WON),
    ("closed", _CLOSED),
)
