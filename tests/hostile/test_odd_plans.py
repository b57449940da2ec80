"""Plans that are valid and extreme: each ends in a result in words, or says what to do.

A case names what must be read in the results; no sentence may hold what only a computer says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from territory_kit.cli import app
from territory_kit.plan import open_plan
from territory_kit.render.batch import RenderRequest, render_plan

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]

TOWNS = ((48.11, -1.68), (48.39, -4.49), (47.66, -2.76), (48.51, -2.76), (48.65, -2.02))
TWO = "territories: {territories_count: 2}\n"
ARABIC = "الرباط سلا القنيطرة"


def accounts(count: int = 12, **columns: object) -> Rows:
    """Make accounts around five towns; a list gives each row its own value."""
    rows = []
    for n in range(count):
        lat, lon = TOWNS[n % 5]
        row: dict[str, Any] = {
            "account_id": f"A{n:02d}",
            "account_name": f"Bar {n}",
            "lat_deg": lat + n / 100,
            "lon_deg": lon + n / 50,
            "current_rep_id": f"R{1 + n % 2}",
            "potential_amount_per_year": 1000 * (n + 1),
            "revenue_amount_per_year": 200 * n,
        }
        for name, value in columns.items():
            row[name] = value[n % len(value)] if isinstance(value, list) else value
        rows.append({name: value for name, value in row.items() if value is not None})
    return rows


def reps(count: int = 2, **columns: object) -> Rows:
    """Make reps R1, R2 and so on."""
    return [
        {"rep_id": f"R{n + 1}", "rep_name": f"Rep {n + 1}"}
        | {k: (v[n % len(v)] if isinstance(v, list) else v) for k, v in columns.items()}
        for n in range(count)
    ]


def plan(rows: Rows | None = None, people: Rows | None = None, **others: Rows) -> Tables:
    """Put accounts, two reps and further inputs together; no reps where an empty list is given."""
    people = reps() if people is None else people
    tables = {"accounts": accounts() if rows is None else rows}
    return tables | ({"reps": people} if people else {}) | others


def override(value: str, action: str, target: str = "", **more: str) -> dict[str, Any]:
    return {"scope": "account", "value": value, "action": action, "target": target} | more


@dataclass(frozen=True)
class Odd:
    """One extreme plan.

    Parameters
    ----------
    tables
        Rows of its inputs.
    settings
        Lines of plan.yaml behind the inputs.
    says
        What must stand in the faults of the plan or the results of its first region.
    """

    tables: Tables
    settings: str = ""
    says: tuple[str, ...] = field(default=())


ODD = {
    "one account": Odd(plan(accounts(1)), "", ("1 account is divided into 1 territory",)),
    "one account and one rep": Odd(plan(accounts(1), reps(1))),
    "fewer accounts than territories": Odd(
        plan(accounts(3)), "territories: {territories_count: 9}\n", ("only 3 accounts or groups",)
    ),
    "two accounts at one point": Odd(plan(accounts(2, lat_deg=48.0, lon_deg=2.0))),
    "all accounts at one point": Odd(plan(accounts(lat_deg=48.0, lon_deg=2.0))),
    "reps without a region": Odd(
        plan(accounts(region=["Nord", "Sud"])),
        "",
        ("Reps have no region, though the plan has several", "Every territory has a rep."),
    ),
    "no reps": Odd(plan(people=[]), "", ("Without reps",)),
    "no reps, owners or territories": Odd(plan(accounts(current_rep_id=""), [])),
    "more reps than accounts": Odd(plan(accounts(3), reps(20))),
    "potential is 0": Odd(
        plan(accounts(potential_amount_per_year=0)),
        "",
        ("No account has any potential: every account is class C.",),
    ),
    "potential and revenue are 0": Odd(
        plan(accounts(potential_amount_per_year=0, revenue_amount_per_year=0))
    ),
    "potential is missing": Odd(plan(accounts(potential_amount_per_year=""))),
    "no money at all": Odd(
        plan(accounts(potential_amount_per_year=None, revenue_amount_per_year=None)),
        "",
        ("No potential or revenue is known",),
    ),
    "all accounts remote": Odd(
        plan(accounts(coverage="remote")), "", ("12 accounts are divided into 2 territories.",)
    ),
    "all accounts house": Odd(plan(accounts(coverage="house"))),
    "all accounts of partners": Odd(plan(accounts(coverage="partner"))),
    "all locked to a rep who leaves": Odd(
        plan(accounts(lock="rep", current_rep_id="R1"), reps(end_date=["2026-11-30", ""])),
        "plan_start_date: 2027-01-01\nas_of_date: 2026-11-01\n",
        (
            "Accounts are locked to a rep who leaves",
            "Accounts locked to a rep who leaves: 12. Their lock does not hold",
            "12 accounts must change hands: see the reasons.",
        ),
    ),
    "all locked to their rep": Odd(plan(accounts(lock="rep"))),
    "all locked to their territory": Odd(
        plan(accounts(lock="territory", current_territory_id=["T1", "T2"]))
    ),
    "all locked, wanted fewer": Odd(
        plan(accounts(lock="rep")), "territories: {territories_count: 1}\n"
    ),
    "override to an unknown territory": Odd(
        plan(overrides=[override("A01", "to_territory", "T99")]),
        "",
        ("Overrides name no territory that the plan knows", "are not applied: override row 2"),
    ),
    "override to an unknown rep": Odd(plan(overrides=[override("A01", "to_rep", "R99")])),
    "override of an unknown account": Odd(plan(overrides=[override("A99", "house")])),
    "group that straddles a lock": Odd(
        plan(accounts(group_id=["G1"] * 4 + [""] * 8, lock=["rep", "rep", "none"])),
        "",
        (
            "Accounts of one group are locked to different owners",
            "Groups cannot stay together because their accounts are bound to several territories",
        ),
    ),
    "one group of all accounts": Odd(plan(accounts(group_id="G1")), TWO),
    "every account excluded": Odd(
        plan(overrides=[override(f"A{n:02d}", "exclude") for n in range(12)])
    ),
    "every account made house": Odd(
        plan(overrides=[override(f"A{n:02d}", "house") for n in range(12)])
    ),
    "all but one excluded": Odd(
        plan(overrides=[override(f"A{n:02d}", "exclude") for n in range(11)])
    ),
    "all prospects": Odd(
        plan(accounts(account_type="prospect", revenue_amount_per_year="", current_rep_id=""))
    ),
    "all competitors": Odd(plan(accounts(account_type="competitor"))),
    "no coordinates": Odd(plan(accounts(lat_deg="", lon_deg=""))),
    "no columns of coordinates": Odd(plan(accounts(lat_deg=None, lon_deg=None))),
    "no coordinates, reps or owners": Odd(
        plan(accounts(lat_deg=None, lon_deg=None, current_rep_id=None), []), TWO
    ),
    "one account located": Odd(
        plan(accounts(lat_deg=[48.0, *[""] * 11], lon_deg=[2.0, *[""] * 11]))
    ),
    "at the poles": Odd(plan(accounts(lat_deg=[90, -90, 89.9], lon_deg=[0.5, 180, -180])), TWO),
    "across the antimeridian": Odd(
        plan(accounts(lat_deg=[-17.1, -17.5], lon_deg=[179.9, -179.9, 179.7])), TWO
    ),
    "amounts of 1e12": Odd(
        plan(accounts(potential_amount_per_year="1000000000000", revenue_amount_per_year=10**12))
    ),
    "one account has all the money": Odd(
        plan(accounts(potential_amount_per_year=[10**12, *[1] * 11]))
    ),
    "employees 0": Odd(plan(accounts(employees_count=0, potential_amount_per_year=None))),
    "region in Arabic": Odd(plan(accounts(region=ARABIC))),
    "region with emoji": Odd(plan(accounts(region="🇫🇷 Ouest 🥐"))),
    "region with quotes and line breaks": Odd(plan(accounts(region="\"L'Ouest\"\n'du' pays"))),
    "region of 300 characters": Odd(plan(accounts(region="Ouest " * 50))),
    "region is HTML": Odd(plan(accounts(region="<b>Ouest</b>"))),
    "region is a path": Odd(plan(accounts(region="../../x"))),
    "region is a device": Odd(plan(accounts(region=["CON", "nul"]))),
    "regions differ by case": Odd(plan(accounts(region=["Ouest", "OUEST"]))),
    "region of one account": Odd(plan(accounts(region=["A", *["B"] * 11]))),
    "territories with slashes": Odd(
        plan(accounts(current_territory_id=["T/1", "../T2", "C:\\T3"], current_rep_id=None))
    ),
    "hostile reps": Odd(
        plan(
            people=[
                {"rep_id": "R1", "rep_name": "=1+1"},
                {"rep_id": "R2", "rep_name": "<img src=x onerror=alert(1)>"},
            ]
        )
    ),
    "days in the year 2100": Odd(
        plan(
            accounts(owner_since_date="2100-01-01", last_activity_date="2100-01-01"),
            visits=[{"account_id": "A01", "rep_id": "R1", "visit_date": "2100-05-01"}],
        ),
    ),
    "as of the year 2100": Odd(plan(), "as_of_date: 2100-01-01\nplan_start_date: 2100-02-01\n"),
    "capacity 0": Odd(plan(people=reps(capacity_hours_per_year=0))),
    "full-time share 0": Odd(plan(people=reps(fte_share=0))),
    "full-time share 0 and no owners": Odd(plan(accounts(current_rep_id=None), reps(fte_share=0))),
    "no hours": Odd(plan(people=[]), "hours: {field_share: 0}\n"),
    "no hours, no owners": Odd(
        plan(accounts(current_rep_id=None), []), "hours: {field_share: 0}\n"
    ),
    "no visits": Odd(plan(accounts(visits_per_year=0)), TWO),
    "visits of no length": Odd(
        plan(), TWO + "visits: {hours_per_class: {A: 0, B: 0, C: 0}}\ntravel: {parking_hours: 0}\n"
    ),
    "a million visits": Odd(plan(accounts(visits_per_year=1_000_000, visit_hours=24)), TWO),
    "smallest tolerance": Odd(
        plan(), TWO[:-2] + ", tolerance_share: 0.000001, potential_tolerance_share: 0.000001}\n"
    ),
    "one territory": Odd(plan(), "territories: {territories_count: 1}\n"),
    "1,000 territories": Odd(plan(), "territories: {territories_count: 1000}\n"),
    "visits of unknown accounts": Odd(
        plan(visits=[{"account_id": "X", "rep_id": "Y", "visit_date": "2026-01-01"}])
    ),
    "visits without a day": Odd(
        plan(visits=[{"account_id": "A01", "rep_id": "R1", "visit_date": ""}])
    ),
    "deals without amounts": Odd(
        plan(deals=[{"deal_id": "D1", "account_id": "A01", "close_date": "2026-03-01"}])
    ),
    "deals of unknown accounts": Odd(plan(deals=[{"deal_id": "D1", "account_id": "X"}])),
    "deals below zero": Odd(
        plan(
            deals=[
                {
                    "deal_id": "D1",
                    "account_id": "A01",
                    "amount": -5,
                    "is_won": "yes",
                    "close_date": "2026-03-01",
                },
            ]
        )
    ),
    "no currency": Odd(plan(), 'currency: ""\n'),
    "no costs": Odd(
        plan(), "costs: {km_amount: 0, rep_amount_per_year: 0, margin_share: 0, loss_share: 0}\n"
    ),
    "nobody new may be visited": Odd(plan(), "market: {minimum_employees_count: 1000000}\n"),
    "moves are free": Odd(plan(), "territories: {mode: redesign, move_price_factor: 0}\n"),
    "keep, and everybody is new": Odd(
        plan(accounts(current_rep_id=None)), "territories: {mode: keep}\n"
    ),
    "all reps are vacancies": Odd(plan(people=reps(is_vacancy="yes"))),
    "all reps are managers": Odd(plan(people=reps(role="manager"))),
    "all reps left": Odd(plan(people=reps(end_date="2020-01-01")), "as_of_date: 2026-01-01\n"),
    "every account its own team": Odd(plan(accounts(team=[f"Team {n}" for n in range(12)]))),
    "owned by a stranger": Odd(plan(accounts(current_rep_id="Somebody"))),
    "every account another owner": Odd(
        plan(accounts(current_rep_id=[f"R{n}" for n in range(12)]), reps(12))
    ),
    "no longer valid": Odd(plan(accounts(valid_to_date="2020-01-01")), "as_of_date: 2026-01-01\n"),
}


def _check(folder: Path) -> str:
    shown = CliRunner().invoke(app, ["check", str(folder)], env={"COLUMNS": "200"})
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.output
    assert "Traceback" not in shown.output
    return " ".join(shown.output.split())


@pytest.mark.parametrize("name", ODD)
def test_an_odd_plan_ends_in_words(
    name: str, make_plan: Callable[..., Path], walk_steps: Callable[[Path, str], Any]
) -> None:
    odd = ODD[name]
    folder = make_plan(odd.tables, odd.settings)
    checked = _check(folder)
    regions = open_plan(folder).regions()
    words = [walk_steps(folder, region) for region in regions]
    assert [found for said in words for found in said.nonsense()] == []
    said = f"{checked} {words[0].text}"
    assert [text for text in odd.says if text not in said] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "one account",
        "every account excluded",
        "no coordinates, reps or owners",
        "amounts of 1e12",
        "capacity 0",
        "no visits",
        "region in Arabic",
    ],
)
def test_the_notebooks_of_an_odd_plan_speak_sense(
    name: str, make_plan: Callable[..., Path], read_notebooks: Callable[[Path, str], Any]
) -> None:
    """Figures, captions and tables too."""
    folder = make_plan(ODD[name].tables, ODD[name].settings)
    [region] = open_plan(folder).regions()
    assert read_notebooks(folder, region).nonsense() == []


@pytest.mark.slow
@pytest.mark.notebook
def test_odd_regions_are_rendered_beside_each_other(make_plan: Callable[..., Path]) -> None:
    """One account, nothing that is visited, and a name of another script."""
    regions = ["Alone", *["Remote"] * 4, *[ARABIC] * 7]
    coverage = ["", *["remote"] * 4, *[""] * 7]
    folder = make_plan(plan(accounts(region=regions, coverage=coverage)))
    summary = render_plan(folder, request=RenderRequest(1))
    assert summary.failed == ()
    assert len(list((folder / "reports").glob("*/report.html"))) == 3
