"""What the world calls things: actors, places, weapons, words for persons and harm, as validated data files.

Arrives: folders of packs. Leaves: Knowledge. Never here: reading of reports, opinions on who is right.
A user's own pack outranks those that ship.
"""

from tallybook.knowledge.packs import Knowledge, load

__all__ = ["Knowledge", "load"]
