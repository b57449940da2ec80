"""Each rep's last year in ratios: what calls cost, how far the market is reached, what is left.

Reps are looked at with the accounts in scope that they have today, and with all calls they made
on accounts of the region in the twelve months up to the day the plan looks from.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.methods.rep_ratios import RepFigures, RepRatios, ranks, rep_ratios
from territory_kit.options import Costs, Options
from territory_kit.steps.dates import data_day
from territory_kit.steps.money import has_money
from territory_kit.steps.ownership import Ownership
from territory_kit.wording import listed

_MONEY = ["revenue_amount_per_year", "gross_margin_amount_per_year"]


def measure_ratios(
    people: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    ownership: Ownership,
    *,
    options: Options,
) -> pd.DataFrame:
    """Compute the ratio set of each rep.

    Parameters
    ----------
    people
        Reps without vacancies: ``rep_id``, ``rep_name``, ``fte_share``, ``cost_amount_per_year``.
    tables
        ``accounts`` and ``market_accounts`` of the region; optional ``visits``.
    ownership
        Today's owners.
    options
        Options of the region: costs, and the day the plan looks from.

    Returns
    -------
    pandas.DataFrame
        ``rep_ratios``, a row for each rep with accounts in scope. A ratio is missing where one of
        its parts is: calls without visits, money where none is known.
    """
    rows = (
        people[["rep_id", "rep_name", "fte_share", "cost_amount_per_year"]]
        .merge(_books(tables, ownership, options.costs), on="rep_id")
        .merge(_calls(tables.get("visits"), data_day(options), options.costs), "left", on="rep_id")
        .sort_values("rep_id", ignore_index=True)
    )
    if rows["calls_count"].notna().any():
        # whoever made no call, while others' calls are known, made none and spent nothing
        quiet = {"calls_count": 0.0}
        rows = rows.fillna(quiet).assign(
            expense_amount_per_year=rows["expense_amount_per_year"].mask(
                rows["calls_count"].isna(), 0.0
            )
        )
    usual = options.costs.rep_amount_per_year * rows["fte_share"]
    rows["remuneration_amount_per_year"] = rows["cost_amount_per_year"].fillna(usual)
    if not has_money(tables):
        rows[_MONEY] = np.nan
    return _with_ratios(rows, rep_ratios(_figures(rows)))


def say_ratios(rows: pd.DataFrame) -> tuple[str, ...]:
    """Say how the ratios were made, what is missing, and what they must not be used for.

    Parameters
    ----------
    rows
        ``rep_ratios``.

    Returns
    -------
    tuple of str
        Sentences; none without reps.
    """
    if rows.empty:
        return ()
    sentence = (
        "Ratios of a rep's year count today's accounts in scope, calls and declared kilometres of "
        "the last year of data, and the rep's cost, or the plan's where it is not given. They are "
        "not for pay decisions alone, as a rich territory lifts them."
    )
    missing = _missing(rows)
    if not missing:
        return (sentence,)
    return sentence, f"Some ratios of reps are empty, as the inputs have no {listed(missing)}."


def _missing(rows: pd.DataFrame) -> list[str]:
    parts = {
        "calls_count": "visits of the last year",
        "expense_amount_per_year": "declared kilometres",
        "revenue_amount_per_year": "money",
    }
    return [words for name, words in parts.items() if rows[name].isna().all()]


def _books(tables: Mapping[str, pd.DataFrame], ownership: Ownership, costs: Costs) -> pd.DataFrame:
    """Sum up the accounts in scope that each rep has today."""
    market = tables["market_accounts"].loc[lambda rows: rows["is_in_scope"].fillna(value=False)]
    known = tables["accounts"][["account_id", "margin_share"]]
    accounts = (
        market[["account_id", "account_type", "revenue_amount_per_year"]]
        .merge(known, how="left", on="account_id")
        .merge(ownership.accounts, on="account_id")
        .sort_values("account_id")
    )
    revenue = accounts["revenue_amount_per_year"].fillna(0.0)
    kind = accounts["account_type"]
    held = accounts.assign(
        accounts_count=1.0,
        customers_count=kind.eq("customer").mask(kind.isna(), revenue > 0).astype("float64"),
        revenue_amount_per_year=revenue,
        gross_margin_amount_per_year=revenue * accounts["margin_share"].fillna(costs.margin_share),
    ).groupby("today_rep_id")
    return held[["accounts_count", "customers_count", *_MONEY]].sum().rename_axis("rep_id")


def _calls(visits: pd.DataFrame | None, day: pd.Timestamp | None, costs: Costs) -> pd.DataFrame:
    """Count the calls of each rep in the last year, with what they cost on the road."""
    names = ["rep_id", "calls_count", "expense_amount_per_year"]
    if visits is None or visits.empty:
        return pd.DataFrame(columns=names).astype(
            {"rep_id": "str"} | dict.fromkeys(names[1:], float)
        )
    year = visits
    if day is not None:
        is_recent = visits["visit_date"] > day - pd.DateOffset(years=1)
        year = visits.loc[is_recent & (visits["visit_date"] <= day)]
    made = year.sort_values(["rep_id", "account_id", "visit_date"]).groupby("rep_id")
    counts = made.size().astype("float64")
    # a rep of whom no distance is known has no expenses to speak of, not cheap ones
    road = made["distance_km"].sum(min_count=1) * costs.km_amount
    found = pd.DataFrame({"calls_count": counts, names[2]: road + counts * costs.call_amount})
    return found.rename_axis("rep_id").reset_index()


def _figures(rows: pd.DataFrame) -> RepFigures:
    def of(name: str) -> np.ndarray:
        return rows[name].to_numpy(dtype=float)

    return RepFigures(
        potential_count=of("accounts_count"),
        sold_count=of("customers_count"),
        calls_count=of("calls_count"),
        sales=of("revenue_amount_per_year"),
        gross_margin=of("gross_margin_amount_per_year"),
        expenses=of("expense_amount_per_year"),
        remuneration=of("remuneration_amount_per_year"),
    )


def _with_ratios(rows: pd.DataFrame, found: RepRatios) -> pd.DataFrame:
    added = rows.assign(
        expense_share=found.expense_share,
        expense_per_call_amount=found.expense_per_call,
        cost_per_call_amount=found.cost_per_call,
        penetration_share=found.penetration_share,
        sales_per_account_amount_per_year=found.sales_per_account,
        calls_made_per_account_per_year=found.calls_per_account,
        contribution_amount_per_year=found.contribution,
        contribution_rank=ranks(found.contribution),
        penetration_rank=ranks(found.penetration_share),
    )
    return added.drop(columns=["fte_share", "cost_amount_per_year"])
