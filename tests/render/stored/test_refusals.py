"""What a store refuses is told in plain words, without secrets."""

import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.render.stored.address import Address
from territory_kit.render.stored.refusals import plain_store_errors


class NoCredentialsError(Exception):
    """As botocore's, which is no `OSError`."""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError("Access Denied"), "with the credentials of this machine: Access Denied"),
        (NoCredentialsError("Unable"), "with the credentials of this machine: Unable"),
        (OSError("GET answered 403 Forbidden"), "credentials of this machine: GET answered 403"),
        (NotImplementedError(), "cannot do what is needed: NotImplementedError"),
        (TimeoutError("late\nmore"), "does not answer as it should: late (sftp://a:***@h/north/x)"),
        (FileNotFoundError("no bucket"), "does not answer as it should: no bucket"),
        (ValueError("geheim is wrong"), "does not answer as it should: *** is wrong"),
    ],
)
def test_each_error_is_a_sentence(error: Exception, said: str) -> None:
    with (
        pytest.raises(TerritoryKitError) as raised,
        plain_store_errors(Address("sftp://a:geheim@h/north"), "x"),
    ):
        raise error
    assert said in str(raised.value)


def test_our_own_errors_stay_as_they_are() -> None:
    own = TerritoryKitError("Wrong")
    with pytest.raises(TerritoryKitError) as raised, plain_store_errors(Address("s3://b/n")):
        raise own
    assert raised.value is own
