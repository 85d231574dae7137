"""One source as a report names it."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.span import Span

OUTLET = "outlet"
"""Kind of source of the outlet's own counts: 'according to our tally'."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source as a report names it."""

    speaker: str | None  # a person or unnamed kind, as worded
    organisation: str | None  # canonical name of who is spoken for
    origin: str  # the organisation, or the kind of unnamed source
    named: bool
    span: Span
    kind: str | None = None  # kind of unnamed source
    pronoun: bool = False
    words: str = ""  # the whole phrase that names it

    @property
    def claimants(self) -> tuple[str, ...]:
        """Return the speaker and the organisation spoken for, organisation last; one name if they differ in case only."""
        if self.speaker and self.organisation and self.speaker.lower() == self.organisation.lower():
            return (self.organisation,)
        return tuple(n for n in (self.speaker, self.organisation) if n)
