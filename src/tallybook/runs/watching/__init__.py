"""`watch`: folders and feeds that are looked at again and again, each report added once.

Arrives: folders, addresses of feeds, a clock. Leaves: rounds, each one `add`; what the book remembers of its feeds.
Never here: a clock of its own. What a feed answered is remembered after its reports are in the book, so that a stop at
any moment loses nothing, and what comes again is known.
"""

from tallybook.runs.watching.clock import Clock
from tallybook.runs.watching.memory import FeedMemory, remembered
from tallybook.runs.watching.watch import Round, Watch, Watched

__all__ = ["Clock", "FeedMemory", "Round", "Watch", "Watched", "remembered"]
