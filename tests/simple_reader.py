"""A reader for tests that need claims and no model.

It reads "NUMBER people|civilians|soldiers were VERB in PLACE", with or without "by the NAME" before the place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from tallybook.knowledge import Knowledge
from tallybook.model import Claim, Count, DateRange, Document, Issue, Number, Place, Reading, Span, Target, Victim

TOLL = re.compile(
    r"(?P<count>\d+) (?P<who>people|civilians|soldiers) were (?P<measure>killed|injured)"
    r"(?: by the (?P<by>[A-Z]\w+(?: [A-Z]\w+)*))?(?: in (?P<place>[A-Z]\w+))?(?: on (?P<day>\d{4}-\d\d-\d\d))?"
)
NAMED = re.compile(r"(?P<name>[A-Z]\w+ [A-Z]\w+), (?P<age>\d+), was killed")
STATUS = {"people": "unknown", "civilians": "civilian", "soldiers": "combatant"}


class SimpleReader:
    """Reads one kind of sentence; crashes on a text that says CRASH."""

    name = "simple/1"

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        for document in documents:
            yield self.read(document)

    def read(self, document: Document) -> Reading:
        if "CRASH" in document.text:
            raise ValueError("asked to crash")
        claims = tuple(self._claim(document, match) for match in TOLL.finditer(document.text))
        victims = tuple(
            Victim(
                f"v-{document.key[:8]}-{m.start()}", m.group(), Span(*m.span()), (), m["name"], int(m["age"]),
                int(m["age"]), claim=claims[0].id if claims else None,
            )
            for m in NAMED.finditer(document.text)
        )  # fmt: skip
        issues = () if claims else (Issue("no-claims", f"{document.id}: nothing was read.", document.id),)
        ages = tuple(Number(m["age"], Span(*m.span("age")), "body", "age") for m in NAMED.finditer(document.text))
        return Reading(document, self.name, claims, victims, issues=issues, numbers=ages)

    def _claim(self, document: Document, match: re.Match[str]) -> Claim:
        number = int(match["count"])
        digest = hashlib.sha256(f"{document.key} {self.name} {match.span()}".encode()).hexdigest()[:12]
        return Claim(
            id=f"c-{digest}",
            document=document.key,
            reader=self.name,
            quote=match.group(),
            span=Span(*match.span()),
            measure=match["measure"],
            count=Count(number, number, "exact", match["count"], Span(*match.span("count"))),
            claimants=(document.publisher,) if document.publisher else (),
            origin=document.publisher,
            event_type="shelling",
            perpetrator=(match["by"],) if match["by"] else (),
            target=Target(STATUS[match["who"]], text=match["who"]),
            place=Place(match["place"], precision="exact") if match["place"] else None,
            date=DateRange(match["day"], match["day"], "day", match["day"]) if match["day"] else None,
            event=f"{match['place']}-{match['day']}",
            rule="simple",
        )
