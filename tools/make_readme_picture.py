"""Draw the README's picture, a sample plan on one page: `python tools/make_readme_picture.py`."""

import shutil
import tempfile
from pathlib import Path

from territory_kit import report, walk
from territory_kit.plan import STEPS

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "images" / "plan-on-one-page.png"
REGION = "Auvergne-Rhône-Alpes"


def draw(folder: Path) -> bytes:
    """Walk the five steps of the sample's region, and draw its plan.

    Parameters
    ----------
    folder
        A copy of the sample plan; results are saved there.

    Returns
    -------
    bytes
        The picture.
    """
    for step in STEPS:
        task = walk.open_task(step, plan_dir=folder, region=REGION)
        result = task.run()
        task.save(result)
    return report.plot_plan(result, task).png


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        plan = Path(scratch) / "plan"
        shutil.copytree(ROOT / "data" / "sample", plan)
        FILE.write_bytes(draw(plan))
    print(f"Written: {FILE}")
