"""When harm was done: the dates of a report that a claim may mean, described for the choice between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tallybook.claims.choose import Chooser, segment
from tallybook.claims.date_mentions import DateMention
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.kinds import Kinds
from tallybook.claims.scene import Scene
from tallybook.claims.sources import SpeechWords
from tallybook.claims.syntax import clauses_between, governor, token_in
from tallybook.model.claim import DateRange

REACH = 14
"""Sentences before and after a claim whose dates are weighed; the title and the first three always are."""
LEAD = 3
MOST = 60
"""Candidates that are weighed for a claim, nearest first."""
AGES = ((0, "today"), (8, "week"), (31, "month"), (365, "year"))


@dataclass(frozen=True, slots=True)
class Option:
    """A date that a claim may mean; none where nothing tells it."""

    date: DateRange | None
    features: dict[str, float]


class When:
    """Describes the dates of one report for its claims. Make one a document."""

    def __init__(self, facts: Sequence[SentenceFacts], scene: Scene, speech: SpeechWords, kinds: Kinds) -> None:
        self.facts, self.scene, self.speech, self.kinds = facts, scene, speech, kinds
        self.at = {id(f): i for i, f in enumerate(facts)}
        self.body = sum(f.field == "title" for f in facts)
        self.dates = [(self.at[id(f)], m, r, spoken) for f, m, r, spoken in scene.dated]
        self.often = Counter(_key(r) for _, _, r, spoken in self.dates if not spoken)
        self.separate = [scene.context.separate(f.sentence.text) for f in facts]
        first = [_key(r) for _, _, r, spoken in self.dates if not spoken and r.precision in ("day", "night")]
        self.first_told = first[0] if first else None
        self.plain = [self._plain(i, m, r, spoken) for i, m, r, spoken in self.dates]
        self.told: dict[int, set[int]] = {}
        self.starts: dict[int, list[int]] = {}

    def note(self, drafts: Sequence[Draft]) -> None:
        """Remember in which sentences each event is told."""
        for draft in drafts:
            self.told.setdefault(draft.event, set()).add(self.at[id(draft.facts)])
            self.starts.setdefault(id(draft.facts), []).append(draft.group.start)

    def options(self, draft: Draft) -> list[Option]:
        """Return what `draft` may mean, none last."""
        here = self.at[id(draft.facts)]
        reached = [k for k, (i, *_) in enumerate(self.dates) if abs(i - here) <= REACH or i < self.body + LEAD]
        if len(reached) > MOST:
            at = draft.group.start
            reached = sorted(
                sorted(reached, key=lambda k: (abs(self.dates[k][0] - here), abs(self.dates[k][1].start - at)))[:MOST]
            )
        found = [
            Option(self.dates[k][2], self._features(draft, here, *self.dates[k][:3], self.plain[k])) for k in reached
        ]
        none = {"none": 1.0, f"none&{draft.scope}": 1.0}
        if draft.date is None or draft.date.start is None:
            none["none&picked"] = 1.0
        if any(r.precision in ("day", "night") for _, _, r, spoken in self.dates if not spoken):
            none["none&days-told"] = 1.0
        if self.scene.context.background(draft.facts.sentence.text):
            none["none&background"] = 1.0
        published = self.scene.published
        end = published.isoformat() if published else None
        found.append(Option(DateRange(None, end, "before", None, None, True, None) if end else None, none))
        return found

    def take(self, draft: Draft, options: Sequence[Option], chooser: Chooser) -> None:
        """Give `draft` the likeliest date of `options`."""
        at, draft.odds["date"] = chooser.pick([o.features for o in options])
        chosen = options[at]
        draft.date = chosen.date
        draft.spans.pop("date", None)
        if chosen.date is not None and chosen.date.span is not None:
            draft.spans["date"] = chosen.date.span

    def _plain(self, i: int, m: DateMention, r: DateRange, spoken: bool) -> dict[str, float]:
        """Return what is true of a mention whatever the claim."""
        f = self.facts[i]
        found = {f"precision-{r.precision}": 1.0, f"kind-{m.kind}": 1.0, f"age-{self._age(r)}": 1.0}
        for name, true in (
            ("spoken", spoken),
            ("since", m.since),
            ("until", m.until),
            ("vague", r.vague),
            ("in-title", f.field == "title"),
            ("in-lead", f.field != "title" and i < self.body + 1),
            ("first-told", _key(r) == self.first_told),
            ("in-heading", f.sentence.kind == "heading"),
            ("background", self.scene.context.background(f.sentence.text)),
            ("harm-there", bool(f.triggers)),
        ):
            if true:
                found[name] = 1.0
        found["often"] = min(self.often[_key(r)], 4) / 4
        before = f.sentence.text[max(0, m.start - f.sentence.start - 14) : m.start - f.sentence.start].lower().split()
        found[f"after-word-{before[-1] if before and before[-1] in PREPOSITIONS else 'other'}"] = 1.0
        k = token_in(f.sentence, m.start, m.end)
        g = governor(f.sentence, k) if k is not None else None
        if g is None:
            found["governed-by-nothing"] = 1.0
        elif any(t.index <= g <= t.last for t in f.triggers):
            found["governed-by-harm"] = 1.0
        elif f.sentence.tokens[g].lower in self.speech.verbs:
            found["governed-by-speech"] = 1.0
        elif self.kinds.votes(f.sentence.tokens[g].text, 1.0):
            found["governed-by-event"] = 1.0
        else:
            found["governed-by-verb" if f.sentence.tokens[g].tag.startswith("V") else "governed-by-noun"] = 1.0
        return found

    def _age(self, r: DateRange) -> str:
        if self.scene.published is None or r.end is None:
            return "unknown"
        days = (self.scene.published - date.fromisoformat(r.end)).days
        return next((name for limit, name in AGES if days <= limit), "older")

    def _features(
        self, draft: Draft, here: int, i: int, m: DateMention, r: DateRange, plain: dict[str, float]
    ) -> dict[str, float]:
        f = self.facts[i]
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
            found |= self._same_sentence(draft, m)
            found |= {f"here&precision-{r.precision}": 1.0, f"here&kind-{m.kind}": 1.0}
            if draft.rule.startswith("elliptic"):
                found |= {f"elliptic&{'after' if m.start >= draft.group.start else 'before'}": 1.0}
        else:
            found |= self._away(draft, here, i, r)
        return found

    def _same_sentence(self, draft: Draft, m: DateMention) -> dict[str, float]:
        sentence = draft.facts.sentence
        low, high = sorted((m.start, draft.group.start))
        between = sum(low < d.start < high for d in draft.facts.dates)
        numbers = sum(low < g.start < high for g in draft.facts.groups if g.count.low is not None)
        found = {
            "same-sentence": 1.0,
            f"numbers-between-{min(numbers, 2)}": 1.0,
        }
        stretch = segment(m.start, draft.group.start, self.starts.get(id(draft.facts), ()))
        found |= {stretch: 1.0, f"{stretch}&dates-between-{min(between, 2)}": 1.0}
        k = token_in(sentence, m.start, m.end)
        if k is not None:
            harm = draft.trigger[0] if draft.trigger is not None else draft.group.first
            up, down = clauses_between(sentence, k, harm)
            found |= {f"up-{min(up, 2)}": 1.0, f"down-{min(down, 2)}": 1.0}
        return found

    def _away(self, draft: Draft, here: int, i: int, r: DateRange) -> dict[str, float]:
        f = self.facts[i]
        if f.field == "title" or draft.facts.field == "title":
            return {"title-apart": 1.0}
        gap = i - here
        size = "1" if abs(gap) == 1 else "2-3" if abs(gap) <= 3 else "4+"
        direction = "later" if gap > 0 else "earlier"
        found = {f"{direction}-{size}": 1.0}
        if f.sentence.passage == draft.facts.sentence.passage:
            found["same-passage"] = 1.0
        low, high = sorted((i, here))
        if any(self.separate[low + 1 : high + 1]):
            found["across-separate"] = 1.0
        if self.scene.context.back(draft.facts.sentence.text):
            found[f"back&{direction}"] = 1.0
        if draft.event >= 0 and i in self.told.get(draft.event, ()):
            found["same-event-told-there"] = 1.0
        own = [x for at, _, x, spoken in self.dates if at == here and not spoken]
        if own:
            found["away-though-date-here"] = 1.0
            if any(_within(r, x) for x in own):
                found["inside-date-here"] = 1.0
        if draft.scope == "cumulative":
            found["toll&away"] = 1.0
        return found


PREPOSITIONS = frozenset(
    {
        "on",
        "in",
        "since",
        "by",
        "late",
        "early",
        "until",
        "between",
        "from",
        "of",
        "during",
        "after",
        "before",
        "last",
        "the",
    }
)


def _key(r: DateRange) -> tuple[str | None, str | None]:
    return (r.start, r.end)


def _within(inner: DateRange, outer: DateRange) -> bool:
    return bool(
        inner.start and inner.end and outer.start and outer.end
        and outer.start <= inner.start and inner.end <= outer.end and _key(inner) != _key(outer)
    )  # fmt: skip
