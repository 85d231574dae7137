"""`why`: the words and the arithmetic behind a figure, an incident or a claim, as sentences with their sources."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.errors import UsageError
from tallybook.ledger import figure_id, incident_figures, query_of, total
from tallybook.model import Claim, Count, Document, Figure, Incident, Person, Step, Victim
from tallybook.runs.desk import Desk
from tallybook.runs.logbook import judged


@dataclass(frozen=True, slots=True)
class Explained:
    """What was asked about, in one line, and the steps that explain it; the figure where it is one."""

    what: str
    steps: tuple[Step, ...]
    figure: Figure | None = None
    changed: bool = False


def why(name: str, desk: Desk) -> Explained:
    """Explain the figure, incident, claim, person or victim record with this id; former ids of merged ones hold.

    Raises: UsageError where the book has none of it, or the figure id is damaged.
    """
    if name.startswith("fig-"):
        query, _ = query_of(name)
        figure = total(desk.ledger, query)
        return explain_figure(figure, changed=figure_id(query, desk.ledger.state) != name)
    incident = next((i for i in desk.incidents if name == i.id or name in i.aliases), None)
    if incident is not None:
        return explain_incident(incident, desk)
    if name in desk.claim_of:
        return explain_claim(desk.claim_of[name], desk)
    person = next((p for p in desk.people if name in (p.id, *p.aliases, *p.victims)), None)
    if person is not None:
        return explain_person(person, desk)
    raise UsageError(
        f"This book has no figure, incident, claim or person {name!r}. "
        "Copy one from `claims`, `incidents`, `victims` or `total`."
    )


def explain_figure(figure: Figure, *, changed: bool = False) -> Explained:
    """Tell a figure's proof."""
    return Explained(f"{question(figure)}: {bounds(figure.low, figure.high)}", figure.proof, figure, changed)


def question(figure: Figure) -> str:
    """Put a query in words: 'Reported killed, civilian, in Dovrin, since 2024-03-01'."""
    query = figure.query
    words = [f"Reported {query.measure}"]
    words += [] if query.who == ("any",) else [" or ".join(query.who)]
    edges = (
        ("by", query.by),
        ("with", query.weapon),
        ("by the word of", query.said_by),
        ("in", query.place),
        ("since", query.since),
        ("until", query.until),
    )
    words += [f"{name} {value}" for name, value in (*edges, ("as of", query.as_of)) if value]
    return ", ".join(words)


def bounds(low: int | None, high: int | None) -> str:
    """Write bounds in words; an open end is told as such."""
    if low is None and high is None:
        return "no number stated"
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def explain_incident(incident: Incident, desk: Desk) -> Explained:
    """Tell an incident's figures, then every claim in it with its words."""
    steps = [
        Step(f"Reported {row['measure']}, {row['affiliation']}: {bounds(row['low'], row['high'])}.")
        for row in incident_figures(desk.ledger, incident)
    ]
    claims = [desk.claim_of[c] for c in incident.claims]
    steps += [Step(told(c, desk), (c.id,)) for c in sorted(claims, key=lambda c: _order(c, desk))]
    steps += [
        Step(f"{link.a} and {link.b} are held together: {link.reason}.", (link.a, link.b)) for link in incident.links
    ]
    steps += [
        Step(f"{doubt.a} and {doubt.b}, of another incident, may be one event ({doubt.score:.2f}): {doubt.reason}.",
             (doubt.a, doubt.b))
        for doubt in incident.doubts
    ]  # fmt: skip
    steps += [Step(f"It is the whole of incident {part}.") for part in incident.parts]
    return Explained(f"Incident {incident.id}: {heading(incident)}", tuple(steps))


