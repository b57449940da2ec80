"""A small plan, written, walked and read."""

from pathlib import Path

import pandas as pd

from territory_kit.plan import STEPS, open_plan
from territory_kit.walk import open_task

PLAN = """\
name: North
currency: EUR
inputs:
  # who buys
  accounts: inputs/accounts.csv
  territories: inputs/territories.csv
territories: {tolerance_share: 0.2}
"""
ACCOUNTS_HEAD = (
    "account_id,account_name,lat_deg,lon_deg,region,current_territory_id,"
    "potential_amount_per_year,revenue_amount_per_year,visits_per_year\n"
)
TERRITORIES = "territory_id,territory_name,region\nT1,Brest,Nord\nT2,Vannes,Nord\n"


def write_plan(folder: Path) -> None:
    """Write a plan of ten accounts close together: T1 has eight of them, T2 two."""
    (folder / "inputs").mkdir(parents=True)
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    accounts = ACCOUNTS_HEAD + "".join(_account(number) for number in range(10))
    (folder / "inputs" / "accounts.csv").write_text(accounts, encoding="utf-8")
    (folder / "inputs" / "territories.csv").write_text(TERRITORIES, encoding="utf-8")


def walk(folder: Path) -> None:
    """Run the five steps of its region."""
    for step in STEPS:
        opened = open_task(step, plan_dir=folder, region="Nord")
        opened.save(opened.run())


def assigned(folder: Path) -> pd.Series:
    """Return the proposed territory by account."""
    assignment = open_plan(folder).read("territories", "Nord").tables["assignment"]
    return assignment.set_index("account_id")["territory_id"]


def _account(number: int) -> str:
    """Write one of ten accounts along a line; the last two are of T2."""
    territory = "T1" if number < 8 else "T2"
    place = f"48.0,{-3 + number / 50:.2f}"
    return f"A{number:02d},Bar {number},{place},Nord,{territory},1000,900,12\n"
