"""Whose names a release shows: known organisations, and words for unnamed sources that reveal nobody."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.release.profile import Profile
from tallybook.release.withheld import Withheld

UNNAMED = "not named here"
"""What stands where a name is withheld."""


class Names:
    """Decides which names of claimants, doers, groups and publishers are shown, and counts the others."""

    def __init__(
        self, profile: Profile, knowledge: Knowledge, organisations: frozenset[str], fine_places: Iterable[str],
        areas: Iterable[str], withheld: Withheld,
    ) -> None:  # fmt: skip
        self._all = profile.claimants == "all"
        self._kinds = {fold(k): k for k in profile.claimant_kinds}
        self._actors = knowledge.actors
        self._own = {fold(o) for o in organisations}
        self._fine = {p for p in map(fold, fine_places) if p}
        self._areas = sorted({a for a in map(fold, areas) if a}, key=len, reverse=True)
        self._withheld = withheld

    def of(self, name: str, reason: str = "person") -> str:
        """Return a name as it is shown, or UNNAMED; an organisation named after a place that is withheld is too."""
        shown = self.shows(name)
        if not shown:
            self._withheld.note("publishers" if reason == "publisher" else "names of claimants and doers", reason)
        return self._kinds.get(fold(name), name) if shown else UNNAMED

    def shows(self, name: str) -> bool:
        """Say whether a name is shown."""
        folded = fold(name)
        if self._all or folded in self._kinds:
            return True
        known = self._actors.canonical(name) is not None or folded in self._own
        return known and not self._tells_place(folded)

    def several(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return names as they are shown, each once."""
        return tuple(dict.fromkeys(self.of(n) for n in names))

    def _tells_place(self, folded: str) -> bool:
        rest = f" {folded} "
        for area in self._areas:
            rest = rest.replace(f" {area} ", "  ")
        words = rest.split()
        return any(" ".join(words[i:j]) in self._fine for i in range(len(words)) for j in range(i + 1, len(words) + 1))
