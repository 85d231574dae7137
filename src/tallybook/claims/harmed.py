"""Which counted people were harmed, and how: every counted group of a report weighed for each measure, and for none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.claims.choose import Chooser
from tallybook.claims.drafts import Draft, part_from
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import HOUSEHOLD, Group
from tallybook.claims.syntax import clauses_between, governor
from tallybook.claims.triggers import BE, Trigger
from tallybook.model.claim import MEASURES

WINDOW = 3
"""Words on either side of a group whose forms are weighed."""
FAR = 12
"""Words beyond which a word of harm counts as far."""
SURE = 0.65
"""Probability of a harm from which a number that no rule binds is a claim; set on the open gold reports."""
DOUBT = 0.8
"""Probability of no harm from which the claim of a rule is dropped; set on the open gold reports and longtail."""


@dataclass(frozen=True, slots=True)
class Option:
    """A measure that a group may have; None for no harm."""

    measure: str | None
    features: dict[str, float]

    @property
    def told(self) -> str:
        """Return the measure."""
        return self.measure or "no harm"


@dataclass(frozen=True, slots=True)
class Counted:
    """A group in its sentence, with the draft that the rules made of it, if any."""

    facts: SentenceFacts
    group: Group
    draft: Draft | None
    before: str | None  # measure of the last draft before it
    near: bool  # that draft stands in the same sentence or the one before


def counted(facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> list[Counted]:
    """Return every group of a report that may be people, in order of telling."""
    made = {id(d.group): d for d in drafts if d.stance != "updated"}
    found: list[Counted] = []
    last: Draft | None = None
    for f in facts:
        for group in f.groups:
            draft = made.get(id(group))
            if draft is None and (group.kind == "thing" or group.trap):
                continue
            near = last is not None and abs(last.facts.sentence.index - f.sentence.index) <= 1
            found.append(Counted(f, group, draft, last.measure if last else None, near))
            last = draft or last
    return found


def options(one: Counted) -> list[Option]:
    """Return no harm first, then every measure, with what speaks for it."""
    shared = _shared(one)
    words = _words(one)
    found = [
        Option(None, {"none": 1.0} | {f"none&{k}": v for k, v in shared.items()} | {f"none&{w}": 1.0 for w in words})
    ]
    for measure in MEASURES if one.group.thing != HOUSEHOLD else ("displaced",):
        features = {f"is-{measure}": 1.0} | _rule(one, measure) | _harm_words(one, measure)
        features |= {f"{measure}&{w}": 1.0 for w in words}
        if one.before == measure:
            features["as-before"] = 1.0
            features[f"as-before&{'near' if one.near else 'far'}"] = 1.0
            for name in ("of-them", "more", "bare"):
                if name in shared:
                    features[f"as-before&{name}"] = 1.0
        found.append(Option(measure, features))
    return found


def _shared(one: Counted) -> dict[str, float]:
    group, f = one.group, one.facts
    person = group.person.affiliation if group.person is not None else "nobody"
    found = {group.kind: 1.0, f"person-{person}": 1.0, f.sentence.kind: 1.0}
    for name, true in (
        ("indefinite", group.indefinite),
        ("definite", group.definite),
        ("of-them", group.of_them),
        ("more", group.more),
        ("first", f.sentence.index <= 1),
        ("title", f.field == "title"),
        ("harm-in-sentence", bool(f.triggers)),
        ("no-harm-in-sentence", not f.triggers),
        ("no-rule", one.draft is None),
        ("large", (group.value or 0) >= 2000),
        ("after-claim", one.near),
        ("quoted", "\u201c" in group.count.text or '"' in group.count.text),
    ):
        if true:
            found[name] = 1.0
    if one.draft is not None:
        found[f"rule-{one.draft.rule}"] = 1.0
        if one.draft.hedged:
            found["hedged"] = 1.0
    return found


def _rule(one: Counted, measure: str) -> dict[str, float]:
    if one.draft is None:
        return {"no-rule": 1.0}
    if one.draft.measure == measure:
        return {"rule": 1.0, f"rule-{one.draft.rule}": 1.0, f"rule-{measure}": 1.0}
    return {"rule-says-other": 1.0}


def _harm_words(one: Counted, measure: str) -> dict[str, float]:
    """Describe the nearest word of that harm in the group's sentence."""
    own = [t for t in one.facts.triggers if t.measure == measure]
    if not own:
        return {"no-word": 1.0}
    nearest = min(own, key=lambda t: _gap(one.group, t))
    gap = _gap(one.group, nearest)
    size = (
        "inside"
        if gap == 0
        else "1"
        if gap == 1
        else "2-3"
        if gap <= 3
        else "4-7"
        if gap <= 7
        else "8+"
        if gap <= FAR
        else "far"
    )
    side = "before" if nearest.index < one.group.first else "after"
    up, down = clauses_between(one.facts.sentence, one.group.head, nearest.index)
    found = {
        f"word-{side}-{size}": 1.0,
        f"frame-{nearest.word.frame}-{nearest.voice}-{side}": 1.0,
        f"clauses-{min(up, 2)}-{min(down, 2)}": 1.0,
    }
    low, high = sorted((nearest.index, one.group.first))
    between = sum(low < g.first < high for g in one.facts.groups if not g.indefinite)
    found[f"groups-between-{min(between, 2)}"] = 1.0
    if any(t.measure != measure and _gap(one.group, t) < gap for t in one.facts.triggers):
        found["other-word-nearer"] = 1.0
    return found


