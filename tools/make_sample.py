"""Make the inputs of the sample plan: `python -m tools.make_sample [FOLDER]`.

Everything is drawn from one seed; the same versions of the libraries give the same files. The
company, its accounts and its people are invented; places come from GeoNames.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from tools.sample.accounts import draw_accounts
from tools.sample.deals import deals_table
from tools.sample.decisions import account_team_table, overrides_table, places_table
from tools.sample.faults import spoil_accounts, spoil_visits
from tools.sample.output import write_csv, write_french_visits, write_workbook
from tools.sample.ownership import with_families, with_owners
from tools.sample.reps import reps_table
from tools.sample.territories import territories_table, with_territories
from tools.sample.visits import visits_table, with_last_activity

SEED = 1707
SAMPLE = Path(__file__).parents[1] / "data" / "sample"
_KNOWN_TO_NOBODY = ["department", "true_potential"]
_PARTS = ("accounts", "territories", "owners", "reps", "visits", "activity", "deals", "team", "ill")


def make_tables(seed: int) -> dict[str, pd.DataFrame]:
    """Draw all inputs of the sample.

    Parameters
    ----------
    seed
        Seed of everything random.

    Returns
    -------
    dict of str to DataFrame
        Input tables by name, with their faults.
    """
    # One generator a part: a change in one part leaves the others as they are.
    generators = {part: np.random.default_rng([seed, k]) for k, part in enumerate(_PARTS)}
    accounts = with_families(draw_accounts(generators["accounts"]))
    accounts = with_territories(accounts, generators["territories"])
    accounts = with_owners(accounts, generators["owners"])
    reps = reps_table(accounts, generators["reps"])
    visits = visits_table(accounts, reps, generators["visits"])
    accounts = with_last_activity(accounts, visits, generators["activity"])
    overrides = overrides_table(accounts)
    spoiled = spoil_accounts(accounts, set(overrides["value"]), generators["ill"])
    return {
        "accounts": spoiled.drop(columns=_KNOWN_TO_NOBODY),
        "reps": reps,
        "territories": territories_table(),
        "visits": spoil_visits(visits),
        "deals": deals_table(accounts, generators["deals"]),
        "account_team": account_team_table(accounts, generators["team"]),
        "places": places_table(),
        "overrides": overrides,
    }


def write_inputs(tables: dict[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write the inputs of a plan folder.

    Parameters
    ----------
    tables
        Input tables by name.
    folder
        The plan folder; its subfolder ``inputs`` is made if missing.

    Returns
    -------
    list of Path
        The files written.
    """
    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for name, table in tables.items():
        path = inputs / f"{name}.{'xlsx' if name == 'deals' else 'csv'}"
        if name == "deals":
            write_workbook(table, path, sheet="Deals")
        elif name == "visits":
            write_french_visits(table, path)
        else:
            write_csv(table, path)
        paths.append(path)
    return paths


if __name__ == "__main__":
    target = Path(sys.argv[1]) if sys.argv[1:] else SAMPLE
    for written in write_inputs(make_tables(SEED), target):
        print(f"{written.name}: {written.stat().st_size:,} bytes")
