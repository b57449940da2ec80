"""What if: settings are tried, compared, and kept as a record that is replayed without a widget."""

from pathlib import Path

import pytest
import yaml

from territory_kit.lab import Choice, WhatIf
from territory_kit.plan.regions import ALL_ACCOUNTS
from territory_kit.walk import open_task

ACCOUNTS = "account_id,account_name,lat_deg,lon_deg,current_rep_id,potential_amount_per_year\n"
OTHER = Choice(territories_count=3, tolerance_share=0.3, move_price_factor=0.5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a plan of one region: 18 accounts of two reps."""
    plan = tmp_path_factory.mktemp("lab") / "plan"
    (plan / "inputs").mkdir(parents=True)
    rows = [
        f"A{n:02d},Bar {n},{47 + n % 5 / 10},{2 + n % 7 / 10},R{n % 2},{1000 + 10 * n}\n"
        for n in range(18)
    ]
    (plan / "inputs" / "accounts.csv").write_text(ACCOUNTS + "".join(rows), encoding="utf-8")
    text = "name: Lab\ninputs: {accounts: inputs/accounts.csv}\n"
    (plan / "plan.yaml").write_text(text, encoding="utf-8")
    for step in ("market", "accounts"):
        task = open_task(step, plan_dir=plan, region=ALL_ACCOUNTS)
        task.save(task.run())
    return plan


@pytest.fixture
def what_if(folder: Path) -> WhatIf:
    """Open step 3 as its notebook does."""
    task = open_task("territories", plan_dir=folder, region=ALL_ACCOUNTS)
    return WhatIf(task, task.run())


def test_a_choice_that_is_tried_stands_beside_the_proposal(what_if: WhatIf) -> None:
    """The proposal stays the chosen one, and nothing is written."""
    before = len(what_if.tried)
    tried = what_if.try_choice(OTHER)
    assert len(tried) == before + 1
    assert tried.loc[tried["is_chosen"], "option"].tolist() == ["proposal"]
    row = tried.iloc[-1]
    assert (row["territories_count"], row["tolerance_share"]) == (3, 0.3)


def test_the_same_choice_tried_twice_stands_once(what_if: WhatIf) -> None:
    """A second press of the button changes nothing."""
    first = what_if.try_choice(OTHER)
    assert len(what_if.try_choice(OTHER)) == len(first)


def test_a_choice_that_is_kept_is_replayed_without_the_widget(
    folder: Path, what_if: WhatIf
) -> None:
    """The next run reads it from choices.yaml; plan.yaml with its comments is not touched."""
    plan_text = (folder / "plan.yaml").read_text(encoding="utf-8")
    what_if.keep(OTHER)
    try:
        assert (folder / "plan.yaml").read_text(encoding="utf-8") == plan_text
        kept = yaml.safe_load((folder / "choices.yaml").read_text(encoding="utf-8"))
        assert (
            kept["regions"][ALL_ACCOUNTS]["territories"]["territories_count"]
            == OTHER.territories_count
        )
        for step in ("market", "accounts"):
            task = open_task(step, plan_dir=folder, region=ALL_ACCOUNTS)
            task.save(task.run())
        task = open_task("territories", plan_dir=folder, region=ALL_ACCOUNTS)
        assert task.options.territories.territories_count == OTHER.territories_count
        assert len(task.run().tables["territory_plan"]) == OTHER.territories_count
    finally:
        (folder / "choices.yaml").unlink()


def test_the_buttons_try_and_keep(folder: Path, what_if: WhatIf) -> None:
    """Pressed as a person does; what is shown follows."""
    box = what_if.widget()
    sliders, buttons, shown = box.children[:3], box.children[3].children, box.children[4]
    assert "jp-RenderedHTMLCommon" in shown.get_state("_dom_classes")["_dom_classes"]
    sliders[0].value = OTHER.territories_count
    before = shown.value
    buttons[0].click()
    assert shown.value != before
    assert "3 territories" in shown.value
    buttons[1].click()
    assert "Kept" in buttons[2].value
    (folder / "choices.yaml").unlink()


def test_a_rendered_notebook_shows_the_table_in_place_of_the_widget(what_if: WhatIf) -> None:
    """The bundle offers both; JupyterLab takes the widget, a report the table."""
    bundle = what_if._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "<table" in bundle["text/html"]
    assert "keep today" in bundle["text/html"]
