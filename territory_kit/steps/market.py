"""Step 1: which accounts are our market, and how large it is.

Scope is who belongs to the market; house and partner accounts belong to it, although they are in
nobody's territory. Potential is what an account could spend on what we sell, in money per year.
"""

from collections.abc import Mapping

import pandas as pd

from territory_kit.methods.market import herfindahl
from territory_kit.options import Options
from territory_kit.steps._market.lenses import measure_concentration, sum_lenses
from territory_kit.steps._market.regional import index_areas, say_areas
from territory_kit.steps._market.scope import fill_in_kinds, mark_scope
from territory_kit.steps._market.size import size_market
from territory_kit.steps._market.valuation import is_overspent, make_benchmarks, value_accounts
from territory_kit.steps._market.words import list_assumptions, list_findings
from territory_kit.steps.left_out import sum_by_reason
from territory_kit.steps.result import StepResult

_POTENTIAL = "potential_amount_per_year"
_REVENUE = "revenue_amount_per_year"
_WHITESPACE = "whitespace_amount_per_year"


def define_market(
    tables: Mapping[str, pd.DataFrame], *, region: str, options: Options
) -> StepResult:
    """Say which accounts are the market, what they could spend, and how large that is.

    Parameters
    ----------
    tables
        ``accounts`` of the region, located and checked; optional ``benchmarks`` of the whole plan
        (else made from these accounts), ``reps``, whose hours bound what is within reach, and
        ``regional_statistics``.
    region
        Name of the region, empty for the whole plan.
    options
        Options of the region.

    Returns
    -------
    StepResult
        Tables ``market_accounts`` (every account once), ``market_size``, ``market_segments``,
        ``market_lenses``, ``regional_indices``, ``left_out`` and the ``benchmarks`` used.

    Notes
    -----
    A missing type is customer where there is revenue, else prospect. An account without employees
    passes the limit on employees, one without a country counts as in that of the plan, and one
    without coordinates stays in scope.
    """
    given = tables["accounts"].sort_values("account_id", ignore_index=True)
    scoped = given.pipe(fill_in_kinds, market=options.market).pipe(mark_scope, options=options)
    benchmarks = tables.get("benchmarks")
    if benchmarks is None or benchmarks.empty:
        benchmarks = make_benchmarks(
            scoped[scoped["is_in_scope"]], quantile=options.market.benchmark_share
        )
    accounts = value_accounts(scoped, benchmarks=benchmarks).pipe(_name_coordinates)
    in_scope = accounts[accounts["is_in_scope"]]
    segments = _sum_segments(in_scope)
    statistics = tables.get("regional_statistics")
    areas = index_areas(statistics, in_scope, region=region)
    return StepResult(
        step="market",
        region=region,
        tables={
            "market_accounts": accounts,
            "market_size": size_market(
                in_scope, reps=tables.get("reps"), region=region, options=options
            ),
            "market_segments": segments,
            "market_lenses": sum_lenses(in_scope),
            "regional_indices": areas,
            "left_out": sum_by_reason(accounts),
            "benchmarks": benchmarks,
        },
        figures=_figures(accounts, segments),
        assumptions=tuple(list_assumptions(given, accounts, options=options)),
        findings=(*list_findings(accounts), *say_areas(statistics, areas, region=region)),
    )


def _name_coordinates(accounts: pd.DataFrame) -> pd.DataFrame:
    """Say where coordinates come from, if the border has not said so."""
    if "coordinate_source" in accounts:
        return accounts
    is_located = accounts["lat_deg"].notna() & accounts["lon_deg"].notna()
    return accounts.assign(coordinate_source=is_located.map({True: "given", False: "none"}))


def _sum_segments(in_scope: pd.DataFrame) -> pd.DataFrame:
    return (
        in_scope.assign(accounts_count=1, customers_count=in_scope["account_type"] == "customer")
        .groupby("segment", as_index=False)[
            ["accounts_count", "customers_count", _POTENTIAL, _REVENUE, _WHITESPACE]
        ]
        .sum()
        .assign(wallet_share=lambda sums: _wallet_share(sums, in_scope))
        .sort_values([_POTENTIAL, "segment"], ascending=[False, True])
    )


def _wallet_share(sums: pd.DataFrame, in_scope: pd.DataFrame) -> pd.Series:
    """Divide revenue by potential; missing where accounts only count as one."""
    is_money = not (in_scope["potential_source"] == "equal").any()
    return sums[_REVENUE] / sums[_POTENTIAL].where((sums[_POTENTIAL] > 0) & is_money)


def _figures(accounts: pd.DataFrame, segments: pd.DataFrame) -> dict[str, float | str]:
    in_scope = accounts[accounts["is_in_scope"]]
    is_located = in_scope["lat_deg"].notna() & in_scope["lon_deg"].notna()
    figures: dict[str, float | str] = {
        "accounts_count": len(accounts),
        "in_scope_count": len(in_scope),
        "customers_count": int(segments["customers_count"].sum()),
        **{name: float(in_scope[name].sum()) for name in (_POTENTIAL, _REVENUE, _WHITESPACE)},
        "overspent_count": int(is_overspent(in_scope).sum()),
        "unlocated_count": int((~is_located).sum()),
        "segment_herfindahl": herfindahl(segments[_POTENTIAL].to_numpy()),
        **measure_concentration(in_scope),
    }
    total = pd.DataFrame({name: [segments[name].sum()] for name in (_POTENTIAL, _REVENUE)})
    share = _wallet_share(total, in_scope).iloc[0]
    return figures if pd.isna(share) else {**figures, "wallet_share": float(share)}
