"""Addresses of plans, shown without their secrets."""

import os
import re
from dataclasses import dataclass, field

from territory_kit.errors import ParameterError
from territory_kit.render.stored.names import is_safe

_BETWEEN = "://"
_HIDDEN = "***"
_WEB = {"http", "https"}
_SECRET_VARIABLES = re.compile(r"SECRET|TOKEN|PASSWORD|ACCESS_KEY|SAS|CONNECTION_STRING")
# A shorter value would black out words that are no secret.
_SHORTEST_SECRET = 8


@dataclass(frozen=True)
class Address:
    """Where a plan is stored. As text it tells neither a password nor what follows a ``?``.

    Parameters
    ----------
    url
        As fsspec understands it, for example ``s3://bucket/plans/north``.

    Raises
    ------
    ParameterError
        When it does not end in a name that a folder can have.
    """

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        """Check that it ends in a name."""
        if "/" in self.name or not is_safe(self.name):
            raise ParameterError(
                "An address must end in the name of the plan's folder",
                value=str(self),
                remedy="Write it like s3://bucket/plans/north.",
            )

    @property
    def protocol(self) -> str:
        """What stands before the colon."""
        return self.url.partition(_BETWEEN)[0]

    @property
    def name(self) -> str:
        """Name of the plan's folder."""
        path = self.url.partition(_BETWEEN)[2].split("?")[0]
        return path.rstrip("/").rpartition("/")[2]

    def __str__(self) -> str:
        protocol, between, rest = self.url.partition(_BETWEEN)
        server, slash, path = rest.split("?")[0].rstrip("/").partition("/")
        user, at, host = server.rpartition("@")
        if at and (":" in user or protocol in _WEB):
            # the container of abfs://container@account stands there too, and is no secret
            server = f"{user.partition(':')[0] if ':' in user else _HIDDEN}:{_HIDDEN}@{host}"
        return f"{protocol}{between}{server}{slash}{path}"

    def hide_secrets(self, text: str) -> str:
        """Take out of a library's message what must not be printed.

        Parameters
        ----------
        text
            The message.

        Returns
        -------
        str
            The message without the address's secrets and those of the environment.
        """
        user = self.url.partition(_BETWEEN)[2].partition("/")[0].rpartition("@")[0]
        is_token = self.protocol in _WEB and ":" not in user
        password = user if is_token else user.partition(":")[2]
        secrets = [password, self.url.partition("?")[2]]
        secrets += [
            value
            for name, value in os.environ.items()
            if _SECRET_VARIABLES.search(name.upper()) and len(value) >= _SHORTEST_SECRET
        ]
        shown = text.replace(self.url, str(self))
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            shown = shown.replace(secret, _HIDDEN)
        return shown
