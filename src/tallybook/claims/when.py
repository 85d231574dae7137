"""When harm was done: the dates of a report that a claim may mean, described for the choice between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tallybook.claims.choose import Chooser
from tallybook.claims.date_mentions import DateMention
from tallybook.claims.drafts import Draft
from tallybook.claims.scene import Scene
from tallybook.claims.surroundings import Mention, Surroundings
from tallybook.claims.words_around import words_around
from tallybook.knowledge.word_lists import DateWords
from tallybook.model.claim import DateRange

AGES = ((0, "today"), (8, "week"), (31, "month"), (365, "year"))
"""Days before publication up to which a day counts as each of these; earlier ones are 'older'."""
DAYS = ("day", "night")
"""Precisions of a single day."""
WIDE = ("month", "year")
"""Precisions of the beginnings of wars."""
BEFORE = 14
"""Characters before a day in which its preposition is sought."""
OFTEN = 4
"""Times a day is told from which it counts as told often."""


@dataclass(frozen=True, slots=True)
class Option:
    """A date that a claim may mean; none where nothing tells it."""

    date: DateRange | None
    features: dict[str, float]

    @property
    def told(self) -> str:
        """Return the day in the report's words."""
        return "none" if self.date is None else self.date.text or f"until {self.date.end}"


class When:
    """Describes the dates of one report for its claims. Make one a document."""

    def __init__(self, scene: Scene, around: Surroundings, words: DateWords) -> None:
        self.scene, self.around, self.prepositions = scene, around, frozenset(words.before)
        self.since_then, self.since_told = ({f" {w} " for w in told} for told in (words.since_then, words.since_told))
        self.dates = [(around.of(f), m, r, spoken) for f, m, r, spoken in scene.dated]
        self.mentions: list[tuple[int, Mention]] = [(i, m) for i, m, _, _ in self.dates]
        self.often = Counter(_key(r) for _, _, r, spoken in self.dates if not spoken)
        single = [_key(r) for _, _, r, spoken in self.dates if not spoken and r.precision in DAYS]
        self.days_told = bool(single)
        self.first_told = single[0] if single else None
        self.of_sentence: dict[int, list[DateRange]] = {}
        for i, _, r, spoken in self.dates:
            if not spoken:
                self.of_sentence.setdefault(i, []).append(r)
        self.plain = [self._plain(i, m, r, spoken) for i, m, r, spoken in self.dates]

    def options(self, draft: Draft) -> list[Option]:
        """Return what `draft` may mean, none last."""
        reached = self.around.reached(draft, self.mentions)
        found = [Option(self.dates[k][2], self._features(draft, *self.dates[k][:3], self.plain[k])) for k in reached]
        return [*found, self._none(draft)]

    def _none(self, draft: Draft) -> Option:
        """Return the option that no day tells when: any up to publication."""
        features = {"none": 1.0, f"none&{draft.scope}": 1.0}
        for name, true in (
            ("picked", draft.date is None or draft.date.start is None),
            ("days-told", self.days_told),
            ("background", self.scene.context.background(draft.facts.sentence.text)),
        ):
            if true:
                features[f"none&{name}"] = 1.0
        published = self.scene.published
        until = DateRange(None, published.isoformat(), "before", None, None, True, None) if published else None
        return Option(until, features)

    def take(self, draft: Draft, options: Sequence[Option], chooser: Chooser) -> None:
        """Give `draft` the likeliest date of `options`."""
        at, draft.odds["date"] = chooser.pick([o.features for o in options])
        chosen = options[at]
        draft.date = self._since(draft, chosen.date)
        draft.spans.pop("date", None)
        if chosen.date is not None and chosen.date.span is not None:
            draft.spans["date"] = chosen.date.span

    def _since(self, draft: Draft, day: DateRange | None) -> DateRange | None:
        """Return the days of a toll 'since the war began' whose beginning another sentence tells: up to publication."""
        sentence, published = draft.facts.sentence, self.scene.published
        if day is None or day.span is None or not (day.start and day.end) or published is None:
            return day
        here = sentence.start <= day.span.start < sentence.end
        begun = draft.scope == "cumulative" and day.precision in WIDE and day.end < published.isoformat()
        told = self.since_told if here else self.since_then
        if not begun or not any(words in sentence.lower for words in told):
            return day
        return replace(day, end=published.isoformat(), precision="since")

    def _plain(self, i: int, m: DateMention, r: DateRange, spoken: bool) -> dict[str, float]:
        """Return what is true of a mention whatever the claim."""
        f = self.around.facts[i]
        found = {f"precision-{r.precision}": 1.0, f"kind-{m.kind}": 1.0, f"age-{self._age(r)}": 1.0}
        for name, true in (
            ("spoken", spoken),
            ("since", m.since),
            ("until", m.until),
            ("vague", r.vague),
            ("in-title", f.field == "title"),
            ("in-lead", f.field != "title" and i < self.around.body + 1),
            ("first-told", _key(r) == self.first_told),
            ("in-heading", f.sentence.kind == "heading"),
            ("background", self.scene.context.background(f.sentence.text)),
            ("harm-there", bool(f.triggers)),
        ):
            if true:
                found[name] = 1.0
        found["often"] = min(self.often[_key(r)], OFTEN) / OFTEN
        start = m.start - f.sentence.start
        before = f.sentence.text[max(0, start - BEFORE) : start].lower().split()
        found[f"after-word-{before[-1] if before and before[-1] in self.prepositions else 'other'}"] = 1.0
        return found | self.around.governed(f, m) | words_around(f.sentence, m.start, m.end)

    def _age(self, r: DateRange) -> str:
        if self.scene.published is None or r.end is None:
            return "unknown"
        days = (self.scene.published - date.fromisoformat(r.end)).days
        return next((name for limit, name in AGES if days <= limit), "older")

    def _features(
        self, draft: Draft, i: int, m: DateMention, r: DateRange, plain: dict[str, float]
    ) -> dict[str, float]:
        f = self.around.facts[i]
        found = dict(plain)
        if draft.date is not None and _key(draft.date) == _key(r):
            found["picked"] = 1.0
            if f is draft.facts:
                found["picked&same-sentence"] = 1.0
                if draft.date.span is not None and draft.date.span.start == m.start:
                    found["picked&here"] = 1.0
            if draft.own_date:
                found["picked&own"] = 1.0
        if f is draft.facts and draft.own_date:
            found["own-date-here"] = 1.0
        scope = "toll" if draft.scope == "cumulative" else "incident"
        found |= {f"{scope}&precision-{r.precision}": 1.0, f"{scope}&age-{self._age(r)}": 1.0}
        if draft.part_of is not None and draft.part_of.date is not None and _key(draft.part_of.date) == _key(r):
            found["of-whole"] = 1.0
        if f is draft.facts:
            found |= self.around.same_sentence(draft, m, draft.facts.dates, "dates-between")
            found |= {f"here&precision-{r.precision}": 1.0, f"here&kind-{m.kind}": 1.0}
            if draft.rule.startswith("elliptic"):
                found |= {f"elliptic&{'after' if m.start >= draft.group.start else 'before'}": 1.0}
        else:
            found |= self._away(draft, i, r)
        return found

    def _away(self, draft: Draft, i: int, r: DateRange) -> dict[str, float]:
        if self.around.apart(draft, i):
            return {"title-apart": 1.0}
        found = self.around.away(draft, i)
        own = self.of_sentence.get(self.around.of(draft.facts), ())
        if own:
            found["away-though-date-here"] = 1.0
            if any(_within(r, x) for x in own):
                found["inside-date-here"] = 1.0
        if draft.scope == "cumulative":
            found["toll&away"] = 1.0
        return found


def _key(r: DateRange) -> tuple[str | None, str | None]:
    return (r.start, r.end)


def _within(inner: DateRange, outer: DateRange) -> bool:
    return bool(
        inner.start and inner.end and outer.start and outer.end
        and outer.start <= inner.start and inner.end <= outer.end and _key(inner) != _key(outer)
    )  # fmt: skip
