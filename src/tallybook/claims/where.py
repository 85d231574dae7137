"""Where harm was done: the places of a report that a claim may mean, described for the choice between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.claims.choose import Chooser, segment
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_places import elsewhere
from tallybook.claims.kinds import Kinds
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.scene import Scene
from tallybook.claims.sources import SpeechWords
from tallybook.claims.syntax import clauses_between, governor, token_in
from tallybook.knowledge.folding import fold
from tallybook.model.claim import Place

REACH = 14
"""Sentences before and after a claim whose places are weighed; the title and the first three always are."""
LEAD = 3
MOST = 60
"""Candidates that are weighed for a claim, nearest first; a list of hundreds of names in one sentence is no report."""
BIG_CITY = 300_000
"""People from which a town is rarely the most specific place of harm that a report names."""


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a claim may mean: a mention, or the country as a whole, or none."""

    mention: PlaceMention | None
    place: Place | None
    features: dict[str, float]


class Where:
    """Describes the places of one report for its claims. Make one a document."""

    def __init__(self, facts: Sequence[SentenceFacts], scene: Scene, speech: SpeechWords, kinds: Kinds) -> None:
        self.facts, self.scene, self.speech, self.kinds = facts, scene, speech, kinds
        self.at = {id(f): i for i, f in enumerate(facts)}
        self.body = sum(f.field == "title" for f in facts)
        self.mentions = [(i, m) for i, f in enumerate(facts) for m in f.places]
        self.often = Counter(fold(m.name) for _, m in self.mentions)
        self.often_at = Counter(fold(m.name) for _, m in self.mentions if m.role == "at")
        self.places = {id(m): scene.places.resolve(m) for _, m in self.mentions}
        self.first_told = next((fold(m.name) for _, m in self.mentions if m.role == "at"), "")
        self.plain = {id(m): self._plain(i, m) for i, m in self.mentions}
        self.local = [next((m for m in f.places if m.role == "at"), None) for f in facts]
        self.separate = [scene.context.separate(f.sentence.text) for f in facts]
        self.told: dict[int, set[int]] = {}
        self.starts: dict[int, list[int]] = {}

    def note(self, drafts: Sequence[Draft]) -> None:
        """Remember in which sentences each event is told."""
        for draft in drafts:
            self.told.setdefault(draft.event, set()).add(self.at[id(draft.facts)])
            self.starts.setdefault(id(draft.facts), []).append(draft.group.start)

    def options(self, draft: Draft) -> list[Option]:
        """Return what `draft` may mean, the country last; none instead where the country is not known."""
        here = self.at[id(draft.facts)]
        reached = [(i, m) for i, m in self.mentions if abs(i - here) <= REACH or i < self.body + LEAD]
        if len(reached) > MOST:
            near = sorted(reached, key=lambda r: (abs(r[0] - here), abs(r[1].start - draft.group.start)))[:MOST]
            reached = sorted(near, key=lambda r: (r[0], r[1].start))
        found = [Option(m, self.places[id(m)], self._features(draft, here, i, m)) for i, m in reached]
        return [*found, self._wide(draft, found)]

    def take(self, draft: Draft, options: Sequence[Option], chooser: Chooser) -> None:
        """Give `draft` the likeliest place of `options`."""
        at, draft.odds["place"] = chooser.pick([o.features for o in options])
        chosen = options[at]
        draft.mention, draft.place = chosen.mention, chosen.place
        draft.spans.pop("place", None)
        if chosen.mention is not None:
            draft.spans["place"] = chosen.mention.parts[0][2]

    def _wide(self, draft: Draft, found: Sequence[Option]) -> Option:
        same = any("same-sentence" in o.features and "role-at" in o.features for o in found)
        shared = {"toll" if draft.scope == "cumulative" else "incident": 1.0}
        if same:
            shared["place-here"] = 1.0
        if draft.mention is None:
            shared["was-none"] = 1.0
        text = draft.facts.sentence.text
        if self.scene.context.background(text):
            shared["background"] = 1.0
        if self.scene.context.separate(text):
            shared["separate"] = 1.0
        if self.scene.context.cumulative(text):
            shared["period"] = 1.0
        country = self.scene.country()
        name = "country" if country is not None else "none"
        features = {name: 1.0} | {f"{name}&{k}": 1.0 for k in shared}
        if draft.mention is None and draft.place == country:
            features[f"{name}&picked"] = 1.0
        return Option(None, country, features)

    def _plain(self, i: int, m: PlaceMention) -> dict[str, float]:
        """Return what is true of a mention whatever the claim."""
        f = self.facts[i]
        place = self.places[id(m)]
        found = {f"role-{m.role}": 1.0, f"rank-{m.rank}": 1.0, f"prep-{m.prep or 'no'}": 1.0}
        found[place.precision if place.precision in ("country", "admin1") else self._size(m)] = 1.0
        home = self.scene.places.country
        if home and place.country != home:
            found["abroad"] = 1.0
        if elsewhere(f.sentence.text[: m.start - f.sentence.start]):
            found["elsewhere"] = 1.0
        if any(a.source.span.start <= m.start < a.source.span.end for a in f.attributions):
            found["in-source"] = 1.0
        if f.field == "title":
            found["in-title"] = 1.0
        elif i < self.body + 1:
            found["in-lead"] = 1.0
        found["often"] = min(self.often[fold(m.name)], 4) / 4
        found["often-at"] = min(self.often_at[fold(m.name)], 3) / 3
        if self.kinds.votes(f.sentence.text, 1.0):
            found["event-there"] = 1.0
        if self.scene.context.back(f.sentence.text):
            found["back-there"] = 1.0
        if fold(m.name) == self.first_told:
            found["first-told"] = 1.0
        if len(m.parts) > 1:
            found["chained"] = 1.0
        found |= self._governed(f, m)
        return found

    def _size(self, m: PlaceMention) -> str:
        entry = self.scene.places.known(m.name)
        return "big-city" if entry is not None and entry.population >= BIG_CITY else "small-place"

    def _governed(self, f: SentenceFacts, m: PlaceMention) -> dict[str, float]:
        k = token_in(f.sentence, m.start, m.end)
        g = governor(f.sentence, k) if k is not None else None
        if g is None:
            return {"governed-by-nothing": 1.0}
        token = f.sentence.tokens[g]
        if any(t.index <= g <= t.last for t in f.triggers):
            return {"governed-by-harm": 1.0}
        if token.lower in self.speech.verbs:
            return {"governed-by-speech": 1.0}
        if self.kinds.votes(token.text, 1.0):
            return {"governed-by-event": 1.0}
        return {"governed-by-verb" if token.tag.startswith("V") else "governed-by-noun": 1.0}

    def _features(self, draft: Draft, here: int, i: int, m: PlaceMention) -> dict[str, float]:
        f, plain = self.facts[i], self.plain[id(m)]
        found = dict(plain)
        picked = draft.mention
        if picked is not None and fold(picked.name) == fold(m.name):
            found["picked"] = 1.0
            if picked is m:
                found["picked-here"] = 1.0
            if f is draft.facts:
                found["picked&same-sentence"] = 1.0
            if draft.own_place:
                found["picked&own"] = 1.0
        elif picked is not None and any(fold(m.name) == fold(p[0]) for p in picked.parts[1:]):
            found["holds-picked"] = 1.0
        if (
            draft.part_of is not None
            and draft.part_of.mention is not None
            and fold(draft.part_of.mention.name) == fold(m.name)
        ):
            found["of-whole"] = 1.0
        if draft.scope == "cumulative":
            found |= {f"toll&rank-{m.rank}": 1.0, "toll": 1.0}
            if f is not draft.facts:
                found["toll&away"] = 1.0
        if picked is not None and "picked" not in found:
            found[f"picked-{self._relation(picked, m)}"] = 1.0
        if f is draft.facts:
            found |= self._same_sentence(draft, m)
        else:
            found |= self._away(draft, here, i, m)
        near = "here" if f is draft.facts else "near" if abs(i - here) <= 2 else "far"
        found |= {f"{near}&role-{m.role}": 1.0}
        return found

    def _same_sentence(self, draft: Draft, m: PlaceMention) -> dict[str, float]:
        sentence = draft.facts.sentence
        found = {"same-sentence": 1.0}
        between = sum(
            min(m.start, draft.group.start) < o.start < max(m.start, draft.group.start) for o in draft.facts.places
        )
        groups = {g.start for g in draft.facts.groups if g.count.low is not None}
        others = sum(min(m.start, draft.group.start) < g < max(m.start, draft.group.start) for g in groups)
        found[f"numbers-between-{min(others, 2)}"] = 1.0
        stretch = segment(m.start, draft.group.start, self.starts.get(id(draft.facts), ()))
        found |= {stretch: 1.0, f"{stretch}&between-{min(between, 2)}": 1.0}
        k = token_in(sentence, m.start, m.end)
        harm = draft.trigger[0] if draft.trigger is not None else draft.group.first
        if k is not None:
            up, down = clauses_between(sentence, k, harm)
            found |= {f"up-{min(up, 2)}": 1.0, f"down-{min(down, 2)}": 1.0}
            g = governor(sentence, k)
            if g is not None and draft.trigger is not None and draft.trigger[0] <= g <= draft.trigger[1]:
                found["governed-by-own-harm"] = 1.0
        return found

    def _away(self, draft: Draft, here: int, i: int, m: PlaceMention) -> dict[str, float]:
        f = self.facts[i]
        if f.field == "title" or draft.facts.field == "title":
            return {"title-apart": 1.0}
        gap = i - here
        size = "1" if abs(gap) == 1 else "2-3" if abs(gap) <= 3 else "4+"
        found = {f"{'later' if gap > 0 else 'earlier'}-{size}": 1.0}
        if f.sentence.passage == draft.facts.sentence.passage:
            found["same-passage"] = 1.0
        low, high = sorted((i, here))
        if any(self.separate[low + 1 : high + 1]):
            found["across-separate"] = 1.0
        if f.triggers:
            found["harm-there"] = 1.0
        if f.sentence.kind == "heading":
            found["in-heading"] = 1.0
            if gap < 0 and not any(self.facts[k].sentence.kind == "heading" for k in range(i + 1, here)):
                found["own-heading"] = 1.0
        if self.scene.context.back(draft.facts.sentence.text):
            found["back&" + ("later" if gap > 0 else "earlier")] = 1.0
        if draft.event >= 0 and i in self.told.get(draft.event, ()):
            found["same-event-told-there"] = 1.0
        relation = self._relation(self.local[here], m)
        found[relation] = 1.0
        found[f"{relation}&{'later' if gap > 0 else 'earlier'}-{size}"] = 1.0
        found[f"{relation}&role-{m.role}"] = 1.0
        return found

    def _relation(self, local: PlaceMention | None, m: PlaceMention) -> str:
        """Say how a place told elsewhere stands to the one in the claim's own sentence."""
        if local is None:
            return "none-here"
        if fold(local.name) == fold(m.name):
            return "same-as-here"
        if any(fold(m.name) == fold(p[0]) for p in local.parts):
            return "holds-here"
        if self.scene.holds(local, m):
            return "inside-here"
        if self.scene.holds(m, local):
            return "holds-here"
        if self.scene.clash(local, m):
            return "apart"
        return "finer" if m.rank < local.rank else "coarser"
