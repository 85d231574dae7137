"""Where harm was done: the places of a report that a claim may mean, described for the choice between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.claims.choose import Chooser
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_places import elsewhere
from tallybook.claims.place_again import told_again
from tallybook.claims.place_beside import Beside
from tallybook.claims.place_crossed import Crossed
from tallybook.claims.place_mentions import REGION, TOWNSHIP, PlaceMention
from tallybook.claims.place_order import PlaceOrder
from tallybook.claims.place_shared import Shared
from tallybook.claims.scene import Scene
from tallybook.claims.surroundings import LEAD, Mention, Surroundings
from tallybook.claims.syntax import governor, token_in
from tallybook.claims.untold_places import nationwide
from tallybook.claims.words_around import words_above
from tallybook.knowledge.folding import fold
from tallybook.model.claim import Place

BIG_CITY = 300_000
"""People from which a town is rarely the most specific place of harm that a report names."""
AWAY = 100
"""Characters before a place in which it is told why somebody who was not harmed there is there."""
MANY = (20, 100, 1000)
"""Numbers of people from which a toll is likelier that of a country than of a town."""
OFTEN, OFTEN_AT = 4, 3
"""Times a place is told, and told as where something is, from which it counts as told often."""


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a claim may mean: a mention, or the country as a whole, or none."""

    mention: PlaceMention | None
    place: Place | None
    features: dict[str, float]

    @property
    def told(self) -> str:
        """Return the name of the place."""
        return "none" if self.place is None else str(self.place.name)


