"""The expressions of date, in the order they are sought: the first to take a stretch of text keeps it."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.claims.calendar_words import ORDINALS
from tallybook.claims.feasts import Rule, feast_rules
from tallybook.claims.named_days import (
    day_of_month,
    day_of_this_month,
    days_of_two_months,
    month,
    numeric_day,
    ordinal_day,
    short_year,
    week_of_month,
    year,
)
from tallybook.claims.part_days import decade, months, part_of_month, part_of_year, season, years
from tallybook.claims.relative_days import (
    ago,
    days_around,
    days_from_anchor,
    past_span,
    start_of,
    this_or_last,
    week_from_anchor,
    weekday,
    weekday_from_anchor,
    weekday_of_last_week,
    weekday_pair,
)
from tallybook.claims.sieve import Sieve
from tallybook.knowledge.feasts import Feast
from tallybook.knowledge.small_letters import for_lowered

MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
WEEKDAY = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day"
COUNT = r"\d{1,3}|a few|a couple of|couple of|several|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|twenty-four|twenty|thirty|forty-eight|few|a|an"
PART = r"(?P<part>morning|afternoon|evening|night|midday|noon|dawn|midnight)"
YEAR = r"(?:19|20)\d\d"
SUFFIX = r"(?:st|nd|rd|th)?"
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
TIME = rf"(?:\s+{PART}|[\u2019']s\b)?"

DIGITS, OF, AGO, SINCE, RECENT, DAY, NIGHT, WEEK = (
    tuple("0123456789"),
    ("of",),
    ("ago",),
    ("since",),
    ("recent",),
    ("day",),
    ("night",),
    ("week",),
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LAST, THAT, START = ("last", "past", "previous", "preceding"), ("that", "same"), ("start", "beginning")
NEXT = ("following", "next", "previous", "preceding", "before", "after", "later", "earlier")
HALVES, SPANS = ("half", "quarter", "day", "week", "month"), ("hour", "day", "night", "week", "month", "year")
DAY_PARTS, SEASONS = (
    ("day", "morning", "noon", "evening", "night", "hour"),
    ("spring", "summer", "autumn", "fall", "winter"),
)
"""Pieces of words of which one stands in whatever a rule matches: where none does, the rule is not tried."""
RULES: list[Rule] = [
    Rule("absolute", for_lowered(r"\b(?P<d1>\d{1,2})\s*(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\s*(?P<year>\d\d)\b(?!\s*(?:people|\d))"), short_year, (DIGITS, MONTHS)),
    Rule("partial", for_lowered(rf"\b(?:from|between)?\s*(?P<d1>\d{{1,2}}){SUFFIX}\s+(?P<m1>{MONTH})(?:\s+(?P<year1>{YEAR}))?\s*(?:to|and|until|till|-|\u2013|through)\s*(?P<d2>\d{{1,2}}){SUFFIX}\s+(?P<m2>{MONTH})(?:,?\s+(?P<year>{YEAR}))?\b"), days_of_two_months, (DIGITS, MONTHS)),
    Rule("partial", for_lowered(rf"\b(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}}){SUFFIX}(?:,?\s+(?P<year1>{YEAR}))?\s+through\s+(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}}){SUFFIX}(?:,?\s+(?P<year>{YEAR}))?\b"), days_of_two_months, (DIGITS, MONTHS)),
    Rule("partial", for_lowered(rf"\b(?:from\s+|between\s+)(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}}){SUFFIX}(?:,?\s+(?P<year1>{YEAR}))?\s*(?:to|and|until|through)\s*(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}}){SUFFIX}(?:,?\s+(?P<year>{YEAR}))?\b"), days_of_two_months, (DIGITS, MONTHS)),
    Rule("partial", for_lowered(rf"\b(?:(?:the\s+)?(?:early\s+hours|night)\s+of\s+|overnight\s+(?:from\s+|on\s+)?)?(?:between\s+|from\s+)?(?P<d1>\d{{1,2}}){SUFFIX}\s*(?:-|\u2013|/|and|to|until)\s*(?P<d2>\d{{1,2}}){SUFFIX}\s+(?:of\s+)?(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?\b"), day_of_month, (DIGITS, MONTHS)),
    Rule("partial", for_lowered(rf"\b(?:between\s+|from\s+)?(?P<month>{MONTH})\s+(?P<d1>\d{{1,2}}){SUFFIX}\s*(?:-|\u2013|/|to|and)\s*(?P<d2>\d{{1,2}}){SUFFIX}(?!\s*(?:people|civilians|soldiers))(?:,?\s+(?P<year>{YEAR}))?\b"), day_of_month, (DIGITS, MONTHS)),
    Rule("partial", for_lowered(rf"\b(?:{WEEKDAY},?\s+)?(?:(?:the\s+)?night\s+of\s+)?(?:the\s+)?(?P<d1>\d{{1,2}}){SUFFIX}\s+(?:of\s+)?(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR})|(?P<last>,?\s+(?:of\s+)?last\s+year))?\b{TIME}"), day_of_month, (DIGITS, MONTHS)),
    Rule("partial", for_lowered(rf"\b(?:{WEEKDAY},?\s+)?(?:(?:the\s+)?night\s+of\s+)?(?P<month>{MONTH})\s+(?P<d1>\d{{1,2}}){SUFFIX}\b(?![\d:,]\d)(?:,?\s+(?P<year>{YEAR})\b|(?P<last>,?\s+(?:of\s+)?last\s+year\b))?{TIME}"), day_of_month, (DIGITS, MONTHS)),
    Rule("partial", for_lowered(rf"\b(?:the\s+)?(?P<ordinal>{ORDINAL})\s+of\s+(?P<month>{MONTH})(?:\s+(?P<last>last\s+year)|,?\s+(?P<year>{YEAR}))?\b"), ordinal_day, (OF, MONTHS)),
    Rule("period", for_lowered(r"\b(?:the\s+)?(?P<d1>\d{1,2})(?:st|nd|rd|th)\s+of\s+(?P<which>this|last|the\s+current|the\s+previous)\s+month\b"), day_of_this_month, (DIGITS, ("month",))),
    Rule("absolute", for_lowered(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"), numeric_day, (DIGITS,)),
    Rule("absolute", for_lowered(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b"), numeric_day, (DIGITS,)),
    Rule("period", for_lowered(rf"\b(?:the\s+)?(?P<which>first|second|last)\s+(?:(?P<n>{COUNT})\s+)?(?P<unit>half|days|weeks)\s+of\s+(?P<month>{MONTH})\b(?:,?\s+(?P<year>{YEAR}))?"), part_of_month, (HALVES, MONTHS)),
    Rule("period", for_lowered(rf"\b(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+(?:(?P<n>{COUNT})\s+)?(?P<unit>half|quarter|months)\s+of\s+(?:(?P<year>{YEAR})|(?P<last>last\s+year)|this\s+year|the\s+year)\b"), part_of_year, (HALVES, OF)),
    Rule("period", for_lowered(r"\b(?:in|for|during|of|over|since)\s+the\s+(?P<which>first|second|third|fourth)\s+(?P<n>)(?P<unit>half|quarter)(?P<year>)(?P<last>)(?=\s*(?:,|\.|;|$|(?:against|than|as|and|alone|by|were|was|from|compared)\b))"), part_of_year, (HALVES,)),
    Rule("period", for_lowered(rf"\b(?:(?P<which>last|this)\s+|(?:the\s+)?(?:early\s+|late\s+)?)(?P<season>spring|summer|autumn|fall|winter)\b(?:(?:\s+of|,)?\s+(?P<year>{YEAR})\b|(?<=last\s)|(?<=last\sspring)|(?<=last\ssummer)|(?<=last\sautumn)|(?<=last\sfall)|(?<=last\swinter)|(?<=this\sspring)|(?<=this\ssummer)|(?<=this\sautumn)|(?<=this\sfall)|(?<=this\swinter))"), season, (SEASONS,)),
    Rule("absolute", for_lowered(r"\b(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>(?:19|20)\d0)['\u2019]?s\b"), decade, (DIGITS,)),
    Rule("absolute", for_lowered(rf"\b(?:between|from)\s+(?P<y1>{YEAR})\s+(?:and|to|until|through)\s+(?P<y2>{YEAR})\b"), years, (DIGITS,)),
    Rule("period", for_lowered(rf"\b(?:between|from|in|during)\s+(?P<m1>{MONTH})(?:\s+(?P<year1>{YEAR}))?\s+(?:and|to|until|through)\s+(?P<m2>{MONTH})\b(?!\s+\d{{1,2}}\b)(?:,?\s+(?P<year>{YEAR}))?"), months, (MONTHS,)),
    Rule("weekday", for_lowered(rf"\b(?:overnight\s+(?:from\s+|between\s+)?|the\s+night\s+(?:of|from|between)\s+)?(?P<a>{WEEKDAY})(?:\s+night)?\s*(?:to|and|through|until|-|\u2013|night\s+(?:and|to|into)|and\s+(?:continued|lasted|went\s+on|dragged\s+on)\s+(?:into|until|till|through))\s*(?P<b>{WEEKDAY})\b(?P<last>\s+(?:of\s+)?last\s+week\b)?"), weekday_pair, (DAY,)),
    Rule("weekday", for_lowered(rf"\b(?P<day>{WEEKDAY})(?:\s+of)?\s+last\s+week\b"), weekday_of_last_week, (LAST, DAY)),
    Rule("anchored", for_lowered(rf"\bthe\s+(?P<which>following|next|previous|preceding)\s+(?P<day>{WEEKDAY})\b"), weekday_from_anchor, (NEXT, DAY)),
    Rule("anchored", for_lowered(r"\bthe\s+(?P<which>following|next|previous|preceding)\s+week\b|\bthe\s+week\s+(?P<which2>before|after)\b(?!\s+\w)"), week_from_anchor, (WEEK,)),
    Rule("relative", for_lowered(r"\b(?:over|during|in|within)\s+the\s+(?:past|last)\s+(?P<n>)(?P<unit>week)\b(?!\s+of\b)"), past_span, (LAST, WEEK)),
    Rule("period", for_lowered(rf"\b(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+week\s+of\s+(?P<month>{MONTH})(?:\s+(?P<year>{YEAR}))?\b"), week_of_month, (WEEK, MONTHS)),
    Rule("period", for_lowered(r"\b(?P<part>(?:early|late|mid)(?:-|\s+)(?:in\s+)?)?(?P<month>january|february|march|april|may|june|july|august|september|october|november|december),?\s+(?:of\s+)?(?P<last>last\s+year)(?P<year>)\b"), month, (LAST, MONTHS)),
    Rule("relative", for_lowered(r"\b(?P<part>early|late|mid|earlier|(?:the\s+)?(?:beginning|start|end|middle)\s+of)?[\s-]*(?:(?P<which>this|last|previous|the)\s+(?=weekend)|(?P<which2>this|last|previous|(?:the\s+)?current)\s+)(?P<unit>weekend|week|month|year)\b(?!\s+(?:before\b|earlier\b|later\b|of\b|under\b))"), this_or_last, (SPANS,)),
    Rule("period", for_lowered(rf"\b(?P<part>(?:early|late|mid|(?:the\s+)?(?:beginning|start|end|middle)\s+of)(?:-|\s+)(?:in\s+)?)?(?P<month>january|february|march|april|june|july|august|september|october|november|december|(?<=in\s)may|(?<=early\s)may|(?<=late\s)may|(?<=since\s)may|(?<=mid-)may|(?<=of\s)may|(?<=last\s)may|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?=\.?\s+{YEAR}))\b\.?(?:,?\s+(?:of\s+)?(?P<year>{YEAR})|,?\s+(?:of\s+)?(?P<last>last\s+year))?"), month, (MONTHS,)),
    Rule("absolute", for_lowered(rf"\b(?P<part>(?:the\s+)?(?:beginning|start|end|middle)\s+of)\s+(?P<year>{YEAR})\b"), year, (DIGITS,)),
    Rule("absolute", for_lowered(rf"(?:(?<=in\s)|(?<=since\s)|(?<=during\s)|(?<=of\s)|(?<=until\s)|(?<=from\s)|(?<=to\s)|(?=early|late|mid))(?P<part>(?:early|late|mid)(?:-|\s+))?(?P<year>{YEAR})\b"), year, (DIGITS,)),
    Rule("weekday", for_lowered(rf"\b(?P<before>(?:overnight\s+into\s+|overnight\s+on\s+|overnight\s+|late\s+on\s+|late\s+|early\s+on\s+|early\s+|last\s+|this\s+)?)(?P<day>{WEEKDAY}){TIME}"), weekday, (DAY,)),
    Rule("anchored", for_lowered(r"\b(?:the|on\s+the)\s+(?:following|next)\s+(?:day|morning|afternoon|evening)\b|\ba\s+day\s+later\b|\bthe\s+day\s+after\b|\bnext\s+day\b"), days_from_anchor(1), (NEXT, DAY_PARTS)),
    Rule("anchored", for_lowered(r"\bthe\s+(?:following|next)\s+night\b"), days_from_anchor(1, night=True), (NEXT, NIGHT)),
    Rule("anchored", for_lowered(r"\bthe\s+previous\s+night\b|\bthe\s+night\s+before\b"), days_from_anchor(-1, night=True), (NEXT, NIGHT)),
    Rule("anchored", for_lowered(r"\b(?:the\s+)?(?:previous|day\s+before|preceding)\s*(?:day|evening|afternoon|morning)?\b(?!\s*yesterday)|\ba\s+day\s+(?:earlier|before)\b"), days_from_anchor(-1), (NEXT,)),
    Rule("anchored", for_lowered(rf"\b(?P<n>{COUNT})\s+(?P<unit>day|week|month)s?\s+(?:later|afterwards?)\b"), days_from_anchor(1), (NEXT, SPANS)),
    Rule("anchored", for_lowered(rf"\b(?P<n>{COUNT})\s+(?P<unit>day|week|month)s?\s+after\b(?!\s+(?:the|that|this|its|his|her|it|he|they)\b)"), days_from_anchor(-1), (NEXT, SPANS)),
    Rule("anchored", for_lowered(rf"\b(?P<n>{COUNT})\s+(?P<unit>day|week|month)s?\s+(?:earlier|before|previously)\b"), days_from_anchor(-1), (NEXT, SPANS)),
    Rule("anchored", for_lowered(r"\b(?:on\s+)?(?:(?:the|that)\s+same|that)\s+night\b"), days_from_anchor(0, night=True), (THAT, NIGHT)),
    Rule("anchored", for_lowered(r"\b(?:on\s+)?(?:the|that)\s+same\s+(?:day|morning|afternoon|evening|night)\b|\b(?:earlier|later)\s+(?:in\s+the\s+day|that\s+day)\b|\bthat\s+(?:day|morning|afternoon|evening|night)\b|\bthe\s+same\s+day\b|\bhours\s+(?:later|earlier|before)\b"), days_from_anchor(0), (DAY_PARTS,)),
    Rule("relative", for_lowered(rf"\b(?P<n>{COUNT})\s+(?P<unit>hour|day|week|month|year)s?\s+ago\b"), ago, (AGO,)),
    Rule("relative", for_lowered(r"\b(?:only\s+|just\s+)?hours\s+ago\b"), days_around(-1, 0, "day", vague=True), (AGO,)),
    Rule("relative", for_lowered(rf"\b(?:in|over|during|for|within)\s+(?:the\s+)?(?:past|last|previous|preceding)\s+(?:(?P<n>{COUNT})\s+)?(?P<unit>hours?|days?|nights?|weeks?|months?|years?)\b"), past_span, (LAST, SPANS)),
    Rule("relative", for_lowered(r"\b(?:the\s+)?(?:start|beginning)\s+of\s+(?:the|this)\s+(?P<unit>year|month|week)\b"), start_of, (START,)),
    Rule("relative", for_lowered(rf"\b(?:the\s+)?(?:past|last|previous)\s+(?P<n>{COUNT})\s+(?P<unit>hours?|days?|nights?|weeks?|months?|years?)\b"), past_span, (LAST, SPANS)),
    Rule("relative", for_lowered(rf"\b(?:in|during|over|after)\s+(?P<n>{COUNT})\s+(?P<unit>days|nights|weeks|months)\s+of\b"), past_span, (OF, SPANS)),
    Rule("relative", for_lowered(rf"(?<=\bin\s)(?P<n>{COUNT})\s+(?P<unit>days|weeks|months)(?=\s+and\s+(?:taken|killed|captured))"), past_span, (SPANS,)),
    Rule("relative", for_lowered(r"\b(?:during|over|in)\s+the\s+(?P<n>)(?P<unit>week)(?=\s*(?:,|\.|$))"), past_span, (WEEK,)),
    Rule("relative", for_lowered(r"\bsince\s+(?:dawn|midnight|(?:this\s+|early\s+)?morning)\b"), days_around(0, 0, "day"), (SINCE,)),
    Rule("relative", for_lowered(r"\bthe\s+(?:past|last)\s+(?P<n>)(?P<unit>day)\b"), past_span, (LAST, DAY)),
    Rule("relative", for_lowered(r"\b(?:in|over)\s+recent\s+(?P<n>)(?P<unit>days|weeks|months|years)\b"), past_span, (RECENT,)),
    Rule("relative", for_lowered(r"\bthe\s+day\s+before\s+yesterday\b"), days_around(-2, -2, "day"), (DAY,)),
    Rule("relative", for_lowered(r"\byesterday(?:\s+(?:morning|afternoon|evening))?\b"), days_around(-1, -1, "day"), (DAY,)),
    Rule("relative", for_lowered(r"\b(?:last\s+night|yesterday\s+night|overnight|during\s+the\s+night)\b"), days_around(-1, 0, "night"), (NIGHT,)),
    Rule("relative", for_lowered(r"\b(?:today|this\s+(?:morning|afternoon|evening)|tonight|earlier\s+today)\b"), days_around(0, 0, "day"), (DAY_PARTS,)),
]  # fmt: skip


class DateRules(Sieve[Rule]):
    """Rules in the order in which they are sought, sorted out quickly by what must stand in a text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        super().__init__((rule, rule.needs) for rule in self.rules)


def rules_with(feasts: Iterable[Feast], country: str | None = None) -> DateRules:
    """Return the rules with those of feasts, which come first; of national days those of the report's country."""
    return DateRules([*feast_rules(feasts, YEAR, country), *RULES])
