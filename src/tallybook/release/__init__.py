"""The record leaves the house: a frozen folder of files that is safe to hand on.

Arrives: a book's records, a profile, a key. Leaves: files, and a count of what was withheld and why.
Never here: a clock, the network, a record that has not passed the gate, a layout that knows another layout.
"""
