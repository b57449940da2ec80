"""Which customers have gone quiet, those that spend most with us first."""

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show_frame
from territory_kit.steps.quiet import quiet_of_value

_ROWS = 12
_SHOWN = [
    "account_name",
    "account_class",
    "monetary_amount_per_year",
    "quiet_days_count",
    "contacts_count",
]
_MEANING = (
    "Customers without a visit, a call or a won deal for more than six months, those that spend "
    "most with us first; a dash where contacts are not known that long ago."
)
_NO_CONTACTS = (
    "No visit, call or won deal of a customer is known, and so not who has gone quiet: the input "
    "visits gives account and day, the input deals what was won and when."
)


def quiet_customers(*sources: HasTables) -> ShownTable:
    """Show the quiet customers that spend most with us.

    Parameters
    ----------
    *sources
        Hold ``account_recency``, ``account_quality`` and ``market_accounts``.

    Returns
    -------
    ShownTable
        One row per customer, twelve at most; without any contact the caption says what is missing.
    """
    evidence = gather(*sources)
    table = evidence.table("account_recency")
    names = evidence.table("market_accounts")[["account_id", "account_name"]]
    classes = evidence.table("account_quality")[["account_id", "account_class"]]
    quiet = (
        quiet_of_value(table)
        .merge(names, how="left", on="account_id")
        .merge(classes, how="left", on="account_id")
    )
    return show_frame(
        quiet.head(_ROWS)[_SHOWN],
        evidence,
        caption=_NO_CONTACTS if table.empty else _MEANING,
        all_rows_count=len(quiet),
    )
