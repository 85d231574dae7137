"""Taking a person, a source or a report out of a book for good: its documents, records and log as they are after it.

Pure: what a book holds and what is to go, to what it holds then. Ids that were hashes of what goes are made anew from
what stays, so that nobody can find a name by trying names against them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tallybook.documents.identity import bytes_digest, document_key, text_digest
from tallybook.incidents import incident_id
from tallybook.incidents.decisions import PART_OF
from tallybook.incidents.people import person_id
from tallybook.ledger.judged import ADD_CLAIM
from tallybook.model import Document, Judgement, Passage, Span
from tallybook.model.judgement import identity, seal
from tallybook.model.standing import PURGE, PURGED
from tallybook.review.attaching import file_of
from tallybook.review.chain import appended
from tallybook.review.consistency import ON_INCIDENTS
from tallybook.review.names_out import MARK, NamesOut, masked

VICTIMS = "victims"
"""Kind of the records of named victims."""
BY_THE_WAY = ("notes", "seen")
"""Tables of files that could not be read and of pages that were looked at: single words of a name go there too."""
ID_DIGITS = 15
GONE = MARK * 8
"""Stands for the id of a record that is gone."""
TAKEN_OUT = "Taken out by a purge, with what it was about."
"""Reason that an emptied judgement gives."""

_TOKEN = re.compile(r"[\w-]{6,}")
_HAND = "hand-"
_LETTERS = re.compile(r"[a-z]*-?")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one document."""

    old: Document
    new: Document | None
    """None: it goes, with all that was read of it."""
    parts: bool = False
    """Whether single words of the name go too: the report is about the person."""


