"""Who wins: which accounts are in no territory, which are bound to one, which stay together.

Order of the rules, first wins: excluded, house, partner, accepted override, lock to rep, lock to
territory or rule of stability, kept together, engine. Among overrides of one account the narrower
scope wins (account, group, postal code, city), then the later decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from territory_kit.errors import list_ids
from territory_kit.steps.cases import first_case
from territory_kit.steps.overrides import active_overrides, note_overrides, override_words
from territory_kit.steps.ownership import Ownership


@dataclass(frozen=True, eq=False)
class Ruled:
    """Accounts after the rules have spoken.

    Parameters
    ----------
    units
        The accounts given, with ``rule``, ``rule_text``, ``left_out_reason``,
        ``bound_territory_id`` and ``together_id``.
    findings
        Rules that could not be kept, one sentence each.
    """

    units: pd.DataFrame
    findings: tuple[str, ...]


def apply_rules(
    units: pd.DataFrame,
    *,
    overrides: pd.DataFrame | None,
    ownership: Ownership,
    today: pd.Timestamp | None,
    keeps_today: bool,
    kept_because: pd.Series | None = None,
) -> Ruled:
    """Decide for each account what the engine may still choose.

    Parameters
    ----------
    units
        One row per account: ``account_id``, ``city``, ``postal_code``, ``group_id``, ``lock``,
        ``coverage``, ``is_in_scope``, ``left_out_reason``, ``today_territory_id``,
        ``today_rep_id``.
    overrides
        The input, or None.
    ownership
        Today's owners.
    today
        Day on which overrides must still hold; None: none has expired.
    keeps_today
        Whether every account that has a territory stays in it: the mode "keep".
    kept_because
        Why an account shall stay in its territory, as `stability.keep_steady` says; None: nothing.

    Returns
    -------
    Ruled
        The accounts in the order given, and what could not be kept.
    """
    active = active_overrides(overrides, today)
    ruled = note_overrides(units, active)
    used = active.loc[active.index.isin(ruled["sent_by"])]
    targets, findings = _find_targets(used, ownership)
    nothing = pd.Series(pd.NA, index=units.index, dtype="str")
    kept = nothing if kept_because is None else kept_because
    ruled = _bind(ruled, targets, ownership, keeps_today=keeps_today, kept=kept)
    ruled = _leave_out(ruled, ownership.foreign_ids)
    findings = (*findings, *_empty_locks(ruled))
    ruled["together_id"] = _components(ruled)
    ruled, torn = _follow_group(ruled)
    return Ruled(ruled, (*findings, *torn))


def _find_targets(
    used: pd.DataFrame, ownership: Ownership
) -> tuple[dict[int, tuple[str, str]], tuple[str, ...]]:
    """Find the territory and the words of each override that sends accounts somewhere."""
    found: dict[int, tuple[str, str]] = {}
    unknown: list[str] = []
    territory_of_rep = ownership.territory_of_rep
    known = ownership.named_ids | ownership.foreign_ids | set(territory_of_rep.values())
    for row, override in used.iterrows():
        target = override["target"]
        is_rep = override["action"] == "to_rep"
        territory_id = territory_of_rep.get(target) if is_rep else target
        if territory_id in known:
            found[int(str(row))] = (str(territory_id), override_words(override))
        else:
            unknown.append(f"{override_words(override)} to {target}")
    if not unknown:
        return found, ()
    text = "Overrides name a territory or rep that this region does not have and are not applied"
    return found, (f"{text}: {list_ids(unknown)}. Correct the target or the account's region.",)


def _bind(
    ruled: pd.DataFrame,
    targets: Mapping[int, tuple[str, str]],
    ownership: Ownership,
    *,
    keeps_today: bool,
    kept: pd.Series,
) -> pd.DataFrame:
    """Bind accounts to a territory: by override, else by lock to rep, else to territory."""
    today_rep, today = ruled["today_rep_id"], ruled["today_territory_id"]
    by_rep = today_rep.map(ownership.territory_of_rep).astype("str").where(ruled["lock"] == "rep")
    stays = (keeps_today | kept.notna()) & ~today.isin(ownership.foreign_ids)
    by_territory = today.where(stays | (ruled["lock"] == "territory"))
    sent = ruled["sent_by"].map({row: target for row, (target, _) in targets.items()})
    words = ruled["sent_by"].map({row: text for row, (_, text) in targets.items()})
    sent, words = sent.astype("str"), words.astype("str")
    holds = [sent.notna(), by_rep.notna(), by_territory.notna()]
    bound = [sent, by_rep, by_territory]
    lock_words = "locked to territory " + today
    is_kept = kept.notna() & (ruled["lock"] != "territory")
    texts = [
        words,
        "locked to rep " + today_rep,
        lock_words.mask(is_kept, kept + ", stays in territory " + today),
    ]
    nothing = pd.Series(pd.NA, index=ruled.index, dtype="str")
    return ruled.assign(
        bound_territory_id=first_case(list(zip(holds, bound, strict=True)), nothing),
        rule=first_case(
            list(zip(holds, ("override", "rep", "territory"), strict=True)),
            nothing.fillna("engine"),
        ),
        rule_text=first_case(list(zip(holds, texts, strict=True)), nothing),
    )


def _leave_out(ruled: pd.DataFrame, foreign_ids: frozenset[str]) -> pd.DataFrame:
    """Take house, partner and excluded accounts out of the division, with the reason."""
    is_out = ~ruled["is_in_scope"].fillna(value=False).astype(bool)
    words = ruled["left_out_reason"]
    bound = ruled["bound_territory_id"]
    is_house, is_partner = (ruled["coverage"] == name for name in ("house", "partner"))
    rule = ruled["rule"]
    elsewhere = "belongs to another region: " + ruled["rule_text"]
    cases: list[tuple[pd.Series, pd.Series | str, pd.Series | str]] = [
        (ruled["excluded_by"] >= 0, "excluded", "excluded by override"),
        (is_out & ~is_house & ~is_partner, "excluded", words.fillna("not in scope")),
        (ruled["housed_by"] >= 0, "house", "house account by override"),
        (is_house, "house", words.fillna("house account")),
        (is_partner, "partner", words.fillna("served by a partner")),
        (bound.isin(foreign_ids), rule, elsewhere),
    ]
    nothing = pd.Series(pd.NA, index=ruled.index, dtype="str")
    reasons = first_case([(holds, text) for holds, _, text in cases], nothing)
    return ruled.assign(
        left_out_reason=reasons,
        rule=first_case([(holds, name) for holds, name, _ in cases], rule),
        bound_territory_id=bound.mask(reasons.notna()),
    )


def _empty_locks(ruled: pd.DataFrame) -> tuple[str, ...]:
    """Report locks of accounts that have nothing to stay with."""
    is_locked = ruled["lock"].isin(["rep", "territory"]) & ruled["left_out_reason"].isna()
    empty = ruled.loc[is_locked & ruled["bound_territory_id"].isna(), "account_id"]
    if not len(empty):
        return ()
    text = "Accounts are locked but have no rep or territory to stay with; the lock is not applied"
    return (f"{text}: {list_ids(list(empty))}.",)


def _components(ruled: pd.DataFrame) -> pd.Series:
    """Join groups and overrides that keep together where they share an account."""
    placed = ruled["left_out_reason"].isna()
    groups = "g" + ruled["group_id"].where(placed)
    kept = ("o" + ruled["kept_by"].astype("str")).where(placed & (ruled["kept_by"] >= 0))
    codes, keys = pd.factorize(pd.concat([groups, kept], ignore_index=True))
    if not len(keys):
        return pd.Series(pd.NA, index=ruled.index, dtype="str")
    rows = np.tile(np.arange(len(ruled)), 2)[codes >= 0]
    size = len(ruled) + len(keys)
    links = (np.ones(len(rows)), (rows, len(ruled) + codes[codes >= 0]))
    _, labels = connected_components(coo_matrix(links, shape=(size, size)), directed=False)
    component = pd.Series(labels[: len(ruled)], index=ruled.index)
    first = ruled["account_id"].groupby(component).transform("min")
    return first.where(component.groupby(component).transform("size") > 1)


def _follow_group(ruled: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Let free members of a group follow the bound ones; bound ones elsewhere leave the group."""
    if ruled["together_id"].isna().all():
        return ruled, ()
    members = ruled.loc[ruled["together_id"].notna() & ruled["bound_territory_id"].notna()]
    counted = members.groupby(["together_id", "bound_territory_id"]).size().rename("accounts")
    ranked = counted.reset_index().sort_values(
        ["accounts", "bound_territory_id"], ascending=[False, True]
    )
    torn = ranked.loc[ranked["together_id"].duplicated(), "together_id"].unique()
    lead = ranked.drop_duplicates("together_id").set_index("together_id")["bound_territory_id"]
    leads = ruled["together_id"].map(lead).astype("str")
    bound = ruled["bound_territory_id"]
    follows = bound.isna() & leads.notna()
    leaves = bound.notna() & leads.notna() & (bound != leads)
    stays = ruled["together_id"].notna() & ~leaves
    followed = ruled.assign(
        bound_territory_id=bound.where(~follows, leads),
        rule=ruled["rule"].mask(stays & (ruled["rule"] == "engine"), "group"),
        rule_text=ruled["rule_text"].mask(stays & ruled["rule_text"].isna(), "kept with its group"),
        together_id=ruled["together_id"].mask(leaves),
    )
    if not len(torn):
        return followed, ()
    text = "Groups cannot stay together because their accounts are bound to several territories"
    return followed, (f"{text}: groups of {list_ids(list(torn))}.",)
