"""Find the published instances that lie beside the checkout, and choose some of them."""

import os
import sys
from pathlib import Path

import pandas as pd

BESIDE = Path(__file__).parents[2] / "shared" / "benchmarks"


def find_instances(family: str) -> Path | None:
    """Return the folder of a family of instances, or say that it is missing."""
    named = [Path(one) for one in sys.argv[1:] if Path(one).is_dir()]
    fallback = Path(os.environ.get("TERRITORY_KIT_BENCHMARKS", BESIDE))
    root = named[0] if named else fallback
    for folder in (root, root / family):
        if (folder / "instances.csv").is_file():
            return folder
    print(f"{family}: skipped, there is no {family}/instances.csv in {root}")
    return None


def choose(instances: pd.DataFrame, column: str) -> pd.DataFrame:
    """Keep the instances named in the arguments; all where none is named."""
    starts = tuple(one for one in sys.argv[1:] if not Path(one).is_dir())
    is_chosen = instances[column].str.startswith(starts) if starts else instances[column].notna()
    return instances.loc[is_chosen]


def is_quick() -> bool:
    """Whether the run should be short: QUICK=1 in the environment."""
    return os.environ.get("QUICK", "") not in {"", "0"}


def list_seeds() -> range:
    """List the seeds to run: 1, or as many as SEEDS in the environment says."""
    return range(1, 1 + int(os.environ.get("SEEDS", "1")))
