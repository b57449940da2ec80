"""The sample keeps its promises, and making it again changes nothing."""

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
INPUTS = SAMPLE / "inputs"


@pytest.fixture(scope="module")
def accounts() -> pd.DataFrame:
    """Return the accounts as text, with faults as typed, and numbers beside them."""
    text = pd.read_csv(INPUTS / "accounts.csv", dtype="str", keep_default_na=False)
    numbers = ["lat_deg", "lon_deg", "potential_amount_per_year", "revenue_amount_per_year"]
    parsed = {f"{name}_number": pd.to_numeric(text[name], errors="coerce") for name in numbers}
    return text.assign(**parsed)


@pytest.fixture(scope="module")
def reps() -> pd.DataFrame:
    """Return the reps with dates as text."""
    return pd.read_csv(INPUTS / "reps.csv")


@pytest.fixture(scope="module")
def visits() -> pd.DataFrame:
    """Return the visits under their French headers."""
    return pd.read_csv(
        INPUTS / "visits.csv",
        sep=";",
        decimal=",",
        encoding="cp1252",
        parse_dates=["Date de visite"],
        date_format="%d/%m/%Y",
    )


@pytest.fixture(scope="module")
def overrides() -> pd.DataFrame:
    """Return the overrides as text."""
    return pd.read_csv(INPUTS / "overrides.csv", dtype="str")


