"""Claims in the making: groups bound to harm, by the sentence's own words and by what the sentence leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import HARMED, Group
from tallybook.claims.links import Link
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.sources import Source
from tallybook.model.claim import Count, DateRange, Place
from tallybook.model.span import Span

_INCLUDING = re.compile(
    r"\b(?:including|among them|amongst them|among whom|including at least|comprising|namely|as well as|counting)\b[^.;]*$",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\b(?:among|amongst|of)\s+(?:the\s+)?(?:those\s+)?(?P<a>dead|killed|victims|deceased|fatalities|casualties|wounded|injured|missing|abducted|kidnapped|captured|detained|displaced|hurt)\b"
    r"|\bthose\s+(?P<c>killed|dead|wounded|injured|abducted|kidnapped|hurt|missing|detained)\s+(?:\w+\s+)?(?:include|includes|included|were|are)\b"
    r"|\bthe\s+(?P<b>dead|victims|deceased|fatalities|slain|wounded|injured|missing|abductees|detainees)\s+(?:\w+\s+)?(?:include|includes|included|were|are|comprise|comprised|is|was)\b",
    re.IGNORECASE,
)  # fmt: skip
_MEASURE_OF = {
    "dead": "killed", "killed": "killed", "victims": "killed", "deceased": "killed", "fatalities": "killed", "slain": "killed", "casualties": None,
    "wounded": "injured", "injured": "injured", "hurt": "injured", "missing": "missing", "abducted": "captured", "kidnapped": "captured",
    "captured": "captured", "detained": "captured", "martyred": "killed", "fallen": "killed", "abductees": "captured", "detainees": "captured", "displaced": "displaced",
}  # fmt: skip
_TOLL = re.compile(
    r"\b(?P<what>(?:death|casualty|fatality)\s+toll|toll|(?:the|provisional|final)\s+figure|the\s+number(?!\s+of)|body\s+count|death\s+count|(?:final\s+|total\s+)?number\s+of\s+(?:the\s+)?(?:people\s+|civilians\s+|soldiers\s+|those\s+|confirmed\s+|total\s+)?(?P<kind>dead|deaths|killed|fatalities|injured|wounded|missing|injuries|displaced|victims|martyrs|casualties)(?:\s+(?:people|killed|injured))?)\b",
    re.IGNORECASE,
)  # fmt: skip
_BRINGING = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|tak(?:es|ing)|took|rais(?:es|ing|ed)|push(?:es|ing|ed)|increas(?:es|ing|ed)|lift(?:s|ing|ed))\b[^.;]{0,70}?\bto\s+$",
    re.IGNORECASE,
)
_VERB_OF_TOLL = re.compile(
    r"\b(?:stood|stands|stand|standing|rose|risen|rise|rises|rising|climbed|climbs|climbing|reached|reaches|reaching|put|puts|was|is|now|hit|passed|topped|exceeded|surpassed|at|to|of|from|jumped|grew|grown|increased|as|between|revised|mounted|soared|above|past|over)\b",
    re.IGNORECASE,
)


_AGENT = re.compile(
    r"\bby\s+(?:an?\s+)?(?:(?:\w+\s+)?(?:group|column|gang|crowd|mob|party|force|team|convoy)\s+of\s+)?$", re.IGNORECASE
)
"""'a raid by around 100 troops': those who act are not among the harmed."""
NAMED_REACH = 8
"""Sentences back to the whole of 'three of the dead'; 'three of them' reaches two."""
_WERE = re.compile(
    r"\s+(?:were|was|are|is)\s+(?:(?:also|all|both|reported\s+to\s+be|said\s+to\s+be)\s+)?(?:an?\s+|the\s+)?(?P<words>[\w-]+(?:\s+[\w-]+){0,2})"
)

_SEVERITY = re.compile(
    r"(?:(?:are|is|were|was|remain|being|still)\s+)*(?:critically|seriously|severely|gravely|lightly|badly|slightly|in\s+(?:a\s+)?(?:critical|serious|stable|grave)|not\s+expected|expected|from\b|suffering|with\s+\w+\s+wounds|whom\s+(?:were|are)\s+(?:critically|seriously|in))"
)


@dataclass(slots=True, eq=False)
class Draft:
    """One claim in the making."""

    facts: SentenceFacts
    group: Group
    measure: str | None
    rule: str
    trigger: tuple[int, int] | None = None  # token indices of the word of harm
    event_hint: str | None = None
    hedged: bool = False
    part_of: Draft | None = None
    part_words: bool = False  # the words say it is a part
    dimension: str | None = None
    whole_exact: bool = False
    change: str | None = None
    stance: str = "asserted"
    scope: str = "incident"
    sources: list[Source] = field(default_factory=list)
    relay: tuple[str, ...] = ()
    owned: tuple[int, int] | None = None
    date: DateRange | None = None
    own_date: bool = False
    place: Place | None = None
    mention: PlaceMention | None = None
    own_place: bool = False
    time: str | None = None
    event: int = 0
    event_type: str = "other"
    weapon: tuple[str, ...] = ()
    perpetrator: tuple[str, ...] = ()
    affiliation: str = "unknown"
    group_name: str | None = None
    same_as: list[Draft] = field(default_factory=list)
    count: Count | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    odds: dict[str, float] = field(default_factory=dict)  # how likely each chosen field is, before calibration
    about: str | None = None
    responds_to: Draft | None = None
    ident: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        """Return its place in the report: title last, since the body's words win."""
        return (self.facts.field == "title", self.facts.sentence.index, self.group.start)

    @property
    def value(self) -> tuple[int | None, int | None]:
        """Return its bounds."""
        return (self.count.low, self.count.high) if self.count else (None, None)


