"""Every kind of fault once. `docs/faults.md` is made of it.

A new code gets an entry, in alphabetical order, in `codes_of_files`, `codes_of_values` or
`codes_of_links`, and an example in `tools/fault_examples.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from territory_kit.tables.faults import codes_of_files, codes_of_links, codes_of_values
from territory_kit.tables.faults.code import FaultCode

_ENTRIES = (*codes_of_files.CODES, *codes_of_values.CODES, *codes_of_links.CODES)

FAULT_CODES: Mapping[str, FaultCode] = MappingProxyType(
    {entry.code: entry for entry in sorted(_ENTRIES, key=lambda entry: entry.code)}
)
