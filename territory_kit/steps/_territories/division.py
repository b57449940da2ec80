"""Divide a region: rules, number, engine, identifiers. One set-up serves all proposals."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from territory_kit.design import Design, Problem, solve
from territory_kit.errors import list_ids
from territory_kit.options import Mode, Options, TerritoriesOptions
from territory_kit.steps._territories.count import Wanted, rep_capacity_hours, want_territories
from territory_kit.steps._territories.identity import match_previous, match_today, rename
from territory_kit.steps._territories.measure import measure_territories
from territory_kit.steps._territories.problem import WORKLOAD, add_costs, build_problem
from territory_kit.steps._territories.rules import apply_rules
from territory_kit.steps._territories.slots import choose_slots, list_territories
from territory_kit.steps._territories.stability import keep_steady, list_unused
from territory_kit.steps._territories.teams import assign_teams
from territory_kit.steps._territories.units import join_units
from territory_kit.steps.dates import data_day, start_day
from territory_kit.steps.move_price import move_prices
from territory_kit.steps.ownership import own_today
from territory_kit.steps.roster import list_owners


@dataclass(frozen=True, eq=False)
class Ground:
    """What all proposals with the same numbers of territories share; nobody changes it.

    Parameters
    ----------
    slots
        Territories to fill, from `slots.choose_slots`.
    teams
        Placed accounts and territories by team.
    """

    slots: pd.DataFrame
    teams: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]]


@dataclass(frozen=True, eq=False)
class Setup:
    """What is known before the engine starts.

    Parameters
    ----------
    region
        Name of the region.
    options
        Options of the region.
    mode
        How today's territories count.
    units
        All accounts of the region after the rules, with costs and teams; sorted.
    existing
        Territories that exist today, from `slots.list_territories`.
    wanted
        Number of territories by team.
    capacity_hours
        Hours of a full-time rep in a year.
    previous
        Territory of each account in the last proposal: ``account_id``, ``previous_id``.
    findings
        What the rules could not keep.
    """

    region: str
    options: Options
    mode: Mode
    units: pd.DataFrame
    existing: pd.DataFrame
    wanted: Mapping[str, Wanted]
    capacity_hours: float
    previous: pd.DataFrame
    findings: tuple[str, ...]
    _grounds: dict[frozenset[tuple[str, int]], Ground] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def placed(self) -> pd.DataFrame:
        """Accounts that get a territory."""
        return self.units.loc[self.units["left_out_reason"].isna()]

    @property
    def counts(self) -> dict[str, int]:
        """Number of territories wanted by team."""
        return {team: wanted.count for team, wanted in self.wanted.items()}

    def lay_ground(self, counts: Mapping[str, int]) -> Ground:
        """Choose territories and free the accounts of those that end, once for the same numbers.

        Parameters
        ----------
        counts
            Number of territories by team.

        Returns
        -------
        Ground
            To be divided.
        """
        key = frozenset(counts.items())
        if key not in self._grounds:
            slots = choose_slots(self.existing, counts, region=self.region)
            placed = _release(self.placed, slots).groupby("team")
            teams = {str(team): (units, slots.loc[slots["team"] == team]) for team, units in placed}
            self._grounds[key] = Ground(slots, teams)
        return self._grounds[key]


@dataclass(frozen=True, eq=False)
class Part:
    """What the engine was asked for one team, and what it said.

    Parameters
    ----------
    problem
        The question; units are the team's accounts, sorted.
    design
        The answer.
    territory_ids
        Final identifier of each territory of the problem.
    """

    problem: Problem
    design: Design
    territory_ids: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Division:
    """A region divided.

    Parameters
    ----------
    setup
        What was known before.
    units
        Placed accounts with ``territory_id``; sorted by account.
    slots
        Territories of the plan, from `slots.choose_slots`, with final identifiers.
    settings
        Options of step 3 that were used.
    parts
        Questions to the engine and its answers, by team.
    """

    setup: Setup
    units: pd.DataFrame
    slots: pd.DataFrame
    settings: TerritoriesOptions
    parts: Mapping[str, Part]

    @property
    def designs(self) -> tuple[Design, ...]:
        """What the engine said, by name of the team."""
        return tuple(part.design for part in self.parts.values())

    @cached_property
    def measured(self) -> pd.DataFrame:
        """Territories of the plan, from `measure.measure_territories`."""
        return measure_territories(self.units, self.slots, self.setup.options)

    @property
    def is_feasible(self) -> bool:
        """Whether all limits are kept."""
        return all(design.is_feasible for design in self.designs)


def prepare(tables: Mapping[str, pd.DataFrame], *, region: str, options: Options) -> Setup:
    """Read the tables and let the rules speak.

    Parameters
    ----------
    tables
        As for `territories.divide_region`.
    region
        Name of the region.
    options
        Options of the region.

    Returns
    -------
    Setup
        Everything that all proposals for the region share.
    """
    reps, territories = tables.get("reps"), tables.get("territories")
    owners = list_owners(reps, region=region, start=start_day(options))
    ownership = own_today(tables["accounts"], territories=territories, reps=reps, region=region)
    units, freed = _free_of_leavers(join_units(tables, ownership), owners)
    mode = options.territories.mode or _default_mode(units)
    ruled = apply_rules(
        units,
        overrides=tables.get("overrides"),
        ownership=ownership,
        today=data_day(options),
        keeps_today=mode == "keep",
        kept_because=keep_steady(units, tables.get("deals"), options),
    )
    units = _cost(ruled.units, options=options, owners=owners)
    existing = list_territories(units, territories, ownership, owners)
    wanted = want_territories(
        _team_sums(units, existing),
        owners=owners.assign(has_territory=owners["rep_id"].isin(list(ownership.holders))),
        headcount=tables.get("headcount"),
        region=region,
        options=options,
    )
    return Setup(
        region=region,
        options=options,
        mode=mode,
        units=units,
        existing=existing,
        wanted=wanted,
        capacity_hours=rep_capacity_hours(owners, options),
        previous=_previous(tables),
        findings=(
            *freed,
            *ruled.findings,
            *list_unused(units, tables.get("deals"), options),
        ),
    )


def divide(
    setup: Setup,
    settings: TerritoriesOptions,
    counts: Mapping[str, int] | None = None,
    *,
    is_bounded: bool = True,
) -> Division:
    """Divide the region once.

    Parameters
    ----------
    setup
        From `prepare`; at least one account is placed.
    settings
        Options of step 3, perhaps varied.
    counts
        Number of territories by team; none: as wanted.
    is_bounded
        Whether the engine says how much cheaper a proposal could be at most.

    Returns
    -------
    Division
        Every placed account in a territory.
    """
    is_redesign = (settings.mode or setup.mode) == "redesign"
    ground = setup.lay_ground(counts or setup.counts)
    slots, frames, parts = ground.slots, [], {}
    for team, (units, of_team) in ground.teams.items():
        problem = build_problem(units, of_team, settings=settings, is_redesign=is_redesign)
        design = solve(
            problem,
            seed=setup.options.seed,
            max_iterations=settings.max_iterations,
            is_bounded=is_bounded,
        )
        ids = of_team["territory_id"].to_numpy()
        labels = pd.Series(ids[design.labels], index=units.index, dtype="str")
        frames.append(units.assign(territory_id=labels))
        parts[team] = Part(problem, design, tuple(ids))
    units = pd.concat(frames).sort_index()
    is_free = is_redesign or settings.move_price_factor == 0
    names = match_today(units, slots) if is_free else {}
    previous = match_previous(rename(units, names), slots, setup.previous, region=setup.region)
    final = {name: names.get(name, name) for name in slots["territory_id"]}
    final = {name: previous.get(now, now) for name, now in final.items()}
    return Division(
        setup,
        rename(units, final),
        rename(slots, previous).sort_values("territory_id", ignore_index=True),
        settings,
        {team: _name(part, final) for team, part in parts.items()},
    )


def _name(part: Part, names: Mapping[str, str]) -> Part:
    return replace(part, territory_ids=tuple(names[name] for name in part.territory_ids))


def _release(units: pd.DataFrame, slots: pd.DataFrame) -> pd.DataFrame:
    """Free the accounts that are bound to a territory that ends."""
    is_lost = units["bound_territory_id"].notna() & ~units["bound_territory_id"].isin(
        slots["territory_id"]
    )
    return units.assign(
        bound_territory_id=units["bound_territory_id"].mask(is_lost),
        rule=units["rule"].mask(is_lost & units["together_id"].isna(), "engine"),
    )


def _free_of_leavers(
    units: pd.DataFrame, owners: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Take off locks to reps who leave, and say so: nobody is left to stay with."""
    leavers = owners.loc[owners["is_leaving"], "rep_id"]
    is_freed = (units["lock"] == "rep") & units["today_rep_id"].isin(leavers)
    if not is_freed.any():
        return units, ()
    text = (
        f"Accounts locked to a rep who leaves: {int(is_freed.sum())}. Their lock does not hold: "
        f"{list_ids(list(units.loc[is_freed, 'account_id']))}."
    )
    return units.assign(lock=units["lock"].mask(is_freed, "none")), (text,)


