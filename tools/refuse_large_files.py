"""Refuse files that would slow every later clone: python tools/refuse_large_files.py FILE..."""

import sys
from pathlib import Path

LIMIT_BYTES = 1_000_000


def main(names: list[str]) -> int:
    """Print each file above the limit and return 1 if there is one."""
    large = [name for name in names if Path(name).stat().st_size > LIMIT_BYTES]
    for name in large:
        print(f"{name} is larger than {LIMIT_BYTES:,} bytes: make it smaller or leave it out.")
    return int(bool(large))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
