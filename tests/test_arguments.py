"""Plans at an address: `render` takes them as they are written, other commands refuse them."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from territory_kit.cli import app
from territory_kit.render.batch import RenderRequest
from territory_kit.render.stored import batch


def _run(*words: str) -> tuple[int, str]:
    """Run a command; return its exit code and everything it printed, in one line."""
    result = CliRunner().invoke(app, [*words], env={"COLUMNS": "200"})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Note what is rendered; the region Sud fails."""
    calls: list[dict[str, object]] = []

    def render_stored_plan(address: str, **options: object) -> SimpleNamespace:
        calls.append({"address": address, **options})
        return SimpleNamespace(failed=("Sud",) if options["regions"] == ["Sud"] else ())

    monkeypatch.setattr(batch, "render_stored_plan", render_stored_plan)
    return calls


def test_render_takes_an_address_as_it_is_written(rendered: list[dict[str, object]]) -> None:
    """As a path it would lose a slash."""
    assert _run("render", "s3://bucket/plans/north", "--dask", "tcp://10.0.0.5:8786") == (0, "")
    assert rendered == [
        {
            "address": "s3://bucket/plans/north",
            "regions": None,
            "request": RenderRequest(cluster="tcp://10.0.0.5:8786"),
        }
    ]


def test_render_ends_with_1_when_a_region_at_an_address_failed(
    rendered: list[dict[str, object]],
) -> None:
    assert _run("render", "s3://bucket/plans/north", "--region", "Sud")[0] == 1
    assert rendered[0]["regions"] == ["Sud"]


def test_an_address_that_cannot_be_used_is_told_in_words() -> None:
    code, text = _run("render", "nope://ana:geheim@host/north")
    assert code == 1
    assert text.startswith("Nobody knows this protocol: nope (nope://ana:***@host/north). Write")


@pytest.mark.parametrize("command", ["check", "take-back", "compare", "lab"])
def test_other_commands_refuse_an_address_without_its_secrets(command: str) -> None:
    code, text = _run(command, "sftp://ana:geheim@host/north?sig=geheim")
    assert code == 2
    assert "host/north is an address, which only render takes. Copy the plan into a folder" in text
    assert "geheim" not in text


@pytest.mark.parametrize("command", ["check", "render", "lab"])
def test_a_folder_that_does_not_exist_is_refused(command: str, tmp_path: Path) -> None:
    code, text = _run(command, "none/here")
    assert code == 2
    assert "Directory 'none/here' does not exist." in text
    (tmp_path / "x").touch()
    assert "x' is a file." in _run(command, str(tmp_path / "x"))[1]