def drafts_of(facts: SentenceFacts, before: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of one sentence; `before` holds those of the sentences before it, in order."""
    bound = {id(link.group): link for link in facts.links}
    made: dict[int, Draft] = {}
    for group in facts.groups:
        link = bound.get(id(group))
        if link is not None:
            made[id(group)] = _from_link(facts, link)
    for rule in (_of_them, _among, _toll, _including, _elliptic, _were):
        for group in facts.groups:
            if id(group) not in made or rule in (_of_them, _among, _including):
                draft = rule(facts, group, made, before)
                if draft is not None:
                    made[id(group)] = draft
    found = [made[id(g)] for g in facts.groups if id(g) in made]
    found += list(_revisions(found))
    for draft in found:
        draft.count = draft.count or draft.group.count
    return found


def _from_link(facts: SentenceFacts, link: Link) -> Draft:
    measure: str | None = link.trigger.measure
    if _mixed(facts, link):
        measure = None
    draft = Draft(
        facts,
        link.group,
        measure,
        link.rule,
        (link.trigger.index, link.trigger.last),
        link.trigger.word.event,
        link.hedged,
    )
    words = " ".join(t.lower for t in facts.sentence.tokens[max(0, link.group.first - 3) : link.trigger.last + 6])
    if link.trigger.measure == "killed" and re.search(
        r"\b(?:later|since|subsequently)\s+(?:died|succumbed)|succumbed to (?:his|her|their)|died of (?:his|her|their) (?:wounds|injuries)|died (?:later )?in hospital",
        words,
    ):
        draft.change = "added" if link.group.of_them or re.search(r"of the (?:wounded|injured)", words) else None
    return draft


def _mixed(facts: SentenceFacts, link: Link) -> bool:
    """'killed or injured', 'dead and wounded', 'casualties': killed and injured together have no measure."""
    tokens = facts.sentence.tokens
    if link.group.noun == "casualties" and link.trigger.word.frame != "patient":
        return True
    j = link.trigger.index
    if (
        j >= 2
        and tokens[j - 1].lower in ("or", "and", "/")
        and tokens[j - 2].lower
        in _MEASURE_OF
        | {"kill": "killed", "killing": "killed", "wound": "injured", "injuring": "injured", "wounding": "injured"}
        and link.rule == "harm-before-group"
        and not any(g is not link.group and not g.indefinite and j - 6 <= g.last < j - 1 for g in facts.groups)
    ):
        return True
    k = link.trigger.last + 1
    if k + 1 < len(tokens) and tokens[k].lower in ("and", "or", "/") and tokens[k + 1].lower in _MEASURE_OF:
        return _MEASURE_OF[tokens[k + 1].lower] != link.trigger.measure and not any(
            g is not link.group and not g.indefinite and k + 1 < g.first <= k + 6 for g in facts.groups
        )
    return False


def _last_in(facts: SentenceFacts, group: Group, made: dict[int, Draft], measure: str | None = None) -> Draft | None:
    """Return the nearest draft before `group` in its own sentence."""
    found = [
        made[id(g)]
        for g in facts.groups
        if id(g) in made and g.start < group.start and (measure is None or made[id(g)].measure == measure)
    ]
    return found[-1] if found else None


def _whole(draft: Draft) -> Draft:
    while draft.part_of is not None and draft.rule in ("including", "of-them", "elliptic-part", "were"):
        draft = draft.part_of
    return draft


def _of_them(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'five of them children', 'two of whom later died', 'three of the dead were nurses'."""
    if not group.of_them:
        return None
    words = " ".join(group.words)
    note = " ".join(t.lower for t in facts.sentence.tokens[group.last + 1 : group.last + 8])
    if _SEVERITY.match(note) or (group.count.low is None and group.count.high is None):
        made.pop(id(group), None)
        return None
    named = next((_MEASURE_OF[w] for w in group.words if w in _MEASURE_OF), None)
    own = made.get(id(group))
    if (
        group.words[-1:]
        and group.words[-1] in HARMED
        and (own is None or own.measure == named)
        and not _tells_who(note, facts)
    ):
        made.pop(id(group), None)
        return None
    nearest = [g for g in facts.groups if g.start < group.start and g.kind == "people" and not g.indefinite]
    if named is None and nearest and id(nearest[-1]) not in made:
        return own
    whole = _last_in(facts, group, made, named) or next(
        (
            d
            for d in reversed(before)
            if d.measure is not None
            and (named is None or d.measure == named)
            and facts.sentence.index - d.facts.sentence.index <= (2 if named is None else NAMED_REACH)
        ),
        None,
    )
    if whole is None or (
        group.kind == "people"
        and group.noun
        not in (None, "dead", "wounded", "injured", "victims", "them", "casualties", "bodies", "fatalities", "deceased")
        and "them" not in words
        and "whom" not in words
        and own is None
    ):
        return own
    whole = _whole(whole)
    if own is not None and own.measure != whole.measure:
        return own
    draft = own or Draft(
        facts, group, named or whole.measure, "of-them", whole.trigger if whole.facts is facts else None
    )
    draft.part_of, draft.part_words = whole, True
    if group.person is None:
        _describe(facts, group)
    return draft


def _tells_who(note: str, facts: SentenceFacts) -> bool:
    """Say whether the words after 'two of the dead' tell who they were; how they fare is no part."""
    return "belong" in note or "nationals" in note or any(w in facts.nouns for w in note.split())


def _describe(facts: SentenceFacts, group: Group) -> None:
    """Give 'five of them' the noun that follows: 'children', '... were soldiers'."""
    from_words = facts.sentence.tokens[group.last + 1 : group.last + 7]
    group.note = " ".join(t.lower for t in from_words)


def _among(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'Among the dead were two nurses', 'The dead include a teacher', 'a medic was among those killed'."""
    if group.kind not in ("people", "bare", "other") or (
        id(group) in made and made[id(group)].rule not in ("parse", "joined", "harm-after-group")
    ):
        return None
    text, at = facts.sentence.text, group.start - facts.sentence.start
    for match in _AMONG.finditer(text):
        word = (match["a"] or match["b"] or match["c"]).lower()
        measure = _MEASURE_OF[word]
        if measure is None or (
            match["a"]
            and text[match.start() : match.start() + 2].lower() == "of"
            and not group.of_them
            and match.start() != 0
        ):
            continue
        after = match.end() <= at and not re.search(
            r"[;.]|\b(?:said|who|which|when|after|identified|named|as)\b", text[match.end() : at]
        )
        end = group.end - facts.sentence.start
        ahead = (
            match["a"]
            and end <= match.start()
            and re.fullmatch(
                r"\s*(?:\([^)]*\)\s*)?(?:,[^;.]{0,60},\s*)?(?:of\s+[^;.,]{0,40}\s)?(?:was|were|is|are|has\s+been|have\s+been|being)\s+(?:also\s+|reportedly\s+|said\s+to\s+be\s+)?",
                text[end : match.start()],
            )
        )
        if after or ahead:
            whole = _last_in(facts, group, made, measure) or next(
                (d for d in reversed(before) if d.measure == measure and d.part_of is None), None
            )
            draft = Draft(facts, group, measure, "among", None)
            draft.part_of, draft.part_words = (whole if whole is not None and whole.group is not group else None), True
            return draft
    return None


def _toll(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'the death toll stood at 12', 'bringing the number of dead to 31', 'put the toll at 40'."""
    if group.kind == "thing" or group.indefinite or group.of_them:
        return None
    text, at = facts.sentence.text, group.start - facts.sentence.start
    bringing = _BRINGING.search(text[:at])
    brought = re.search(r"\b(?:bring(?:s|ing)?|brought|tak(?:es|ing)|rais(?:es|ing|ed))\s+to\s+$", text[:at])
    if brought and re.match(r"\s*the\s+(?:number|total|toll|count)\b", text[group.end - facts.sentence.start :]):
        kind = next(
            (w for w in _MEASURE_OF if re.search(rf"\b{w}\b", text[group.end - facts.sentence.start :])), "killed"
        )
        return Draft(facts, group, _MEASURE_OF[kind], "toll-brought")
    heads = list(_TOLL.finditer(text[:at]))
    if heads and not re.search(r"[;]|\.\s", text[heads[-1].end() : at]):
        between = text[heads[-1].end() : at]
        taken = [
            g
            for g in facts.groups
            if id(g) in made and heads[-1].end() <= g.start - facts.sentence.start < at and made[id(g)].rule != "toll"
        ]
        if (
            not taken
            and len(between.split()) <= 24
            and (_VERB_OF_TOLL.search(between) or between.strip(" :-\u2013") == "")
        ):
            kind = (heads[-1]["kind"] or "dead").lower()
            measure = {"deaths": "killed", "injuries": "injured", "martyrs": "killed"}.get(
                kind, _MEASURE_OF.get(kind, "killed")
            )
            if "casualty" in heads[-1]["what"].lower():
                measure = None
            return Draft(facts, group, measure, "toll")
    if bringing and re.search(
        r"\b(?:total|number|toll|losses|count|dead|figure|those|deaths)\b", bringing.group(), re.IGNORECASE
    ):
        last = _last_in(facts, group, made) or (before[-1] if before else None)
        other = next(
            (
                w
                for w in ("injured", "wounded", "missing", "displaced", "abducted", "detained")
                if w in bringing.group().lower()
            ),
            None,
        )
        measure = _MEASURE_OF[other] if other else last.measure if last else "killed"
        return Draft(facts, group, measure, "toll-brought")
    return None


def _including(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'31 killed, including four guards and a clerk'."""
    text, at = facts.sentence.text, group.start - facts.sentence.start
    match = _INCLUDING.search(text[:at])
    own = made.get(id(group))
    if (
        match is None
        or group.kind == "thing"
        or (
            own is not None
            and own.rule
            not in ("parse", "joined", "including", "harm-after-group", "participle-of-group", "relative-clause")
        )
    ):
        return own if own is not None and match is None else None
    if _AGENT.search(text[:at]):
        return own
    opener = match.group().split()[0].lower()
    if opener == "as" and own is None:
        return None
    wholes = [
        made[id(g)]
        for g in facts.groups
        if id(g) in made and g.end - facts.sentence.start <= match.start() + 1 and made[id(g)].rule != "including"
    ]
    later = next(
        (
            made[id(g)]
            for g in facts.groups
            if id(g) in made and g.start > group.end and made[id(g)].rule not in ("including",)
        ),
        None,
    )
    if not wholes:
        return own if later is None or own is not None else None
    if group.kind == "other" and not group.indefinite and group.value is None:
        return None
    if opener == "as":
        return own
    whole = wholes[-1]
    if whole.group.kind == "unit":
        made.pop(id(group), None)
        return None
    if own is not None and own.measure != whole.measure and own.rule == "harm-after-group":
        return own
    draft = Draft(facts, group, whole.measure, "including", whole.trigger)
    draft.part_of, draft.part_words = _whole(whole), True
    return draft


def _elliptic(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'... killed 20 troops on Monday and at least 70 more the next day', 'six in Kessa, one in Orrin', '11 dead: five men, six women'."""
    if group.kind not in ("bare", "people") or group.of_them:
        return None
    last = _last_in(facts, group, made)
    if last is None:
        return None
    text, at = facts.sentence.text, group.start - facts.sentence.start
    between = text[last.group.end - facts.sentence.start : at]
    after = text[group.end - facts.sentence.start :]
    listed = re.search(r"[:\u2013\u2014]|\s-\s|\(", between)
    joined = re.search(
        r"(?:,|;|\band|\bplus|\bthen)\s*(?:the\s+\w+\s+|in\s+[A-Z][\w'-]+\s+)?(?:another\s+|a\s+further\s+|an\s+additional\s+)?$",
        between,
    )
    if group.kind == "people" and ((group.indefinite and not listed) or not (listed or (joined and group.more))):
        return None
    if not (listed or joined) or re.search(
        r"\b(?:said|told|according|attacked|stormed|who|whose|fired|arrested|when|if|after|before|with|hit|struck)\b",
        between,
    ):
        return None
    if group.kind == "bare" and not re.match(
        r"\s*(?:(?:more|others?|each|apiece)\b|in\b|at\b|near\b|on\b|the\s+(?:following|next|day|same|previous)|[,.;)]|$|and\b|from\b|during\b|by\b|overnight)",
        after,
    ):
        return None
    draft = Draft(facts, group, last.measure, "elliptic-part" if listed else "elliptic", last.trigger)
    if listed:
        whole = next(
            (
                made[id(g)]
                for g in facts.groups
                if id(g) in made and g.start < group.start and made[id(g)].rule not in ("elliptic-part",)
            ),
            last,
        )
        opening = text[whole.group.end - facts.sentence.start : at]
        draft.part_of, draft.part_words = (
            (_whole(whole), True) if re.search(r"[:\u2013\u2014(]|\s-\s", opening) else (None, False)
        )
        draft.measure = whole.measure if draft.part_of else last.measure
    return draft


def _were(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'Fifteen were women and nine were children': bare numbers break down the last whole told, in this sentence or the two before."""
    if group.kind != "bare" or group.indefinite or group.more or group.value is None:
        return None
    match = _WERE.match(facts.sentence.text[group.end - facts.sentence.start :])
    nouns = facts.nouns
    if match is None or not any(w.lower() in nouns for w in match["words"].split()):
        return None
    whole = _last_in(facts, group, made) or next(
        (d for d in reversed(before) if facts.sentence.index - d.facts.sentence.index <= 2), None
    )
    if whole is None or whole.measure is None:
        return None
    whole = _whole(whole) if whole.rule != "were" else whole.part_of or whole
    low, high = whole.group.count.low, whole.group.count.high
    if max(low or 0, high or 0) < group.value:
        return None
    draft = Draft(facts, group, whole.measure, "were", whole.trigger if whole.facts is facts else None)
    draft.part_of, draft.part_words = whole, True
    _describe(facts, group)
    return draft


def _revisions(found: Sequence[Draft]) -> Iterator[Draft]:
    """'rose from five to eight': the five is an older toll of the same incident."""
    for draft in found:
        if (
            draft.group.old is not None
            and draft.measure is not None
            and draft.rule in ("toll", "toll-brought", "elliptic")
        ):
            words = str(draft.group.old)
            old = Draft(draft.facts, draft.group, draft.measure, "toll-before", draft.trigger, stance="updated")
            text = draft.facts.sentence.text
            match = re.search(
                r"\bfrom\s+([\w,-]+)\s+to\s+$", text[: draft.group.start - draft.facts.sentence.start], re.IGNORECASE
            )
            if match:
                start = draft.facts.sentence.start + match.start(1)
                words = match.group(1)
                old.count = Count(draft.group.old, draft.group.old, "exact", words, Span(start, start + len(words)))
                yield old
