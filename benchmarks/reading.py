"""Compare reading with pandas and openpyxl, and time the check of a large, faulty plan.

Reading does what the peers leave out: it finds encoding, delimiter, headers and habits of writing,
turns texts into numbers, days and choices, and names every fault. The ratio says what that costs.
Peers read the same generated file in this process; times are CPU seconds, medians of three. The
second part runs ``territory-kit check`` as its user does, on 100,000 accounts with many kinds of
fault.
"""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from openpyxl import load_workbook

from territory_kit.plan import open_plan
from territory_kit.tables import Source, read_input, write_excel

ROWS_COUNT = 100_000
WORKBOOK_ROWS_COUNT = 20_000
TIMED_RUNS_COUNT = 3
SEED = 7
FAULTY_ROWS_COUNT = 300
CITIES = {"Rennes": "35000", "Nantes": "44000", "Lyon": "69003", "Lille": "59000", "Brest": "29200"}


def main() -> None:
    """Print the seconds of ours and of the peers, and last the seconds of a check."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        compare_csv(folder)
        compare_workbook(folder)
        time_check(folder)


def compare_csv(folder: Path) -> None:
    """Time a CSV of 25 columns against pandas, which leaves every cell a text."""
    file = folder / "accounts.csv"
    accounts = draw_accounts(ROWS_COUNT)
    accounts.to_csv(file, index=False)
    ours = measure(lambda: read_input("accounts", Source(file), currency="EUR", country="FR"))
    theirs = measure(lambda: pd.read_csv(file, dtype="str"))
    size = f"CSV {len(accounts):,} x {accounts.shape[1]}"
    print(f"{size}: read_input {ours:.2f} s, pandas.read_csv {theirs:.2f} s")
    print(f"ratio: {ours / theirs:.2f} seconds of ours to pandas without any check")


def compare_workbook(folder: Path) -> None:
    """Time a workbook against a plain loop of openpyxl over its cells."""
    file = folder / "accounts.xlsx"
    accounts = draw_accounts(WORKBOOK_ROWS_COUNT)
    write_excel({"accounts": accounts}, file)

    def loop() -> None:
        book = load_workbook(file, read_only=True)
        for _ in book["accounts"].iter_rows(values_only=True):
            pass

    ours = measure(lambda: read_input("accounts", Source(file), currency="EUR", country="FR"))
    theirs = measure(loop)
    size = f"workbook {len(accounts):,} x {accounts.shape[1]}"
    print(f"{size}: read_input {ours:.2f} s, openpyxl {theirs:.2f} s")
    print(f"ratio: {ours / theirs:.2f} seconds of ours to openpyxl without any check")


def measure(read: Callable[[], object]) -> float:
    """Return the median CPU time of several runs, seconds: other programs must not count."""
    seconds = []
    for _ in range(TIMED_RUNS_COUNT):
        started = time.process_time()
        read()
        seconds.append(time.process_time() - started)
    return statistics.median(seconds)


def time_check(folder: Path) -> None:
    """Time ``territory-kit check`` on a plan of accounts with many kinds of fault, by itself."""
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    spoil(draw_accounts(ROWS_COUNT)).to_csv(folder / "accounts.csv", index=False)
    names = pd.Series(range(1, 200)).astype("str")
    reps = pd.DataFrame({"rep_id": "005" + names, "rep_name": "Rep " + names})
    reps.to_csv(folder / "reps.csv", index=False)
    pd.DataFrame({"territory_id": ["T1"]}).to_csv(folder / "territories.csv", index=False)
    program = Path(sys.executable).with_name("territory-kit")
    started = time.perf_counter()
    done = subprocess.run([program, "check", folder], check=False, capture_output=True, text=True)  # noqa: S603 - our own program
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    faults = open_plan(folder).checked_inputs.faults
    kinds = {(fault.table, fault.code, fault.column) for fault in faults}
    cpu = used.ru_utime + used.ru_stime
    print(f"territory-kit check: {seconds:.2f} s with Python's start, {cpu:.2f} s of CPU")
    print(f"exit code {done.returncode}, {used.ru_maxrss / 1000:,.0f} MB")
    print(f"{len(kinds)} kinds of fault in {ROWS_COUNT:,} accounts, {len(done.stdout):,} letters")


PLAN = """\
name: Faulty accounts
currency: EUR
country: FR
as_of_date: 2026-10-31
inputs: {accounts: accounts.csv, reps: reps.csv, territories: territories.csv}
"""
_AMOUNTS = ("turnover_amount_per_year", "revenue_amount_per_year", "potential_amount_per_year")
_NUMBERS = (*_AMOUNTS, "employees_count", "margin_share", "visits_per_year", "visit_hours")
_DAYS = ("owner_since_date", "last_activity_date", "renewal_date", "valid_to_date")
_POSITIVE = (*_AMOUNTS, "employees_count", "visits_per_year", "visit_hours")
# What is written where; each is a kind of fault.
BAD_CELLS = (
    *((name, "unknown") for name in (*_NUMBERS, "referral_score")),
    *((name, "-5") for name in _POSITIVE),
    *((name, "#N/A") for name in (*_NUMBERS[:4], *_DAYS[:2], "city", "region")),
    *((name, "soon") for name in _DAYS),
    *((name, "31.12.2025") for name in _DAYS),
    *((name, "1066-10-14") for name in _DAYS),
    *((name, "3000000,50 USD") for name in _AMOUNTS),
    *((name, "2031-01-01") for name in _DAYS[:2]),
    *((name, "whatever") for name in ("account_type", "coverage", "lock")),
    *((name, "nobody") for name in ("current_rep_id", "current_territory_id")),
    ("account_type", "Kunde"),
    ("account_name", ""),
    ("margin_share", "5"),
    ("visit_hours", "30"),
    ("referral_score", "11"),
    ("parent_account_id", "nothing"),
    ("region", "nord"),
    ("lat_deg", ""),
    ("lat_deg", "12.5"),
)


def spoil(accounts: pd.DataFrame) -> pd.DataFrame:
    """Write bad cells over good ones, each kind in some hundred rows."""
    random = np.random.default_rng(SEED)
    more = {name: "" for name, _ in BAD_CELLS if name not in accounts}
    spoiled = accounts.assign(**more).astype("str")
    for name, cell in BAD_CELLS:
        spoiled.loc[random.choice(len(accounts), FAULTY_ROWS_COUNT, replace=False), name] = cell
    places = random.choice(len(accounts), (3, FAULTY_ROWS_COUNT), replace=False)
    points = ["lat_deg", "lon_deg"]
    spoiled.loc[places[0], points] = "0"
    spoiled.loc[places[1], points] = accounts.loc[places[1], points[::-1]].astype("str").to_numpy()
    spoiled.loc[places[2], points] = ""
    spoiled.loc[places[2][:2], "account_id"] = ["001abc", "001ABC"]
    return spoiled


def draw_accounts(rows_count: int) -> pd.DataFrame:
    """Draw clean accounts of 25 columns."""
    random = np.random.default_rng(SEED)
    number = pd.Series(np.arange(rows_count))
    city = pd.Series(random.choice([*CITIES], rows_count))
    days = pd.to_timedelta(random.integers(0, 2000, (3, rows_count)).ravel(), unit="D")
    first, last, renewal = np.split((pd.Timestamp(2020, 1, 1) + days).strftime("%Y-%m-%d"), 3)
    revenue = random.lognormal(9, 1, rows_count).round(2)
    return pd.DataFrame(
        {
            "account_id": "001" + number.astype("str").str.zfill(12),
            "account_name": "Brasserie " + city + " nº " + number.astype("str"),
            "account_type": random.choice(["customer", "prospect", "former"], rows_count),
            "lat_deg": random.uniform(44, 49, rows_count).round(6),
            "lon_deg": random.uniform(-1, 6, rows_count).round(6),
            "street": number.mod(200).astype("str") + ", rue de la Gare",
            "city": city,
            "postal_code": city.map(CITIES),
            "country": "France",
            "region": random.choice(["Nord", "Sud", "Ouest"], rows_count),
            "team": "field",
            "industry": random.choice(["food", "retail", "care"], rows_count),
            "segment": random.choice(["small", "medium", "large"], rows_count),
            "employees_count": random.integers(1, 900, rows_count),
            "turnover_amount_per_year": (revenue * 40).round(2),
            "revenue_amount_per_year": revenue,
            "margin_share": random.uniform(0.1, 0.6, rows_count).round(3),
            "potential_amount_per_year": (revenue * 1.5).round(2),
            "visits_per_year": random.integers(1, 24, rows_count),
            "visit_hours": random.choice([0.5, 1.0, 1.5], rows_count),
            "coverage": random.choice(["field", "remote"], rows_count),
            "current_rep_id": "005" + pd.Series(random.integers(1, 200, rows_count)).astype("str"),
            "owner_since_date": first,
            "last_activity_date": last,
            "renewal_date": renewal,
        }
    )


if __name__ == "__main__":
    main()
