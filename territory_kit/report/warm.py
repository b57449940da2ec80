"""Load what pictures load when the first one is drawn: fonts, backends, the cities of the world."""

from matplotlib.backends.registry import backend_registry

from territory_kit.report.cities import all_cities
from territory_kit.report.figures import Sheet


def warm() -> None:
    """Read the cities and draw the kinds of words that pictures have."""
    all_cities()
    # how a notebook shows its figures is looked up among all that is installed
    backend_registry.list_all()  # type: ignore[no-untyped-call]
    with Sheet(20.0) as sheet:
        sheet.axes[0].set(title="km", xlabel="km", ylabel="km")
        sheet.finish(title="", caption="", alt="")
