"""A copy holds what the store does, and nothing outside its folder is touched."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from territory_kit.errors import ParameterError, TerritoryKitError
from territory_kit.render.stored.copy import PlanCopy, require_plan
from territory_kit.render.stored.names import is_for_region
from territory_kit.render.stored.store import Stamp, Store


@pytest.fixture
def copy(store: Store, tmp_path: Path) -> PlanCopy:
    store.write("plan.yaml", b"inputs: {accounts: inputs/accounts.csv}\n")
    store.write("inputs/accounts.csv", b"account_id\n")
    return PlanCopy(store, tmp_path / "private")


def files(copy: PlanCopy) -> dict[str, bytes]:
    found = sorted(file for file in copy.folder.rglob("*") if file.is_file())
    return {file.relative_to(copy.folder).as_posix(): file.read_bytes() for file in found}


def note_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the name of each file that is fetched."""
    fetched: list[str] = []
    read = Store.read

    def noting(store: Store, name: str) -> bytes | None:
        fetched.append(name)
        return read(store, name)

    monkeypatch.setattr(Store, "read", noting)
    return fetched


def test_the_folder_has_the_name_of_the_stored_one(copy: PlanCopy) -> None:
    """A plan without a name has that of its folder, which stands in each report."""
    assert copy.folder.name == "north"


def test_all_of_a_plan_is_fetched_and_nothing_hidden(copy: PlanCopy) -> None:
    copy.store.write(".locks/batch.json", b"{}")
    copy.refresh()
    assert sorted(files(copy)) == ["inputs/accounts.csv", "plan.yaml"]


def test_only_what_has_changed_is_fetched_again(
    copy: PlanCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.refresh()
    fetched = note_reads(monkeypatch)
    copy.refresh()
    assert fetched == []
    # the same size
    copy.store.write("inputs/accounts.csv", b"account_ID\n")
    copy.refresh()
    assert fetched == ["inputs/accounts.csv"]
    assert files(copy)["inputs/accounts.csv"] == b"account_ID\n"


def test_where_a_store_tells_no_tag_all_is_fetched(
    copy: PlanCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Store.list
    monkeypatch.setattr(
        Store, "list", lambda store: {n: Stamp(s.size, "") for n, s in listed(store).items()}
    )
    copy.refresh()
    fetched = note_reads(monkeypatch)
    copy.refresh()
    assert sorted(fetched) == ["inputs/accounts.csv", "plan.yaml"]


def test_what_the_store_does_not_hold_goes(copy: PlanCopy) -> None:
    """Also what was made here and never put up."""
    copy.store.write("inputs/reps.csv", b"rep_id\n")
    copy.refresh()
    copy.store.remove("inputs/reps.csv")
    (copy.folder / "results").mkdir()
    (copy.folder / "results" / "x").touch()
    copy.refresh()
    assert sorted(files(copy)) == ["inputs/accounts.csv", "plan.yaml"]


def test_a_file_that_was_changed_here_is_fetched_again(copy: PlanCopy) -> None:
    copy.refresh()
    (copy.folder / "inputs" / "accounts.csv").write_bytes(b"somewhat longer\n")
    copy.refresh()
    assert files(copy)["inputs/accounts.csv"] == b"account_id\n"


def test_a_region_leaves_the_files_of_others_alone(copy: PlanCopy) -> None:
    copy.store.write("results/R0/market/record.json", b"{}")
    copy.store.write("results/R1/market/record.json", b"{}")
    copy.refresh(partial(is_for_region, slug="R1"))
    assert "results/R0/market/record.json" not in files(copy)
    copy.refresh(partial(is_for_region, slug="R0"))
    assert {"results/R0/market/record.json", "results/R1/market/record.json"} <= set(files(copy))


@pytest.mark.parametrize("name", ["../evil", "inputs/../../evil", "/evil", "inputs//evil"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(
    copy: PlanCopy, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Store.list
    monkeypatch.setattr(Store, "list", lambda store: {**listed(store), name: Stamp(1, "x")})
    with pytest.raises(TerritoryKitError, match="names that lead out of the plan's folder"):
        copy.refresh()
    assert not copy.folder.exists()
    assert list(copy.folder.parent.parent.rglob("evil")) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("inputs: {accounts: ../south/accounts.csv}", "inputs.accounts: ../south/accounts.csv"),
        ("inputs: {accounts: /etc/hostname}", "inputs.accounts: /etc/hostname"),
        ("base: ../south", "base: ../south"),
        ("base: south", "base: south"),
    ],
)
def test_a_plan_that_reads_files_beside_its_folder_is_refused(
    copy: PlanCopy, settings: str, said: str
) -> None:
    copy.store.write("plan.yaml", settings.encode())
    with pytest.raises(ParameterError) as raised:
        copy.refresh()
    assert str(raised.value).startswith(
        f"A plan at an address reads only files of its own folder: {said} "
        f"({copy.store.address}/plan.yaml). "
    )


def test_an_address_without_a_plan_is_refused(store: Store, tmp_path: Path) -> None:
    store.write("inputs/accounts.csv", b"")
    copy = PlanCopy(store, tmp_path)
    asked: list[Callable[[], None]] = [lambda: require_plan(store), copy.refresh]
    for refused in asked:
        with pytest.raises(ParameterError) as raised:
            refused()
        assert str(raised.value) == (
            f"There is no plan at this address: {store.address} (plan.yaml). Name the folder that "
            "holds plan.yaml, or copy a plan folder there."
        )
