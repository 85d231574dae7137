"""The patterns of what stands around the names of those who fight, built from the lexicon's words."""

from __future__ import annotations

import re

from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import ActorWords, either


class ActorPatterns:
    """What stands around an actor's name, compiled once and shared by all documents."""

    def __init__(self, words: ActorWords) -> None:
        forces = either(words.forces)
        self.state_nouns, self.state_words = frozenset(words.state_nouns), frozenset(words.state_words)
        self.rebel_nouns, self.police_nouns = frozenset(words.rebel_nouns), frozenset(words.police_nouns)
        self.unofficial, self.losing = frozenset(words.unofficial), frozenset(words.losing)
        self.own_dead = for_lowered(
            rf"(?:\b(?P<whose>its|our|their)|[\u2019']s?)\s+(?:own\s+)?(?:{either(words.own_dead)})\s+(?:\w+\s+){{0,2}}?(?:at|as)\s+$"
        )
        """'put its own dead at nine', 'put the army's losses at 20': whose people the number counts."""
        self.armed = _pattern(rf"\b(?:{either(words.armed)})\b")
        self.mission = _pattern(rf"\b(?:{either(words.mission_names)})\b")
        self.held_by = frozenset(words.held_by)
        self.peacekeepers, self.attacking = frozenset(words.peacekeepers), frozenset(words.attacking)
        self.rebel_name = _pattern(rf"\b(?:{either(words.rebel_names)})\b")
        self.the_state = _pattern(rf"\bthe\s+(?:{either(words.state)})\b")
        opening = r"(?:^\W*(?:\d+[.)]\s*)?|(?:[,;:.\u2014\u2013-]|\b(?:and|where|when|after|that|as|by|but|while|then|before|said|says|because|which))\s+)"
        self.bare_state = _pattern(rf"{opening}(?P<who>(?:{either(words.bare_state)}))\b")
        self.police = _pattern(
            rf"(?:{opening}|\bthe\s+)(?P<who>(?:{either(words.police)}))\b(?!\s+(?:stations?|posts?|chief|said|says|told|academy|camp|officers?|spokes\w+|vehicles?|cars?))"
        )
        self.bare_words, self.police_words = words.bare_state, words.police
        self.the_rebels = _pattern(rf"\bthe\s+(?:{either(words.rebel)})\b")
        self.of_country = _pattern(rf"(?:[\u2019']s)?\s+(?:\w+\s+)?((?:{forces}))\b")
        self.forces = _pattern(rf"\s+(?:\w+\s+)?(?:{forces})\b")
        self.own_forces = _pattern(
            rf"\b(?:its|our|their)\s+(?:\w+\s+)?(?:{forces})\s+(?:\w+\s+){{0,3}}$|\b(?:we|it|they)\s+(?:have\s+|had\s+|has\s+|also\s+)*$"
        )
        self.claim = for_lowered(rf"\b(?:{either(words.claim)})\b")
        self.unclaimed = for_lowered(either(words.unclaimed))
        self.deed = for_lowered(rf"(?:{either(words.acts)})s?|{either(words.attacked)}|{either(words.doer_acts)}")
        self.act = _pattern(rf"(?:[\u2019']s)?\s+(?:\w+\s+)?(?:{either(words.acts)})s?\b")
        self.act_near = _pattern(rf"(?:[\u2019']s)?\s+(?:\w+\s+){{0,2}}(?:{either(words.acts)})s?\b")
        self.attacked = _pattern(
            rf"^\W*(?:\([A-Z/-]+\)\s*)?(?:{either(words.attackers)})?\s*(?:\w+ly\s+)?(?:had\s+|have\s+|has\s+)?(?:also\s+)?(?:{either(words.attacked)})\b"
        )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
