"""What accounts and reps lack that a plan lives on: a place, a region, a country that exists."""

import pandas as pd

from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.linking import Reference, fault_of
from territory_kit.tables.places.geonames import country_code
from territory_kit.tables.reading import Reading

# Who is not visited needs no place.
_NOT_VISITED = ("house", "partner", "remote")


def gap_faults(
    accounts: pd.DataFrame,
    located: pd.DataFrame,
    *,
    reps: pd.DataFrame | None = None,
    country: str = "",
) -> list[Fault]:
    """Name accounts without a place, rows without a region, and a country that nobody knows.

    Parameters
    ----------
    accounts
        Checked accounts, sorted by account_id; the index holds row numbers.
    located
        The same rows from `locate_accounts`.
    reps
        Checked reps, or None.
    country
        Country of the plan, or empty.

    Returns
    -------
    list of Fault
        Only notices: the rows stay as they are.
    """
    lost = (located["coordinate_source"] == "none") & ~located["coverage"].isin(_NOT_VISITED)
    without_region = accounts["region"].isna()
    is_mixed = without_region.any() and not without_region.all()
    return [
        *([_unknown_country(country)] if country and not country_code(country) else []),
        *_lost_faults(accounts.loc[lost.to_numpy()], country),
        *([_region_fault(accounts.loc[without_region])] if is_mixed else []),
        *_rep_faults(reps, regions_count=accounts["region"].nunique()),
    ]


def _unknown_country(country: str) -> Fault:
    return Reading("accounts", "plan.yaml").fault_of_table(
        "notice",
        "unknown_country",
        column="country",
        value=country,
        what="No country of the world is called like the country of the plan",
        remedy="Write its ISO code in plan.yaml, such as FR. Until then no city is found by name.",
    )


def _lost_faults(rows: pd.DataFrame, country: str) -> list[Fault]:
    if rows.empty:
        return []
    is_abroad = not country_code(country) and rows["country"].isna().all()
    fault = fault_of(
        "notice",
        "unplaced_accounts",
        Reference("accounts", "city"),
        rows,
        what="Accounts cannot be placed on the map",
        remedy="Write the country in plan.yaml, as country: FR: cities are looked up there."
        if is_abroad
        else "Correct city and postal code, or give the places in the input places. Until then "
        "they count for no kilometre and stay where they are today.",
        received=_address(rows),
    )
    return [fault]


def _address(rows: pd.DataFrame) -> pd.Series:
    parts = [rows[name].fillna("") for name in ("postal_code", "city")]
    address = (parts[0] + " " + parts[1]).str.strip()
    return address.where(address != "", "no city, no postal code")


def _region_fault(rows: pd.DataFrame) -> Fault:
    return fault_of(
        "notice",
        "missing_region",
        Reference("accounts", "region"),
        rows,
        what="Accounts have no region, though others have one",
        remedy='They are planned apart, as "(no region)". Where a region stands only in the first '
        "row of its group, fill it down; else write the region of each.",
        received=rows["account_name"],
    )


def _rep_faults(reps: pd.DataFrame | None, *, regions_count: int) -> list[Fault]:
    if reps is None or regions_count <= 1:
        return []
    is_owner = reps["role"].isna() | (reps["role"] == "owner")
    rows = reps.loc[reps["region"].isna() & is_owner]
    if rows.empty:
        return []
    fault = fault_of(
        "notice",
        "missing_rep_region",
        Reference("reps", "region"),
        rows,
        what="Reps have no region, though the plan has several",
        remedy="They count where they own accounts, and nowhere if they own none. Write the region "
        "of each.",
        received=rows["rep_name"],
    )
    return [fault]
