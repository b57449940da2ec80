from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from territory_kit import columns
from territory_kit.options import Options
from territory_kit.steps.reps import match_reps
from territory_kit.steps.result import StepResult

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
Tables = dict[str, pd.DataFrame]
OPTIONS = Options(as_of_date=date(2026, 10, 31), plan_start_date=date(2027, 1, 1))


@pytest.fixture
def divided(make_region: MakeRegion, make_table: MakeTable) -> Tables:
    """Make three territories of one account each: T1 of R1, T2 of R2 who leaves, T3 new."""
    tables = make_region(
        account_id=["1", "2", "3"],
        current_territory_id=["T1", "T2", None],
        current_rep_id=["R1", "R2", None],
        revenue_amount_per_year=[100.0, 80.0, 0.0],
        need_wine_share=[0.5, 0.5, 1.0],
        lock=["rep", None, None],
    )
    assignment = make_table(
        "assignment",
        account_id=["1", "2", "3"],
        territory_id=["T1", "T2", "T3"],
        rule=["rep", "engine", "engine"],
        revenue_amount_per_year=[100.0, 80.0, 0.0],
        workload_hours_per_year=[10.0, 10.0, 10.0],
        visits_per_year=[10.0, 10.0, 10.0],
        lat_deg=[45.0, 45.0, 46.0],
        lon_deg=[5.0, 6.0, 5.0],
    )
    plan = make_table(
        "territory_plan",
        territory_id=["T1", "T2", "T3"],
        territory_name=["One", "Two", "Three"],
        centre_lat_deg=[45.0, 45.0, 46.0],
        centre_lon_deg=[5.0, 6.0, 5.0],
    )
    reps = make_table(
        "reps",
        rep_id=["R1", "R2", "R3"],
        rep_name=["Ann", "Bob", "Cem"],
        end_date=[None, "2027-02-28", None],
        home_lat_deg=[45.0, 45.0, 46.0],
        home_lon_deg=[5.0, 6.0, 5.0],
        quota_amount_per_year=[200.0, 80.0, None],
        skill_wine_share=[1.0, 1.0, 1.0],
    )
    return {**tables, "assignment": assignment, "territory_plan": plan, "reps": reps}


def holders(result: StepResult) -> list[str]:
    return result.tables["rep_plan"]["rep_id"].fillna("nobody").tolist()


def test_incumbents_stay_leavers_go_and_free_reps_fill_what_fits_them(divided: Tables) -> None:
    result = match_reps(divided, region="R", options=OPTIONS)
    # R1 is bound to T1; R2 leaves; R3 is free and lives in T3.
    assert holders(result) == ["R1", "nobody", "R3"]
    near = "home 0 km from the centre; meets 100 % of its needs"
    assert result.tables["rep_plan"]["rep_reason"].tolist() == [
        f"keeps 100 % of own revenue, and named accounts; {near}",
        "Bob leaves on 2027-02-28; no rep is free",
        f"best fit among the free reps; {near}",
    ]
    assert result.findings == (
        "1 of 3 territories has no rep: Two.",
        "Reps who leave: Bob.",
    )


def test_strengths_hold_leavers_and_new_reps_too(divided: Tables) -> None:
    strengths = match_reps(divided, region="R", options=OPTIONS).tables["rep_strengths"]
    assert strengths["rep_id"].tolist() == ["R1", "R2", "R3"]
    assert strengths["attainment_share"].tolist() == pytest.approx(
        [0.5, 1.0, float("nan")], nan_ok=True
    )
    assert strengths["territory_id"].fillna("none").tolist() == ["T1", "T2", "none"]


def test_driving_starts_at_home_once_the_rep_is_known(divided: Tables) -> None:
    homeless = divided["reps"].assign(home_lat_deg=[46.0, np.nan, np.nan])
    plan = match_reps({**divided, "reps": homeless}, region="R", options=OPTIONS).tables["rep_plan"]
    # R1's home is a degree away from the only account of T1; the others start at the centre.
    road_km = 10 * 2 * 111.195 * 1.3
    assert plan["travel_km_per_year"].tolist() == pytest.approx([road_km, 0, 0], rel=1e-3)


