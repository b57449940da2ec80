"""At most twelve quiet customers, those that spend most first."""

import pandas as pd

from territory_kit import columns, report
from territory_kit.report import Evidence


def shown(money: list[float], groups: list[str]) -> report.ShownTable:
    ids = [f"{row:02}" for row in range(len(money))]
    recency = pd.DataFrame(
        {
            "account_id": ids,
            "quiet_days_count": [200.0] * len(ids),
            "contacts_count": [1.0] * len(ids),
            "monetary_amount_per_year": money,
            "recency_group": groups,
        }
    )
    names = pd.DataFrame({"account_id": ids, "account_name": [f"Bar {own}" for own in ids]})
    classes = pd.DataFrame({"account_id": ids, "account_class": ["B"] * len(ids)})
    tables = {"account_recency": recency, "account_quality": classes, "market_accounts": names}
    return report.quiet_customers(Evidence(tables, currency="EUR", step="accounts"))


def test_quiet_customers_stand_by_what_they_spend() -> None:
    table = shown([10.0, 30.0, 20.0, 0.0], ["quiet", "never seen", "best", "quiet"])
    assert table.rows == (("Bar 01", "B", "30.0", "200", "1"), ("Bar 00", "B", "10.0", "200", "1"))
    assert table.headings[2:] == (
        "Spends with us (EUR per year)",
        "Days quiet",
        "Contacts of the year",
    )


def test_twelve_rows_are_shown_and_all_are_counted() -> None:
    table = shown([float(n + 1) for n in range(20)], ["quiet"] * 20)
    assert len(table.rows) == 12
    assert "12 of 20 rows." in table.caption


def test_without_contacts_the_caption_says_what_is_missing() -> None:
    nobody = {
        name: columns.empty_frame(name)
        for name in ("account_recency", "account_quality", "market_accounts")
    }
    table = report.quiet_customers(Evidence(nobody, step="accounts"))
    assert table.rows == ()
    assert "the input visits gives account and day" in table.caption
