"""Step 5: what the plan costs, and whether it is better than today.

Both plans are measured in the same way: driving starts at the reps' homes, hours are those of the
holders, and an open job counts at the plan's usual cost and hours for its size.
"""

from collections.abc import Mapping

import pandas as pd

from territory_kit import columns
from territory_kit.options import Options
from territory_kit.steps._review.calls import review_calls
from territory_kit.steps._review.change_costs import review_change
from territory_kit.steps._review.comparison import (
    effort_of,
    list_figures,
    rows_today,
    sum_today,
    tabulate,
)
from territory_kit.steps._review.contribution import proposed_margin, review_contribution
from territory_kit.steps._review.handover import sum_disruption, trace_hands
from territory_kit.steps._review.mileage import review_mileage
from territory_kit.steps._review.part import Part, join
from territory_kit.steps._review.payback import review_payback
from territory_kit.steps._review.questions import FULL_SHARE, ask
from territory_kit.steps._review.quotas import review_quotas
from territory_kit.steps._review.rep_changes import review_rep_changes
from territory_kit.steps._review.rep_rows import review_reps
from territory_kit.steps._review.served import Served
from territory_kit.steps._review.verdict import (
    Situation,
    Verdict,
    broken_caps,
    broken_limits,
    judge,
)
from territory_kit.steps._review.visits import (
    compare_visits,
    count_visits,
    declared_km,
    split_visits,
    visits_of_year,
)
from territory_kit.steps.channels import remote_ids
from territory_kit.steps.dates import data_day, start_day
from territory_kit.steps.money import has_money
from territory_kit.steps.ownership import Ownership, own_today
from territory_kit.steps.result import StepResult
from territory_kit.steps.roster import list_owners
from territory_kit.wording import counted, percent

_OF_PLAN = [
    "territory_id",
    "territory_name",
    "accounts_count",
    "potential_amount_per_year",
    "revenue_amount_per_year",
    "visits_per_year",
    "call_hours_per_year",
    "size_share",
]
_COUNTS_ONLY = (
    "No potential or revenue is known: every account counts as one, and amounts of potential are "
    "numbers of accounts."
)


def review_plan(tables: Mapping[str, pd.DataFrame], *, region: str, options: Options) -> StepResult:
    """Compare the plan of a region with today, and judge it.

    Parameters
    ----------
    tables
        ``accounts``, ``market_accounts``, ``account_quality`` and all results of steps 3 and 4;
        optional ``reps``, ``territories``, ``visits`` and ``deals``.
    region
        Name of the region.
    options
        Options of the region.

    Returns
    -------
    StepResult
        ``rep_review``, ``moves``, ``disruption``, ``comparison``, ``questions``,
        ``unpaid_moves``, ``visit_gaps``, ``call_costs``, ``break_evens``, ``quotas``,
        ``contribution``, ``change_costs``, ``rep_disruption``, ``mileage``; the figures hold
        ``verdict`` and ``verdict_reason``.

    Notes
    -----
    Visits that took place are those of the last year of data at the accounts of the *proposed*
    territory, whoever made them. The rule of the verdict stands in `_review.verdict`.
    """
    reps = tables.get("reps", columns.empty_frame("reps"))
    owners = list_owners(reps, region=region, start=start_day(options))
    ownership = own_today(
        tables["accounts"], territories=tables.get("territories"), reps=reps, region=region
    )
    hands = trace_hands(tables, ownership, owners, options)
    review = _review_reps(tables, reps, hands, options)
    disruption = sum_disruption(hands)
    knows = {"has_reps": len(owners) > 0, "has_money": has_money(tables)}
    today = _serve_today(tables, ownership, reps, options)
    figures = list_figures(
        sum_today(today.territories),
        effort_of(review),
        tables["balance"],
        currency=options.currency,
        **knows,
    )
    situation = _situation(tables, hands, review, options, has_reps=knows["has_reps"])
    verdict = judge(figures, situation, disruption, options.review.worthwhile_share)
    questions = ask(review, tables["territory_plan"], hands, options=options, **knows)
    plans = (today, Served(_placed(tables), review))
    added = _add_parts(tables, hands, owners, plans, region=region, options=options)
    more = join([added, review_mileage(review, tables["accounts"]["country"], options)])
    return StepResult(
        step="review",
        region=region,
        tables={
            "rep_review": review,
            "moves": hands.loc[hands["changes_hands"]],
            "disruption": disruption,
            "comparison": tabulate(figures, options.review.worthwhile_share, beside=more.compared),
            "questions": questions,
            **more.tables,
        },
        figures={**_headlines(review, disruption, verdict), **more.figures},
        assumptions=(*_assumptions(options), *more.assumptions),
        findings=(*_findings(tables, hands, has_reps=knows["has_reps"]), *more.findings),
    )