def _default_mode(units: pd.DataFrame) -> Mode:
    return "rebalance" if units["today_territory_id"].notna().any() else "redesign"


def _cost(units: pd.DataFrame, *, options: Options, owners: pd.DataFrame) -> pd.DataFrame:
    prices = move_prices(units, options, today=data_day(options))
    # Who loses the rep anyway loses nothing more by going to another territory.
    is_lost = units["today_rep_id"].isin(
        owners.loc[owners["is_leaving"] | owners["is_vacancy"], "rep_id"]
    )
    return add_costs(units, options).assign(
        team=assign_teams(units, owners), move_price_amount=prices.mask(is_lost, 0.0)
    )


def _team_sums(units: pd.DataFrame, existing: pd.DataFrame) -> pd.DataFrame:
    """Sum up what the number of territories of each team depends on."""
    placed = units.loc[units["left_out_reason"].isna()]
    pieces = placed["together_id"].fillna(placed["account_id"])
    hours = placed.groupby("team")[WORKLOAD].sum()
    sums = pd.DataFrame({WORKLOAD: hours, "pieces_count": pieces.groupby(placed["team"]).nunique()})
    today = existing.loc[existing["workload_hours_per_year"] > 0].groupby("team").size()
    counts = today.reindex(sums.index).fillna(0).astype("int64")
    return sums.assign(today_count=counts).reset_index()


def _previous(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    if "previous_assignment" not in tables:
        return pd.DataFrame({"account_id": [], "previous_id": []}, dtype="str")
    names = {"territory_id": "previous_id"}
    return tables["previous_assignment"][["account_id", "territory_id"]].rename(columns=names)
