"""A plan of two regions with few accounts, on which all steps can run."""

import shutil
from pathlib import Path

import pytest

from territory_kit.plan import STEPS
from territory_kit.walk import open_task


@pytest.fixture
def folder(two_regions: Path) -> Path:
    """Return a plan folder of the test's own."""
    return two_regions


@pytest.fixture(scope="session")
def walked_once(two_regions_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run and save all five steps of the region Nord."""
    plan = Path(
        shutil.copytree(two_regions_once, tmp_path_factory.mktemp("walked") / "two-regions")
    )
    for step in STEPS:
        opened = open_task(step, plan_dir=plan, region="Nord")
        opened.save(opened.run())
    return plan


@pytest.fixture
def walked(walked_once: Path, tmp_path: Path) -> Path:
    """Return a walked plan folder of the test's own."""
    return Path(shutil.copytree(walked_once, tmp_path / "walked"))
