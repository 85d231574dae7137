"""What is weighed for the claims of one report, in stages: harm, day and place, scope and kind, and which events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tallybook.claims.authors import Authors
from tallybook.claims.choose import Chooser, Features
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harmed import counted, options, weigh
from tallybook.claims.same_event import SameEvent
from tallybook.claims.scene import TOLL
from tallybook.claims.status import Status
from tallybook.claims.traits import Option, Traits
from tallybook.claims.when import When
from tallybook.claims.where import Where

Watch = Callable[[list[tuple[Draft | None, dict[str, Sequence[Any]]]]], None]
"""Called with what each draft, or counted group, may mean before it is chosen."""


class Weighing:
    """Decide by trained weights what the rules found; a choice without weights stays as the rules made it."""

    def __init__(self, weights: Mapping[str, Features], watch: Watch | None) -> None:
        self.weights, self.watch = weights, watch

    def harm(self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts of what is likely harm, also where no rule bound a number to it."""
        if self.watch is not None:
            self.watch([(one.draft, {"harm": options(one), "counted": [one]}) for one in counted(facts, drafts)])
        return weigh(facts, drafts, Chooser(self.weights["harm"])) if "harm" in self.weights else list(drafts)

    def day_and_place(self, drafts: Sequence[Draft], when: When, where: Where) -> None:
        """Weigh every day and place of the report for each draft; what the rules picked is one hint among others."""
        offered = [(d, when.options(d), where.options(d)) for d in drafts]
        if self.watch is not None and offered:
            self.watch([(d, {"date": days, "place": places}) for d, days, places in offered])
        for draft, days, places in offered:
            if "date" in self.weights and when.scene.published is not None:
                when.take(draft, days, Chooser(self.weights["date"]))
            if "place" in self.weights:
                where.take(draft, places, Chooser(self.weights["place"]))

    def scope(self, drafts: Sequence[Draft], traits: Traits) -> None:
        """Weigh for each draft, in order of telling, whether it is of an incident or a toll."""
        for draft in drafts:
            chosen = self._chosen(draft, "scope", traits.scope(draft))
            if chosen is None or chosen == draft.scope:
                continue
            draft.event = TOLL if chosen == "cumulative" else max(d.event for d in drafts) + 1
            draft.scope = chosen

    def status(self, drafts: Sequence[Draft], status: Status) -> None:
        """Weigh for each draft whether its people bear arms; all are described by what the rules gave them."""
        chosen = [(d, self._chosen(d, "status", status.options(d))) for d in drafts]
        for draft, value in chosen:
            draft.affiliation = value or draft.affiliation

    def author(self, drafts: Sequence[Draft], authors: Authors) -> None:
        """Weigh for each draft who did it; what the rules found is one hint among others."""
        offered = [(d, authors.options(d)) for d in drafts]
        if self.watch is not None and offered:
            self.watch([(d, {"author": options}) for d, options in offered])
        if "author" in self.weights:
            for draft, options in offered:
                authors.take(draft, options, Chooser(self.weights["author"]))

    def kind(self, drafts: Sequence[Draft], traits: Traits) -> None:
        """Weigh the kind of event of each draft."""
        for draft in drafts:
            draft.event_type = self._chosen(draft, "kind", traits.kind(draft)) or draft.event_type

    def events(self, drafts: Sequence[Draft], same: SameEvent) -> None:
        """Weigh for each draft of an incident, in order of telling, which event told before it belongs to, or a new one."""
        told = sorted((d for d in drafts if d.scope == "incident"), key=lambda d: d.order)
        if self.watch is not None and told:
            self.watch([(None, {"events": [(told, same)]})])
        if "event" not in self.weights:
            return
        chooser = Chooser(self.weights["event"])
        groups: list[list[Draft]] = []
        numbers: dict[int, int] = {}
        for draft in told:
            offered = same.options(draft, groups)
            if self.watch is not None:
                self.watch([(draft, {"event": offered})])
            at, draft.odds["event"] = chooser.pick([o.features for o in offered])
            number = offered[at].number
            if number is None:
                number = len(groups)
                groups.append([])
            groups[number].append(draft)
            numbers[id(draft)] = number
        for draft in told:
            draft.event = numbers[id(draft)]

    def _chosen(self, draft: Draft, choice: str, offered: Sequence[Option]) -> str | None:
        """Return the likeliest value; None where the choice has no weights."""
        if self.watch is not None:
            self.watch([(draft, {choice: offered})])
        if choice not in self.weights:
            return None
        at, draft.odds[choice] = Chooser(self.weights[choice]).pick([o.features for o in offered])
        return offered[at].value
