import pandas as pd
import pytest

from territory_kit.tables.links.stages import read_stages


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        ("Closed Won", "won"),
        ("closedwon", "won"),
        ("Gewonnen", "won"),
        ("6 - Gagnée", "won"),
        ("Won", "won"),
        ("Closed Lost", "lost"),
        ("closedlost", "lost"),
        ("Verloren", "lost"),
        ("Perdue", "lost"),
        ("Closed", "closed"),
        ("Abgeschlossen", "closed"),
        ("Negotiation/Review", "open"),
        ("qualifiedtobuy", "open"),
        ("Proposal/Price Quote", "open"),
        ("Verhandlung", "open"),
        ("Négociation", "open"),
        ("Closed Lost - No Budget", "lost"),
        ("Lost to no decision", "lost"),
        ("Closed Won - no PO", "won"),
        ("Closed - Not Interested", "closed"),
        ("Perdu (pas de budget)", "lost"),
        ("Nicht gewonnen", None),
        ("Pas encore gagnée", None),
        ("Not yet won", None),
        ("No longer open", None),
        ("Reopened after Closed Lost", None),
        ("Not won yet", None),
        ("Stage 4", None),
        ("Wonderful", None),
        ("?", None),
        (None, None),
    ],
)
def test_words_of_a_stage_tell_the_end(stage: str | None, outcome: str | None) -> None:
    found = read_stages(pd.Series([stage], dtype="str")).iloc[0]
    assert found == outcome if outcome else pd.isna(found)