def explain_person(person: Person, desk: Desk) -> Explained:
    """Tell every record that names a person, with its words, then what holds the records together."""
    records = [(desk.document_of[v], desk.victim_by_id[v]) for v in person.victims]
    steps = [
        Step(named(victim, desk.documents[key]), (victim.claim,) if victim.claim else ()) for key, victim in records
    ]
    for link in person.links:
        steps.append(Step(f"{link.a} and {link.b} are held to name one person ({link.score:g}): {link.reason}."))
    number = "1 record" if len(records) == 1 else f"{len(records)} records"
    return Explained(f"Person {person.id}: {person.name}, named in {number}", tuple(steps))


def named(victim: Victim, document: Document) -> str:
    """Tell one record of a named victim in a sentence: where it stands, in which words, and what it gives."""
    speaker = " for ".join(victim.claimants) or document.publisher or "unnamed"
    outlet = document.publisher or document.id
    day = f" of {document.published_day}" if document.published_day else ", undated"
    source = speaker if speaker == outlet else f"{speaker}, in {outlet}"
    line = f", line {victim.line}" if victim.line is not None else ""
    age = bounds(victim.age_low, victim.age_high) if (victim.age_low, victim.age_high) != (None, None) else None
    told = ", ".join(filter(None, (victim.name, age, victim.sex, victim.harm)))
    return f'{source}{day}{line}: "{" ".join(victim.quote.split())}" (read as {told}; record {victim.id}).'


def heading(incident: Incident) -> str:
    """Name an incident by kind, place and day."""
    where = f" at {incident.place.name}" if incident.place else ""
    dates = [d for d in (incident.date.start, incident.date.end) if d] if incident.date else []
    when = f", {' to '.join(dict.fromkeys(dates))}" if dates else ""
    return f"{incident.event_type.replace('_', ' ')}{where}{when}"


def _order(claim: Claim, desk: Desk) -> tuple[str, str]:
    return desk.documents[claim.document].published or "", claim.id


def told(claim: Claim, desk: Desk) -> str:
    """Tell one claim in a sentence: who says it, where it stands, in which words, and what was read from them."""
    document = desk.documents[claim.document]
    speaker = " for ".join(claim.claimants) or document.publisher or "unnamed"
    outlet = document.publisher or document.id
    day = f" of {document.published_day}" if document.published_day else ", undated"
    source = speaker if speaker == outlet else f"{speaker}, in {outlet}"
    return f'{source}{day}: "{" ".join(claim.quote.split())}" {read_as(claim)}.'


def read_as(claim: Claim) -> str:
    """Say what was read from a claim's words."""
    people = "" if claim.target.affiliation in ("unknown", "mixed") else f" {claim.target.affiliation}s"
    if claim.measure is None:
        return f"({claim.stance}: {claim.about or 'a toll of killed and injured together'})"
    return f"(read as {count(claim.count)}{people} {claim.measure}, {claim.stance})"


def count(value: Count | None) -> str:
    """Write a claim's count."""
    return "no number" if value is None else bounds(value.low, value.high)


def explain_claim(claim: Claim, desk: Desk) -> Explained:
    """Tell a claim's words, how they were read, and what it belongs to."""
    document = desk.documents[claim.document]
    steps = [
        Step(told(claim, desk), (claim.id,)),
        Step(f"It stands in the {claim.field} of {document.id} at {claim.span.start}..{claim.span.end}."),
        Step(f"Read by {claim.reader}, rule {claim.rule or 'not recorded'}."),
        *judged(claim.id, desk),
    ]
    incident = desk.incident_of.get(claim.id)
    if incident:
        steps.append(Step(f"It belongs to incident {incident}: `tallybook why {incident}`."))
    elif claim.scope == "cumulative":
        steps.append(Step("It is a cumulative toll: it contains incidents and belongs to none."))
    if claim.part_of:
        steps.append(Step(f"Its number is part of claim {claim.part_of}.", (claim.part_of,)))
    if claim.responds_to:
        steps.append(Step(f"It answers claim {claim.responds_to}.", (claim.responds_to,)))
    return Explained(f"Claim {claim.id}", tuple(steps))
