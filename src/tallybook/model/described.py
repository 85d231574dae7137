"""Help text on record fields: what the codebook says about each column."""

from __future__ import annotations

from dataclasses import MISSING, field, fields
from typing import Any


def described(text: str, *, default: Any = MISSING) -> Any:
    """Declare a dataclass field whose help text becomes the codebook; `default` must be immutable."""
    if default is MISSING:
        return field(metadata={"help": text})
    return field(default=default, metadata={"help": text})


def codebook(record: type) -> dict[str, str]:
    """Return the help text of every described field of `record`, in field order."""
    return {f.name: f.metadata["help"] for f in fields(record) if "help" in f.metadata}
