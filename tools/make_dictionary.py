"""Write the data dictionary from the declared columns: `python tools/make_dictionary.py`."""

from pathlib import Path

from territory_kit import columns

FILE = Path(__file__).resolve().parents[1] / "docs" / "data-dictionary.md"

if __name__ == "__main__":
    FILE.write_text(columns.dictionary_markdown(), encoding="utf-8", newline="\n")
    print(f"Written: {FILE}")
