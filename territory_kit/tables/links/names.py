"""Names of people and companies, reduced to what does not depend on who wrote them."""

import pandas as pd

_ACCENTS = "[\u0300-\u036f]"
# Only signs: in many scripts vowels count as marks, and must stay.
_SIGNS = (
    r"[\s!-/:-@\[-`{-~"
    "\N{NO-BREAK SPACE}-\N{INVERTED QUESTION MARK}\N{EN QUAD}-\N{NOMINAL DIGIT SHAPES}"
    "\N{IDEOGRAPHIC SPACE}-\N{IDEOGRAPHIC HALF FILL SPACE}]+"
)
_LEGAL_FORMS = (
    r"s a r l|s a s u|s a s|s a|s r l|s p a|g m b h|b v|n v|l l c|p l c|e k|e v|"
    "ab|ag|aps|as|asbl|bv|bvba|co|company|corp|corporation|cv|eirl|ek|eurl|ev|gbr|gmbh|inc|"
    "incorporated|kft|kg|kgaa|limited|llc|llp|lp|ltd|mbh|nv|ohg|oy|oyj|plc|pty|sa|sarl|sas|sasu|"
    "sca|sci|scop|se|sl|snc|spa|sprl|srl|srls|ug|vof"
)
_LAST_FORMS = rf"(?: (?:and|und|et|{_LEGAL_FORMS}))+$"
_FIRST_FORMS = rf"^(?:(?:{_LEGAL_FORMS}) )+"


def plain_names(text: pd.Series) -> pd.Series:
    """Reduce names to letters and digits: no case, accents, signs or double spaces.

    Parameters
    ----------
    text
        Names, missing ones included.

    Returns
    -------
    pandas.Series
        New texts; missing where nothing is left.
    """
    lower = text.str.lower()
    is_ascii = lower.str.isascii().ne(other=False)
    if not is_ascii.all():
        folded = lower.loc[~is_ascii].str.normalize("NFKD").str.replace(_ACCENTS, "", regex=True)
        for letter, spelled in (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"), ("ł", "l")):
            folded = folded.str.replace(letter, spelled, regex=False)
        lower = lower.where(is_ascii, folded.reindex(lower.index))
    plain = lower.str.replace(_SIGNS, " ", regex=True).str.strip()
    return plain.where(plain != "")


def plain_people(text: pd.Series) -> pd.Series:
    """Reduce names of people, with the first name first.

    Parameters
    ----------
    text
        Names such as "Anne Le Goff" or "Le Goff, Anne".

    Returns
    -------
    pandas.Series
        New texts; missing where nothing is left.
    """
    return plain_names(text.str.replace(r"^([^,]+),([^,]+)$", r"\2 \1", regex=True))


def plain_companies(text: pd.Series) -> pd.Series:
    """Reduce names of companies, without their legal form.

    Parameters
    ----------
    text
        Names such as "ACME GmbH & Co. KG" or "SARL Dupont".

    Returns
    -------
    pandas.Series
        New texts; missing where nothing is left. A name that is nothing but a legal form stays.
    """
    plain = plain_names(text)
    bare = (
        plain.str.replace(_LAST_FORMS, "", regex=True)
        .str.replace(_FIRST_FORMS, "", regex=True)
        .str.strip()
    )
    return bare.where(bare != "", plain)
