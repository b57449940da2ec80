"""Addresses: their name, and what of them is never shown."""

import pytest

from territory_kit.errors import ParameterError
from territory_kit.render.stored.address import Address


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("s3://bucket/plans/north", "north"),
        ("s3://bucket/plans/north/", "north"),
        ("s3://bucket", "bucket"),
        ("memory://north?x=1/2", "north"),
    ],
)
def test_the_last_part_is_the_name_of_the_folder(url: str, name: str) -> None:
    assert Address(url).name == name


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("s3://bucket/plans/north", "s3://bucket/plans/north"),
        ("sftp://ana:geheim@host:22/plans/north", "sftp://ana:***@host:22/plans/north"),
        ("https://token@host/north?sig=geheim", "https://***:***@host/north"),
        ("abfs://plans@account.dfs/north", "abfs://plans@account.dfs/north"),
    ],
)
def test_secrets_of_an_address_are_not_shown(url: str, shown: str) -> None:
    assert str(Address(url)) == shown
    assert "geheim" not in repr(Address(url))


@pytest.mark.parametrize("url", ["s3://", "s3://bucket/..", "s3://bucket/plans/.", "s3:///"])
def test_an_address_without_a_name_is_refused(url: str) -> None:
    with pytest.raises(ParameterError, match="must end in the name of the plan's folder"):
        Address(url)


def test_a_password_is_no_part_of_the_refusal() -> None:
    with pytest.raises(ParameterError) as raised:
        Address("sftp://ana:geheim@host/..")
    assert "geheim" not in str(raised.value)


def test_secrets_are_taken_out_of_what_libraries_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-long-secret")
    monkeypatch.setenv("GREETING", "not answered")
    address = Address("sftp://ana:geheim@host/north?sig=abc")
    said = "sftp://ana:geheim@host/north?sig=abc not answered: geheim, sig=abc, a-long-secret"
    assert Address("https://token@host/n").hide_secrets("token") == "***"
    assert address.hide_secrets(said) == "sftp://ana:***@host/north not answered: ***, ***, ***"