def _add_parts(
    tables: Mapping[str, pd.DataFrame],
    hands: pd.DataFrame,
    owners: pd.DataFrame,
    plans: tuple[Served, Served],
    *,
    region: str,
    options: Options,
) -> Part:
    """Review what informs beside the verdict."""
    today, proposal = plans
    margins = tables["accounts"].set_index("account_id")["margin_share"]
    contribution = review_contribution(today, proposal, margins, options)
    return join(
        [
            review_payback(hands, remote_ids(tables), options),
            review_calls(
                today,
                proposal,
                split_visits(proposal.accounts, _counts(tables, options)),
                tables["account_quality"][["account_id", "account_class"]],
                options,
                has_money=has_money(tables),
            ),
            review_quotas(
                tables,
                proposal.territories,
                proposal.accounts,
                region=region,
                options=options,
                has_money=has_money(tables),
            ),
            contribution,
            review_change(
                plans,
                hands,
                proposed_margin(contribution.tables["contribution"]),
                owners,
                options,
                remote_ids=remote_ids(tables),
            ),
            review_rep_changes(
                hands,
                tables["accounts"].set_index("account_id")["owner_since_date"],
                _counts(tables, options),
                tables.get("reps", columns.empty_frame("reps")),
                options,
            ),
        ]
    )


def _counts(tables: Mapping[str, pd.DataFrame], options: Options) -> pd.Series | None:
    year = visits_of_year(tables.get("visits"), data_day(options))
    return count_visits(year, remote_ids(tables)) if len(year) else None


def _review_reps(
    tables: Mapping[str, pd.DataFrame],
    reps: pd.DataFrame,
    hands: pd.DataFrame,
    options: Options,
) -> pd.DataFrame:
    assignment = tables["assignment"]
    placed = assignment.loc[assignment["territory_id"].notna()]
    year = visits_of_year(tables.get("visits"), data_day(options))
    driven = tables["rep_plan"][
        ["territory_id", "rep_id", "travel_km_per_year", "tour_hours_per_year"]
    ]
    rows = (
        tables["territory_plan"][_OF_PLAN]
        .merge(driven, on="territory_id")
        .merge(
            compare_visits(placed, _counts(tables, options)),
            how="left",
            left_on="territory_id",
            right_index=True,
        )
    )
    declared = rows["rep_id"].map(declared_km(year)).astype("float64")
    return review_reps(rows.assign(declared_km_per_year=declared), reps, hands, options=options)


def _serve_today(
    tables: Mapping[str, pd.DataFrame],
    ownership: Ownership,
    reps: pd.DataFrame,
    options: Options,
) -> Served:
    """Measure today's territories, if there are any."""
    today = tables["territory_today"]
    holder = today["territory_id"].map(ownership.rep_of_territory).astype("str")
    open_jobs = reps.loc[reps["is_vacancy"].fillna(value=False), "rep_id"]
    placed = _placed(tables)
    accounts = placed.assign(territory_id=placed["current_territory_id"])
    of_today = accounts.loc[accounts["territory_id"].isin(today["territory_id"])]
    of_today = of_today.reset_index(drop=True)
    held = today.assign(rep_id=holder.mask(holder.isin(open_jobs)))
    return Served(of_today, rows_today(of_today, held, reps, options))


