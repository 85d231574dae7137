"""Why a figure is what it is, in sentences that can be followed without the program.

Each step names the claims it rests on. The claims of the steps with rule `position`, `toll` and `named` alone already
give the bounds; everything else is arithmetic on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tallybook.ledger.asking import Asking
from tallybook.ledger.book import NamedPerson
from tallybook.ledger.bounds import Bounds, shown
from tallybook.ledger.components import Component
from tallybook.ledger.disagreement import Outcome
from tallybook.ledger.named import NAMES
from tallybook.ledger.positions import ADDED
from tallybook.ledger.system import Disagreement
from tallybook.ledger.view import SUPERSEDED
from tallybook.model import Claim, Document, LeftOut, Step

POSITION, TOLL, NAMED, TOGETHER, OUTSIDE, CLASH, LOW, HIGH, LEFT = (
    "position", "toll", "named", "together", "outside", "clash", "low", "high", "left_out",
)  # fmt: skip
RESTS_ON = (POSITION, TOLL, NAMED, OUTSIDE)
MOST_COMPONENTS = 2_000
MOST_CLAIMS = 40
"""Components of a figure, and claims of a component, up to which the binding claims are sought one by one. Above
them all claims of a component stand in its proof: longer to read, and no less true."""
MOST_NAMES = 40
"""Names that one step lists; all stand in `victims`."""
QUOTED = 160
"""Characters of a quote that a step shows."""

REASONS = {
    "rejected": "a person rejected or retracted them",
    "superseded": "a later word of the same origin, or a newer version of the report, replaces them",
    "repeated": "they say in vaguer words what another position states",
    "denied": "a denial is no count",
    "may_match": "they may lie outside the question",
    "status": "who was harmed is not stated",
    "reaches_beyond": "their period or area reaches beyond the question; they add nothing to the low",
    "no_bounds": "their words give no number",
    "contained": "they are contained in a number that is counted",
}


def prove(
    asking: Asking,
    components: Sequence[Component],
    outcomes: Sequence[Outcome],
    bounds: Bounds,
    left_out: Iterable[LeftOut],
) -> tuple[Step, ...]:
    """Return the steps that lead to the bounds, component by component, then the sums, then what was left out."""
    steps: list[Step] = []
    search = len(components) <= MOST_COMPONENTS
    for component, result in zip(components, outcomes, strict=True):
        claims = _with_props(asking, _binding(component, result, search))
        steps += _component_steps(asking, component, result, claims)
    steps += _ends(components, outcomes, bounds)
    return (*steps, *_left_out_steps(left_out))


def _binding(component: Component, result: Outcome, search: bool) -> list[str]:
    """Return claims that alone give the component's bounds and none of which can be spared."""
    kept = sorted(component.claims)
    if not search or result.sets or len(kept) == 1 or len(kept) > MOST_CLAIMS or _leans(component):
        return kept
    gone: set[str] = set()
    for claim in _parts_first(component, kept):
        try:
            if component.speaks(gone | {claim}) and component.answer(gone | {claim}) == result.bounds:
                gone.add(claim)
        except Disagreement:
            continue
    return [c for c in kept if c not in gone]


def _with_props(asking: Asking, claims: list[str]) -> list[str]:
    """Add what makes a denial a count of 0, where that only repeats another position and so stands in no component."""
    props = set()
    for claim in claims:
        leans = asking.seen.leans.get(claim, frozenset())
        if leans.isdisjoint(claims):
            props.update(sorted(leans, key=lambda c: (asking.left.get(c) == SUPERSEDED, c))[:1])
    return sorted({*claims, *props})


def _leans(component: Component) -> bool:
    """Say whether a claim in it means what it does only beside others: a number told as more, or a denial."""
    told = [p for f in component.families for by in f.family.positions.values() for p in by.values()]
    return any(p.additions or any(w.claim.change == ADDED or w.claim.measure is None for w in p.words) for p in told)


def _parts_first(component: Component, kept: Iterable[str]) -> list[str]:
    part_of = {
        w.claim.id: w.claim.part_of
        for f in component.families
        for told in f.family.positions.values()
        for p in told.values()
        for w in p.words
    }
    return sorted(kept, key=lambda c: (part_of.get(c) is None, c))


def _component_steps(asking: Asking, component: Component, result: Outcome, claims: Sequence[str]) -> list[Step]:
    asked = {c for f in component.families for cell in f.passing for p in f.family.positions[cell].values()
             for c in p.claims}  # fmt: skip
    steps = _names(asking, component, claims)
    told = {c for step in steps for c in step.claims} - _counting(component)
    for claim_id in claims:
        if claim_id in told:
            continue
        claim = asking.seen.claims[claim_id]
        rule = TOLL if claim.scope != "incident" else POSITION if claim_id in asked else OUTSIDE
        steps.append(Step(_sentence(asking, claim, rule), (claim_id,), rule))
    if result.sets:
        sets = "; or ".join(" and ".join(s) for s in result.sets)
        text = f"These claims cannot all be true. Leaving out {sets} restores agreement; the bounds span those answers."
        steps.append(Step(text, tuple(sorted({c for s in result.sets for c in s})), CLASH))
    if len(claims) > 1 or component.tolls:
        steps.append(Step(_together(component, result, claims), tuple(claims), TOGETHER))
    return steps


