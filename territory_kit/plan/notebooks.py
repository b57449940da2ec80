"""Give a plan folder its own copies of the notebooks, set to that plan."""

import json
import re
from pathlib import Path
from typing import Any

from territory_kit.plan.shipped import shipped_folder

NOTEBOOKS_FOLDER = "notebooks"
_PARAMETERS_TAG = "parameters"


def copy_notebooks(folder: Path, *, region: str) -> Path:
    """Copy the notebooks that a plan folder does not have yet.

    Parameters
    ----------
    folder
        The plan folder.
    region
        Region that the copies start with.

    Returns
    -------
    Path
        Folder of the copies. A notebook that is there already stays as it is.
    """
    copies = folder / NOTEBOOKS_FOLDER
    copies.mkdir(exist_ok=True)
    for original in sorted(shipped_folder("notebooks").glob("*.ipynb")):
        copy = copies / original.name
        if not copy.exists():
            notebook = json.loads(original.read_text(encoding="utf-8"))
            _set_parameters(notebook, {"plan_dir": "..", "region": region})
            text = json.dumps(notebook, indent=1, ensure_ascii=False)
            copy.write_text(text + "\n", encoding="utf-8", newline="\n")
    return copies


def _set_parameters(notebook: dict[str, Any], values: dict[str, str]) -> None:
    """Write values into the parameters cell, and drop outputs: they belong to the sample."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        if _PARAMETERS_TAG in cell["metadata"].get("tags", []):
            source = "".join(cell["source"])
            for name, value in values.items():
                source = _with_value(source, name, value)
            cell["source"] = source.splitlines(keepends=True)


def _with_value(source: str, name: str, value: str) -> str:
    literal = json.dumps(value, ensure_ascii=False)
    line = re.compile(rf"^{name} = (\"[^\"]*\"|'[^']*')", flags=re.MULTILINE)
    return line.sub(lambda _: f"{name} = {literal}", source)