def _placed(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the accounts that have a territory in the proposal, sorted."""
    assignment = tables["assignment"]
    placed = assignment.loc[assignment["territory_id"].notna()]
    remote = placed["account_id"].isin(list(remote_ids(tables)))
    return placed.assign(is_remote=remote).sort_values("account_id", ignore_index=True)


def _situation(
    tables: Mapping[str, pd.DataFrame],
    hands: pd.DataFrame,
    review: pd.DataFrame,
    options: Options,
    *,
    has_reps: bool,
) -> Situation:
    vacant = list(review.loc[review["rep_id"].isna(), "territory_name"])
    return Situation(
        has_today=len(tables["territory_today"]) > 0,
        can_stay=bool(~hands["is_forced"].any() & hands["from_hand"].notna().all()),
        broken_limits=(
            *broken_limits(tables["territory_plan"], options.territories),
            *broken_caps(tables["assignment"], options.territories),
        ),
        vacant_names=tuple(vacant) if has_reps else (),
        full_names=tuple(review.loc[review["capacity_share"] > FULL_SHARE, "territory_name"]),
    )


def _headlines(
    review: pd.DataFrame, disruption: pd.DataFrame, verdict: Verdict
) -> dict[str, float | str]:
    changed = disruption.loc[disruption["kind"] == "all"].iloc[0]
    return {
        "verdict": verdict.word,
        "verdict_reason": verdict.reason,
        "territories_count": len(review),
        "accounts_count": float(review["accounts_count"].sum()),
        "changed_count": float(changed["accounts_count"]),
        "changed_revenue_share": float(changed["revenue_share"]),
        "move_price_amount": float(changed["move_price_amount"]),
        "travel_km_per_year": float(review["travel_km_per_year"].sum()),
        "total_cost_amount_per_year": float(review["total_cost_amount_per_year"].sum()),
    }


def _assumptions(options: Options) -> tuple[str, ...]:
    costs = options.costs
    money = (
        f"A rep whose cost is not given costs {costs.rep_amount_per_year:,.0f} {options.currency} "
        f"a year in full time, a km {costs.km_amount:g}, a call {costs.call_amount:g}; nights away "
        "are not counted. An open job costs and works like a rep for the size of its territory."
    )
    visits = (
        "Visits in person count at accounts that are visited, every contact at those served "
        "remotely; a call is not yet weighed against a visit."
    )
    return money, visits, _rule_words(options)


def _rule_words(options: Options) -> str:
    return (
        "Keep today, when it can go on and nothing gets better; adopt, when all limits are kept, "
        "every territory has a rep and nothing gets worse; else adopt with changes. A change "
        f"counts from {percent(options.review.worthwhile_share)} on, of shares in points, of "
        "amounts against today."
    )


def _findings(
    tables: Mapping[str, pd.DataFrame], hands: pd.DataFrame, *, has_reps: bool
) -> tuple[str, ...]:
    gains = {
        "reps": "who takes which territory, load and cost per person",
        "visits": "wanted against actual visits and declared km",
        "deals": "open deals that change hands",
    }
    missing = [name for name in gains if len(tables.get(name, ())) == 0]
    found = [] if has_money(tables) else [_COUNTS_ONLY]
    found += [f"Without {name} this review cannot show {gains[name]}." for name in missing]
    waiting = int(hands["from_hand"].isna().sum())
    if waiting and waiting < len(hands):
        found.append(f"{counted(waiting, 'account')} without a rep today: they get a territory.")
    left = hands.loc[hands["is_forced"], "account_id"]
    if has_reps and len(left):
        found.append(f"{counted(len(left), 'account')} must change hands: see the reasons.")
    return tuple(found)