@dataclass(frozen=True)
class Purging:
    """What is to go, and what that changes."""

    words: NamesOut
    changes: Mapping[str, Change]
    """By the key that the document has now."""
    ids: Mapping[str, str]
    """New ids of documents, claims, other records, incidents and people, by the old ones."""
    gone: frozenset[str] = field(default_factory=frozenset)
    """Ids of records and keys of documents that go."""
    files: frozenset[str] = field(default_factory=frozenset)
    """Hashes of evidence files that go."""

    def words_of(self, table: str, text: str) -> str:
        """Return a text of any other table as it is after the purge."""
        if table in BY_THE_WAY:
            return self.words.out_of_name(_TOKEN.sub(lambda m: _renamed(m.group(), self.ids), text), True)
        return self._value(text, self.ids, False)

    def plain_of(self, plain: Any) -> Any:
        """Return any JSON value as it is after the purge."""
        return self._walked(plain, self.ids, False, None)

    def record_of(self, document: str, kind: str, plain: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return a record of a changed document, as plain values, as it is after the purge; None: it goes."""
        change = self.changes[document]
        if change.new is None or (kind == VICTIMS and self._is_of_person(plain)):
            return None
        made: dict[str, Any] = self._walked(plain, self.ids, change.parts, _texts(change, plain))
        return made

    def _is_of_person(self, plain: Mapping[str, Any]) -> bool:
        return plain["id"] in self.gone or self.words.stand_in(str(plain.get("name", "")))

    def log_of(self, log: Sequence[Judgement], draft: Judgement) -> tuple[Judgement, ...]:
        """Return the log after the purge, sealed anew from the first judgement that changes, `draft` as its last."""
        ids = dict(self.ids)
        made: list[Judgement] = []
        for judgement in log:
            last = made[-1] if made else None
            now = replace(self._judgement(judgement, ids), before=seal(last) if last else None)
            now = replace(now, id=identity(now, last.id if last else None))
            if now.id != judgement.id:
                ids[judgement.id] = now.id
            made.append(now)
        return (*made, appended(draft, made))

    def _judgement(self, j: Judgement, ids: Mapping[str, str]) -> Judgement:
        parts = self._is_about(j)
        objects = tuple(ids.get(o, self.words.out_of_field(o, parts)) for o in j.objects if o not in self.gone)
        passages = tuple(self._passage(p, ids, parts) for p in j.passages if not self._has_gone(p))
        lost = len(objects) < len(j.objects) or len(passages) < len(j.passages)
        if file_of(j) in self.files:
            return self._emptied(j)
        if lost and (not objects or (j.verb in ON_INCIDENTS and (len(objects) < 2 or j.verb == PART_OF))):
            return self._emptied(j)
        shown = tuple(
            (self._value(name, ids, parts), self._value(value, ids, parts))
            for name, value in j.shown if not self._tells_of_gone(name, value)
        )  # fmt: skip
        return replace(
            j, objects=objects, passages=passages, shown=shown, author=self.words.out_of_field(j.author),
            because=self._value(j.because, ids, parts), value=self._typed(j, ids, parts),
            means=self._meaning(j, ids, parts),
        )  # fmt: skip

    def _emptied(self, j: Judgement) -> Judgement:
        author = self.words.out_of_field(j.author)
        return Judgement("", j.number, PURGED, (), author, TAKEN_OUT, j.at, value=j.verb)

    def _is_about(self, j: Judgement) -> bool:
        about = {*j.objects, *(p.claim for p in j.passages), *(p.document for p in j.passages)}
        return any(o in self.ids or o in self.changes or o in self.gone for o in about)

    def _has_gone(self, passage: Passage) -> bool:
        return bool({passage.object, passage.claim, passage.document} & self.gone)

    def _tells_of_gone(self, *told: str) -> bool:
        return bool(self.gone) and any(m.group() in self.gone for text in told for m in _TOKEN.finditer(text))

    def _passage(self, p: Passage, ids: Mapping[str, str], parts: bool) -> Passage:
        change = self.changes.get(p.document)
        quote = self.words.out_of(p.quote, parts)
        if change is not None and change.new is not None:
            old, new = _text(change.old, p.field), _text(change.new, p.field)
            quote = p.span.of(new) if p.span.of(old) == p.quote else quote
        return replace(
            p, object=ids.get(p.object, p.object), claim=ids.get(p.claim, p.claim),
            document=ids.get(p.document, p.document), quote=quote,
        )  # fmt: skip

    def _typed(self, j: Judgement, ids: Mapping[str, str], parts: bool) -> str | None:
        return None if j.value is None else self._value(j.value, ids, parts)

    def _meaning(self, j: Judgement, ids: Mapping[str, str], parts: bool) -> str | None:
        if j.means is None:
            return None
        plain = json.loads(j.means)
        change = self.changes.get(plain.get("document", "")) if j.verb == ADD_CLAIM else None
        texts = _texts(change, plain) if change is not None and change.new is not None else None
        return _packed(self._walked(plain, ids, parts, texts))

    def _walked(self, node: Any, ids: Mapping[str, str], parts: bool, texts: tuple[str, str] | None) -> Any:
        """Return plain values after the purge; words that stand in a report are taken from it as it is then."""
        if isinstance(node, str):
            return self._value(node, ids, parts)
        if isinstance(node, list):
            return [self._walked(v, ids, parts, texts) for v in node]
        if not isinstance(node, Mapping):
            return node
        at = _span(node.get("span")) if texts else None
        made = {}
        for name, value in node.items():
            if at is not None and texts is not None and isinstance(value, str) and value == at.of(texts[0]):
                made[name] = at.of(texts[1])
            else:
                made[name] = self._walked(value, ids, parts, texts)
        return made

    def _value(self, value: str, ids: Mapping[str, str], parts: bool) -> str:
        if ids:
            value = _TOKEN.sub(lambda m: _renamed(m.group(), ids), value)
        return self.words.out_of_field(value, parts)


def _renamed(token: str, ids: Mapping[str, str]) -> str:
    if token.startswith(_HAND):
        return _HAND + ids.get(token.removeprefix(_HAND), token.removeprefix(_HAND))
    return ids.get(token, token)


def _span(plain: Any) -> Span | None:
    told = isinstance(plain, Mapping) and {"start", "end"} <= plain.keys()
    return Span(plain["start"], plain["end"]) if told else None


def _texts(change: Change, plain: Mapping[str, Any]) -> tuple[str, str]:
    """Return the text that a record's spans count in, before and after."""
    assert change.new is not None
    name = str(plain.get("field", "body"))
    return _text(change.old, name), _text(change.new, name)


def _text(document: Document, name: str) -> str:
    return document.text if name == "body" else document.title or ""


def _packed(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def redacted(document: Document, words: NamesOut, parts: bool, also: Iterable[Span] = ()) -> Document:
    """Return a document without the words; `also` are further spans of its text that go. Its key and hashes are those
    of what stays."""
    text = masked(words.out_of(document.text, parts), also)
    publisher = document.publisher and words.out_of_field(document.publisher, parts)
    now = replace(
        document, text=text, title=document.title and words.out_of(document.title, parts), publisher=publisher,
        url=document.url and words.out_of_name(document.url, parts), id=words.out_of_name(document.id, parts),
        source=words.out_of_name(document.source, parts),
    )  # fmt: skip
    return rehashed(now)


def rehashed(document: Document) -> Document:
    """Return a document with the key and the hashes of what it holds; those of what it held tell nothing then."""
    key = document_key(document.text, document.publisher, document.published, document.url)
    digest = text_digest(document.text)
    return replace(document, key=key, sha256=digest, sha256_bytes=bytes_digest(f"purged {digest}".encode()))


def new_ids(change: Change, held: Sequence[str]) -> dict[str, str]:
    """Return new ids and hashes for a document and the records `held` by its readings, and for the incidents and people
    that are named after them."""
    was = (change.old.key, change.old.sha256, change.old.sha256_bytes)
    if change.new is None:
        return dict.fromkeys((*was, *(old for h in held for old in (h, incident_id(h), person_id(h)))), GONE)
    made = dict(zip(was, (change.new.key, change.new.sha256, change.new.sha256_bytes), strict=True))
    for number, old in enumerate(held):
        digest = hashlib.sha256(f"purged\x1f{change.new.key}\x1f{number}".encode()).hexdigest()
        letters = _LETTERS.match(old)
        new = f"{letters.group() if letters else ''}{digest[:ID_DIGITS]}"
        made |= {old: new, incident_id(old): incident_id(new), person_id(old): person_id(new)}
    return made


def purges(log: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the purges of a log, by number."""
    return tuple(j for j in log if j.verb == PURGE)
