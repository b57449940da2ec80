"""Step 4: who is strong at what, and who takes which territory.

Reps keep the territory that best matches theirs; free reps go where they fit best; what is left is
vacant. Swaps are proposed, never made. A rep's figures are for the manager who plans, not for
colleagues, and not for decisions on pay.
"""

from collections.abc import Mapping

import pandas as pd

from territory_kit.errors import list_ids
from territory_kit.options import Options
from territory_kit.steps._reps.doubling import add_territories, say_added, say_most
from territory_kit.steps._reps.efficiency import add_efficiency, say_efficiency
from territory_kit.steps._reps.fairness import measure_chances
from territory_kit.steps._reps.fitting import fit_reps, skill_names
from territory_kit.steps._reps.gates import apply_gates, say_gates
from territory_kit.steps._reps.matching import Holding, match_all, propose_swaps
from territory_kit.steps._reps.outcome import Staffing, combine, keeps, kept_shares
from territory_kit.steps._reps.performance import measure_performance, say_performance
from territory_kit.steps._reps.ratios import measure_ratios, say_ratios
from territory_kit.steps._reps.reason_rows import list_reasons
from territory_kit.steps._reps.skill_evidence import say_evidence, weigh_evidence
from territory_kit.steps._reps.strengths import measure_strengths
from territory_kit.steps._reps.target_index import add_index, say_index
from territory_kit.steps._reps.teams import mark_teams, say_teams
from territory_kit.steps._reps.vacancies import list_vacancy_options
from territory_kit.steps._reps.win_rates import closed_deals, group_win_rates, say_assumption
from territory_kit.steps._reps.wishes import read_wishes, say_matching, say_unknown_wishes
from territory_kit.steps.channels import remote_ids
from territory_kit.steps.dates import data_day, start_day
from territory_kit.steps.driving import drive, find_homes
from territory_kit.steps.overrides import active_overrides, note_overrides
from territory_kit.steps.ownership import Ownership, own_today
from territory_kit.steps.result import StepResult
from territory_kit.steps.roster import list_owners, staying, without_former
from territory_kit.wording import counted, counted_of, percent

_NO_REPS = (
    "No reps are known, so nobody takes the territories yet. With a table of reps this chapter "
    "would show attainment, fit of skills, the way from home, and who takes which territory."
)


def match_reps(tables: Mapping[str, pd.DataFrame], *, region: str, options: Options) -> StepResult:
    """Say what each rep is strong at, and propose who takes which territory.

    Parameters
    ----------
    tables
        ``accounts``, ``market_accounts``, ``account_quality``, ``assignment`` and
        ``territory_plan`` of the region; optional ``reps``, ``territories``, ``deals``,
        ``visits`` and ``overrides``.
    region
        Name of the region.
    options
        Options of the region.

    Returns
    -------
    StepResult
        ``rep_strengths``, ``rep_win_rates``, ``rep_performance``, ``rep_ratios``, ``rep_fit``,
        ``rep_plan``, ``vacancy_options``, ``rep_reasons``, ``rep_swaps``. Every territory has a
        row in ``rep_plan``, vacant ones too.

    Notes
    -----
    Who leaves before the end of the plan's first year, or only stands for an open job, takes no
    territory.
    """
    reps, territories = tables.get("reps"), tables.get("territories")
    ownership = own_today(tables["accounts"], territories=territories, reps=reps, region=region)
    listed = list_owners(reps, region=region, start=start_day(options))
    owners = without_former(listed, ownership.holders)
    accounts = _accounts(tables, ownership)
    plan, people = tables["territory_plan"], staying(owners).reset_index(drop=True)
    gates = options.reps.gates
    rated = _rated(people, tables, ownership, options)
    known = fit_reps(plan, rated, accounts, settings=options.reps)
    bound = _bound(tables, accounts, options)
    gated = apply_gates(known, people, accounts, gates=gates)
    fit = mark_teams(gated, plan, people, bound=bound, holders=ownership.rep_of_territory)
    holdings = _hold(fit, accounts, bound, people, options)
    swaps = propose_swaps(fit, holdings, gain_share=options.reps.swap_gain_share)
    staffing = Staffing(owners, ownership, holdings)
    rep_plan = combine(plan, staffing, fit, accounts)
    driven = drive(plan["territory_id"], accounts, options, homes=find_homes(rep_plan, people))
    placed = rep_plan.merge(driven, on="territory_id").merge(plan[["territory_id", "team"]])
    achieved = _achieved(tables, owners, ownership, options)
    kept = kept_shares(rep_plan, accounts)
    incumbents = keeps(fit["territory_id"], fit["rep_id"], staffing)
    return StepResult(
        step="reps",
        region=region,
        tables={
            **achieved,
            "rep_fit": fit.assign(is_incumbent=incumbents),
            "rep_plan": placed,
            "vacancy_options": list_vacancy_options(placed, accounts, people, fit, options=options),
            "rep_reasons": list_reasons(rep_plan, accounts, holdings, kept, settings=options.reps),
            "rep_swaps": swaps,
        },
        figures=_figures(rep_plan, people, swaps) | measure_chances(rep_plan, plan, people),
        assumptions=_assumptions(options, people, accounts, plan) + _words_on(achieved, options),
        findings=_findings(rep_plan, owners, people, swaps)
        + say_added(rep_plan)
        + say_evidence(rated, options.reps)
        + say_unknown_wishes(people, set(plan["territory_id"]), options.reps)
        + say_gates(fit, plan, people, accounts, gates=gates),
    )


