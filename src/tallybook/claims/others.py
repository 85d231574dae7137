"""What a report holds besides counts: control, evidence, accusations, conduct, relations, sizes of forces."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actors import Actors
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.kinds import Kinds, best
from tallybook.model.document import Document
from tallybook.model.records import Allegation, Conduct, Control, Evidence, ForceSize, Relation
from tallybook.model.span import Span

_PLACE = r"(?P<place>[A-Z][\w\u2019'-]*(?:[\s-](?:[A-Z][\w\u2019'-]*|de|la|al))*)"
_UNDER = re.compile(
    rf"{_PLACE}(?:\s+(?:town|city|township|village|district))?\s+(?:has|have|had|is|was|are|remains?)\s+(?:been\s+)?(?:\w+\s+)?(?:under\s+(?:the\s+)?(?:full\s+|complete\s+)?(?:control\s+of\s+)?|(?:held|controlled|occupied|ruled|administered|governed)\s+by\s+)"
)
_FELL = re.compile(
    rf"{_PLACE}(?:\s+(?:town|city|township|village|district))?\s+(?:fell|has\s+fallen|had\s+fallen)\s+to\s+"
)
_TOOK = re.compile(
    rf"^\W*(?:\([A-Z/-]+\)\s*)?(?:fighters|forces|troops|soldiers|rebels|militants)?\s*(?:\w+ly\s+)?(?:have\s+|has\s+|had\s+|now\s+|fully\s+|also\s+|still\s+)*(?:captured|seized|recaptured|retook|retaken|took|taken|control(?:s|led)?|holds?|held|overran|regained|occup(?:y|ies|ied)|liberated|recovered|wrested)\s+(?:full\s+|complete\s+)?(?:control\s+(?:of|over)\s+)?(?:the\s+)?(?:(?:strategic|border|key|nearby|provincial|district)\s+)?(?:(?:town|city|village|capital|township|district|base|port)\s+(?:of\s+)?)?{_PLACE}"
)
_EXCEPT = re.compile(
    r"(?:with\s+only|except\s+(?:for\s+)?|apart\s+from|save\s+for|but\s+for)\s+(?P<what>[^.;]+)", re.IGNORECASE
)
_KIND = re.compile(
    r"\b(?P<kind>videos?|footage|clips?|photos?|photographs?|pictures?|satellite\s+(?:images?|imagery)|images?|recordings?|audio)\b",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"\b(?:shows?|showed|showing|depicts?|depicted|depicting|appears?\s+to\s+show|appeared\s+to\s+show|purport(?:s|ed|ing|edly)?\s+(?:to\s+)?show(?:ing|s|ed)?|captured|captures|of)\s+(?P<what>[^.;]+)",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"\b(?:obtained|posted|released|published|seen|verified|shared|circulated|taken|aired|broadcast|reviewed|provided|filmed|geolocated|received)\s+(?:\w+\s+)?by\s+(?:the\s+)?(?P<who>[A-Z][\w\u2019'-]*(?:\s+[A-Z][\w\u2019'-]*)*|\w+)"
)
_ACCUSED = re.compile(r"\baccus(?:ed|es|ing|e)\b\s+(?P<whom>[^.;,]{2,80}?)\s+of\s+(?P<of>[^.;,\u2014]+)", re.IGNORECASE)
_BLAMED = re.compile(r"\b(?:blam(?:ed|es|ing))\s+(?P<whom>[^.;,]{2,60}?)\s+for\s+(?P<of>[^.;,\u2014]+)", re.IGNORECASE)
_ALLY = re.compile(
    r"(?:,\s*)?(?P<rel>an?\s+(?:close\s+)?ally\s+of|allied\s+(?:with|to)|an\s+offshoot\s+of|a\s+splinter\s+(?:group\s+)?(?:of|from)|a\s+breakaway\s+faction\s+of|the\s+(?:armed|military|political)\s+wing\s+of|backed\s+by|supported\s+by|affiliated\s+(?:with|to)|linked\s+to|aligned\s+with|loyal\s+to|fighting\s+alongside|alongside|a\s+member\s+of|part\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_RELATION = {
    "ally": "ally",
    "allied": "ally",
    "alongside": "ally",
    "fighting": "ally",
    "aligned": "ally",
    "offshoot": "splinter",
    "splinter": "splinter",
    "breakaway": "splinter",
    "wing": "part_of",
    "backed": "backed_by",
    "supported": "backed_by",
    "affiliated": "affiliated",
    "linked": "affiliated",
    "loyal": "affiliated",
    "member": "part_of",
    "part": "part_of",
}
_ACT = re.compile(
    r"\b(?:carr(?:y|ied|ying)\s+out|conduct(?:ed|ing)?|launch(?:ed|ing)?|fir(?:ed|ing)|shell(?:ed|ing)|bomb(?:ed|ing)|bombard(?:ed|ing)|pound(?:ed|ing)|dropp(?:ed|ing)|attack(?:ed|ing)|raid(?:ed|ing)|burn(?:ed|t|ing)|torch(?:ed|ing)|loot(?:ed|ing)|ambush(?:ed|ing)|target(?:ed|ing)|struck|strik(?:es|ing)|set\s+(?:fire|ablaze)|detain(?:ed|ing)|arrest(?:ed|ing)|abduct(?:ed|ing)|destroy(?:ed|ing)|raz(?:ed|ing))\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:throughout|across|in|into|on|at|around|over)\s+(?P<where>the\s+(?:region|town|area|city|village|country|north|south|east|west|province|state|district)|[A-Z][\w\u2019'-]*(?:\s+[A-Z][\w\u2019'-]*)*)"
)
_STRONG = re.compile(
    r"\b(?:column|convoy|force|group|unit|contingent|band|garrison|battalion|army|team)\s+(?:made\s+up\s+of\s+|numbering\s+|comprising\s+|consisting\s+)?(?:of\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Others:
    """The record types beside claims."""

    control: tuple[Control, ...]
    evidence: tuple[Evidence, ...]
    allegations: tuple[Allegation, ...]
    conduct: tuple[Conduct, ...]
    relations: tuple[Relation, ...]
    force_sizes: tuple[ForceSize, ...]


def record_id(document: Document, kind: str, span: Span, *more: str | None) -> str:
    """Return an id from document, kind of record, place in the text and content."""
    content = "\x1f".join([document.key, kind, str(span.start), str(span.end), *(m or "" for m in more)])
    return f"{kind[:1]}{hashlib.sha256(content.encode()).hexdigest()[:15]}"


class Recorder:
    """Finds the other records of one report."""

    def __init__(self, document: Document, actors: Actors, kinds: Kinds, published: date | None) -> None:
        self.document, self.actors, self.kinds, self.published = document, actors, kinds, published

    def records(self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> Others:
        """Return every other record, in the order of the text. A sentence that counts harm is no conduct."""
        counted = {id(d.facts) for d in drafts}
        body = [f for f in facts if f.field == "body"]
        found: dict[str, list[Any]] = {
            k: [] for k in ("control", "evidence", "allegations", "conduct", "relations", "force_sizes")
        }
        last_place: str | None = None
        for f in body:
            mentions = self.actors.mentions(f)
            found["control"] += self._control(f, mentions)
            found["evidence"] += self._evidence(f, mentions)
            found["allegations"] += self._allegations(f, mentions)
            found["relations"] += self._relations(f, mentions)
            found["force_sizes"] += self._forces(f, drafts, mentions)
            if id(f) not in counted:
                found["conduct"] += self._conduct(f, mentions, last_place)
            last_place = next((m.name for m in f.places if m.role in ("at", "mention")), last_place)
        return Others(**{k: tuple(v) for k, v in found.items()})

    def _said(self, f: SentenceFacts, start: int, end: int) -> tuple[str, ...]:
        from tallybook.claims.sources import owner

        found = owner(f.attributions, start, end)
        return found.source.claimants if found else ((self.document.publisher,) if self.document.publisher else ())

    def _span(self, f: SentenceFacts, start: int, end: int) -> tuple[str, Span]:
        span = Span(f.sentence.start + start, f.sentence.start + end)
        return span.of(self.document.text), span

    def _actor_after(self, mentions: Sequence[ActorMention], at: int, reach: int = 30) -> ActorMention | None:
        return next((m for m in mentions if at <= m.start <= at + reach), None)

    def _control(self, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Control]:
        text, found = f.sentence.text, []
        since = next((r for r in (d.range(self.published, None) for d in f.dates) if r), None)
        dated = next((d for d in f.dates if d.since), None)
        when = dated.range(self.published, None) if dated else None
        exception = _EXCEPT.search(text)
        for pattern in (_UNDER, _FELL):
            for m in pattern.finditer(text):
                holder = self._actor_after(mentions, f.sentence.start + m.end(), 12)
                if holder and (pattern is _FELL or "control" in text[m.end() - 20 : m.end() + 60] or "by" in m.group()):
                    found.append(
                        self._held(
                            f,
                            m.start(),
                            max(m.end(), holder.end - f.sentence.start),
                            m["place"],
                            holder.name,
                            when if pattern is _UNDER else since,
                            exception,
                        )
                    )
        for mention in mentions:
            if mention.how == "adjective":
                continue
            took = _TOOK.match(text[mention.end - f.sentence.start :])
            if took and not re.match(
                r"\s*(?:soldiers|troops|rifles|weapons)", text[mention.end - f.sentence.start + took.end() :]
            ):
                start = mention.start - f.sentence.start
                found.append(
                    self._held(
                        f,
                        start,
                        mention.end - f.sentence.start + took.end(),
                        took["place"],
                        mention.name,
                        since,
                        exception,
                    )
                )
        return found

    def _held(self, f: SentenceFacts, start: int, end: int, place: str, holder: str, since, exception) -> Control:  # type: ignore[no-untyped-def]
        quote, span = self._span(f, start, end)
        if since is not None and since.precision == "since":
            edge = next((d for d in f.dates if d.since), None)
            resolved = edge.resolve(self.published, None) if edge else None
            if resolved and resolved[0]:
                from dataclasses import replace

                since = replace(
                    since, start=resolved[0].isoformat(), end=resolved[1].isoformat() if resolved[1] else None
                )
        return Control(record_id(self.document, "control", span, place, holder), quote, span, self._said(f, span.start, span.end), place, holder, since,
                       exception["what"].strip() if exception else None)  # fmt: skip

    def _evidence(self, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Evidence]:
        text = f.sentence.text
        kind = _KIND.search(text)
        if kind is None:
            return []
        shows = _SHOWS.search(text, kind.end())
        holder = _HOLDER.search(text)
        publisher = self.document.publisher
        who = None
        if holder:
            who = self.actors.knowledge.actors.canonical(holder["who"]) or holder["who"]
            if publisher and text[holder.start("who") :].startswith(publisher):
                who = publisher
        else:
            posted = re.search(r"\b(?:posted|released|published|shared|obtained|aired|broadcast|issued)\b", text)
            first = next((m for m in mentions if posted and m.start < f.sentence.start + posted.start()), None)
            who = (
                first.name
                if first
                else publisher
                if posted and publisher and publisher in text[: posted.start()]
                else None
            )
        if shows is None and holder is None and who is None:
            return []
        name = {
            "v": "video",
            "f": "video",
            "c": "video",
            "p": "photo",
            "s": "satellite imagery",
            "i": "photo",
            "r": "audio",
            "a": "audio",
        }[kind["kind"][0].lower()]
        quote, span = self._span(f, kind.start(), shows.end() if shows else (holder.end() if holder else kind.end()))
        return [
            Evidence(
                record_id(self.document, "evidence", span),
                quote,
                span,
                self._said(f, span.start, span.end),
                name,
                who,
                shows["what"].strip() if shows else None,
            )
        ]

    def _allegations(self, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Allegation]:
        found = []
        for pattern in (_ACCUSED, _BLAMED):
            for m in pattern.finditer(f.sentence.text):
                at = f.sentence.start + m.start()
                whom = next(
                    (
                        a
                        for a in mentions
                        if f.sentence.start + m.start("whom") <= a.start < f.sentence.start + m.end("whom")
                    ),
                    None,
                )
                accuser = next((a for a in reversed(mentions) if a.end <= at), None)
                said = accuser.name if accuser else next(iter(self._said(f, at, at + 1)[-1:]), None)
                if said is None:
                    continue
                quote, span = self._span(f, m.start(), m.end())
                found.append(
                    Allegation(
                        record_id(self.document, "allegation", span),
                        quote,
                        span,
                        (said,),
                        said,
                        whom.name if whom else m["whom"].strip(),
                        _bare_of(m["of"]),
                    )
                )
        return found

    def _relations(self, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Relation]:
        found = []
        names = [m for m in mentions if m.how == "name"]
        for a, b in pairwise(names):
            gap = f.sentence.text[a.end - f.sentence.start : b.start - f.sentence.start]
            m = _ALLY.search(gap)
            if m and a.name != b.name and len(gap) < 60:
                word = next((v for k, v in _RELATION.items() if k in m["rel"].lower()), "ally")
                quote, span = self._span(f, a.start - f.sentence.start, b.end - f.sentence.start)
                found.append(
                    Relation(
                        record_id(self.document, "relation", span),
                        quote,
                        span,
                        self._said(f, span.start, span.end),
                        a.name,
                        word,
                        b.name,
                    )
                )
        return found

    def _conduct(self, f: SentenceFacts, mentions: Sequence[ActorMention], last_place: str | None) -> list[Conduct]:
        text = f.sentence.text
        act = _ACT.search(text)
        if act is None:
            return []
        by = next((m for m in mentions if m.end <= f.sentence.start + act.start()), None)
        doer = (
            by.name if by else self.actors.state if re.search(r"\b(?:soldiers|troops)\b", text[: act.start()]) else None
        )
        if doer is None or re.search(r"\b(?:will|would|could|may|might|to)\s+$", text[: act.start()]):
            return []
        if by is not None and re.search(
            r"\b(?:said|accused|according)\b", text[by.end - f.sentence.start : act.start()]
        ):
            by = next((m for m in mentions if f.sentence.start + act.start() > m.start > by.end), by)
            doer = by.name
        kind = best([self.kinds.votes(text, 1.0)])
        if kind == "other":
            return []
        where = _WHERE.search(text, act.end())
        place = where["where"] if where else None
        whole = where.group() if where and re.match(r"throughout|across", where.group()) else place
        if place in ("the town", "the village", "the city", "the area") and last_place:
            whole = last_place
        quote, span = self._span(f, act.start(), where.end() if where else len(text))
        return [
            Conduct(
                record_id(self.document, "conduct", span),
                quote,
                span,
                self._said(f, span.start, span.end),
                doer,
                kind,
                whole,
            )
        ]

    def _forces(self, f: SentenceFacts, drafts: Sequence[Draft], mentions: Sequence[ActorMention]) -> list[ForceSize]:
        taken = {id(d.group) for d in drafts}
        found = []
        for g in f.groups:
            if id(g) in taken or g.kind != "people" or g.value is None or g.indefinite or g.person is None:
                continue
            before = f.sentence.text[: g.start - f.sentence.start]
            if g.person.affiliation == "combatant" or _STRONG.search(before):
                quote, span = self._span(f, g.start - f.sentence.start, g.end - f.sentence.start)
                who = next((m.name for m in mentions if g.start <= m.start < g.end), None)
                where = next((m.name for m in f.places if m.role == "at"), None)
                found.append(
                    ForceSize(
                        record_id(self.document, "force", span),
                        quote,
                        span,
                        self._said(f, span.start, span.end),
                        who,
                        g.count.low,
                        g.count.high,
                        where,
                    )
                )
        return found


def _bare_of(words: str) -> str:
    return re.sub(r"^(?:using|use of|the use of|employing|having used|deploying)\s+", "", words.strip())
