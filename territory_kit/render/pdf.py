"""Print a finished page as PDF: A4, numbered, tagged for screen readers, nothing fetched.

How it looks on paper is said by the print styles of `templates/report/style.css`. WeasyPrint lays
the pages out; it stands on Pango, a library of the system that pip does not bring.
"""

import contextlib
import io
import sys
import warnings
from pathlib import Path
from types import ModuleType

from territory_kit.errors import MissingDependencyError
from territory_kit.plan.atomic import write_atomically

# Accessible PDF: headings, tables and alternative texts as a screen reader needs them.
_VARIANT = "pdf/ua-1"
_PACKAGE_REMEDY = 'Install it with `python -m pip install "weasyprint>=68"`'
_PANGO_REMEDIES = {
    "darwin": "Install it with `brew install pango`",
    "linux": (
        "Install it with `sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0` "
        "on Debian or Ubuntu, with `sudo dnf install pango` on Fedora"
    ),
    "win32": (
        "Install MSYS2, run `pacman -S mingw-w64-ucrt-x86_64-pango` in its window, and open a new "
        "terminal; where it is not in C:\\msys64, name its folder ucrt64\\bin in the environment "
        "variable WEASYPRINT_DLL_DIRECTORIES"
    ),
}
_BROWSER = "or open the HTML report in a browser and print it from there."


def write_pdf(html_file: Path, pdf_file: Path) -> None:
    """Print a report, or another page of ours, into a PDF of A4 pages.

    Parameters
    ----------
    html_file
        A page that needs nothing beside itself: pictures of other addresses or files are left out.
    pdf_file
        Where the PDF goes; its folder exists. A PDF that is there is replaced at once, and stays
        when this one fails.

    Raises
    ------
    MissingDependencyError
        When WeasyPrint or its library Pango is not installed.
    TerritoryKitError
        When the PDF cannot be written.
    """
    weasyprint = require_pdf()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    text = html_file.read_text(encoding="utf-8")
    # given as text, the page has no address: links in it never name a folder of this machine
    page = weasyprint.HTML(string=text, url_fetcher=fetcher)
    write_atomically(pdf_file, page.write_pdf(pdf_variant=_VARIANT))


def require_pdf() -> ModuleType:
    """Find what PDFs are made with, so that a batch can refuse before its first region.

    Returns
    -------
    ModuleType
        The package WeasyPrint.

    Raises
    ------
    MissingDependencyError
        When WeasyPrint or its library Pango is not installed; the message says how to get it.
    """
    try:
        # it prints advice of its own, and announces what later releases will need
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint  # noqa: PLC0415 - optional, and slow to load
    except ImportError as error:
        raise _missing("WeasyPrint", _PACKAGE_REMEDY) from error
    except OSError as error:
        system = sys.platform if sys.platform in _PANGO_REMEDIES else "linux"
        raise _missing("the library Pango", _PANGO_REMEDIES[system]) from error
    package: ModuleType = weasyprint
    return package


def _missing(name: str, remedy: str) -> MissingDependencyError:
    return MissingDependencyError(
        "A PDF cannot be made", value=f"{name} is not installed", remedy=f"{remedy}; {_BROWSER}"
    )