def _gap(group: Group, trigger: Trigger) -> int:
    if trigger.index > group.last:
        return trigger.index - group.last
    if trigger.last < group.first:
        return group.first - trigger.last
    return 0


def _words(one: Counted) -> set[str]:
    """Return the forms around the group, its noun, and the word that it hangs on."""
    tokens, group = one.facts.sentence.tokens, one.group
    before = tokens[max(0, group.first - WINDOW) : group.first]
    after = tokens[group.last + 1 : group.last + 1 + WINDOW]
    found = {f"before:{t.lower}" for t in before if t.lower.isalpha()} | {
        f"after:{t.lower}" for t in after if t.lower.isalpha()
    }
    if group.noun:
        found.add(f"noun:{group.noun}")
    g = governor(one.facts.sentence, group.head)
    if g is not None and tokens[g].lower.isalpha():
        found.add(f"on:{tokens[g].lower}")
        found.add(f"as:{tokens[group.head].dep}")
    return found


def weigh(facts: Sequence[SentenceFacts], drafts: Sequence[Draft], chooser: Chooser) -> list[Draft]:
    """Return `drafts` without those that are likely no harm, with those that no rule made but the weights are sure of."""
    gone: set[int] = set()
    new: list[Draft] = []
    told: set[int | None] = set()
    for one in counted(facts, drafts):
        offered = options(one)
        odds = chooser.probabilities([o.features for o in offered])
        again = one.group.definite and (one.group.value or 0) > 1 and one.group.value in told  # 'the 16 men of Friday'
        told.add(one.group.value)
        if one.draft is not None:
            if odds[0] >= DOUBT:
                gone.add(id(one.draft))
            one.draft.odds["harm"] = next(
                (p for o, p in zip(offered, odds, strict=True) if o.measure == one.draft.measure), odds[0]
            )
            continue
        at = max(range(1, len(odds)), key=lambda k: odds[k])
        if (
            odds[at] >= SURE
            and not again
            and not _bare_alone(one)
            and (offered[at].measure == "displaced" or not _unhurt(one))
        ):
            new.append(_draft(one, offered[at].measure))
            new[-1].odds["harm"] = odds[at]
    kept = [d for d in drafts if id(d) not in gone]
    part_from(kept)
    return sorted([*kept, *new], key=lambda d: d.order)


def _bare_alone(one: Counted) -> bool:
    """Say whether a number stands with no noun, and no harm in its sentence or before it: weights alone make it no claim."""
    return one.group.kind == "bare" and not one.facts.triggers and one.before is None


def _unhurt(one: Counted) -> bool:
    """Say whether the grammar leaves no doubt: who does something to others, was only shot at, or stands beside a name."""
    tokens, head = one.facts.sentence.tokens, one.group.head
    verb = tokens[head].head
    named = tokens[verb]
    if one.group.indefinite and tokens[head].dep == "appos" and named.tag == "NNP" and named.dep == "attr":
        return True  # 'the man who died was Ilo Senn, an electrician'
    told_of_all = any(tokens[c].lower in ("they", "we") for c in named.children if c < verb)
    if told_of_all and tokens[head].dep in ("attr", "acomp") and tokens[head - 1].lower not in BE:
        return True  # 'they were around 400'
    if tokens[head].dep == "nsubjpass":
        told = any(t.index <= verb <= t.last for t in one.facts.triggers)
        return not told and [t.lower for t in tokens[verb + 1 : verb + 2]] == ["at"]
    if tokens[head].dep != "nsubj":
        return False
    verbs = {verb, *(k for k, t in enumerate(tokens) if t.dep == "conj" and t.head == verb)}
    return any(t.dep == "dobj" and t.head in verbs for t in tokens)


def _draft(one: Counted, measure: str | None) -> Draft:
    own = [t for t in one.facts.triggers if t.measure == measure]
    nearest = min(own, key=lambda t: _gap(one.group, t), default=None)
    near = nearest if nearest is not None and _gap(one.group, nearest) <= FAR else None
    draft = Draft(one.facts, one.group, measure, "weighed", (near.index, near.last) if near else None)
    draft.count = one.group.count
    return draft