@pytest.mark.slow
def test_making_the_inputs_again_gives_the_same_files(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "tools.make_sample", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    again = sorted((tmp_path / "inputs").iterdir())
    assert [path.name for path in again] == sorted(path.name for path in INPUTS.iterdir())
    for path in again:
        assert _content(path) == _content(INPUTS / path.name), path.name


def test_the_sample_is_small() -> None:
    committed = [SAMPLE / "README.md", SAMPLE / "plan.yaml", *INPUTS.iterdir()]
    assert sum(path.stat().st_size for path in committed) < 3_000_000


def test_each_region_has_the_accounts_that_the_story_tells(accounts: pd.DataFrame) -> None:
    assert accounts["account_id"].is_unique
    assert accounts["region"].value_counts().to_dict() == {
        "Île-de-France": 450,
        "Auvergne-Rhône-Alpes": 360,
        "Occitanie": 270,
        "Hauts-de-France": 240,
        "Bretagne": 180,
    }


@pytest.mark.parametrize(
    ("column", "value", "low", "high"),
    [
        ("account_type", "customer", 0.55, 0.65),
        ("account_type", "prospect", 0.30, 0.40),
        ("coverage", "remote", 0.09, 0.14),
        ("coverage", "house", 0.006, 0.008),
        ("coverage", "partner", 0.01, 0.02),
        ("potential_amount_per_year", "", 0.20, 0.30),
        ("visits_per_year", "", 0.95, 0.99),
    ],
)
def test_shares_of_accounts_are_as_intended(
    accounts: pd.DataFrame, column: str, value: str, low: float, high: float
) -> None:
    assert low <= (accounts[column] == value).mean() <= high


def test_old_identifiers_keep_their_meaning_only_as_text(accounts: pd.DataFrame) -> None:
    old = set(accounts.loc[~accounts["account_id"].str.startswith("A"), "account_id"])
    assert {"00042731", "0012E45"} <= old
    assert not old & set(pd.to_numeric(pd.Series(sorted(old))).astype("str"))


def test_a_third_of_the_accounts_holds_four_fifths_of_the_potential(
    accounts: pd.DataFrame,
) -> None:
    values = accounts["potential_amount_per_year_number"].dropna().sort_values(ascending=False)
    share_before = (values.cumsum() - values) / values.sum()
    assert 0.2 < (share_before < 0.8).mean() < 0.35


def test_the_field_has_25_reps_one_vacancy_and_two_leavers(reps: pd.DataFrame) -> None:
    field = reps[reps["role"] == "owner"]
    assert len(field) == 26
    assert field["is_vacancy"].sum() == 1
    assert field["end_date"].dropna().between("2027-01-01", "2027-12-31").sum() == 2
    assert sorted(field["fte_share"].unique()) == [0.5, 0.8, 1.0]
    assert reps["role"].value_counts()[["manager", "inside", "overlay"]].tolist() == [5, 1, 1]
    assert reps.loc[reps["role"] == "manager", "region"].nunique() == 5


def test_every_need_of_accounts_is_a_skill_of_reps(
    accounts: pd.DataFrame, reps: pd.DataFrame
) -> None:
    skills = ("wine", "keyaccount", "english")
    assert {f"need_{skill}_share" for skill in skills} < set(accounts)
    assert {f"skill_{skill}_share" for skill in skills} < set(reps)


def test_todays_territories_are_visibly_unfair(accounts: pd.DataFrame) -> None:
    territories = pd.read_csv(INPUTS / "territories.csv")
    assert len(territories) == 26
    assert set(accounts["current_territory_id"]) == {"", *territories["territory_id"]}
    hours = _rough_hours(accounts).groupby(accounts["current_territory_id"]).sum().drop("")
    against_average = hours / hours.mean()
    assert 0.4 < against_average.min() < 0.6
    assert 1.5 < against_average.max() < 1.9


def test_the_work_fits_the_field_of_next_year(accounts: pd.DataFrame, reps: pd.DataFrame) -> None:
    field = reps[reps["role"] == "owner"]
    capacity_hours = (field["capacity_hours_per_year"] * field["fte_share"]).sum()
    assert 0.85 < _rough_hours(accounts).sum() / capacity_hours < 1.05


def test_visits_follow_habit_and_not_potential(
    accounts: pd.DataFrame, visits: pd.DataFrame
) -> None:
    assert 8_000 <= len(visits) <= 12_000
    days = visits["Date de visite"]
    assert days.between("2025-11-01", "2026-10-31").all()
    assert set(visits["Canal"]) == {"visit", "phone", "video"}
    field = accounts[accounts["coverage"] == "field"]
    counts = field["account_id"].map(visits["Compte"].value_counts()).fillna(0)
    potential = field["potential_amount_per_year_number"]
    assert abs(counts.corr(potential, method="spearman")) < 0.25


def test_deals_are_open_won_and_lost() -> None:
    deals = pd.read_excel(INPUTS / "deals.xlsx", sheet_name="Deals", engine="calamine")
    assert len(deals) == 900
    assert (deals["is_won"].isna() == deals["win_share"].notna()).all()
    assert deals["is_won"].isna().mean() == pytest.approx(0.33, abs=0.04)


def test_groups_lie_in_one_region_and_the_hotel_family_in_all(accounts: pd.DataFrame) -> None:
    groups = accounts[accounts["group_id"] != ""].groupby("group_id")
    assert groups["region"].nunique().tolist() == [1, 1]
    assert groups.size().between(4, 6).all()
    family = accounts[accounts["parent_account_id"] != ""]
    assert len(set(family["parent_account_id"])) == 1
    assert family["region"].nunique() == 5


def test_no_account_is_locked_to_a_rep_who_leaves(
    accounts: pd.DataFrame, reps: pd.DataFrame
) -> None:
    locked = accounts[accounts["lock"] == "rep"]
    staying = reps.loc[reps["end_date"].isna() & ~reps["is_vacancy"], "rep_id"]
    assert len(locked) == 14
    assert locked["current_rep_id"].isin(staying).all()


def test_overrides_show_every_action_and_status(
    accounts: pd.DataFrame, overrides: pd.DataFrame
) -> None:
    assert set(overrides["status"]) == {"accepted", "proposed", "refused"}
    assert set(overrides["action"]) == {
        "to_territory",
        "to_rep",
        "keep_together",
        "house",
        "exclude",
    }
    assert overrides["expires_date"].notna().sum() == 1
    for scope, column in (("account", "account_id"), ("city", "city")):
        named = overrides.loc[overrides["scope"] == scope, "value"]
        assert named.isin(accounts[column]).all()


def test_accepted_overrides_speak_of_different_accounts(
    accounts: pd.DataFrame, overrides: pd.DataFrame
) -> None:
    accepted = overrides[overrides["status"] == "accepted"]
    hits = pd.Series(0, index=accounts.index)
    for scope, value in zip(accepted["scope"], accepted["value"], strict=True):
        hits += accounts[{"account": "account_id"}.get(scope, scope)].eq(value).astype(int)
    assert hits.max() == 1


def test_places_are_missing_and_wrong_as_told(accounts: pd.DataFrame) -> None:
    lat_deg, lon_deg = accounts["lat_deg_number"], accounts["lon_deg_number"]
    has_city = accounts["city"] != ""
    assert (lat_deg.isna() & has_city).sum() == 12
    assert (~has_city & lat_deg.isna() & (accounts["postal_code"] == "")).sum() == 3
    assert ((lat_deg == 0) & (lon_deg == 0)).sum() == 1
    assert ((lat_deg < 10) & (lon_deg > 40)).sum() == 1


@pytest.mark.parametrize(
    ("column", "wrong", "count"),
    [
        ("potential_amount_per_year", "n/c|12 k€", 2),
        ("revenue_amount_per_year", "-.*", 1),
        ("current_rep_id", " R.. ", 1),
        ("current_rep_id", "R99", 1),
        ("last_activity_date", "2062-.*", 1),
        ("account_name", "(?i)caf[eé] du port", 2),
        ("account_name", "Bar <Le Zinc> & Cie", 1),
        ("account_name", r"\+ Que Vins", 1),
    ],
)
def test_faults_are_where_the_readme_says(
    accounts: pd.DataFrame, column: str, wrong: str, count: int
) -> None:
    chosen = accounts[accounts["city"] == "Brest"] if "du port" in wrong else accounts
    assert chosen[column].str.fullmatch(wrong).sum() == count


def test_one_visit_names_an_account_that_does_not_exist(
    accounts: pd.DataFrame, visits: pd.DataFrame
) -> None:
    unknown = visits.loc[~visits["Compte"].isin(accounts["account_id"]), "Compte"]
    assert unknown.tolist() == ["A99999"]


def test_the_readme_names_source_and_licence_of_the_places() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "GeoNames" in readme
    assert "Creative Commons Attribution 4.0" in readme


def _content(path: Path) -> object:
    """Return the bytes of a file; of a workbook what it holds, for compression may differ."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return {entry.filename: (entry.date_time, book.read(entry)) for entry in book.infolist()}


def _rough_hours(accounts: pd.DataFrame) -> pd.Series:
    """Return hours a year: visits by size of the account, calls, half an hour of travel each."""
    in_scope = accounts["account_type"].isin(["customer", "prospect", "former"])
    potential = accounts["potential_amount_per_year_number"].fillna(
        accounts["potential_amount_per_year_number"].median()
    )
    rank = potential.rank(pct=True, method="first")
    visits = np.select([rank > 0.68, rank > 0.38], [26, 13], 6)
    visits = visits * np.where(accounts["account_type"] == "customer", 1, 0.75)
    hours = pd.to_numeric(accounts["visit_hours"]) + 0.5
    hours = hours.mask(accounts["coverage"] == "remote", 0.35)
    is_served = in_scope & accounts["coverage"].isin(["field", "remote"])
    return pd.Series(visits * hours).where(is_served, 0.0)
