"""Where a plan stands."""

from pathlib import Path

from territory_kit.walk import list_faults, overview


def test_each_region_shows_the_state_of_its_five_steps(walked: Path) -> None:
    assert str(overview(walked)) == (
        "Nord: current, current, current, current, current\n"
        "Sud: missing, missing, missing, missing, missing"
    )


def test_names_of_regions_are_escaped(folder: Path) -> None:
    accounts = folder / "inputs" / "accounts.csv"
    text = accounts.read_text(encoding="utf-8").replace("Nord", "<b>Nord")
    accounts.write_text(text, encoding="utf-8")
    shown = overview(folder)._repr_html_()
    assert "&lt;b&gt;Nord" in shown
    assert "<b>" not in shown


def test_faults_of_all_regions_are_listed_although_some_block(folder: Path) -> None:
    with (folder / "inputs" / "accounts.csv").open("a", encoding="utf-8") as stream:
        stream.write("A01,Twin,48.1,2.5,Nord,R1,1,1\nA19,Twin,43.1,2.5,Sud,R3,1,1\n")
    shown = str(list_faults(folder))
    assert "A01" in shown
    assert "A19" in shown
