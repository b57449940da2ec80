"""New plan folders open as plans."""

from pathlib import Path

import pytest

from territory_kit.errors import ParameterError, TableError
from territory_kit.plan import open_plan, shipped_folder
from territory_kit.plan.create import copy_sample, create_plan


def test_a_new_plan_opens_and_says_that_its_accounts_are_empty(tmp_path: Path) -> None:
    create_plan(tmp_path / "Nord: 2027")
    plan = open_plan(tmp_path / "Nord: 2027")
    assert plan.name == "Nord: 2027"
    with pytest.raises(TableError, match=r"accounts\.csv"):
        plan.inputs()


def test_the_template_of_the_settings_is_taken_with_its_comments(tmp_path: Path) -> None:
    create_plan(tmp_path / "new")
    template = (shipped_folder("templates") / "plan.yaml").read_text(encoding="utf-8")
    made = (tmp_path / "new" / "plan.yaml").read_text(encoding="utf-8")
    different = [
        line
        for line, original in zip(made.splitlines(), template.splitlines(), strict=True)
        if line != original
    ]
    assert different == ['name: "new"', '    file: "inputs/accounts.csv"']


def test_an_export_is_copied_as_it_is_and_read(tmp_path: Path) -> None:
    export = tmp_path / "Export (1).TXT"
    content = "Account ID;Account Name\r\n001;Café\r\n".encode("latin-1")
    export.write_bytes(content)
    create_plan(tmp_path / "new", export=export)
    assert (tmp_path / "new/inputs/accounts.TXT").read_bytes() == content
    accounts = open_plan(tmp_path / "new").inputs().tables["accounts"]
    assert accounts[["account_id", "account_name"]].to_numpy().tolist() == [["001", "Café"]]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(ParameterError, match="The folder is not empty"):
        create_plan(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine", encoding="utf-8")
    with pytest.raises(ParameterError, match="The folder is not empty"):
        create_plan(tmp_path / "new")


def test_the_sample_is_copied_once(tmp_path: Path) -> None:
    copy_sample(tmp_path / "sample")
    (tmp_path / "sample" / "plan.yaml").write_text("mine", encoding="utf-8")
    copy_sample(tmp_path / "sample")
    assert (tmp_path / "sample" / "plan.yaml").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "sample" / "inputs" / "accounts.csv").is_file()
