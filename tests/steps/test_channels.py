from collections.abc import Callable

import pandas as pd

from territory_kit.steps.channels import remote_ids


def test_remote_coverage_and_calls_by_phone_are_served_without_driving(
    make_region: Callable[..., dict[str, pd.DataFrame]],
) -> None:
    tables = make_region(account_id=["1", "2", "3"], coverage=["remote", "field", "field"])
    quality = tables["account_quality"].assign(call_channel=["visit", "phone", "visit"])
    assert remote_ids({**tables, "account_quality": quality}) == {"1", "2"}
