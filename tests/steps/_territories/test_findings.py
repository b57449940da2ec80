from collections.abc import Callable, Sequence

import pandas as pd

from territory_kit.options import Hours, Options, TerritoriesOptions
from territory_kit.steps._territories.division import divide, prepare
from territory_kit.steps._territories.findings import list_assumptions, list_findings
from territory_kit.steps._territories.measure import measure_territories

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
# At one place nobody drives: one visit of one hour is one hour of work, and parking 0.1 h.
PLACE = {"lat_deg": 45.0, "lon_deg": 5.0}


def findings(tables: dict[str, pd.DataFrame], **values: object) -> tuple[str, ...]:
    territories = TerritoriesOptions.model_validate({"potential_tolerance_share": None} | values)
    options = Options(territories=territories, hours=Hours(per_day=8, days_per_year=250))
    setup = prepare(tables, region="R", options=options)
    division = divide(setup, territories)
    plan = measure_territories(division.units, division.slots, options)
    named = plan.assign(territory_name=[f"Town {row}" for row in range(1, len(plan) + 1)])
    return list_findings(division, named, currency="EUR")


def region(
    make_region: MakeRegion, visits: Sequence[float], **values: Sequence[object]
) -> dict[str, pd.DataFrame]:
    count = len(visits)
    places = {name: [value] * count for name, value in PLACE.items()}
    ids = [str(row + 1) for row in range(count)]
    return make_region(**({"account_id": ids, "visits_per_year": visits} | places | values))


def test_a_plan_without_faults_has_nothing_to_say(make_region: MakeRegion) -> None:
    assert findings(region(make_region, [10.0, 10.0]), territories_count=2) == ()


def test_a_broken_limit_is_explained_with_sums(make_region: MakeRegion) -> None:
    # 44, 11 and 11 h in three territories of 22: the account of 44 h alone is above 24.2.
    (text,) = findings(region(make_region, [40.0, 10.0, 10.0]), territories_count=3)
    (place,) = [word for word in ("Town 1", "Town 2", "Town 3") if word in text]
    assert text == (
        "The limit of ±10 % on workload cannot be kept in 3 of 3 territories. Worst is "
        f"{place}: 44 h against a target of 22, 22 too much. This plan would hold with ±100.0 %. "
        "One account or group alone holds up to 44 h, more than any territory may have (24): 1."
    )


def test_hours_that_are_missing_are_named(make_region: MakeRegion) -> None:
    # 330 visits take 363 h. 8 x 250 x 85 % x 90 % = 1,530 h fill a full territory.
    tables = region(make_region, [300.0, 300, 300, 300, 300, 300])
    (text,) = findings(tables, territories_count=1)
    assert text == (
        "The region needs 1,980 h a year for calls and travel. There are 1,530 h, at 1,530 h for a "
        "full territory. 450 h are missing: fewer visits, more territories or remote calls "
        "would help."
    )


def test_territories_that_end_are_named(make_region: MakeRegion) -> None:
    tables = region(make_region, [10.0, 10.0], current_territory_id=["T1", "T2"])
    (text,) = findings(tables, territories_count=1)
    assert text == "Territories that are not continued in this region: T2. 1 account must move."


def test_locks_that_cannot_be_kept_are_named(make_region: MakeRegion) -> None:
    today = {"current_territory_id": ["T1", "T2"], "lock": ["territory"] * 2}
    ended, locks = findings(region(make_region, [10.0, 10.0], **today), territories_count=1)
    assert ended.startswith("Territories that are not continued")
    assert locks.startswith("Locks and overrides name territories that are not continued")


def test_accounts_without_a_place_are_named_with_their_share(make_region: MakeRegion) -> None:
    tables = region(
        make_region,
        [10.0, 10.0],
        lat_deg=[45.0, None],
        lon_deg=[5.0, None],
        potential_amount_per_year=[75.0, 25.0],
    )
    (text,) = findings(tables, territories_count=1)
    assert text == (
        "Accounts without a known place: 1, with 25 % of potential. They stay in today's territory "
        "or go where hours are missing, and count no distance: 2."
    )


def test_without_visits_nothing_can_be_balanced(make_region: MakeRegion) -> None:
    (text,) = findings(region(make_region, [0.0, 0.0]), territories_count=2)
    assert text.startswith("No account has any visits")


def test_the_assumptions_say_what_sets_the_number_and_how_moves_are_priced(
    make_region: MakeRegion,
) -> None:
    tables = region(make_region, [10.0, 10.0], current_territory_id=["T1", "T2"])
    texts = list_assumptions(prepare(tables, region="R", options=Options()))
    assert texts[0] == "Number of territories: 2 (as many territories as today)."
    assert "every move must pay" in texts[1]
    assert "15 % of the margin" in texts[2]
    for mode, words in (("redesign", "designed from nothing"), ("keep", "keep it")):
        options = Options(territories=TerritoriesOptions.model_validate({"mode": mode}))
        assert words in list_assumptions(prepare(tables, region="R", options=options))[1]


def test_a_cap_on_moves_that_is_broken_is_explained_with_sums(make_region: MakeRegion) -> None:
    # T1 has four accounts of five, T2 one. Of 2.5 each they may miss 40 %: one must move, and of
    # five accounts a tenth may, which is none.
    tables = region(make_region, [10.0] * 5, current_territory_id=["T1"] * 4 + ["T2"])
    (text,) = findings(tables, tolerance_share=0.4, most_moved_share=0.1)
    assert text == (
        "The cap on moves by choice (most_moved_share: 10 %) cannot be kept beside the other "
        "limits: 1 account moves, 0 may. Raise the cap, or allow wider tolerances."
    )


def test_a_cap_of_a_rep_that_is_broken_names_the_territory(make_region: MakeRegion) -> None:
    # as above: one of four accounts must leave T1, with 100 of 400 EUR; a tenth may
    tables = region(
        make_region,
        [10.0] * 5,
        current_territory_id=["T1"] * 4 + ["T2"],
        revenue_amount_per_year=[100.0] * 5,
    )
    (text,) = findings(tables, tolerance_share=0.4, most_moved_revenue_share_per_rep=0.1)
    assert text == (
        "The cap on revenue that leaves a rep by choice (most_moved_revenue_share_per_rep: 10 %) "
        "cannot be kept beside the other limits in territories of today: T1 (100 EUR leaves, 40 "
        "may). Raise the cap, or allow wider tolerances."
    )
    assert findings(tables, tolerance_share=0.4, most_moved_revenue_share_per_rep=0.25) == ()


def test_a_cap_that_is_kept_is_not_mentioned(make_region: MakeRegion) -> None:
    tables = region(make_region, [10.0] * 5, current_territory_id=["T1"] * 4 + ["T2"])
    assert findings(tables, tolerance_share=0.4, most_moved_share=0.2) == ()
