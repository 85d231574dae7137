"""What a claim is about besides place and date: its scope and the kind of event, described for choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts, neighbours
from tallybook.claims.kinds import Kinds
from tallybook.claims.place_mentions import COUNTRY, REGION, TOWN
from tallybook.model.claim import EVENT_TYPES, DateRange

_BREAK = re.compile(r"[;:\u2014\u2013]\s|,\s+(?:and|while|but|where|whereas|although)\s|\s(?:while|whereas)\s")
LENGTHS = ((1, "day"), (2, "night"), (8, "week"), (35, "month"), (370, "year"))
"""Days up to which an interval counts as each of these; longer ones are 'long'."""
TOTAL = frozenset(
    {"picked", "words", "since", "whole-total", "before-total", "large", "length-month", "length-year", "length-long"}
)
"""What a claim must show, one of them at least, to be weighed as a total."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a field may have."""

    value: str
    features: dict[str, float]

    @property
    def told(self) -> str:
        """Return the value."""
        return self.value


class Traits:
    """Describes the claims of one report. Make one a document, once every draft has date, place and source."""

    def __init__(self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft], context: Context, kinds: Kinds) -> None:
        self.facts, self.drafts, self.context, self.kinds = facts, drafts, context, kinds
        self.at = {id(f): i for i, f in enumerate(facts)}
        self.votes = [kinds.votes(f.sentence.text, 1.0) for f in facts]
        total: dict[str, float] = {}
        for vote in self.votes:
            for kind, weight in vote.items():
                total[kind] = total.get(kind, 0.0) + weight
        self.whole_report = total
        self.of_event: dict[int, list[int]] = {}
        for i, event in sorted({(self.at[id(d.facts)], d.event) for d in drafts if d.event is not None}):
            self.of_event.setdefault(event, []).append(i)
        self.before: dict[int, Draft | None] = {}
        for previous, draft in zip([None, *drafts], drafts, strict=False):
            self.before[id(draft)] = previous

    def scope(self, draft: Draft) -> list[Option]:
        """Return incident and cumulative, with what speaks for a total."""
        text = draft.facts.sentence.text
        previous, whole = self.before[id(draft)], draft.part_of
        found = {
            "total": 1.0,
            f"measure-{draft.measure}": 1.0,
            f"length-{_length(draft.date)}": 1.0,
            f"rule-{draft.rule}": 1.0,
        }
        for name, true in (
            ("picked", draft.scope == "cumulative"),
            ("words", self.context.cumulative(text)),
            ("own-date", draft.own_date),
            ("since", draft.date is not None and draft.date.precision == "since"),
            ("whole-total", whole is not None and whole.scope == "cumulative"),
            ("whole-incident", whole is not None and whole.scope == "incident"),
            ("before-total", previous is not None and previous.scope == "cumulative"),
            ("before-incident", previous is not None and previous.scope == "incident"),
            (
                "before-total-here",
                previous is not None and previous.facts is draft.facts and previous.scope == "cumulative",
            ),
            (
                "before-incident-here",
                previous is not None and previous.facts is draft.facts and previous.scope == "incident",
            ),
            ("country", draft.mention is None or draft.mention.rank >= COUNTRY),
            ("region", draft.mention is not None and draft.mention.rank == REGION),
            ("small-place", draft.mention is not None and draft.mention.rank <= TOWN),
            ("own-place", draft.own_place),
            ("large", (draft.group.value or 0) >= 500),
            ("large-displaced", draft.measure == "displaced" and (draft.group.value or 0) >= 20_000),
            ("one", draft.group.value == 1),
            ("first", self.at[id(draft.facts)] <= 1),
            ("title", draft.facts.field == "title"),
            ("separate", self.context.separate(text)),
            ("heading", draft.facts.sentence.kind == "heading"),
            ("bullet", draft.facts.sentence.kind == "bullet"),
            ("perfect", _perfect(draft)),
            ("section-words", self._section_of_totals(draft)),
            ("no-event", not self.votes[self.at[id(draft.facts)]]),
        ):
            if true:
                found[name] = 1.0
        incident = Option("incident", {})
        return [incident, Option("cumulative", found)] if found.keys() & TOTAL else [incident]

    def _beside(self, here: int) -> list[int]:
        """Return the other sentences of a sentence's paragraph."""
        own, found = self.facts[here], []
        for step in (-1, 1):
            i = here + step
            while 0 <= i < len(self.facts) and self.facts[i].field == own.field and self.facts[i].sentence.passage == own.sentence.passage:  # fmt: skip
                found.append(i)
                i += step
        return found

    def _votes_of(self, draft: Draft, at: Iterable[int]) -> dict[str, float]:
        """Return what some sentences speak for together, without the draft's own."""
        found: dict[str, float] = {}
        for i in at:
            if self.facts[i] is not draft.facts:
                for kind, weight in self.votes[i].items():
                    found[kind] = found.get(kind, 0.0) + weight
        return found

    def _section_of_totals(self, draft: Draft) -> bool:
        """Say whether the heading of the draft's section, or the sentence before it, speaks of a period."""
        at = self.at[id(draft.facts)]
        return any(self.context.cumulative(f.sentence.text) for _, f in neighbours(self.facts, at, (-1,)))

    def kind(self, draft: Draft) -> list[Option]:
        """Return every event type, with what speaks for it."""
        here = self.at[id(draft.facts)]
        near: dict[str, float] = {}
        for step, _ in neighbours(self.facts, here, (-2, -1, 1, 2)):
            if self.context.begun_between(self.facts, here, here + step):
                continue
            for kind, weight in self.votes[here + step].items():
                near[kind] = near.get(kind, 0.0) + weight / abs(step)
        clause = self.kinds.votes(_clause(draft), 1.0)
        sources = (
            ("own", self.votes[here]), ("near", near), ("report", self.whole_report), ("clause", clause),
            ("passage", self._votes_of(draft, [i for i in self._beside(here) if not self.context.begun_between(self.facts, here, i)])), ("event", self._votes_of(draft, self.of_event.get(draft.event, ()))),
        )  # fmt: skip
        marks = {draft.measure or "none", draft.affiliation, draft.scope}
        tokens = draft.facts.sentence.tokens
        words = {f"told:{t.lower}" for t in tokens if t.tag.startswith(("N", "V")) and t.lower.isalpha()}
        weapon = self.kinds.event_of_weapon(draft.weapon[0]) if draft.weapon else None
        found = []
        for kind in EVENT_TYPES:
            features = {kind: 1.0} | {f"{kind}&{m}": 1.0 for m in (*marks, *words)}
            if draft.event_type == kind:
                features |= {"picked": 1.0, f"picked&{kind}": 1.0}
            if weapon == kind:
                features["weapon"] = 1.0
            if kind not in self.whole_report:
                features[f"unnamed&{kind}"] = 1.0
            for name, votes in sources:
                if kind in votes:
                    share = votes[kind] / sum(votes.values())
                    features |= {f"{name}-share": share, f"{name}-told": 1.0, f"{name}-told&{kind}": 1.0}
                    if votes[kind] == max(votes.values()):
                        features[f"{name}-most"] = 1.0
            found.append(Option(kind, features))
        return found


