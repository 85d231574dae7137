"""What is no harm of war, or not yet: drills, accidents, anniversaries, plans, releases; and what is only alleged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts

OLD_YEARS = 8
"""Years before publication from which an incident told beside an anniversary is history."""


class Context:
    """Judge drafts by the words around them."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self.pattern = {name: re.compile(p, re.IGNORECASE) for name, p in patterns.items()}

    def refused_document(self, facts: Sequence[SentenceFacts]) -> str | None:
        """Return the reason why nothing in this report is harm of war, or None."""
        text = " ".join(f.sentence.text for f in facts)
        conflict = len(self.pattern["conflict"].findall(text))
        if len(self.pattern["drill"].findall(text)) >= 2 and re.search(
            r"\b(?:drills?|exercises?|simulat\w+|mock|rehears\w+)\b", text, re.IGNORECASE
        ):
            return "drill"
        for kind in ("sport", "fiction"):
            if len(self.pattern[kind].findall(text)) >= 3 and len(self.pattern[kind].findall(text)) >= conflict:
                return kind
        return None

    def refused(self, draft: Draft, facts: Sequence[SentenceFacts], published: date | None) -> str | None:
        """Return the rule by which a draft is no claim, or None."""
        sentence = draft.facts.sentence
        at = facts.index(draft.facts)
        near = " ".join(f.sentence.text for f in facts[max(0, at - 1) : at + 2])
        for rule in (self._unreal, self._shown, self._released):
            reason = rule(draft)
            if reason:
                return reason
        for kind in ("disaster", "accident"):
            if self.pattern[kind].search(sentence.text) and not self.pattern["conflict"].search(
                sentence.text.replace("killed", "")
            ):
                return kind
            if self.pattern[kind].search(near) and not self.pattern["conflict"].search(near.replace("killed", "")):
                return kind
        if self.pattern["anniversary"].search(" ".join(f.sentence.text for f in facts[:3])) and draft.date is not None:
            year = (draft.date.end or draft.date.start or "")[:4]
            if published and year and published.year - int(year) >= 1 and draft.scope == "incident":
                return "anniversary"
        if self.pattern["anniversary"].search(sentence.text):
            return "anniversary"
        if (
            published
            and draft.date is not None
            and draft.date.end
            and draft.scope == "incident"
            and published.year - int(draft.date.end[:4]) > OLD_YEARS
        ):
            return "history"
        return None

    def _unreal(self, draft: Draft) -> str | None:
        """Plans, threats, conditions and forecasts, read off the words before the word of harm."""
        if draft.trigger is None:
            text = draft.facts.sentence.text[: draft.group.start - draft.facts.sentence.start].lower()
            return (
                "forecast"
                if re.search(
                    r"\b(?:could|may|might|expected to|likely to|will)\s+(?:yet\s+|still\s+|well\s+|also\s+)?(?:rise|climb|increase|grow|be higher|reach|go up|pass|exceed|top)\b[^.;]*$",
                    text,
                )
                else None
            )
        tokens = draft.facts.sentence.tokens
        index = draft.trigger[0]
        before = [t.lower for t in tokens[max(0, index - 7) : index]]
        text = " ".join(before)
        if re.search(r"\b(?:could|may|might)\s+(?:well\s+|also\s+)?have\b", text):
            draft.stance = "alleged"
            return None
        if re.search(
            r"\b(?:will|would|shall|may|might|must|should|can|could|'ll|to)\s+(?:\w+ly\s+|not\s+|also\s+)?(?:be\s+)?$",
            text + " ",
        ) and tokens[index].tag in ("VB", "VBN", "VBD", "NN"):
            if re.search(r"\b(?:to)\s+(?:be\s+)?$", text + " "):
                governed = re.search(
                    r"\b(?:forced|made|managed|had|began|continued|led|causing|compelled|prompting|prompted|forcing|continue)\b[\w ,]*\bto\s+(?:be\s+)?$",
                    text + " ",
                )
                if governed or re.search(r"\bto have been\b|\bto have\b|\bto be (?:dead|missing)\b", text):
                    return None
                return "intention"
            return "future or hypothetical"
        if re.search(r"\b(?:if|unless|in case|whether)\b", text) and re.search(
            r"\b(?:would|will|could|might|may)\b", draft.facts.sentence.lower
        ):
            return "condition"
        if re.search(r"\b(?:not|n't|never|n\u2019t)\s+(?:\w+\s+){0,2}$", text + " ") and not re.search(
            r"\bnot (?:only|less|fewer|more|just)\b", text
        ):
            return "negated"
        if draft.hedged:
            draft.stance = "alleged"
            if re.search(r"\bfeared\b", text) and draft.measure == "killed":
                return "feared"
        return None

    def _shown(self, draft: Draft) -> str | None:
        """Bodies in a video are evidence, not a toll."""
        text = draft.facts.sentence.text[: draft.group.start - draft.facts.sentence.start]
        if draft.rule == "harm-of-group" and re.search(
            r"\b(?:video|footage|photo\w*|picture\w*|image\w*|clip)\b[^.;]*\b(?:show\w*|depict\w*|captur\w*|see\w*|of)\b[^.;]*$",
            text,
            re.IGNORECASE,
        ):
            return "evidence"
        if draft.group.value is None and draft.group.count.low is None and draft.rule == "harm-of-group":
            return "vague bodies"
        return None

    def _released(self, draft: Draft) -> str | None:
        """People set free are not captured by that; people saved are not displaced."""
        if draft.measure not in ("captured", "displaced", "missing"):
            return None
        tokens = draft.facts.sentence.tokens
        after = " ".join(t.lower for t in tokens[draft.group.last + 1 : draft.group.last + 6])
        before = " ".join(t.lower for t in tokens[max(0, draft.group.first - 5) : draft.group.first])
        if re.match(
            r"(?:\w+\s+)?(?:were|was|have been|has been|had been|being)\s+(?:\w+\s+)?(?:released|freed|rescued|swapped|exchanged|repatriated|liberated)",
            after,
        ):
            return "released"
        if re.search(
            r"\b(?:released|freed|rescued|swapped|liberated|freeing|rescuing|releasing)\s+(?:all\s+|some\s+|the\s+)?$",
            before + " ",
        ):
            return "released"
        return None

    def cumulative(self, text: str) -> bool:
        """Say whether a sentence speaks of a period or a war."""
        return self.pattern["cumulative"].search(text) is not None

    def warlike(self, text: str) -> bool:
        """Say whether a sentence speaks of fighting at all."""
        return self.pattern["conflict"].search(text) is not None

    def separate(self, text: str) -> bool:
        """Say whether a sentence opens something else."""
        return self.pattern["separate"].search(text) is not None

    def background(self, text: str) -> bool:
        """Say whether a sentence tells an earlier event as the background of the main one."""
        return self.pattern["background_lead"].search(text) is not None

    def back(self, text: str) -> bool:
        """Say whether a sentence speaks of 'the attack' already told."""
        return self.pattern["back"].search(text) is not None
