"""The steps put together: documents are read into a book, and a book answers.

Arrives: what a user names and asks. Leaves: outcomes, lists, figures and explanations as values. Never here: printing,
SQL, exit codes. The one broad `except` of the package is `guarded_reading`: a crash on one document is its Issue.
"""