def test_an_override_to_a_rep_brings_the_rep_to_the_territory(
    divided: Tables, make_table: MakeTable
) -> None:
    overrides = make_table(
        "overrides", scope=["account"], value=["2"], action=["to_rep"], target=["R3"]
    )
    assignment = divided["assignment"].assign(rule=["rep", "override", "engine"])
    tables = {**divided, "assignment": assignment, "overrides": overrides}
    assert holders(match_reps(tables, region="R", options=OPTIONS)) == ["R1", "R3", "nobody"]


def test_a_free_rep_of_another_team_takes_nothing_and_the_vacancy_says_so(divided: Tables) -> None:
    teams = {
        **divided,
        "territory_plan": divided["territory_plan"].assign(team=["wine", "wine", "beer"]),
        "reps": divided["reps"].assign(team=["wine", "wine", "wine"]),
    }
    result = match_reps(teams, region="R", options=OPTIONS)
    # Cem lives in T3 and fits it best, but T3 is of the beer team; T2 becomes free when Bob leaves.
    assert holders(result) == ["R1", "R3", "nobody"]
    assert result.tables["rep_plan"]["rep_reason"].iloc[2] == "no rep is free"
    nobody = {**teams, "reps": teams["reps"].assign(team=["wine", "wine", "soda"])}
    found = match_reps(nobody, region="R", options=OPTIONS)
    assert holders(found) == ["R1", "nobody", "nobody"]
    assert found.tables["rep_plan"]["rep_reason"].iloc[2] == "no free rep is of its team"
    assert "Reps without a territory: Cem." in found.findings
    # Nobody of the beer team could stand in.
    assert found.tables["vacancy_options"]["territory_id"].unique().tolist() == ["T2"]


def test_without_reps_every_territory_has_a_row_and_the_finding_says_what_is_missing(
    divided: Tables,
) -> None:
    tables = {name: table for name, table in divided.items() if name != "reps"}
    result = match_reps(tables, region="R", options=OPTIONS)
    assert holders(result) == ["nobody"] * 3
    assert result.tables["rep_plan"]["is_vacant"].all()
    assert result.tables["rep_fit"].empty
    assert "With a table of reps" in result.findings[0]
    assert result.assumptions == ()


def test_a_region_without_territories_has_no_rows(divided: Tables) -> None:
    empty = {name: columns.empty_frame(name) for name in ("assignment", "territory_plan")}
    result = match_reps({**divided, **empty}, region="R", options=OPTIONS)
    assert result.tables["rep_plan"].empty
    assert "Reps without a territory: Ann, Cem." in result.findings


def test_a_swap_is_proposed_and_not_made(divided: Tables) -> None:
    # R1 and R3 live in each other's territory.
    moved = divided["reps"].assign(home_lat_deg=[46.0, 45.0, 45.0])
    keep = divided["assignment"].assign(rule="engine", revenue_amount_per_year=[100.0, 80.0, 60.0])
    owned = divided["accounts"].assign(
        current_territory_id=["T1", "T2", "T3"], current_rep_id=["R1", "R2", "R3"], lock=None
    )
    tables = {
        **divided,
        "reps": moved,
        "assignment": keep,
        "accounts": owned.astype({"lock": "str"}),
    }
    result = match_reps(tables, region="R", options=OPTIONS)
    assert holders(result) == ["R1", "nobody", "R3"]
    # A degree is farther than 100 % of nothing: 111 of 150 km leave a nearness of 0.26. Staying:
    # 0.5 + 0.3 x 0.26 + 0.2; swapped: 0.5 + 0.3 + 0. The gain is 0.3 x 0.74 - 0.2 = 0.02.
    assert result.tables["rep_swaps"].empty
    eager = OPTIONS.model_copy(
        update={"reps": OPTIONS.reps.model_copy(update={"swap_gain_share": 0.02})}
    )
    swaps = match_reps(tables, region="R", options=eager).tables["rep_swaps"]
    assert swaps["gain_share"].tolist() == pytest.approx([0.3 * 111.195 / 150 - 0.2], rel=1e-2)


