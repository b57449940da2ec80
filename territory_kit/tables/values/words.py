"""Turn words into yes or no, and into the choices of a column."""

from collections.abc import Mapping

import pandas as pd

from territory_kit.columns import Column

_YES = (
    *("yes", "y", "true", "t", "1", "x", "active", "enabled"),
    *("oui", "o", "vrai", "actif", "active", "activé", "activée"),
    *("ja", "j", "wahr", "aktiv", "aktiviert"),
)
_NO = (
    *("no", "n", "false", "f", "0", "inactive", "disabled"),
    *("non", "faux", "inactif", "désactivé", "désactivée"),
    *("nein", "falsch", "inaktiv", "deaktiviert"),
)
_IS_YES = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)

# Values that CRM systems ship with, and their plain translations.
_SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "account_type": {
        "analyst": "partner",
        "channel_partner_reseller": "partner",
        "client": "customer",
        "customer_channel": "customer",
        "customer_direct": "customer",
        "former_customer": "former",
        "installation_partner": "partner",
        "interessent": "prospect",
        "kunde": "customer",
        "partenaire": "partner",
        "reseller": "partner",
        "technology_partner": "partner",
    },
    "channel": {
        "appel": "phone",
        "besuch": "visit",
        "call": "phone",
        "meeting": "visit",
        "rendez_vous": "visit",
        "rendezvous": "visit",
        "telefon": "phone",
        "téléphone": "phone",
        "video_call": "video",
        "visio": "video",
        "visite": "visit",
        "visioconférence": "video",
    },
    "role": {"sales_manager": "manager", "specialist": "overlay"},
}


def parse_yes_no(text: pd.Series) -> pd.Series:
    """Turn English, French and German words into yes or no.

    Parameters
    ----------
    text
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        Booleans; missing where the word is neither.
    """
    return text.str.lower().map(_IS_YES).astype("boolean")


def parse_choices(text: pd.Series, column: Column) -> pd.Series:
    """Turn words into the choices of a column, whatever their case and spaces.

    Parameters
    ----------
    text
        Texts, missing ones included.
    column
        Declared column with choices.

    Returns
    -------
    pandas.Series
        Choices; missing where the word is none of them and no known word for one.
    """
    words = {**_SYNONYMS.get(column.name, {}), **{choice: choice for choice in column.choices}}
    return plain_words(text).map(words).astype("str")


def plain_words(text: pd.Series) -> pd.Series:
    """Write words as choices are written: lower case, with underscores for all but letters.

    Parameters
    ----------
    text
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        New texts.
    """
    return text.str.lower().str.replace(r"[\W_]+", "_", regex=True).str.strip("_")
