"""Cities that are divided between territories, and what keeping each whole would cost.

Nothing is searched: the smaller parts of a city go to the territory that holds the largest one,
all else stays, and the plan is measured again. Teams share the ground, so that a city is divided
only where territories of one team share it. Different cities of one name are told apart.
"""

import pandas as pd

from territory_kit import columns
from territory_kit.options import Options
from territory_kit.steps._territories.measure import balance_row
from territory_kit.steps._territories.problem import POTENTIAL, WORKLOAD
from territory_kit.steps._territories.same_city import tell_cities_apart
from territory_kit.steps.driving import drive

# Sums in another order may differ in the last digits, which is no change.
_DIGITS = 6
_KM = "travel_km_per_year"


def list_split_cities(units: pd.DataFrame, plan: pd.DataFrame, options: Options) -> pd.DataFrame:
    """List the cities that several territories share, and what keeping each whole would change.

    Parameters
    ----------
    units
        Placed accounts of the proposal: ``account_id``, ``territory_id``, ``team``, ``city``,
        ``country``, ``postal_code``, the measures, ``bound_territory_id``, ``together_id`` and
        what `driving.drive` reads; sorted by account.
    plan
        Territories of the proposal, measured.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        ``split_cities``, that with most potential first. The largest part is that with most
        workload, then most accounts, then the first identifier.
    """
    named = units.loc[units["city"].notna()]
    known = named.assign(city=tell_cities_apart(named))
    parts = known.groupby(["team", "city"])["territory_id"].transform("nunique")
    rows = [
        _keep_whole(own, units, plan, options)
        for _, own in known.loc[parts > 1].groupby(["team", "city"])
    ]
    table = pd.DataFrame(rows, columns=list(columns.get_table("split_cities").columns))
    return table.sort_values(
        [POTENTIAL, "city", "team"], ascending=[False, True, True], ignore_index=True
    )


def _keep_whole(
    own: pd.DataFrame, units: pd.DataFrame, plan: pd.DataFrame, options: Options
) -> dict[str, object]:
    """Send the smaller parts of a city to the holder of the largest one, and measure."""
    holder = _find_holder(own)
    moved = own.loc[own["territory_id"] != holder]
    is_held = moved["bound_territory_id"].notna() | moved["together_id"].notna()
    changed = units.assign(territory_id=units["territory_id"].mask(units.index.isin(moved.index)))
    changed = changed.fillna({"territory_id": holder})
    return {
        "city": own["city"].iloc[0],
        "team": own["team"].iloc[0],
        "holder_territory_id": holder,
        "parts_count": own["territory_id"].nunique(),
        "accounts_count": len(own),
        POTENTIAL: own[POTENTIAL].sum(),
        "moved_count": len(moved),
        "held_count": int(is_held.sum()),
        "deviation_change_share": _deviation_change(changed, plan),
        "change_km_per_year": _km_change(changed, plan, own["territory_id"], options),
    }


def _find_holder(own: pd.DataFrame) -> str:
    counted = own.assign(accounts=1)
    parts = counted.groupby("territory_id", as_index=False)[[WORKLOAD, "accounts"]].sum()
    ranked = parts.round({WORKLOAD: _DIGITS})
    keys = [WORKLOAD, "accounts", "territory_id"]
    return str(ranked.sort_values(keys, ascending=[False, False, True])["territory_id"].iloc[0])


def _deviation_change(changed: pd.DataFrame, plan: pd.DataFrame) -> float:
    loads = changed.groupby("territory_id")[WORKLOAD].sum()
    moved = plan.assign(**{WORKLOAD: plan["territory_id"].map(loads).fillna(0.0)})
    before, after = (balance_row(one, WORKLOAD, "proposal") for one in (plan, moved))
    change = float(str(after["deviation_share"])) - float(str(before["deviation_share"]))
    return round(change, _DIGITS)


def _km_change(
    changed: pd.DataFrame, plan: pd.DataFrame, parts: pd.Series, options: Options
) -> float:
    """Drive the territories that change again; the others drive as before."""
    touched = plan.loc[plan["territory_id"].isin(parts)]
    theirs = changed.loc[changed["territory_id"].isin(parts)]
    driven = drive(touched["territory_id"], theirs, options)[_KM].sum()
    return round(float(driven - touched[_KM].sum()), _DIGITS)