def _hold(
    fit: pd.DataFrame,
    accounts: pd.DataFrame,
    bound: pd.DataFrame,
    people: pd.DataFrame,
    options: Options,
) -> dict[str, Holding]:
    """Give territories to reps, as many and in the way that the plan says."""
    settings = options.reps
    wishes = read_wishes(people) if settings.matching == "preferences" else None
    holdings = match_all(
        fit, accounts, bound=bound, keep_incumbents=settings.keep_incumbents, wishes=wishes
    )
    return add_territories(holdings, accounts, people, fit, options=options)


def _accounts(tables: Mapping[str, pd.DataFrame], ownership: Ownership) -> pd.DataFrame:
    """Join to each placed account its rep of today, its needs and its locks."""
    names = (
        "territory_id rule revenue_amount_per_year workload_hours_per_year visits_per_year "
        "call_hours_per_year"
    )
    placed = tables["assignment"].loc[lambda rows: rows["territory_id"].notna()]
    inputs = tables["accounts"]
    needs = [name for name in inputs.columns if name.startswith("need_")]
    own = ["account_id", "city", "postal_code", "group_id", *needs]
    joined = (
        placed[["account_id", *names.split(), "lat_deg", "lon_deg"]]
        .merge(inputs[own], how="left", on="account_id")
        .merge(ownership.accounts, how="left", on="account_id")
        .sort_values("account_id", ignore_index=True)
    )
    return joined.assign(
        is_remote=joined["account_id"].isin(list(remote_ids(tables))),
        revenue_amount_per_year=joined["revenue_amount_per_year"].fillna(0.0),
        workload_hours_per_year=joined["workload_hours_per_year"].fillna(0.0),
    )


def _achieved(
    tables: Mapping[str, pd.DataFrame],
    owners: pd.DataFrame,
    ownership: Ownership,
    options: Options,
) -> dict[str, pd.DataFrame]:
    """Make the tables of what reps have achieved with what they have today."""
    people = _persons(owners)
    ratios = measure_ratios(people, tables, ownership, options=options)
    strengths = _strengths(tables, owners, ownership, options)
    return {
        "rep_strengths": add_index(strengths, ratios, tables, ownership, options=options),
        "rep_win_rates": _win_rates(tables, owners, ownership, options),
        "rep_performance": add_efficiency(
            measure_performance(people, tables, ownership, settings=options.reps)
        ),
        "rep_ratios": ratios,
    }


def _words_on(achieved: Mapping[str, pd.DataFrame], options: Options) -> tuple[str, ...]:
    return (
        *say_assumption(achieved["rep_strengths"], options.reps),
        *say_performance(achieved["rep_performance"], options.reps),
        *say_efficiency(achieved["rep_performance"]),
        *say_index(achieved["rep_strengths"], options),
        *say_ratios(achieved["rep_ratios"]),
    )


def _strengths(
    tables: Mapping[str, pd.DataFrame],
    owners: pd.DataFrame,
    ownership: Ownership,
    options: Options,
) -> pd.DataFrame:
    market = tables["market_accounts"][["account_id", "revenue_amount_per_year"]]
    accounts = ownership.accounts.merge(market, how="left", on="account_id")
    persons = _persons(owners)
    held = {
        rep_id: ownership.territory_of_rep[rep_id]
        for rep_id in persons["rep_id"]
        if rep_id in ownership.holders
    }
    rated = _rated(persons, tables, ownership, options)
    return measure_strengths(rated, accounts, tables.get("deals"), held, settings=options.reps)


