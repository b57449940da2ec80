"""Results of a plan: which are current, which are stale, and what to do about those."""

from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

import territory_kit.plan.folder
from territory_kit.errors import StaleResultError
from territory_kit.plan import UPSTREAM, Plan, Record, open_plan
from territory_kit.plan.results import read_record
from territory_kit.steps.result import StepResult

Save = Callable[..., None]
STEPS = ("market", "accounts", "territories", "reps", "review")


def _states(folder: Path, region: str = "Nord") -> str:
    """Return the first letter of the state of each step."""
    plan = open_plan(folder)
    return "".join(plan.state(step, region)[0] for step in STEPS)


def test_a_result_that_was_just_saved_is_current(plan: Plan, save: Save) -> None:
    assert _states(plan.folder) == "mmmmm"
    save(plan, "review")
    assert _states(plan.folder) == "ccccc"


def test_the_other_region_is_left_alone(plan: Plan, save: Save) -> None:
    save(plan, "review")
    assert _states(plan.folder, "Île Sud") == "mmmmm"


def test_each_record_is_read_once_to_say_whether_the_last_result_holds(
    plan: Plan, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan of hundreds of regions is judged whenever a batch begins."""
    save(plan, "review")
    read: list[Path] = []

    def note(folder: Path) -> Record | None:
        read.append(folder)
        return read_record(folder)

    monkeypatch.setattr(territory_kit.plan.folder, "read_record", note)
    plan.read("review", "Nord")
    assert sorted(folder.name for folder in read) == sorted(["company", *STEPS])


def test_regions_of_which_nothing_is_said_share_the_options_of_the_plan(plan: Plan) -> None:
    plan.choose("Nord", "territories", territories_count=3)
    options = plan.options_by_region()
    assert options["Île Sud"] is options[""]
    assert options["Nord"].territories.territories_count == 3
    assert options[""].territories.territories_count != 3


@pytest.mark.parametrize("step", STEPS)
def test_what_comes_before_a_step_comes_before_all_later_ones(step: str) -> None:
    """Records are read in this order, each with those before it."""
    order = ("company", *STEPS)
    assert UPSTREAM[step] == order[: order.index(step)]


@pytest.mark.parametrize(
    ("lines", "states", "reason"),
    [
        ("reps: {skill_weight: 0.1}\n", "cccss", "step 4 and what reads it"),
        ("market: {attainable_share: 0.1}\n", "sssss", "step 1 and all others"),
        ("review: {worthwhile_share: 0.1}\n", "ccccs", "the last step alone"),
        ("costs: {km_amount: 0.4}\n", "cssss", "step 2 and later: net profit counts the way"),
        ("priorities: [Grow bars.]\n", "ccccc", "words that the report prints from the plan"),
        ("travel: {circuity: 1.2}\n", "sssss", "step 1 reads it"),
        ("regions: {Nord: {reps: {skill_weight: 0.1}}}\n", "cccss", "this region"),
        ("regions: {Île Sud: {reps: {skill_weight: 0.1}}}\n", "ccccc", "the other region"),
        ("reps: {skill_weight: 0.5}\n", "ccccc", "the default, now written down"),
        ("# a comment\n", "ccccc", "nothing"),
    ],
)
def test_only_what_depends_on_a_changed_option_is_stale(
    plan: Plan, save: Save, lines: str, states: str, reason: str
) -> None:
    save(plan, "review")
    with (plan.folder / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write(lines)
    assert _states(plan.folder) == states, reason


@pytest.mark.parametrize(
    ("name", "row", "states"),
    [
        ("accounts", "A5,Bar Cinq,48.3,-1.5,Nord,R1\n", "sssss"),
        # step 1 counts reps: how much of the market they can reach
        ("reps", "R3,Zoé,Nord\n", "sssss"),
        # the last visit stays the same day: steps 2, 4 and 5 read visits, step 3 reads step 2
        ("visits", "A2,R1,2026-01-01\n", "cssss"),
        # a later last visit is another day from which the whole plan looks
        ("visits", "A2,R1,2026-06-01\n", "sssss"),
    ],
)
def test_only_what_reads_a_changed_input_is_stale(
    plan: Plan, save: Save, name: str, row: str, states: str
) -> None:
    save(plan, "review")
    with (plan.folder / "inputs" / f"{name}.csv").open("a", encoding="utf-8") as stream:
        stream.write(row)
    assert _states(plan.folder) == states


def test_statistics_of_regions_make_step_1_and_later_ones_stale(plan: Plan, save: Save) -> None:
    save(plan, "review")
    statistics = plan.folder / "inputs" / "regional_statistics.csv"
    statistics.write_text("area_id,income_share\nNord,0.1\n", encoding="utf-8")
    settings = plan.folder / "plan.yaml"
    line = "  regional_statistics: inputs/regional_statistics.csv\n"
    settings.write_text(settings.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert _states(plan.folder) == "sssss"
    save(open_plan(plan.folder), "review")
    assert _states(plan.folder) == "ccccc"
    statistics.write_text("area_id,income_share\nNord,0.2\n", encoding="utf-8")
    assert _states(plan.folder) == "sssss"


def test_another_result_of_an_early_step_makes_later_ones_stale(plan: Plan, save: Save) -> None:
    save(plan, "review")
    save(plan, "accounts", question="Another?")
    assert _states(plan.folder) == "ccsss"


def test_the_same_result_of_an_early_step_leaves_later_ones_current(plan: Plan, save: Save) -> None:
    save(plan, "review")
    save(plan, "accounts")
    assert _states(plan.folder) == "ccccc"


def test_another_version_of_the_package_makes_all_stale(
    plan: Plan, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(plan, "review")
    monkeypatch.setattr(territory_kit.plan.folder, "__version__", "99.0")
    assert _states(plan.folder) == "sssss"


def test_a_stale_result_is_refused_with_the_step_to_run_again(plan: Plan, save: Save) -> None:
    save(plan, "review")
    plan.choose("Nord", "reps", skill_weight=1.0)
    with pytest.raises(StaleResultError) as caught:
        plan.read("review", "Nord")
    assert str(caught.value) == (
        "The result of step 4 reps is older than what it was made from: "
        "option: reps.skill_weight (region Nord). "
        "Run all cells of the notebook of step reps, or render the region."
    )


def test_a_stale_frame_of_the_whole_plan_names_region_and_option(plan: Plan, save: Save) -> None:
    save(plan, "market")
    plan.choose("Nord", "territories", territories_count=3)
    with pytest.raises(StaleResultError) as caught:
        plan.read("market", "Nord")
    assert str(caught.value) == (
        "The result of the whole plan's frame is older than what it was made from: "
        "option: Nord.territories.territories_count (region Nord). "
        "Run all cells of the notebook of step market, or render the region."
    )


def test_a_missing_result_is_refused_with_the_step_to_run(plan: Plan, save: Save) -> None:
    save(plan, "market")
    with pytest.raises(StaleResultError, match=r"no result of step 2 accounts yet \(region Nord"):
        plan.read("accounts", "Nord")


def test_a_result_made_with_parameters_stays_current(
    plan: Plan, result: Callable[..., StepResult]
) -> None:
    """What the notebook set is part of the record; only a change of the plan makes it stale."""
    parameters: dict[str, object] = {"attainable_share": 0.2, "seed": None}
    options = plan.options("Nord", step="market", parameters=parameters)
    company = plan.options_by_region()
    plan.save(result("company", ""), options=company, upstream={}, seconds=0.0)
    record = plan.read("company", "").record
    plan.save(
        result("market"),
        options=options,
        upstream={"company": record},
        seconds=0.0,
        parameters=parameters,
    )
    saved = open_plan(plan.folder).read("market", "Nord")
    assert saved.record.parameters == {"attainable_share": 0.2}


def test_parameters_of_an_earlier_step_hold_on_for_its_options(
    plan: Plan, result: Callable[..., StepResult]
) -> None:
    """Step 5 says the tolerance that step 3 has really used."""
    parameters: dict[str, object] = {"tolerance_share": 0.2, "seed": 9}
    options = plan.options("Nord", step="territories", parameters=parameters)
    made = result("territories")
    plan.save(made, options=options, upstream={}, seconds=0.0, parameters=parameters)
    saved = plan.previous("territories", "Nord")
    assert saved is not None
    later = plan.options("Nord", step="review", upstream={"territories": saved.record})
    assert later.territories.tolerance_share == pytest.approx(0.2)
    assert later.seed == 1, "the seed belongs to the step that was given it"


def test_a_result_made_with_parameters_of_an_earlier_step_depends_on_them(
    plan: Plan, save: Save, result: Callable[..., StepResult]
) -> None:
    """Step 5 is old when step 3 has run with another tolerance, though the division is the same."""
    save(plan, "review")

    def record_of(step: str) -> Record:
        saved = plan.previous(step, "" if step == "company" else "Nord")
        assert saved is not None
        return saved.record

    def save_again(step: str, **parameters: object) -> None:
        upstream = {name: record_of(name) for name in UPSTREAM[step]}
        options = plan.options("Nord", step=step, parameters=parameters, upstream=upstream)
        plan.save(
            result(step), options=options, upstream=upstream, seconds=0.0, parameters=parameters
        )

    save_again("territories", tolerance_share=0.2)
    assert _states(plan.folder) == "ccccs"
    save_again("review")
    assert _states(plan.folder) == "ccccc"


def test_the_last_result_can_be_had_although_it_is_stale(plan: Plan, save: Save) -> None:
    """Territories keep their identity from run to run."""
    save(plan, "territories")
    plan.choose("Nord", "territories", territories_count=3)
    previous = plan.previous("territories", "Nord")
    assert previous is not None
    assert previous.tables["questions"]["question"].tolist() == ["Who?"]


def test_without_a_result_there_is_no_last_one(plan: Plan) -> None:
    assert plan.previous("territories", "Nord") is None


def test_a_damaged_result_is_no_last_one(plan: Plan, save: Save) -> None:
    """So that running the step again mends it."""
    save(plan, "territories")
    file = plan.folder / "results" / "Nord" / "territories" / "record.json"
    file.write_text("{", encoding="utf-8")
    assert plan.previous("territories", "Nord") is None


def test_the_last_result_can_be_had_stale_or_not(plan: Plan, save: Save) -> None:
    """None where nothing was saved, or it cannot be read."""
    assert plan.previous("territories", "Nord") is None
    save(plan, "territories")
    plan.choose("Nord", "territories", territories_count=3)
    found = plan.previous("territories", "Nord")
    assert found is not None
    assert (found.record.step, found.record.region) == ("territories", "Nord")
    file = plan.folder / "results" / "Nord" / "territories" / "record.json"
    file.write_text("{", encoding="utf-8")
    assert plan.previous("territories", "Nord") is None


def test_the_record_says_how_the_result_was_made(plan: Plan, save: Save) -> None:
    save(plan, "territories")
    record = plan.read("territories", "Nord").record
    assert set(record.origin.inputs) == {"accounts", "reps"}
    assert set(record.origin.upstream) == {"company", "market", "accounts"}
    assert record.origin.options["territories"]["tolerance_share"] == pytest.approx(0.1)
    assert record.origin.options["as_of_date"] == "2026-03-01"
    assert (record.seed, record.tables["questions"].rows_count) == (1, 1)
    assert record.started.endswith("+00:00")


def test_folders_of_regions_are_safe_names(plan: Plan, save: Save) -> None:
    save(plan, "market", region="Île Sud")
    names = {folder.name for folder in (plan.folder / "results").iterdir()}
    assert names == {"_company", plan.slug("Île Sud")}
    assert plan.slug("Île Sud").startswith("Ile-Sud-")


def test_a_lock_may_be_nested(plan: Plan) -> None:
    with plan.lock("Nord"), plan.lock("Nord", wait_seconds=0), plan.lock(wait_seconds=0):
        pass


def _save_market(folder: str, question: str) -> None:
    """Save one result; runs in a process of its own."""
    import pandas as pd  # noqa: PLC0415 - only in that process

    plan = open_plan(folder)
    table = pd.DataFrame({"question": [question], "answer_by_date": [pd.NaT]})
    made = StepResult("market", "Nord", {"questions": table})
    for _ in range(3):
        plan.save(made, options=plan.options("Nord"), upstream={}, seconds=0.0)


def test_processes_that_save_at_once_leave_one_whole_result(plan: Plan) -> None:
    plan.inputs()
    context = get_context("spawn")
    savers = [
        context.Process(target=_save_market, args=(str(plan.folder), question))
        for question in ("One?", "Two?")
    ]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
        assert saver.exitcode == 0
    saved = open_plan(plan.folder).previous("market", "Nord")
    assert saved is not None
    assert saved.tables["questions"]["question"].tolist()[0] in {"One?", "Two?"}
    assert len(list((plan.folder / "results/Nord/market").glob("run-*"))) == 1
