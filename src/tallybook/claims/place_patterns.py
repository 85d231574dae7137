"""The patterns of what stands around the names of places, built from the lexicon's words."""

from __future__ import annotations

import re

from tallybook.claims.name_words import NameWords
from tallybook.knowledge.lexicon import Lexicon
from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import PlaceWords, either

_ONE_DIRECTION = r"(?:far|mostly|remote|rural|restive|nearby|neighbouring|neighboring|war-torn|central|upper|lower|greater|occupied|northern|southern|eastern|western|north-?(?:eastern|western|east|west)|south-?(?:eastern|western|east|west)|north|south|east|west)(?:ern)?"
_DIRECTION = rf"(?:{_ONE_DIRECTION}[\s-]+)*"
_PREPOSITIONS = r"in\s+the\s+vicinity\s+of|on\s+the\s+outskirts\s+of|in\s+the\s+outskirts\s+of|just\s+outside|in|at|near|outside|around|across|inside|within|throughout|off|from|to|into|towards?|over|through|along|on|between|of|against|for|and|under"
_LEAD_ENDS = frozenset({
    "the", "a", "of", "called", "named", "near", "-", "torn", "towards", "toward",
    *(words.split(r"\s+")[-1] for words in _PREPOSITIONS.split("|")),
})  # fmt: skip
"""Last words of a preposition of place and of what may stand between it and a name; directions may too."""
_LAST_DIRECTION = re.compile(rf"\S*?{_ONE_DIRECTION}", re.IGNORECASE)
_SHORT_PREPOSITIONS = (
    r"in|at|near|outside|around|across|inside|within|on|over|along|between|from|to|into|towards?|against|for"
)