def _clause(draft: Draft) -> str:
    """Return the part of its sentence that a draft's people and word of harm stand in, between marks and joining words."""
    sentence = draft.facts.sentence
    spans = [(draft.group.start, draft.group.end)]
    if draft.trigger is not None:
        spans.append((sentence.tokens[draft.trigger[0]].start, sentence.tokens[draft.trigger[1]].end))
    start, end = min(a for a, _ in spans) - sentence.start, max(b for _, b in spans) - sentence.start
    breaks = [(m.start(), m.end()) for m in _BREAK.finditer(sentence.text)]
    first = max((b for _, b in breaks if b <= start), default=0)
    last = min((a for a, _ in breaks if a >= end), default=len(sentence.text))
    return sentence.text[first:last]


def _length(interval: DateRange | None) -> str:
    if interval is None or not (interval.start and interval.end):
        return "unknown"
    days = (date.fromisoformat(interval.end) - date.fromisoformat(interval.start)).days + 1
    return next((name for limit, name in LENGTHS if days <= limit), "long")


def _perfect(draft: Draft) -> bool:
    """Say whether the harm is told in the perfect: 'have been killed', 'has killed'."""
    if draft.trigger is None:
        return False
    words = {t.lower for t in draft.facts.sentence.tokens[max(0, draft.trigger[0] - 4) : draft.trigger[0]]}
    return bool(words & {"have", "has"})
