"""Folder names of regions: names come from outside, and folders must be safe everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territory_kit.plan.slug import region_slug

SAFE = re.compile(r"[A-Za-z0-9_-]+")


def test_a_safe_name_stays_as_it_is() -> None:
    assert region_slug("Bretagne", ["Bretagne", "Corse"]) == "Bretagne"


def test_the_whole_plan_has_its_own_folder() -> None:
    assert region_slug("", ["Bretagne"]) == "_company"


@pytest.mark.parametrize(
    ("name", "start", "reason"),
    [
        ("Île-de-France", "Ile-de-France-", "accents are taken off"),
        ("St. Louis", "St-Louis-", "a dot and a blank become one hyphen"),
        ("../../x", "x-", "a path leads nowhere"),
        ("C:\\Windows", "C-Windows-", "nor does a drive"),
        ("北京", "region-", "no ASCII letter is left"),
        ("CON", "CON-", "Windows keeps the name for a device"),
        ("lpt1", "lpt1-", "whatever its case"),
        ("_company", "company-", "the folder of the whole plan"),
        (" Nord", "Nord-", "a blank in front"),
        ("-rf", "rf-", "looks like an option"),
        ("Nord-0123abcd", "Nord-0123abcd-", "looks like a changed name"),
        ("x" * 300, "x" * 48 + "-", "too long for some systems"),
        ("Nord\0Sud", "Nord-Sud-", "no system takes this character"),
        ("\ud800", "region-", "half of a character"),
    ],
)
def test_a_changed_name_gets_a_hash(name: str, start: str, reason: str) -> None:
    slug = region_slug(name, [name])
    assert slug.startswith(start), reason
    assert re.fullmatch(r"[0-9a-f]{8}", slug.removeprefix(start)), reason


def test_names_that_differ_only_by_case_never_meet() -> None:
    """Windows and macOS take them for one folder."""
    names = ["Lyon", "LYON"]
    slugs = {region_slug(name, names).casefold() for name in names}
    assert len(slugs) == 2


def test_a_name_that_looks_like_the_slug_of_another_never_meets_it() -> None:
    accented = region_slug("Île", ["Île"])
    assert region_slug(accented, ["Île", accented]) != accented


@given(st.lists(st.text(max_size=20).filter(bool), min_size=1, max_size=8, unique=True))
def test_slugs_are_safe_and_never_meet(names: list[str]) -> None:
    slugs = [region_slug(name, names) for name in names]
    assert all(SAFE.fullmatch(slug) for slug in slugs)
    assert len({slug.casefold() for slug in slugs}) == len(names)


@given(st.permutations(["Nord", "nord", "Süd", "Île", "CON"]))
def test_the_order_of_the_regions_does_not_matter(names: list[str]) -> None:
    assert region_slug("Nord", names) == region_slug("Nord", sorted(names))