class PlacePatterns:
    """What stands around a place's name, compiled once and shared by all documents.

    What stands before it is sought in `lowered` text.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        words, self.names = lexicon.words, NameWords.of(lexicon)
        self.strong, self.weak, self.near = (
            frozenset(w) for w in (words.places.strong, words.places.weak, words.places.near)
        )
        self.kind_rank = words.kind_rank
        self._rank = words.unit_rank
        units = "|".join(sorted((re.escape(u) for u in words.unit_rank), key=lambda u: (-len(u), u)))
        self._around_names(words.places, units)
        self._around_units(words.places, units)
        self._between(units)

    def may_lead(self, word: str) -> bool:
        """Say whether a preposition of place with all that may follow it can end with a word, given in lower case."""
        return word in _LEAD_ENDS or _LAST_DIRECTION.fullmatch(word) is not None

    def rank(self, unit: str, default: int = 2) -> int:
        """Return the rank of a word for a place: 0 a ward ... 6 a country; `default` for a word that is none."""
        return self._rank.get(unit.lower(), default)

    def _around_names(self, words: PlaceWords, units: str) -> None:
        self.before = for_lowered(
            rf"\b(?P<prep>{_PREPOSITIONS})\s+"
            rf"(?:the\s+|a\s+)?(?:(?:(?:{units})s?|capital|governorates?|provinces?|cities|border\s+town|port\s+city|provincial\s+capital|regional\s+capital)\s+(?:of|called|named|near)\s+)?(?:the\s+)?(?P<dir>{_DIRECTION})$"
        )
        self.attacked = for_lowered(
            rf"\b(?:{either(words.attacked)}|(?:{either(words.attacks_on)})\s+(?:\w+\s+)?on|(?:{either(words.attacks_of)})\s+of)\s+(?:the\s+)?$"
        )
        self.inside_of = for_lowered(rf"\b(?:{either(words.inside_of)})\s+of\s+(?:the\s+)?$")
        self.fighters = _pattern(rf"\s+(?:and\s+\w+\s+)?(?:{either(words.fighters)})\b")
        self.no_place = frozenset(words.no_place)
        self.of_person = _pattern(rf",\s+\d{{1,2}}\s*,|\s*\(\d{{1,2}}\)|\s+(?:{either(words.of_person)})\b")
        """What follows a person's name: an age, or a word of people."""
        self.bordering = for_lowered(rf"\b(?:{either(words.bordering)})\s+$")
        self.border = _pattern(rf"(?:[\u2019']s?)?\s+(?:{either(words.border)})\b")
        self.lands = _pattern(rf"\s+(?:{either(words.lands)})\b")
        self.again = for_lowered(
            r"(?:\b(?P<prep>in|across|throughout|of|from|at)\s+(?:the|that|this)\s+(?:same\s+|whole\s+|entire\s+)?|^the\s+)"
            rf"(?P<unit>{either(words.again)})\b(?!\s+(?:{either(words.not_again)})\b|['\u2019-])"
        )
        """A place told again by what it is: 'in the state'."""
        self.cares = for_lowered(rf"\b(?:{either(words.care)})$")
        """How the name of a hospital ends."""
        self.care = for_lowered(rf"\s+(?:[\w-]+\s+){{0,2}}(?:{either(words.care)})\b")
        """What follows the name of a hospital."""
        gap = r"(?:[\w\u2019'-]+\s+){0,5}?"
        end = r"\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$"
        self.away = {
            "care": for_lowered(rf"\b(?:{either(words.care)})\s+{gap}(?:in|at|of|,){end}"),
            "brought": for_lowered(rf"\b(?:{either(words.brought)})\s+{gap}(?:to|in|at|into|from){end}"),
            "gone": for_lowered(rf"\b(?:{either(words.gone)})\s+{gap}(?:to|in|into|for|towards?|from){end}"),
            "seated": for_lowered(rf"\b(?:{either(words.seated)})\s+{gap}(?:in|at|from|of){end}"),
            "origin": for_lowered(rf"\b(?:{either(words.origin)})\s+{gap}(?:from|of){end}"),
        }
        """What stands before a place where somebody is who was not harmed there, by why they are there."""
        self.held = _pattern(rf"-(?:{either(words.held)})$")
        self.happening = _pattern(rf"\s+(?:death\s+)?(?:toll|{either(words.happenings)})\b")
        self.of_country = _pattern(
            rf"^(?:[\u2019']s)?(?:-led|-backed)?\s+(?:and\s+\w+\s+)?(?:{either(words.of_country)})\b"
        )
        self.of_place = _pattern(rf"\s+(?:[\w-]+\s+)?(?:{units})s?\s+(?:of|called|named)\b")
        """'the Syrian town of': the adjective tells the country."""

    def _around_units(self, words: PlaceWords, units: str) -> None:
        self.unit_of = for_lowered(rf"\b(?P<unit>{units})s?\s+(?:of|called|named)\s+(?:the\s+)?{_DIRECTION}$")
        self.unit_before = for_lowered(rf"\b(?P<unit>{either(words.units_before)})\s+(?:of\s+)?$")
        self.unit_after = _pattern(
            rf"^[\u2019']?s?\s+(?P<unit>{units})s?\b(?!\s+(?:of\s+(?:police|the\s+police)|{either(words.not_unit)}))"
        )
        self.unit_phrase = for_lowered(
            rf"\b(?P<prep>{_SHORT_PREPOSITIONS})\s+"
            rf"(?:(?:the|a|an|its|two|three|several|other)\s+)?(?:(?!(?:in|at|near|of|from|to|into)\b)[\w\u2019'-]+\s+){{0,5}}(?:{units})s?\s+(?:of|called|named)\s+(?:the\s+)?{_DIRECTION}$"
        )
        """'in the besieged Sudanese city of': the preposition before a unit's whole phrase."""
        self.own_unit = _pattern(rf"\s(?P<unit>{units})s?$")
        self.last_unit = _pattern(rf"\s(?:{units})$")
        self.numbered = re.compile(r"\s+(?:No\.?\s*|number\s+)?(?P<number>\d{1,3}[A-Z]?)\b(?!\s*(?:,\d|\.\d|%))")
        """The number of 'Camp 18', 'Block 4A'."""
        self.situated = _pattern(
            rf",\s+(?:where\b|(?:(?:also|all|both)\s+)?(?:in|near|outside|inside|within)\s+(?:the\s+)?"
            rf"(?:[\w\u2019'-]+\s+){{0,5}}?(?:{units})\b)"
        )
        """What stands after a place: ', where', ', in the Keshti district'."""
        name = r"[A-Z\u00c0-\u00de][\w\u2019'-]+(?:[\s-][A-Z][\w\u2019'-]+){0,2}"
        self.situated_by = re.compile(rf"(?:,?\s+(?:in|near|outside)\s+(?:the\s+)?{_DIRECTION}|,\s+)(?P<place>{name})")
        """What stands after a place if it is followed by a place itself: ', near Keshti', 'in Orvan', ', Orvan'."""
        self.beside = for_lowered(
            r"(?:\s+[\w-]+){0,3}?(?:,|\s)\s*(?:in|near|of|outside|(?:north|south|east|west)\w*\s+of)\s+(?:the\s+)?(?:[\w-]+\s+){0,4}?"
        )
        """What stands between a place and the larger or better known one that says where it lies."""
        self.owned = re.compile(rf"\b(?:{_SHORT_PREPOSITIONS})\s+(?P<place>{name})[\u2019']s\s+(?:[a-z]+\s+)?$")
        """What stands before a place in another: "in Orvan's"."""
        self.apposition = _pattern(
            rf"^,\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?(?P<unit>{units}|community|farming\s+community|suburb|settlement|port|border\s+crossing|stronghold)\b"
        )

    def _between(self, units: str) -> None:
        self.adjectival_gap = _pattern(rf"\s+(?:[\w-]+\s+){{0,2}}(?:{units})s?\s+of\s+$")
        """'the West Bank village of Sarno': the larger place stands first, as an adjective."""
        self.chain_gap = _pattern(
            rf",\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?(?:{units}|community|suburb)\s+(?:in|of)\s+(?:the\s+)?$"
            r"|\s*[\u2019']s\s+(?:[\w-]+\s+){0,4}(?:of\s+)?$"
            rf"|\s*(?:,|\bin\b|\bof\b|,\s*in|\(|[\u2019']s|-)\s*(?:(?:the|a|nearby)\s+)?{_DIRECTION}"
            rf"(?:(?:{units}|capital)s?\s+of\s+(?:the\s+)?)?{_DIRECTION}$"
        )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
