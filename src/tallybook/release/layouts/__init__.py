"""Layouts: the record as other tools expect it. Each is one module and one mapping file; none knows another.

Arrives: an edition that has passed the gate. Leaves: a file, and what the layout loses. Never here: withholding.
"""
