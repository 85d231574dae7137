"""Who may do what on accounts: the one table. A route without a line in it is closed to everybody.

On the loopback address, with the start token, one person may do everything but administer people, whom there are none.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.account import ADMINISTRATOR, CHANGED, CODER, EDITOR, EXPORTED, READER, ROLES, SAW, Account


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a route: this role and those above it; and what the access log says of it, None: nothing."""

    role: str
    logged: str | None = None


NAMES = CODER
"""Role from which names of victims and of individual witnesses are seen."""

UNDO_OTHERS = EDITOR
"""Role from which judgements of other people may be undone."""


def _all(role: str, logged: str | None, *routes: str) -> dict[str, Rule]:
    return {route: Rule(role, logged) for route in routes}


RULES: dict[str, Rule] = {
    **_all(
        READER, SAW,
        "GET /", "GET /changes", "GET /figures", "GET /figures/{identifier}", "GET /incidents",
        "GET /incidents/{name}", "GET /claims/{name}", "GET /reports", "GET /reports/{name}", "GET /victims",
        "GET /actors", "GET /places", "GET /sources", "GET /control", "GET /conflicts", "GET /issues", "GET /log",
    ),
    **_all(
        READER, EXPORTED,
        "GET /api/v1/overview", "GET /api/v1/changes", "GET /api/v1/figures", "GET /api/v1/figures/by",
        "GET /api/v1/figures/map", "GET /api/v1/figures/{identifier}", "GET /api/v1/incidents",
        "GET /api/v1/incidents/{name}", "GET /api/v1/incidents/{name}/map", "GET /api/v1/claims",
        "GET /api/v1/claims/{name}", "GET /api/v1/reports", "GET /api/v1/reports/{name}", "GET /api/v1/victims",
        "GET /api/v1/actors", "GET /api/v1/places", "GET /api/v1/places/map", "GET /api/v1/sources",
        "GET /api/v1/control", "GET /api/v1/conflicts", "GET /api/v1/issues", "GET /api/v1/log",
    ),
    **_all(
        READER, None,
        "GET /overview-figures", "GET /figures-by", "GET /settings", "GET /api/v1/settings", "POST /sign-out",
        "GET /sign-in", "POST /sign-in", "POST /api/v1/sign-in", "POST /leave", "POST /settings/name",
        "GET /settings/password", "GET /settings/code",
    ),
    **_all(READER, CHANGED, "POST /settings/password", "POST /settings/code", "POST /settings/code/off"),
    **_all(
        CODER, SAW,
        "GET /queue", "GET /queue/{name}", "GET /add", "GET /add/{job}", "GET /reports/{name}/numbers",
        "GET /evidence", "GET /evidence/{name}", "GET /api/v1/evidence/{name}/small",
    ),
    **_all(
        CODER, EXPORTED,
        "GET /api/v1/queue", "GET /api/v1/queue/{name}", "GET /api/v1/reports/{name}/numbers",
        "GET /api/v1/adding/{job}", "GET /api/v1/verify", "GET /api/v1/evidence", "GET /api/v1/evidence/{name}/file",
    ),
    **_all(
        CODER, None,
        "GET /queue/{name}/moves", "POST /queue/{name}", "POST /queue-undo", "POST /decide", "POST /undo",
        "POST /api/v1/decisions", "POST /api/v1/undo", "POST /reports/{name}/claims", "POST /add/files",
        "POST /add/text", "POST /api/v1/reports", "POST /log/verify", "POST /evidence", "POST /api/v1/evidence",
    ),
    **_all(EDITOR, CHANGED, "POST /add/address"),
    **_all(ADMINISTRATOR, SAW, "GET /settings/people", "GET /settings/access"),
    **_all(ADMINISTRATOR, EXPORTED, "GET /api/v1/people", "GET /api/v1/access"),
    **_all(ADMINISTRATOR, CHANGED, "POST /settings/people", "POST /settings/people/{name}"),
}  # fmt: skip
"""Every route by method and path."""

FETCHES = EDITOR
"""Role from which a report may be fetched by address: the server's own address is seen there."""


def is_at_least(role: str, wanted: str) -> bool:
    """Say whether a role may do what another may."""
    return ROLES.index(role) >= ROLES.index(wanted)


def rule_of(method: str, path: str) -> Rule | None:
    """Return the rule of a route, or None: then nobody may use it."""
    return RULES.get(f"{method} {path}")


def may(account: Account, method: str, path: str) -> bool:
    """Say whether a person may use a route."""
    rule = rule_of(method, path)
    return rule is not None and is_at_least(account.role, rule.role)


def sees_names(account: Account | None) -> bool:
    """Say whether names of victims and of individual witnesses are shown; None: the one person of a loopback start."""
    return account is None or is_at_least(account.role, NAMES)


@dataclass(frozen=True, slots=True)
class May:
    """What a page offers to who reads it."""

    decide: bool
    add: bool
    fetch: bool
    undo_others: bool
    administer: bool
    see_evidence: bool = True
    """Photographs show faces and places: whoever sees no names sees no files."""

    @classmethod
    def of(cls, account: Account | None) -> May:
        """Return what somebody may do; None: the one person of a loopback start."""
        if account is None:
            return cls(True, True, True, True, False)
        return cls(
            may(account, "POST", "/decide"), may(account, "POST", "/add/text"), is_at_least(account.role, FETCHES),
            is_at_least(account.role, UNDO_OTHERS), may(account, "GET", "/settings/people"),
            may(account, "GET", "/evidence"),
        )  # fmt: skip
