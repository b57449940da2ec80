"""The last lines of a test run: how many published numbers were reproduced."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
CASES = """\
import pytest

@pytest.mark.oracle
@pytest.mark.parametrize("number", [1, 2])
def test_published(number): pass

@pytest.mark.oracle
@pytest.mark.skip(reason="no data")
def test_published_elsewhere(): pass

@pytest.mark.oracle
def test_wrong(): assert False

def test_other(): pass
"""


@pytest.mark.slow
def test_a_run_says_how_many_published_numbers_it_reproduced(tmp_path: Path) -> None:
    shutil.copyfile(CONFTEST, tmp_path / "conftest.py")
    (tmp_path / "test_cases.py").write_text(CASES, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = oracle\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    shown = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    ).stdout
    line = "oracle: 2 tests against published numbers passed, 1 skipped, 1 failed\n"
    assert line in shown
