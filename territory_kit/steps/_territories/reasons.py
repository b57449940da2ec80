"""Why accounts move, as a table: rules first, else what speaks for it in the engine's final plan.

A rule that binds an account, or a territory that ends, is the only reason of a move. All others
come from `design.explain_moves`: they are true of the plan as it stands, however it was found.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit import columns
from territory_kit.design import MoveReasons, explain_moves
from territory_kit.steps._territories.division import Division, Part
from territory_kit.steps._territories.problem import (
    POTENTIAL,
    WORKLOAD,
    balanced_measures,
    number_ids,
    price_moves,
    slot_targets,
)
from territory_kit.steps.cases import first_case

CLOSER = "closer_km"
# What rounds to nothing where a reader sees it is no reason.
_LEAST_VALUES = {CLOSER: 0.05, WORKLOAD: 0.5, POTENTIAL: 0.5}


@dataclass(frozen=True, eq=False)
class Moves:
    """Who moves and why.

    Parameters
    ----------
    units
        Placed accounts with ``is_moved``, ``is_forced`` and ``closer_km``: how much closer the
        account lies to its new centre than to its old one, km; missing where it does not move,
        its place does not count or its old territory is not continued.
    reasons
        ``move_reasons``, at least one row for each account that moves, sorted by account.
    """

    units: pd.DataFrame
    reasons: pd.DataFrame


def find_reasons(division: Division, today: pd.DataFrame) -> Moves:
    """Find all that speaks for the move of each account.

    Parameters
    ----------
    division
        The proposal.
    today
        Territories of the region today: ``territory_id``.

    Returns
    -------
    Moves
        A move is forced when its territory is not continued, or when an override, a lock or the
        group of an account under one of them asks for it. All others were chosen; where nothing
        speaks for one of them alone, it serves the plan as a whole.
    """
    before = division.units["today_territory_id"]
    is_moved = before.notna() & (before != division.units["territory_id"])
    forced_by = _forced_by(division, today).where(is_moved)
    units = division.units.assign(is_moved=is_moved, is_forced=forced_by.notna(), closer_km=np.nan)
    frames = [_forced_reasons(units, forced_by)]
    for team, part in division.parts.items():
        members = units.loc[units["team"] == team]
        found = _explain(part, members, division)
        units.loc[members.index[found.units], CLOSER] = found.closer_km
        chosen = pd.concat(_part_reasons(part, members, found, division))
        frames.append(chosen.loc[~chosen["account_id"].isin(frames[0]["account_id"])])
    names = list(columns.get_table("move_reasons").columns)
    reasons = pd.concat(frames).reindex(columns=names)
    return Moves(units, reasons.sort_values("account_id", kind="stable", ignore_index=True))


def _forced_by(division: Division, today: pd.DataFrame) -> pd.Series:
    """Name the rule, or the end of the territory, that would force the account to move."""
    units, before = division.units, division.units["today_territory_id"]
    is_ended = ~before.isin(division.slots["territory_id"])
    return first_case(
        [
            (units["bound_territory_id"].notna(), units["rule"]),
            (is_ended & ~before.isin(today["territory_id"]), "region"),
            (is_ended, "ended"),
        ],
        pd.Series(pd.NA, index=units.index, dtype="str"),
    )


def _forced_reasons(units: pd.DataFrame, forced_by: pd.Series) -> pd.DataFrame:
    """Make one reason of each forced move: the rule with where it sends to, or what ended."""
    reasons = units.assign(
        reason_kind=forced_by,
        territory_id=units["today_territory_id"].where(
            forced_by.isin(["region", "ended"]), units["territory_id"]
        ),
    )
    return reasons.loc[units["is_forced"], ["account_id", "reason_kind", "territory_id"]]


def _explain(part: Part, members: pd.DataFrame, division: Division) -> MoveReasons:
    """Ask the engine what speaks for the moves of a team, seen from today's territories.

    A plan from nothing is compared with today too, once its territories have today's names.
    """
    asked = replace(
        part.problem,
        current=number_ids(members["today_territory_id"], part.territory_ids),
        move_prices=price_moves(members, division.settings),
    )
    slots = division.slots.set_index("territory_id").loc[list(part.territory_ids)]
    measures = list(balanced_measures(members, division.settings))
    targets = slot_targets(members, slots, measures)
    return explain_moves(asked, part.design, target_loads=targets)


def _part_reasons(
    part: Part, members: pd.DataFrame, found: MoveReasons, division: Division
) -> list[pd.DataFrame]:
    """Write down each kind of reason for the accounts of which it is true."""
    ids = members["account_id"].to_numpy()[found.units]
    frames = list(_kinds(part, found, list(balanced_measures(members, division.settings)), ids))
    explained = np.concatenate([frame["account_id"].to_numpy() for frame in frames])
    rest = ids[~np.isin(ids, explained)]
    return [*frames, pd.DataFrame({"account_id": rest, "reason_kind": "whole plan"})]


def _kinds(
    part: Part, found: MoveReasons, measures: list[str], ids: NDArray[np.object_]
) -> Iterator[pd.DataFrame]:
    names = np.array(part.territory_ids, dtype=object)
    sources, targets = names[found.sources], names[found.targets]
    frame = pd.DataFrame({"account_id": ids, "territory_id": targets})
    yield frame.assign(reason_kind="group").loc[found.is_group_led]
    closer = frame.assign(reason_kind="closer", measure=CLOSER, reason_value=found.closer_km)
    yield closer.loc[found.closer_km >= _LEAST_VALUES[CLOSER]]
    for place, measure in enumerate(measures):
        relieved, filled = found.relieved[:, place], found.filled[:, place]
        relief = frame.assign(
            territory_id=sources,
            reason_kind="relieves",
            measure=measure,
            reason_value=relieved,
            missed_value=found.over_if_back[:, place],
        )
        yield relief.loc[relieved >= _LEAST_VALUES[measure]]
        filling = frame.assign(
            reason_kind="fills",
            measure=measure,
            reason_value=filled,
            missed_value=found.short_if_back[:, place],
        )
        yield filling.loc[filled >= _LEAST_VALUES[measure]]
    yield frame.assign(reason_kind="opens").loc[found.leaves_empty]
