"""Tallybook: from reports of armed conflict to a casualty record that can be checked.

The data travels `documents -> claims -> incidents -> ledger`; `store` keeps the book and `cli` shows it.
"""

__version__ = "0.1.0"
