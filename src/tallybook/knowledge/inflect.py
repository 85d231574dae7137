"""Forms of English words, so that lexicons list each word once."""

from __future__ import annotations

IRREGULAR = {
    "slay": ("slew", "slain"), "shoot": ("shot", "shot"), "beat": ("beat", "beaten"), "cut": ("cut", "cut"),
    "hurt": ("hurt", "hurt"), "blow": ("blew", "blown"), "hit": ("hit", "hit"), "burn": ("burned", "burnt"),
    "take": ("took", "taken"), "hold": ("held", "held"), "lead": ("led", "led"), "flee": ("fled", "fled"),
    "lay": ("laid", "laid"), "give": ("gave", "given"), "fall": ("fell", "fallen"), "lose": ("lost", "lost"),
    "say": ("said", "said"), "tell": ("told", "told"), "put": ("put", "put"), "set": ("set", "set"), "write": ("wrote", "written"),
    "read": ("read", "read"), "strike": ("struck", "stricken"), "think": ("thought", "thought"),
    "speak": ("spoke", "spoken"), "drive": ("drove", "driven"), "mow": ("mowed", "mown"), "hang": ("hung", "hanged"),
    "cost": ("cost", "cost"), "tally": ("tallied", "tallied"), "bludgeon": ("bludgeoned", "bludgeoned"),
    "kidnap": ("kidnapped", "kidnapped"), "turn": ("turned", "turned"), "round": ("rounded", "rounded"), "herd": ("herded", "herded"),
    "hand": ("handed", "handed"), "haul": ("hauled", "hauled"),
}  # fmt: skip
_DOUBLING = {"stab", "nab", "club", "gun", "trap", "wed", "admit", "defect-"}
_PLURALS = {
    "man": "men",
    "woman": "women",
    "person": "people",
    "child": "children",
    "wife": "wives",
    "life": "lives",
    "foot": "feet",
}


def verb_forms(verb: str) -> dict[str, frozenset[str]]:
    """Return the forms of `verb` by kind: base, third, past, participle, gerund; of 'fatally shoot' its last word varies."""
    adverb, _, last = verb.rpartition(" ")
    if adverb:
        return {kind: frozenset(f"{adverb} {form}" for form in forms) for kind, forms in verb_forms(last).items()}
    past, participle = IRREGULAR.get(verb, (_regular_past(verb),) * 2)
    participles = {participle} | ({past} if verb in ("burn", "hang") else set())
    return {
        "base": frozenset({verb}),
        "third": frozenset({_third(verb)}),
        "past": frozenset({past, participle} if verb in ("burn", "hang") else {past}),
        "participle": frozenset(participles),
        "gerund": frozenset({_gerund(verb)}),
    }


def plural(noun: str) -> str:
    """Return the regular plural of `noun` (its last word), -man becoming -men."""
    head, _, last = noun.rpartition(" ")
    join = f"{head} " if head else ""
    for singular, many in _PLURALS.items():
        if last.endswith(singular) and last not in ("human", "german", "shaman"):
            return f"{join}{last[: -len(singular)]}{many}"
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return f"{join}{last[:-1]}ies"
    if last.endswith(("s", "x", "z", "ch", "sh")):
        return f"{join}{last}es"
    return f"{join}{last}s"


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLING else f"{verb}ed"


def _gerund(verb: str) -> str:
    if verb in ("die", "lie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return f"{verb[:-1]}ing"
    if verb in _DOUBLING or verb in ("cut", "hit", "put", "set", "shoot-", "kidnap"):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"
