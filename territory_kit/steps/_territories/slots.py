"""The territories that the engine fills: today's that stay, and new ones that start empty.

Fewer wanted than there are: territories are dissolved, first those that the inputs do not list,
then those whose holder leaves or is missing, then the smallest. Territories that accounts are
bound to go last. Their other accounts must move.
"""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Mapping

import pandas as pd

from territory_kit import columns
from territory_kit.steps.ownership import Ownership
from territory_kit.steps.roster import staying


def list_territories(
    units: pd.DataFrame,
    territories: pd.DataFrame | None,
    ownership: Ownership,
    owners: pd.DataFrame,
) -> pd.DataFrame:
    """List the region's territories that exist today or that an account is bound to.

    Parameters
    ----------
    units
        Accounts after the rules, with ``team``, ``workload_hours_per_year``.
    territories
        The input, or None.
    ownership
        Today's owners.
    owners
        From `roster.list_owners`.

    Returns
    -------
    pandas.DataFrame
        One row per territory: ``territory_id``, ``territory_name``, ``team``, ``size_share``
        (a full territory is 1), ``is_provisional``, ``is_listed``, ``is_bound``,
        ``has_staying_holder``, ``workload_hours_per_year``; sorted by identifier.
    """
    placed = units.loc[units["left_out_reason"].isna()]
    listed = columns.empty_frame("territories") if territories is None else territories
    names = listed.set_index("territory_id")
    today = placed.groupby("today_territory_id")
    ids = sorted(
        set(listed["territory_id"])
        .union(placed["today_territory_id"].dropna(), placed["bound_territory_id"].dropna())
        .difference(ownership.foreign_ids)
    )
    frame = pd.DataFrame({"territory_id": pd.Series(ids, dtype="str")})
    key = frame["territory_id"]
    holder = key.map(ownership.rep_of_territory).astype("str")
    return frame.assign(
        territory_name=key.map(names["territory_name"]).astype("str"),
        team=_teams(key, placed, holder, owners),
        size_share=_sizes(key.map(names["size_share"]), holder, owners),
        is_provisional=~key.isin(ownership.named_ids),
        is_listed=key.isin(listed["territory_id"]) | (len(listed) == 0),
        is_bound=key.isin(placed["bound_territory_id"]),
        has_staying_holder=holder.isin(staying(owners)["rep_id"]),
        workload_hours_per_year=key.map(today["workload_hours_per_year"].sum())
        .astype("float64")
        .fillna(0.0),
    )


def choose_slots(existing: pd.DataFrame, counts: Mapping[str, int], *, region: str) -> pd.DataFrame:
    """Choose the territories of the plan: as many per team as wanted.

    Parameters
    ----------
    existing
        From `list_territories`.
    counts
        Number wanted by team.
    region
        Name of the region, for the identifiers of new territories.

    Returns
    -------
    pandas.DataFrame
        Rows of ``existing`` that stay, and new ones with ``is_new``; sorted by identifier.
    """
    kept = [_keep(existing.loc[existing["team"] == team], count) for team, count in counts.items()]
    missing = {
        team: count - len(rows) for rows, (team, count) in zip(kept, counts.items(), strict=True)
    }
    teams = [team for team, number in sorted(missing.items()) for _ in range(number)]
    ids = new_ids(len(teams), region=region, taken=frozenset(existing["territory_id"]))
    opened = pd.DataFrame(
        {
            "territory_id": pd.Series(ids, dtype="str"),
            "territory_name": pd.Series([None] * len(ids), dtype="str"),
            "team": pd.Series(teams, dtype="str"),
            "size_share": 1.0,
            "is_provisional": True,
            "is_listed": False,
            "is_bound": False,
            "has_staying_holder": False,
            "workload_hours_per_year": 0.0,
            "is_new": True,
        }
    )
    stay = pd.concat(kept).assign(is_new=False)
    return pd.concat([stay, opened] if len(opened) else [stay]).sort_values(
        "territory_id", ignore_index=True
    )


def new_ids(count: int, *, region: str, taken: frozenset[str]) -> list[str]:
    """Name new territories by number, apart from those of other regions.

    Parameters
    ----------
    count
        How many are wanted.
    region
        Name of the region.
    taken
        Identifiers that they must not have.

    Returns
    -------
    list of str
        Provisional identifiers.

    Examples
    --------
    >>> new_ids(2, region="Iowa", taken=frozenset({"new-iowa-01"}))
    ['new-iowa-02', 'new-iowa-03']
    """
    numbered = (f"new-{_mark(region)}-{number:02d}" for number in itertools.count(1))
    return list(itertools.islice((name for name in numbered if name not in taken), count))


def _teams(
    key: pd.Series, placed: pd.DataFrame, holder: pd.Series, owners: pd.DataFrame
) -> pd.Series:
    """Give a territory the team of most of its accounts, else of its holder, else the largest."""
    sizes = placed["team"].value_counts()
    largest = min(sizes[sizes == sizes.max()].index, default="")
    counted = placed.groupby(["today_territory_id", "team"]).size().rename("accounts").reset_index()
    most = counted.sort_values(["accounts", "team"], ascending=[False, True])
    by_accounts = most.drop_duplicates("today_territory_id").set_index("today_territory_id")["team"]
    by_holder = holder.map(owners.set_index("rep_id")["team"])
    known = by_holder.where(by_holder.isin(sizes.index))
    return key.map(by_accounts).astype("str").fillna(known.astype("str")).fillna(largest)


def _sizes(given: pd.Series, holder: pd.Series, owners: pd.DataFrame) -> pd.Series:
    """Size as given, else the working time of who stays or of the open job, else a full one."""
    lasting = owners.loc[~owners["is_leaving"]]
    part_time = holder.map(lasting.set_index("rep_id")["fte_share"])
    return given.where(given > 0).fillna(part_time).fillna(1.0).astype("float64")


def _keep(rows: pd.DataFrame, count: int) -> pd.DataFrame:
    order = ["is_bound", "is_listed", "has_staying_holder", "workload_hours_per_year"]
    ranked = rows.sort_values([*order, "territory_id"], ascending=[False] * len(order) + [True])
    return ranked.head(count)


def _mark(region: str) -> str:
    """Write a region in plain letters, with a short hash where two could look the same."""
    plain = unicodedata.normalize("NFKD", region).encode("ascii", "ignore").decode()
    mark = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if mark.replace("-", " ").title() == region:
        return mark
    digest = hashlib.sha256(region.encode()).hexdigest()[:4]
    return f"{mark}-{digest}" if mark else digest
