"""Some documents of a book as people set them, loaded without the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tallybook.incidents.events import Told
from tallybook.incidents.link import told_in
from tallybook.incidents.memory import Memory
from tallybook.incidents.relinking import ReachesFurther
from tallybook.ledger.judged import ADD_CLAIM
from tallybook.model import Claim, Document, Judgement, Victim
from tallybook.model.linked_event import EventKey
from tallybook.model.reaching import reached
from tallybook.model.standing import PURGE, PURGED, UNDO, standing
from tallybook.review.applying import CHANGING_NOTHING, Applied, applied
from tallybook.review.mending import ON_DOCUMENTS
from tallybook.review.registering import ON_ACTORS
from tallybook.store.link_contract import LinkShelf


class Reports:
    """Documents of a book, as people set them, with their claims and events; each is loaded once.

    Documents that one judgement is about are loaded together, so that it means what it means in the whole book.
    """

    def __init__(self, shelf: LinkShelf, log: Sequence[Judgement]) -> None:
        self._shelf = shelf
        self._log = log
        self._tied: dict[str, set[str]] = defaultdict(set)
        for judgement in standing(log):
            keys = {p.document for p in judgement.passages}
            for key in keys if len(keys) > 1 else ():
                self._tied[key] |= keys
        self._memory = Memory()
        self._events: dict[str, list[Told]] = {}
        self.documents: dict[str, Document] = {}
        self.claims: dict[str, Claim] = {}
        self.judgements: dict[str, Judgement] = {}

    def tied(self, keys: Iterable[str]) -> set[str]:
        """Return documents with all that judgements tie to them."""
        return set(reached(sorted(keys), lambda key: self._tied.get(key, ()))) | set(keys)

    def load(self, keys: Iterable[str]) -> None:
        """Load documents that are not loaded yet."""
        missing = {key for key in self.tied(keys) if key not in self._events}
        if not missing:
            return
        held = self._shelf.documents(missing)
        laid: Applied = applied(_in_order(self._shelf.claims(missing), held), held, self._log)
        victims: list[Victim] = [victim for _, victim in self._shelf.victims(missing)]
        self.documents.update(laid.documents)
        self.claims.update((claim.id, claim) for claim in laid.claims)
        for event in told_in(laid.claims, laid.documents, laid.judgements, victims, self._memory):
            self._events.setdefault(event.key[0], []).append(event)
        for key in missing:
            self._events.setdefault(key, [])
        here = (j for j in laid.judgements if all(p.document in missing for p in j.passages))
        self.judgements.update((j.id, j) for j in here)

    def told(self, keys: Iterable[str]) -> dict[EventKey, Told]:
        """Return the events of documents by their keys."""
        wanted = sorted(set(keys))
        self.load(wanted)
        return {event.key: event for key in wanted for event in self._events[key]}

    def events(self, keys: Iterable[EventKey]) -> dict[EventKey, Told]:
        """Return events by their keys.

        Raises: ReachesFurther where one is not as it was linked.
        """
        wanted = set(keys)
        held = self.told(key[0] for key in wanted)
        if not wanted <= held.keys():
            raise ReachesFurther
        return {key: held[key] for key in wanted}


def _in_order(claims: Iterable[Claim], documents: Mapping[str, Document]) -> list[Claim]:
    return sorted((c for c in claims if c.document in documents), key=lambda c: (c.document, c.id))


def decided_since(log: Sequence[Judgement], linked: int) -> list[Judgement]:
    """Return the judgements after the first `linked` ones, and those that they undo, without those that leave claims,
    documents and links as they were: whether a claim counts is nothing to linking."""
    by_name = {name: j for j in log for name in (str(j.number), j.id)}
    found: dict[str, Judgement] = {}
    waiting = list(log[linked:])
    while waiting:
        judgement = waiting.pop()
        if judgement.id in found:
            continue
        found[judgement.id] = judgement
        if judgement.verb == UNDO:
            waiting += [by_name[name] for name in judgement.objects if name in by_name]
    return [j for j in found.values() if j.verb not in (*CHANGING_NOTHING, UNDO)]


def documents_judged(decided: Iterable[Judgement]) -> frozenset[str] | None:
    """Return the documents that judgements are about; None where that may be any."""
    found: set[str] = set()
    for judgement in decided:
        if judgement.verb in ON_ACTORS or judgement.verb in (PURGE, PURGED):
            return None
        if judgement.verb in (*ON_DOCUMENTS, ADD_CLAIM):
            found.update(judgement.objects)
        found.update(p.document for p in judgement.passages)
    return frozenset(found)