def test_who_fails_a_gate_is_not_proposed_and_the_findings_say_so(divided: Tables) -> None:
    # T3 needs wine in full, T1 by half: R3, with 0.6, passes only where 0.6 suffices.
    reps = divided["reps"].assign(skill_wine_share=[1.0, 1.0, 0.6])
    gated = OPTIONS.reps.model_copy(update={"gates": {"wine": 0.8, "law": 0.1}})
    options = OPTIONS.model_copy(update={"reps": gated})
    result = match_reps({**divided, "reps": reps}, region="R", options=options)
    assert holders(result) == ["R1", "R3", "nobody"]
    fit = result.tables["rep_fit"].set_index(["territory_id", "rep_id"])
    assert fit["failed_gates"].to_dict()["T3", "R3"] == "wine"
    assert fit["fit_share"].to_dict()["T3", "R3"] == 0
    assert (
        "1 pair of rep and territory cannot be proposed, as a gate is not passed: "
        "Cem in Three (wine)."
    ) in result.findings
    assert "No account says whether it needs these gates: law." in result.findings


def test_a_territory_stays_vacant_where_no_free_rep_passes_the_gates(divided: Tables) -> None:
    reps = divided["reps"].assign(skill_wine_share=[1.0, 1.0, np.nan])
    gated = OPTIONS.reps.model_copy(update={"gates": {"wine": 0.5}})
    options = OPTIONS.model_copy(update={"reps": gated})
    result = match_reps({**divided, "reps": reps}, region="R", options=options)
    # All three territories need at least half, and what R3 knows of wine is not known.
    assert holders(result) == ["R1", "nobody", "nobody"]
    assert result.tables["rep_plan"]["rep_reason"].tolist()[1:] == [
        "Bob leaves on 2027-02-28; no free rep passes the gates",
        "no free rep passes the gates",
    ]


def test_the_order_of_rows_does_not_matter(divided: Tables) -> None:
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in divided.items()}
    one = match_reps(divided, region="R", options=OPTIONS)
    two = match_reps(turned, region="R", options=OPTIONS)
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, two.tables[name], obj=name)
    assert one.findings == two.findings


def with_reps(**settings: object) -> Options:
    return OPTIONS.model_copy(update={"reps": OPTIONS.reps.model_copy(update=settings)})


def test_a_rep_with_hours_takes_a_second_territory_where_the_plan_allows_it(
    divided: Tables,
) -> None:
    assert holders(match_reps(divided, region="R", options=OPTIONS)).count("nobody") == 1
    result = match_reps(divided, region="R", options=with_reps(most_territories=2))
    assert "nobody" not in holders(result)
    assert any("takes more than one territory" in finding for finding in result.findings)
    assert any("up to 2 territories" in words for words in result.assumptions)
    assert result.tables["vacancy_options"].empty
    added = result.tables["rep_plan"].set_index("territory_id")["rep_reason"]["T2"]
    assert added.startswith("fits into the free hours beside the rep's own territory; ")


def test_a_wish_decides_where_the_plan_asks_for_wishes(divided: Tables) -> None:
    # R1 keeps T1; R3 lives in T3 and would go there by fit, but wishes for T2.
    wishes = divided["reps"]["rep_id"].map({"R3": "T9;T2"}).astype("str")
    tables = {**divided, "reps": divided["reps"].assign(preferred_territory_ids=wishes)}
    assert holders(match_reps(tables, region="R", options=OPTIONS)) == ["R1", "nobody", "R3"]
    result = match_reps(tables, region="R", options=with_reps(matching="preferences"))
    assert holders(result) == ["R1", "R3", "nobody"]
    assert result.assumptions[0].startswith(
        "Reps keep the territory with most of their revenue; free reps ask for the territories"
    )
    assert "Reps wish for territories that the proposal does not have: T9." in result.findings
