"""What one source said about harm, in words that can be found again."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.described import described
from tallybook.model.span import Span

MEASURES = ("killed", "injured", "missing", "captured", "displaced")
MODIFIERS = ("exact", "at_least", "nearly", "about", "more_than", "up_to", "between", "vague")
AFFILIATIONS = ("civilian", "combatant", "mixed", "unknown")
STANCES = ("asserted", "alleged", "updated", "denied", "negated", "retracted")
DIMENSIONS = ("status", "sex_age", "side", "nationality", "place", "day", "author", "manner")
EVENT_TYPES = (
    "airstrike", "shelling", "drone_strike", "armed_clash", "ground_attack", "ied_or_mine", "execution_or_massacre",
    "arrest_or_abduction", "surrender_or_capture", "sexual_violence", "arson_or_destruction",
    "protest_or_riot_violence", "chemical_or_prohibited_weapon", "other",
)  # fmt: skip


FIRE = frozenset({"airstrike", "drone_strike", "shelling"})
CAPTIVITY = frozenset({"arrest_or_abduction", "surrender_or_capture"})
"""The two classes of acts that exclude each other: fire from afar, and people taken."""


OF_BOOK = " of book "
"""What stands in an event key between the id of an incident and the name of the book that it was imported from."""


NAMED_ROWS = "list: rows counted"
"""Rule of a claim that counts the rows of an imported list: it says how many at least, and is no toll of its own."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons as it was said. A bound that nobody stated is None, never 0."""

    low: int | None = described("smallest number the words allow, inclusive; None: not stated")
    high: int | None = described("largest number the words allow, inclusive; None: not stated")
    modifier: str = described("one of MODIFIERS")
    text: str = described("the words the number was read from")
    span: Span | None = described("where these words stand", default=None)


@dataclass(frozen=True, slots=True)
class Target:
    """Who was harmed, as the report says it."""

    affiliation: str = described("one of AFFILIATIONS, never guessed", default="unknown")
    group: str | None = described("canonical name of the organisation they belong to", default=None)
    sex: str | None = described("female, male or None", default=None)
    age: str | None = described("child, adult or None", default=None)
    text: str | None = described("the noun the report uses", default=None)
    span: Span | None = described("where that noun stands", default=None)


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One place that a name may mean."""

    id: str
    name: str
    admin: tuple[str, ...]
    country: str | None
    lat: float | None
    lon: float | None
    probability: float


@dataclass(frozen=True, slots=True)
class Place:
    """The most specific named place, its larger units, and how well it is known."""

    name: str = described("canonical name, or the words of the report")
    admin: tuple[str, ...] = described("larger units, smallest first, without the country", default=())
    country: str | None = described("ISO 3166-1 alpha-3", default=None)
    lat: float | None = described("degrees north of the best candidate", default=None)
    lon: float | None = described("degrees east of the best candidate", default=None)
    radius_km: float | None = described("honest radius around lat/lon, km", default=None)
    precision: str = described("exact, near, admin3, admin2, admin1, country or unresolved", default="unresolved")
    id: str | None = described("id in the gazetteer of the best candidate", default=None)
    span: Span | None = described("where the name stands", default=None)
    candidates: tuple[PlaceCandidate, ...] = described("places it may be, most probable first", default=())


@dataclass(frozen=True, slots=True)
class DateRange:
    """When something happened: inclusive ISO days, either of which may be open."""

    start: str | None = described("first day, ISO, inclusive; None: open", default=None)
    end: str | None = described("last day, ISO, inclusive; None: open", default=None)
    precision: str = described("day, night, week, month, year, range, since, before or unknown", default="unknown")
    text: str | None = described("the words it was read from", default=None)
    span: Span | None = described("where these words stand", default=None)
    vague: bool = described("true where the words have no sharp edges", default=False)
    anchor: str | None = described("ISO day that relative words were resolved against", default=None)


@dataclass(frozen=True, slots=True)
class Claim:
    """One measure of harm, to one group, in one incident or toll, as one source told it."""

    id: str = described("unique in a book; computed from document, reader and content")
    document: str = described("key of the document it stands in")
    reader: str = described("name and version of the reader that made it")
    quote: str = described("the passage that carries the claim; holds the words of the count")
    span: Span = described("where the quote stands")
    measure: str | None = described("one of MEASURES; None for denials, negations and mixed tolls")
    count: Count | None = described("how many persons; None where the claim is a denial or negation")
    field: str = described("body or title: which text the spans count in", default="body")
    claimants: tuple[str, ...] = described("the speaker and the organisation spoken for, organisation last", default=())
    relay: tuple[str, ...] = described("who passed the statement on, innermost first", default=())
    stance: str = described("one of STANCES", default="asserted")
    about: str | None = described("measure that a denial or negation speaks of", default=None)
    responds_to: str | None = described("id of the claim that a denial answers", default=None)
    origin: str | None = described("canonical name of the organisation whose word it is", default=None)
    origin_named: bool = described(
        "false for unnamed sources ('officials'): one origin per kind and incident", default=True
    )
    interest: str | None = described(
        "own, adversary, third or compiler: whose losses the claimant speaks of", default=None
    )
    event_type: str = described("one of EVENT_TYPES", default="other")
    perpetrator: tuple[str, ...] = described("canonical names; empty: not named", default=())
    target: Target = described("who was harmed", default=Target())
    place: Place | None = described("where the harm happened", default=None)
    date: DateRange | None = described("when the harm happened", default=None)
    time: str | None = described("HH:MM local, where stated", default=None)
    weapon: tuple[str, ...] = described("weapons named for this harm", default=())
    scope: str = described("incident or cumulative", default="incident")
    part_of: str | None = described("id of the claim whose number contains this one", default=None)
    dimension: str | None = described("for a part, one of DIMENSIONS", default=None)
    whole_exact: bool = described("true where the words say that the parts make up the whole", default=False)
    change: str | None = described("'added' where the number comes on top of an earlier toll", default=None)
    event: str | None = described("key of the event inside its report; claims told as one event share it", default=None)
    spans: tuple[tuple[str, Span], ...] = described("field name and where its words stand, sorted", default=())
    rule: str | None = described("stage and rule that made it", default=None)
    confidence: float | None = described("probability that count and measure are right", default=None)
    confidences: tuple[tuple[str, float], ...] = described(
        "field name and the probability that it is right, sorted", default=()
    )
