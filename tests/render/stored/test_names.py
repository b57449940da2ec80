"""Names of stored files come from outside."""

import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.render.stored.names import is_for_region, is_of_plan, is_safe, require_safe


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../x", "a/..", "/etc/passwd", "a//b", "", ".", "a/./b", "a\\..\\b", "a\0b", "a\nb"],
)
def test_a_name_that_leads_out_of_the_folder_is_not_safe(name: str) -> None:
    assert not is_safe(name)


@pytest.mark.parametrize("name", ["plan.yaml", "inputs/Comptes clés #1 100%.csv", "a/...b", "a..b"])
def test_any_other_name_is_safe(name: str) -> None:
    assert is_safe(name)


def test_unsafe_names_are_listed_with_the_address() -> None:
    with pytest.raises(TerritoryKitError) as raised:
        require_safe(["plan.yaml", "../x"], where="s3://b/north")
    assert "no folder takes: '../x' (s3://b/north). Rename or delete them there." in str(
        raised.value
    )


@pytest.mark.parametrize(
    ("name", "belongs"),
    [
        ("plan.yaml", True),
        ("inputs/a.csv", True),
        (".cache/inputs-1/read.json", True),
        (".cache/draft-1/read.json", False),
        (".locks/batch.json", False),
        ("reports/R0/.draft-x/report.html", False),
        # left for `require_safe`, which refuses it
        ("inputs/../../x", True),
    ],
)
def test_what_begins_with_a_dot_is_no_part_of_a_plan(name: str, *, belongs: bool) -> None:
    assert is_of_plan(name) is belongs


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("plan.yaml", True),
        ("inputs/a.csv", True),
        ("results/_company/company/record.json", True),
        ("results/R0/market/record.json", True),
        ("results/R00/market/record.json", False),
        ("reports/R0/report.html", False),
        (".locks/batch.json", False),
    ],
)
def test_a_region_reads_its_own_results(name: str, *, is_read: bool) -> None:
    assert is_for_region(name, "R0") is is_read
