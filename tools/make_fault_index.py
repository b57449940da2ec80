"""Write the index of faults from their codes: `python -m tools.make_fault_index`."""

from collections.abc import Iterable
from pathlib import Path

from territory_kit.tables import Fault
from territory_kit.tables.faults.codes import FAULT_CODES
from territory_kit.tables.faults.fault import SEVERITY_WORDS
from tools.fault_examples import example_faults

FILE = Path(__file__).resolve().parents[1] / "docs" / "faults.md"
_INTRODUCTION = """\
# Faults of the inputs

What `territory-kit check` may find, by code: how it comes about, what to do, and how the message
reads. This page is made from `territory_kit/tables/faults/codes.py` by
`python -m tools.make_fault_index`.

{severities}

Each fault says how much it affects: the share of potential that the accounts of its rows hold; of
revenue where no potential is known, or where potential itself is at fault; of accounts where there
is no money at all. `territory-kit check PLAN --out faults.xlsx` lists every faulty cell.

"""


def index_markdown(examples: Iterable[Fault]) -> str:
    """Write the index of all faults.

    Parameters
    ----------
    examples
        Faults of the examples; the first of each code is shown.

    Returns
    -------
    str
        Markdown: one section per code, with severities and an example message.
    """
    found: dict[str, list[Fault]] = {code: [] for code in FAULT_CODES}
    for fault in examples:
        found[fault.code].append(fault)
    links = ", ".join(f"[{code}](#{code})" for code in FAULT_CODES)
    sections = [_section(code, faults) for code, faults in found.items()]
    severities = "\n".join(
        f"- **{severity.capitalize()}**: {', '.join(words)}."
        for severity, words in SEVERITY_WORDS.items()
    )
    return "\n".join([f"{_INTRODUCTION.format(severities=severities)}{links}", *sections])


def _section(code: str, faults: list[Fault]) -> str:
    entry = FAULT_CODES[code]
    severities = " or ".join(dict.fromkeys(fault.severity for fault in faults))
    lines = [f"\n## {code}\n", f"*{severities.capitalize()}.* {entry.cause}\n"]
    lines.append(f"**What to do:** {entry.remedy}\n")
    lines += [f"> {_escape(fault.message)}\n" for fault in faults[:1]]
    return "\n".join(lines)


def _escape(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\`*_<>[]#|" else sign for sign in text)


if __name__ == "__main__":
    FILE.write_text(index_markdown(example_faults()), encoding="utf-8", newline="\n")
    print(f"Written: {FILE}")
