"""Names of folders for regions: ASCII, safe on every system, never two regions in one folder.

A name that is already a safe folder name stays as it is. Any other is changed to ASCII letters,
digits, hyphens and underscores, and gets a short hash of the name as the inputs write it.
"""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

COMPANY = ""
COMPANY_SLUG = "_company"

_LONGEST_CHARACTERS = 48
_HASH_CHARACTERS = 8
_ENDS_LIKE_HASH = re.compile(r"-[0-9a-f]{8}$")
# Windows keeps these names for devices, whatever their case.
_DEVICES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)),
    ]
)


def region_slug(name: str, names: Sequence[str]) -> str:
    """Return the folder name of a region.

    Parameters
    ----------
    name
        Name of the region as the inputs write it; empty for the whole plan.
    names
        Names of all regions of the plan: two that differ only by case both get a hash.

    Returns
    -------
    str
        A folder name of ASCII letters, digits, hyphens and underscores.

    Examples
    --------
    >>> region_slug("Bretagne", ["Bretagne", "Corse"])
    'Bretagne'
    >>> region_slug("Île-de-France", ["Île-de-France"])
    'Ile-de-France-8733be97'
    """
    if name == COMPANY:
        return COMPANY_SLUG
    plain = _plain(name)
    twins = [other for other in names if other != name and other.casefold() == name.casefold()]
    # a name that ends like a hash gets one too, so that no plain name meets a changed one
    is_safe = plain == name and plain.lower() not in _DEVICES and not _ENDS_LIKE_HASH.search(plain)
    if is_safe and not twins:
        return plain
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{plain}-{digest[:_HASH_CHARACTERS]}"


def is_device_name(name: str) -> bool:
    """Tell whether Windows keeps a name for a device.

    Parameters
    ----------
    name
        Name of a file without its ending.

    Returns
    -------
    bool
        Yes for ``CON`` and the like, whatever their case.
    """
    return name.lower() in _DEVICES


def _plain(name: str) -> str:
    """Reduce a name to the characters that every file system takes."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    hyphenated = re.sub(r"[^A-Za-z0-9_]+", "-", ascii_name).strip("-_")
    return hyphenated[:_LONGEST_CHARACTERS].strip("-_") or "region"