def _counting(component: Component) -> set[str]:
    """Return the claims whose own number is a position."""
    told = [p for f in component.families for by in f.family.positions.values() for p in by.values()]
    return {c for p in told if p.origin != NAMES for c in p.claims}


def _names(asking: Asking, component: Component, claims: Sequence[str]) -> list[Step]:
    """Tell who is named in each incident whose people are bound by their names."""
    kept, found = set(claims), []
    for family in (f.family for f in component.families):
        bound = {cell.incident for cell, by in family.positions.items() if NAMES in by}
        for incident in sorted(bound | {n.incident for n in family.named}):
            told = ((p, _carriers(asking, p, incident) & kept) for p in asking.book.named)
            people = [(p.name, mine) for p, mine in told if mine]
            if people:
                found.append(_named_step([name for name, _ in people], asking.query.measure, [m for _, m in people]))
    return found


def _named_step(names: list[str], measure: str, carriers: list[set[str]]) -> Step:
    listed = ", ".join(sorted(names)[:MOST_NAMES]) + (", ..." if len(names) > MOST_NAMES else "")
    people = "1 person" if len(names) == 1 else f"{len(names)} different people"
    text = f"Reports and lists name {people} as {measure} in one incident, at least so many: {listed}."
    return Step(text, tuple(sorted(set().union(*carriers))), NAMED)


def _carriers(asking: Asking, person: NamedPerson, incident: str) -> set[str]:
    """Return the claims that carry a person's name in an incident."""
    told = {c for measure, c in person.claims if measure == asking.query.measure}
    return {c for c in told if c in asking.seen.cell_of and asking.seen.cell_of[c].incident == incident}


def _sentence(asking: Asking, claim: Claim, rule: str) -> str:
    document = asking.book.documents.get(claim.document)
    speaker = asking.book.origins.of(claim)
    told = f'{_source(speaker, document)}: "{_short(claim.quote)}"'
    measure = asking.query.measure
    if claim.measure is None:
        return f"{told} denies it, and counts 0 {measure}."
    bounds = Bounds(claim.count.low, claim.count.high) if claim.count else Bounds()
    number = "gives no number of" if bounds.empty else f"counts {shown(bounds)}"
    more = " more" if claim.change == "added" else ""
    people = "" if claim.target.affiliation in ("unknown", "mixed") else f" {claim.target.affiliation}s"
    ending = {POSITION: "", OUTSIDE: ", outside the question, where it bounds it", TOLL: _window(claim)}[rule]
    return f"{told} {number}{more}{people} {measure}{ending}."


def _source(speaker: str, document: Document | None) -> str:
    if document is None:
        return speaker
    day = f" of {document.published_day}" if document.published_day else ", undated"
    return f"{speaker}{day}" if speaker == document.publisher else f"{speaker}, in {_outlet(document)}{day}"


def _outlet(document: Document) -> str:
    return document.publisher or document.id


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= QUOTED else words[: QUOTED - 1].rsplit(" ", 1)[0] + "…"


def _window(claim: Claim) -> str:
    if claim.date is None or (claim.date.start is None and claim.date.end is None):
        return " in all"
    return f" from {claim.date.start or '..'} to {claim.date.end or '..'} in all"


def _together(component: Component, result: Outcome, claims: Sequence[str]) -> str:
    if component.tolls:
        return (
            f"Together they allow {shown(result.bounds)}: what a toll may contain is not added to it, "
            "and what provably lies outside it is."
        )
    speakers = {o for f in component.families for o in f.family.origins}
    cells = {c for f in component.families for c in f.family.positions}
    if len(cells) == 1:
        return f"These {len(claims)} positions span {shown(result.bounds)}."
    if len(speakers) == 1:
        return f"Whole and parts of one origin together allow {shown(result.bounds)}."
    return f"Whole and parts, as {len(speakers)} origins tell them, span {shown(result.bounds)}."


def _ends(components: Sequence[Component], outcomes: Sequence[Outcome], bounds: Bounds) -> list[Step]:
    if not components:
        return [Step("No claim of the book matches the question, so nothing is stated: not even 0.", (), LOW)]
    lows = [o.bounds.low for o in outcomes if o.bounds.low]
    highs = [o.bounds.high for o in outcomes]
    steps = []
    if bounds.low is None:
        steps.append(Step("No counted claim states a lower bound.", (), LOW))
    else:
        steps.append(Step(f"At least {_added(lows, bounds.low)}.", (), LOW))
    if bounds.high is None:
        opened = sum(h is None for h in highs)
        groups = "group" if len(highs) == 1 else "groups"
        text = f"No upper bound: {opened} of {len(highs)} {groups} of claims leave it open."
        steps.append(Step(text, (), HIGH))
    else:
        steps.append(Step(f"At most {_added([h for h in highs if h], bounds.high)}.", (), HIGH))
    return steps


def _added(numbers: Sequence[int], result: int) -> str:
    if len(numbers) < 2:
        return str(result)
    listed = " + ".join(map(str, numbers[:12])) + (f" + ... ({len(numbers)} numbers)" if len(numbers) > 12 else "")
    return f"{listed} = {result}"


def _left_out_steps(left_out: Iterable[LeftOut]) -> list[Step]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for item in left_out:
        grouped[item.reason].append(item.claim)
    return [
        Step(f"Left out as {reason} ({len(ids)}): {REASONS[reason]}.", tuple(sorted(ids)), LEFT)
        for reason, ids in sorted(grouped.items())
    ]
