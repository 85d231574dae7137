"""Measures the reader on reports that people have coded.

Arrives: gold reports of our own, or a folder of public data named on the command line. Leaves: metrics, one JSON
object a run, and on request every error as one line. Never here: tuning, rules of reading, data that is not ours.
"""
