"""Stored files are listed, read, written and removed, whatever the protocol."""

from importlib.util import find_spec
from pathlib import Path

import fsspec
import pytest

from territory_kit.errors import MissingDependencyError, ParameterError, TerritoryKitError
from territory_kit.render.stored.address import Address
from territory_kit.render.stored.store import Store
from tests.render.stored.s3_server import PAGE_COUNT, SECRET, Objects

NAMES = ["plan.yaml", "inputs/Comptes clés #1 100%.csv", "results/R0/market/record.json"]


@pytest.fixture(params=["memory", "file", "s3"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path, server: Objects) -> Store:
    """Return a store of each kind: in memory, in a folder, and behind a server."""
    if request.param == "s3":
        _require_s3()
        return Store(Address("s3://plans/all of them/north"))
    if request.param == "file":
        return Store(Address(f"file://{tmp_path.as_posix()}/plans/north"))
    found: Store = request.getfixturevalue("store")
    assert not server.objects
    return found


def _require_s3() -> None:
    if find_spec("s3fs") is None:
        pytest.importorskip("obstore", reason="needs the extra s3")


def test_what_is_written_is_listed_and_read(any_store: Store) -> None:
    any_store.write(NAMES[0], NAMES[0].encode())
    any_store.write_all({name: name.encode() for name in NAMES[1:]})
    assert sorted(any_store.list()) == sorted(NAMES)
    assert list(any_store.list("results/R0")) == ["results/R0/market/record.json"]
    assert dict(any_store.read_all([*NAMES, "none"])) == {
        **{name: name.encode() for name in NAMES},
        "none": None,
    }


def test_an_empty_store_lists_nothing(any_store: Store) -> None:
    assert any_store.list() == {}
    assert any_store.list("results/R0") == {}
    assert any_store.read("plan.yaml") is None


def test_another_content_of_the_same_size_has_another_tag(any_store: Store) -> None:
    any_store.write("plan.yaml", b"a")
    before = any_store.list()["plan.yaml"]
    any_store.write("plan.yaml", b"b")
    after = any_store.list()["plan.yaml"]
    assert before.size == after.size == 1
    assert before.tag != after.tag


def test_plans_whose_names_begin_alike_are_told_apart(any_store: Store) -> None:
    Store(Address(f"{any_store.address.url}-2")).write("plan.yaml", b"")
    assert any_store.list() == {}


def test_what_exists_is_not_written_as_new(any_store: Store) -> None:
    assert any_store.write_new("lock", b"first")
    assert not any_store.write_new("lock", b"second")
    assert any_store.read("lock") == b"first"


def test_of_two_at_once_only_one_writes_something_new(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks before the first has written."""
    any_store.write("lock", b"first")
    read = Store.read
    looks = iter([None])
    monkeypatch.setattr(Store, "read", lambda store, name: next(looks, b"") and read(store, name))
    assert not any_store.write_new("lock", b"second")
    monkeypatch.undo()


def test_a_server_that_knows_no_condition_is_asked_before_and_after(server: Objects) -> None:
    _require_s3()
    server.knows_conditions = False
    store = Store(Address("s3://plans/north"))
    assert store.write_new("lock", b"first")
    assert not store.write_new("lock", b"second")
    assert store.read("lock") == b"first"


def test_of_several_files_the_one_that_cannot_be_written_is_told(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Store.write

    def refuse(store: Store, name: str, content: bytes) -> None:
        if name == NAMES[1]:
            raise TerritoryKitError("Refused")
        write(store, name, content)

    monkeypatch.setattr(Store, "write", refuse)
    with pytest.raises(TerritoryKitError, match="Refused"):
        any_store.write_all(dict.fromkeys(NAMES, b""))


def test_removing_what_is_not_there_is_no_fault(any_store: Store) -> None:
    any_store.write("lock", b"x")
    any_store.remove("lock")
    any_store.remove("lock")
    assert any_store.list() == {}


def test_all_pages_of_a_long_list_are_read(server: Objects) -> None:
    _require_s3()
    store = Store(Address("s3://plans/north"))
    names = [f"inputs/{number:03d}.csv" for number in range(2 * PAGE_COUNT + 1)]
    server.objects |= {f"plans/north/{name}": b"x" for name in names}
    assert sorted(store.list()) == names


def test_objects_that_stand_for_folders_are_left_out(server: Objects) -> None:
    """A console makes them when somebody clicks "new folder"."""
    _require_s3()
    for name in ("", "inputs/", "inputs/a.csv", "plan.yaml"):
        server.objects[f"plans/north/{name}"] = b""
    assert sorted(Store(Address("s3://plans/north")).list()) == ["inputs/a.csv", "plan.yaml"]


def test_a_large_file_is_written_whole(server: Objects) -> None:
    _require_s3()
    content = bytes(range(256)) * 60_000
    Store(Address("s3://plans/north")).write("inputs/large.bin", content)
    assert server.objects["plans/north/inputs/large.bin"] == content


def test_wrong_credentials_are_told_without_them(
    server: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    _require_s3()
    assert server.url
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody-else")
    store = Store(Address("s3://plans/somebody/north"))
    for refused in (store.list, lambda: store.read("plan.yaml"), lambda: store.write("x", b"")):
        with pytest.raises(TerritoryKitError) as raised:
            refused()
        assert "with the credentials of this machine" in str(raised.value)
        assert "(s3://plans/somebody/north" in str(raised.value)
        assert SECRET not in str(raised.value)


def test_a_server_that_is_gone_is_told(server: Objects) -> None:
    _require_s3()
    store = Store(Address("s3://plans/north"))
    server.shutdown()
    server.server_close()
    with pytest.raises(TerritoryKitError) as raised:
        store.read("plan.yaml")
    assert str(raised.value).startswith("A stored plan cannot be reached")
    assert "Check the address and the connection" in str(raised.value)


def test_an_unknown_protocol_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"Nobody knows this protocol: nope \(nope://b/n\)"):
        Store(Address("nope://b/n"))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_url: str) -> None:
        raise ImportError("Please install gcsfs to access Google Storage")

    monkeypatch.setattr("territory_kit.render.stored.connect.url_to_fs", fail)
    with pytest.raises(MissingDependencyError) as raised:
        Store(Address("gs://b/n"))
    assert str(raised.value) == (
        "Plans at gs:// need a further package: Please install gcsfs to access Google Storage "
        "(gs://b/n). Install it on this machine, and on the workers of a cluster."
    )
    monkeypatch.setattr("territory_kit.render.stored.connect.open_s3", lambda: fail(""))
    with pytest.raises(
        MissingDependencyError, match='Install one with `python -m pip install "obs'
    ):
        Store(Address("s3://b/n"))


def test_a_folder_that_may_not_be_listed_is_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What most protocols inherit leaves such a folder out without a word."""
    store = Store(Address(f"file://{tmp_path.as_posix()}/north"))
    store.write("plan.yaml", b"")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no")

    monkeypatch.setattr(type(fsspec.filesystem("file")), "ls", refuse)
    with pytest.raises(TerritoryKitError, match="credentials of this machine"):
        store.list()


def test_a_file_that_cannot_be_moved_into_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(Address(f"file://{tmp_path.as_posix()}/north"))
    store.write("plan.yaml", b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", refuse)
        with pytest.raises(TerritoryKitError, match="The disk is full"):
            store.write("plan.yaml", b"new")
    assert store.read("plan.yaml") == b"old"
    assert list(store.list()) == ["plan.yaml"]
