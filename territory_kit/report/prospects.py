"""Which prospects are likely to buy, and how well such chances came true."""

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show_frame

_ROWS = 10
_SHOWN = [
    "account_name",
    "account_class",
    "potential_amount_per_year",
    "propensity_share",
    "propensity_reason",
]
_MEANING = "Prospects with the highest chance to buy once a deal is tried, and what moves it most."
_NO_MODEL = (
    "No chance could be learnt from closed deals: it takes fifty accounts that bought and fifty "
    "that did not. Until then the class says whom to visit first."
)
_TESTED = (
    "Newest outcomes by the chance that older ones gave them: a chance holds where as many bought "
    "as it said."
)


def likely_prospects(*sources: HasTables) -> ShownTable:
    """Show the prospects with the highest chance to buy.

    Parameters
    ----------
    *sources
        Hold ``prospect_propensity``, ``account_quality`` and ``market_accounts``.

    Returns
    -------
    ShownTable
        Ten rows at most; without a model the caption says what it takes.
    """
    evidence = gather(*sources)
    table = evidence.table("prospect_propensity")
    named = ["account_id", "account_name", "potential_amount_per_year"]
    likely = (
        table.merge(evidence.table("market_accounts")[named], how="left", on="account_id")
        .merge(
            evidence.table("account_quality")[["account_id", "account_class"]],
            how="left",
            on="account_id",
        )
        .sort_values(["propensity_share", "account_id"], ascending=[False, True])
    )
    is_fitted = evidence.has_rows("propensity_reliability")
    return show_frame(
        likely.head(_ROWS)[_SHOWN],
        evidence,
        caption=_MEANING if is_fitted else _NO_MODEL,
        all_rows_count=len(likely),
    )


def propensity_reliability(*sources: HasTables) -> ShownTable:
    """Show how often accounts bought, by the chance that they were given.

    Parameters
    ----------
    *sources
        Hold ``propensity_reliability``.

    Returns
    -------
    ShownTable
        One row per tenth of chance that has accounts, from low to high; none without a model.
    """
    evidence = gather(*sources)
    table = evidence.table("propensity_reliability")
    return show_frame(table, evidence, caption=_TESTED if len(table) else _NO_MODEL)
