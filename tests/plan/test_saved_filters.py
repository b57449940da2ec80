"""Saved filters are checked as soon as the options are read."""

from pathlib import Path

import pytest

from territory_kit.errors import ParameterError
from territory_kit.options import Options
from territory_kit.plan.precedence import merge, resolve, used_options
from territory_kit.plan.saved_filters import check_filters
from territory_kit.plan.settings import read_plan_file


def test_a_filter_over_declared_columns_is_right() -> None:
    text = 'industry = "hotel" and need_wine_share > 0.5'
    options = Options.model_validate({"market": {"scope": text}})
    assert check_filters(options) is options


def test_an_unknown_name_is_refused_in_four_parts() -> None:
    with pytest.raises(ParameterError) as caught:
        resolve([{"market": {"segment_rules": {"small": "employes < 10"}}}], where="notebook")
    assert caught.value.what == "The filter asks for columns that do not exist"
    assert caught.value.value == "employes"
    assert caught.value.where == "market: segment_rules: small; position 1"
    assert "Known names: account_id, account_name" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("market: {scope: 'city ='}", "the settings"),
        ("regions: {North: {market: {scope: 'city ='}}}", "regions.North"),
    ],
)
def test_a_filter_of_the_plan_is_checked_with_its_other_settings(
    tmp_path: Path, text: str, key: str
) -> None:
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        read_plan_file(tmp_path)
    assert f"- {key}: The filter ends too early (market: scope; position 7)." in str(caught.value)


def test_a_region_that_sets_rules_sets_all_of_them() -> None:
    weak = {"market": {"segment_rules": {"a": 'city = "Paris"'}}}
    strong = {"market": {"segment_rules": {"b": 'city = "Lyon"'}}}
    assert merge(weak, strong) == strong


def test_the_order_of_rules_is_part_of_what_a_result_is_made_from() -> None:
    rules = {"a": 'city = "Paris"', "b": "employees_count > 1"}
    turned = dict(reversed(rules.items()))
    first, second = (
        used_options("market", Options.model_validate({"market": {"segment_rules": given}}))
        for given in (rules, turned)
    )
    assert first["market"]["segment_rules"] != second["market"]["segment_rules"]