class Where:
    """Describes the places of one report for its claims. Make one a document."""

    def __init__(self, scene: Scene, around: Surroundings) -> None:
        self.scene, self.around, self.facts = scene, around, around.facts
        self.mentions = [(i, m) for i, f in enumerate(self.facts) for m in (*f.places, *f.hinted)]
        self.mentions += told_again(self.facts, scene.places)
        self.crossed = Crossed(scene.context, around)
        self.order = PlaceOrder(self.facts, around)
        self.beside = Beside(self.facts, scene.places)
        self.shared = Shared(self.facts, around, scene)
        self.sought: list[tuple[int, Mention]] = [*self.mentions]
        at = [fold(m.name) for _, m in self.mentions if m.role == "at"]
        self.often, self.often_at = Counter(fold(m.name) for _, m in self.mentions), Counter(at)
        self.first_told = at[0] if at else ""
        self.plain: dict[int, dict[str, float]] = {}
        self.relations: dict[tuple[int, int], str] = {}
        self.local = [next((m for m in f.places if m.role == "at"), None) for f in self.facts]

    def options(self, draft: Draft) -> list[Option]:
        """Return what `draft` may mean, the country last; none instead where the country is not known."""
        reached = [self.mentions[k] for k in self.around.reached(draft, self.sought)]
        found = [Option(m, self.scene.places.resolve(m), self._features(draft, i, m)) for i, m in reached]
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
        if not same and not draft.facts.places:
            shared["no-place-here"] = 1.0
        shared[self._many(draft)] = 1.0
        shared[self._zone(self.around.of(draft.facts))] = 1.0
        shared[f"passage-{'placed' if self.order.placed(draft) else 'bare'}"] = 1.0
        if draft.facts.sentence.passage == self.facts[-1].sentence.passage:
            shared["last-passage"] = 1.0
        if nationwide(draft.facts.sentence.text):
            shared["nationwide"] = 1.0
        text = draft.facts.sentence.text
        if self.scene.context.background(text):
            shared["background"] = 1.0
        if self.scene.context.separate(text):
            shared["separate"] = 1.0
        if self.scene.context.cumulative(text):
            shared["period"] = 1.0
        country = self.scene.places.home()
        name = "country" if country is not None else "none"
        if draft.scope == "cumulative":
            shared |= {f"toll&{k}": 1.0 for k in shared if k not in ("toll", "incident")}
        features = {name: 1.0} | {f"{name}&{k}": 1.0 for k in shared}
        if draft.mention is None and draft.place == country:
            features[f"{name}&picked"] = 1.0
        features |= {f"{name}-word:{t.text}": 1.0 for t in draft.facts.sentence.tokens if _is_small_word(t.text)}
        return Option(None, country, features)

    def _zone(self, i: int) -> str:
        """Say in which part of the report a sentence stands: the first of the body, those right after it, or the rest."""
        at = i - self.around.body
        return "title" if at < 0 else "first" if at == 0 else "lead" if at <= LEAD else "rest"

    @staticmethod
    def _many(draft: Draft) -> str:
        """Say how many people a draft counts."""
        return f"many-{sum((draft.group.value or 0) >= least for least in MANY)}"

    def _plain(self, i: int, m: PlaceMention) -> dict[str, float]:
        """Return what is true of a mention whatever the claim."""
        f = self.facts[i]
        place = self.scene.places.resolve(m)
        found = {f"role-{m.role}": 1.0, f"rank-{m.rank}": 1.0, f"prep-{m.prep or 'no'}": 1.0}
        wide = place.precision in ("country", "admin1") and place.id is not None
        found[place.precision if wide else self._size(m)] = 1.0
        home = self.scene.places.country
        if home and place.country != home:
            found["abroad"] = 1.0
        if elsewhere(f.sentence.text[: m.start - f.sentence.start]):
            found["elsewhere"] = 1.0
        patterns, lower = self.scene.places.patterns, f.sentence.lower
        before = lower[: m.start - f.sentence.start][-AWAY:]
        if m.prep:
            found |= {f"away-{why}": 1.0 for why, pattern in patterns.away.items() if pattern.search(before)}
        if patterns.care.match(lower[m.end - f.sentence.start :]) or patterns.cares.search(m.name.lower()):
            found["away-care"] = 1.0
        if before.endswith("("):
            found["in-brackets"] = 1.0
        if any(a.source.span.start <= m.start < a.source.span.end for a in f.attributions):
            found["in-source"] = 1.0
        if f.field == "title":
            found["in-title"] = 1.0
        elif i < self.around.body + 1:
            found["in-lead"] = 1.0
        found["often"] = min(self.often[fold(m.name)], OFTEN) / OFTEN
        found["often-at"] = min(self.often_at[fold(m.name)], OFTEN_AT) / OFTEN_AT
        if self.around.kinds.votes(f.sentence.text, 1.0):
            found["event-there"] = 1.0
        if self.scene.context.back(f.sentence.text):
            found["back-there"] = 1.0
        inner = self._inner(f, m)
        if inner is not None:
            found["says-where"] = 1.0
        if any(self._inner(f, other) is m for other in f.places):
            found["said-where"] = 1.0
        if fold(m.name) == self.first_told:
            found["first-told"] = 1.0
        if len(m.parts) > 1:
            found["chained"] = 1.0
        span = m.parts[0][2]
        found |= self.beside.known(m) | self.shared.name(m)
        return found | self.around.governed(f, m) | words_above(f.sentence, span.start, span.end)

    def _inner(self, f: SentenceFacts, m: PlaceMention) -> PlaceMention | None:
        """Return the place before a mention of which that only says where it lies: the Sarno of 'Sarno, near Keshti'."""
        before = next((p for p in reversed(f.places) if p.end <= m.start), None)
        if before is None or before.role not in ("at", "weak"):
            return None
        gap = f.sentence.lower[before.end - f.sentence.start : m.start - f.sentence.start]
        return before if self.scene.places.patterns.beside.fullmatch(gap) else None

    def _size(self, m: PlaceMention) -> str:
        entry = self.scene.places.known(m.name)
        return "big-city" if entry is not None and entry.population >= BIG_CITY else "small-place"

    def _features(self, draft: Draft, i: int, m: PlaceMention) -> dict[str, float]:
        if id(m) not in self.plain:
            self.plain[id(m)] = self._plain(i, m)
        f, plain = self.facts[i], self.plain[id(m)]
        found, order = dict(plain), self.order.of(draft, m)
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
            found |= {f"toll&{k}": 1.0 for k in ("country", "admin1", "big-city", "small-place") if k in plain}
            found |= {f"toll&{k}": 1.0 for k in order}
            if f is not draft.facts:
                found["toll&away"] = 1.0
        if picked is not None and "picked" not in found:
            found[f"picked-{self._relation(picked, m)}"] = 1.0
        if f is draft.facts:
            found |= self._same_sentence(draft, m)
        else:
            found |= self._away(draft, i, m)
        found |= order
        here = self.around.of(draft.facts)
        local = self.local[here]
        size = "none" if local is None else "wide" if local.rank >= TOWNSHIP else "small"
        found |= {f"{size}-here&{k}": 1.0 for k in order if k in ("next-small", "first-small", "opens-own-passage")}
        found[f"{self._many(draft)}&{'wide' if m.rank >= REGION else 'small'}"] = 1.0
        extent = "wide" if m.rank >= TOWNSHIP else "small"
        found[f"told-{self._zone(here)}&{self._zone(i)}&{extent}&{size}-here"] = 1.0
        near = "here" if f is draft.facts else "near" if abs(i - here) <= 2 else "far"
        found |= {f"{near}&role-{m.role}": 1.0}
        found |= {f"{self.beside.few}&{k}": 1.0 for k in order if k in ("next-small", "first-small", "last-small")}
        found |= self.shared.of(draft, i)
        return found | self.crossed.of(draft, i, m, near, plain)

    def _same_sentence(self, draft: Draft, m: PlaceMention) -> dict[str, float]:
        sentence = draft.facts.sentence
        found = self.around.same_sentence(draft, m, draft.facts.places, "between")
        k = token_in(sentence, m.start, m.end)
        g = governor(sentence, k) if k is not None else None
        if g is not None and draft.trigger is not None and draft.trigger[0] <= g <= draft.trigger[1]:
            found["governed-by-own-harm"] = 1.0
        return found | self.beside.number(draft, m)

    def _away(self, draft: Draft, i: int, m: PlaceMention) -> dict[str, float]:
        if self.around.apart(draft, i):
            return {"title-apart": 1.0}
        f, here = self.facts[i], self.around.of(draft.facts)
        found = self.around.away(draft, i)
        if f.triggers:
            found["harm-there"] = 1.0
        if f.sentence.kind == "heading":
            found["in-heading"] = 1.0
            if i < here and not any(self.facts[k].sentence.kind == "heading" for k in range(i + 1, here)):
                found["own-heading"] = 1.0
        relation = self._relation(self.local[here], m)
        found[relation] = 1.0
        found[f"{relation}&{self.around.distance(draft, i)}"] = 1.0
        found[f"{relation}&role-{m.role}"] = 1.0
        return found

    def _relation(self, local: PlaceMention | None, m: PlaceMention) -> str:
        """Say how a place told elsewhere stands to the one in the claim's own sentence."""
        if local is None:
            return "none-here"
        asked = (id(local), id(m))
        if asked not in self.relations:
            self.relations[asked] = self._related(local, m)
        return self.relations[asked]

    def _related(self, local: PlaceMention, m: PlaceMention) -> str:
        if fold(local.name) == fold(m.name):
            return "same-as-here"
        if any(fold(m.name) == fold(p[0]) for p in local.parts):
            return "holds-here"
        if self.scene.fit.holds(local, m):
            return "inside-here"
        if self.scene.fit.holds(m, local):
            return "holds-here"
        if self.scene.fit.clash(local, m):
            return "apart"
        return "finer" if m.rank < local.rank else "coarser"


def _is_small_word(word: str) -> bool:
    """Say whether a word is no name and no number, which would tell one report only."""
    return word.islower() and word.isalpha()
