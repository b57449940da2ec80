"""One kind of fault: its code, what causes it, what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FaultCode:
    """One kind of fault.

    Parameters
    ----------
    code
        Short name.
    cause
        How it comes about, in sentences.
    remedy
        What to do about it, in sentences.
    """

    code: str
    cause: str
    remedy: str
