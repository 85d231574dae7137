"""The page."""

from __future__ import annotations

from tallybook.release.clearing import Cleared
from tallybook.release.manifest import Attribution
from tallybook.release.profile import Profile


def page(passed: Cleared, profile: Profile, title: str, by: Attribution) -> str:
    """Return the page."""
    return "<!doctype html>"
