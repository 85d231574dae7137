"""The command line: the only `print`, the only exit codes.

Arrives: what a user types. Leaves: tables, JSON and CSV on standard output, issues and errors one line each on standard
error. Never here: anything that a library user would miss. Imports are lazy: `tallybook --help` loads no model.
"""
