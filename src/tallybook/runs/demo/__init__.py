"""The demo: thirty reports about an invented country, and the pack that makes it readable without a line of code."""

from tallybook.runs.demo.building import build

__all__ = ["build"]