def _rated(
    people: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    ownership: Ownership,
    options: Options,
) -> pd.DataFrame:
    closed = closed_deals(tables.get("deals"), ownership.accounts)
    return weigh_evidence(people, closed, _segments(tables), settings=options.reps)


def _segments(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    accounts = tables["accounts"].set_index("account_id")
    return accounts["segment"].fillna(accounts["industry"])


def _win_rates(
    tables: Mapping[str, pd.DataFrame],
    owners: pd.DataFrame,
    ownership: Ownership,
    options: Options,
) -> pd.DataFrame:
    closed = closed_deals(tables.get("deals"), ownership.accounts)
    return group_win_rates(_persons(owners), closed, _segments(tables), settings=options.reps)


def _persons(owners: pd.DataFrame) -> pd.DataFrame:
    return owners.loc[~owners["is_vacancy"]].reset_index(drop=True)


def _bound(
    tables: Mapping[str, pd.DataFrame], accounts: pd.DataFrame, options: Options
) -> pd.DataFrame:
    """List the accounts that are bound to a person: by lock, or by an override to a rep."""
    active = active_overrides(tables.get("overrides"), data_day(options))
    noted = note_overrides(accounts, active)
    targets = active["target"].where(active["action"] == "to_rep")
    sent = noted["sent_by"].map(targets.to_dict()).where(accounts["rule"] == "override")
    locked = accounts["today_rep_id"].where(accounts["rule"] == "rep")
    rows = pd.DataFrame(
        {
            "territory_id": accounts["territory_id"],
            "rep_id": sent.astype("str").fillna(locked),
            "weight": accounts["revenue_amount_per_year"].clip(lower=0.0) + 1.0,
        }
    )
    return rows.dropna(subset=["rep_id"])


def _figures(
    rep_plan: pd.DataFrame, people: pd.DataFrame, swaps: pd.DataFrame
) -> dict[str, float | str]:
    return {
        "territories_count": len(rep_plan),
        "reps_count": len(people),
        "incumbents_count": int(rep_plan["is_incumbent"].sum()),
        "vacant_count": int(rep_plan["is_vacant"].sum()),
        "free_reps_count": len(_free_reps(rep_plan, people)),
        "swaps_count": len(swaps),
    }


def _free_reps(rep_plan: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    return people.loc[~people["rep_id"].isin(rep_plan["rep_id"])]


def _assumptions(
    options: Options, people: pd.DataFrame, accounts: pd.DataFrame, plan: pd.DataFrame
) -> tuple[str, ...]:
    settings = options.reps
    if people.empty:
        return ()
    skills = skill_names(people, accounts)
    skill_words = f"skills ({', '.join(skills)})" if skills else "skills (none known)"
    who = "Nobody keeps a territory because of today"
    if settings.keep_incumbents:
        who = "Reps keep the territory with most of their revenue"
    weights = (
        f"Fit weighs {skill_words} {settings.skill_weight:g}, a near home "
        f"{settings.home_weight:g} (none from {settings.far_home_km:g} km on) and known revenue "
        f"{settings.relation_weight:g}; what is unknown has no weight."
    )
    return (
        f"{who}; {say_matching(people, settings)}.",
        *say_teams(plan),
        *say_most(settings),
        weights,
        "Driving counts days that start at the rep's home, or at the centre where it is unknown.",
    )


def _findings(
    rep_plan: pd.DataFrame, owners: pd.DataFrame, people: pd.DataFrame, swaps: pd.DataFrame
) -> tuple[str, ...]:
    if owners.empty:
        return (_NO_REPS,)
    found = []
    vacant = rep_plan.loc[rep_plan["is_vacant"]]
    if len(vacant):
        found.append(
            f"{counted_of(len(vacant), len(rep_plan), 'territory', 'has')} no rep: "
            f"{list_ids(list(vacant['territory_name']))}."
        )
    leaving = owners.loc[owners["is_leaving"]]
    if len(leaving):
        found.append(f"Reps who leave: {list_ids(list(leaving['rep_name']))}.")
    free = _free_reps(rep_plan, people)
    if len(free):
        found.append(f"Reps without a territory: {list_ids(list(free['rep_name']))}.")
    if len(swaps):
        best = swaps["gain_share"].max()
        found.append(
            f"{counted(len(swaps), 'swap')} of reps would raise the fit, the best by "
            f"{percent(best)}; none is made."
        )
    return tuple(found)
