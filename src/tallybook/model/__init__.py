"""The nouns: frozen records that every room hands to the next.

Arrives: nothing. Leaves: records. Never here: files, clocks, engines, defaults that hide a missing value.
"""

from tallybook.model.claim import (
    AFFILIATIONS,
    DIMENSIONS,
    EVENT_TYPES,
    MEASURES,
    MODIFIERS,
    STANCES,
    Claim,
    Count,
    DateRange,
    Place,
    PlaceCandidate,
    Target,
)
from tallybook.model.document import Document
from tallybook.model.figure import Conflict, Figure, LeftOut, Query, Step
from tallybook.model.incident import Incident, Link
from tallybook.model.issue import Issue
from tallybook.model.judgement import Judgement, Passage
from tallybook.model.person import Person
from tallybook.model.records import (
    Allegation,
    Conduct,
    Control,
    Evidence,
    ForceSize,
    Number,
    Reading,
    Relation,
    Victim,
)
from tallybook.model.span import Span

__all__ = [
    "AFFILIATIONS", "DIMENSIONS", "EVENT_TYPES", "MEASURES", "MODIFIERS", "STANCES",
    "Allegation", "Claim", "Conduct", "Conflict", "Control", "Count", "DateRange", "Document", "Evidence", "Figure",
    "ForceSize", "Incident", "Issue", "Judgement", "LeftOut", "Link", "Number", "Passage", "Person", "Place",
    "PlaceCandidate", "Query", "Reading", "Relation", "Span", "Step", "Target", "Victim",
]  # fmt: skip
