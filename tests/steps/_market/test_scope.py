from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._market.scope import fill_in_kinds, mark_scope

MakeTable = Callable[..., pd.DataFrame]

DAY = date(2026, 1, 31)
AN_ACCOUNT = {"account_id": "1", "account_name": "Ash", "account_type": "customer"}


def reason_of(make_table: MakeTable, options: Options, **account: object) -> str | None:
    """Return why one account is left out, None where it is in scope."""
    row = {name: [value] for name, value in {**AN_ACCOUNT, **account}.items()}
    marked = mark_scope(fill_in_kinds(make_table("accounts", **row)), options=options)
    reasons = marked["left_out_reason"].dropna().tolist()
    assert marked["is_in_scope"].tolist() == [not reasons]
    return reasons[0] if reasons else None


@pytest.mark.parametrize(
    ("options", "account", "reason"),
    [
        pytest.param({}, {}, None, id="nothing speaks against it"),
        pytest.param(
            {"as_of_date": DAY},
            {"valid_from_date": pd.Timestamp("2026-02-01")},
            "not yet valid on 2026-01-31",
            id="opens tomorrow",
        ),
        pytest.param(
            {"as_of_date": DAY},
            {"valid_to_date": pd.Timestamp("2026-01-30")},
            "no longer valid on 2026-01-31",
            id="closed yesterday",
        ),
        pytest.param(
            {"as_of_date": DAY},
            {
                "valid_from_date": pd.Timestamp("2026-01-31"),
                "valid_to_date": pd.Timestamp("2026-01-31"),
            },
            None,
            id="valid on that very day",
        ),
        pytest.param(
            {},
            {"valid_to_date": pd.Timestamp("1999-01-01")},
            None,
            id="without a day nothing has run out",
        ),
        pytest.param(
            {},
            {"account_type": "partner"},
            "type not in scope: partner",
            id="type",
        ),
        pytest.param(
            {"market": {"account_types": ("customer",)}},
            {"account_type": None},
            "type not in scope: prospect",
            id="no type and no revenue is a prospect",
        ),
        pytest.param(
            {"market": {"account_types": ("customer",)}},
            {"account_type": None, "revenue_amount_per_year": 5.0},
            None,
            id="no type but revenue is a customer",
        ),
        pytest.param(
            {"market": {"countries": ("FR",)}},
            {"country": "Belgium"},
            "country not in scope: Belgium",
            id="country",
        ),
        pytest.param(
            {"market": {"countries": ("FR",)}}, {"country": "fr"}, None, id="case of a country"
        ),
        pytest.param(
            {"market": {"countries": ("FR",)}, "country": "FR"},
            {},
            None,
            id="no country counts as in that of the plan",
        ),
        pytest.param(
            {"market": {"countries": ("FR",)}},
            {},
            "country not in scope: (no country)",
            id="no country and a plan without one",
        ),
        pytest.param(
            {"market": {"segments": ("bar",)}},
            {"segment": "shop"},
            "segment not in scope: shop",
            id="segment",
        ),
        pytest.param(
            {"market": {"segments": ("bar",)}},
            {},
            "segment not in scope: (no segment)",
            id="no segment where some are asked for",
        ),
        pytest.param(
            {"market": {"excluded_segments": ("shop",)}},
            {"segment": "shop"},
            "segment excluded: shop",
            id="excluded segment",
        ),
        pytest.param(
            {"market": {"minimum_employees_count": 5}},
            {"employees_count": 4.0},
            "fewer than 5 employees",
            id="too small",
        ),
        pytest.param(
            {"market": {"minimum_employees_count": 5}},
            {"employees_count": 5.0},
            None,
            id="just large enough",
        ),
        pytest.param(
            {"market": {"minimum_employees_count": 5}}, {}, None, id="unknown size passes"
        ),
        pytest.param({}, {"coverage": "house"}, None, id="house accounts are market"),
        pytest.param({}, {"coverage": "partner"}, None, id="so are those of partners"),
    ],
)
def test_a_rule_leaves_out_what_it_should(
    make_table: MakeTable, options: dict[str, object], account: dict[str, object], reason: str
) -> None:
    assert reason_of(make_table, Options.model_validate(options), **account) == reason


def test_the_first_rule_that_applies_is_the_reason(make_table: MakeTable) -> None:
    """A competitor that has closed, abroad, in an excluded segment, and too small."""
    market = {
        "countries": ("FR",),
        "segments": ("bar",),
        "excluded_segments": ("shop",),
        "minimum_employees_count": 5,
    }
    against: dict[str, object] = {
        "valid_to_date": pd.Timestamp("2026-01-30"),
        "account_type": "competitor",
        "country": "BE",
        "segment": "shop",
        "employees_count": 1.0,
    }
    mended: dict[str, object] = {
        "valid_to_date": pd.NaT,
        "account_type": "customer",
        "country": "FR",
        "segment": "bar",
        "employees_count": 9.0,
    }
    options = Options.model_validate({"as_of_date": DAY, "market": market})
    reasons = []
    for name, value in mended.items():
        reasons.append(reason_of(make_table, options, **against))
        against[name] = value
    assert reasons == [
        "no longer valid on 2026-01-31",
        "type not in scope: competitor",
        "country not in scope: BE",
        "segment not in scope: shop",
        "fewer than 5 employees",
    ]
    assert reason_of(make_table, options, **against) is None
